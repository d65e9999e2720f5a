// The User API from Go, as RS20 and Interlink use it: net/http, and structs that take nothing but their own types.
// A field that is missing or null where its struct wants a value ends the program, as it would one in Rust.
// Takes URL and key from the environment.
package main

import (
	"bytes"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"
)

type page[Row any] struct {
	Count    *int    `json:"count"`
	Next     *string `json:"next" null:"yes"`
	Previous *string `json:"previous" null:"yes"`
	Results  *[]Row  `json:"results"`
}

type display struct {
	Content    *string `json:"content"`
	LabelClass *string `json:"labelClass"`
	UseLabel   *bool   `json:"useLabel"`
}

type coreType struct {
	Code             *string  `json:"code"`
	Name             *string  `json:"name"`
	Price            *float32 `json:"price"`
	LowPriorityPrice *string  `json:"lowPriorityPrice"`
	Cores            *[]int32 `json:"cores"`
	Memory           *int32   `json:"memory"`
}

type analysis struct {
	Code     *string `json:"code"`
	Versions *[]struct {
		Id          *string `json:"id"`
		Version     *string `json:"version"`
		VersionCode *string `json:"versionCode"`
	} `json:"versions"`
}

type file struct {
	Id                   *string    `json:"id"`
	TypeId               *int32     `json:"typeId"`
	Name                 *string    `json:"name"`
	DateUploaded         *time.Time `json:"dateUploaded"`
	DownloadUrl          *string    `json:"downloadUrl"`
	SharedWith           *[]string  `json:"sharedWith"`
	DecryptedSize        *int32     `json:"decryptedSize"`
	Owner                *string    `json:"owner"`
	Path                 *string    `json:"path"`
	IsUploaded           *bool      `json:"isUploaded"`
	ViewInBrowser        *bool      `json:"viewInBrowser"`
	IsDeleted            *bool      `json:"isDeleted"`
	RelativePath         *string    `json:"relativePath" null:"yes"`
	EncodedEncryptionKey *string    `json:"encodedEncryptionKey" null:"yes"`
	Md5                  *string    `json:"md5" null:"yes"`
	FileChecksums        *[]struct {
		HashFunction *string `json:"hashFunction"`
		FileHash     *string `json:"fileHash"`
	} `json:"fileChecksums"`
}

type job struct {
	Id           *string    `json:"id"`
	DateInserted *time.Time `json:"dateInserted"`
	Owner        *string    `json:"owner"`
	Jobanalyses  *[]struct {
		Hardware *struct {
			Slots        *int `json:"slots"`
			CoresPerSlot *int `json:"coresPerSlot"`
		} `json:"hardware"`
		InputFiles *[]file `json:"inputFiles"`
	} `json:"jobanalyses"`
}

type jobRow struct {
	Id                   *string    `json:"id"`
	DateInserted         *time.Time `json:"dateInserted"`
	AnalysisNames        *[]string  `json:"analysisNames"`
	JobStatus            *display   `json:"jobStatus"`
	ClusterStatusDisplay *display   `json:"clusterStatusDisplay"`
	Storage              *int64     `json:"storage"`
}

type status struct {
	Status       *string    `json:"status"`
	StatusDate   *time.Time `json:"statusDate"`
	StatusReason *string    `json:"statusReason" null:"yes"`
}

type lines struct {
	Lines *[]string `json:"lines"`
}

var api = os.Getenv("RESCALE_URL") + "/api/v2/"

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}

func call(method, path, contentType string, body io.Reader, wanted int) []byte {
	if !strings.HasPrefix(path, "http") {
		path = api + path
	}
	request, err := http.NewRequest(method, path, body)
	if err != nil {
		fail("%s %s: %v", method, path, err)
	}
	request.Header.Set("Authorization", "Token "+os.Getenv("RESCALE_KEY"))
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		fail("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != wanted {
		fail("%s %s: %d instead of %d: %v %s", method, path, response.StatusCode, wanted, err, content)
	}
	return content
}

func decode[Value any](from string, content []byte) Value {
	var value Value
	if err := json.Unmarshal(content, &value); err != nil {
		fail("%s: %v", from, err)
	}
	whole(from, reflect.ValueOf(value))
	return value
}

func get[Value any](path string) Value {
	return decode[Value](path, call("GET", path, "", nil, 200))
}

// whole ends the program at the first nil that no tag allows.
func whole(at string, value reflect.Value) {
	switch value.Kind() {
	case reflect.Pointer:
		whole(at, value.Elem())
	case reflect.Slice:
		for index := 0; index < value.Len(); index++ {
			whole(fmt.Sprintf("%s[%d]", at, index), value.Index(index))
		}
	case reflect.Struct:
		if value.Type() == reflect.TypeOf(time.Time{}) {
			return
		}
		for index := 0; index < value.NumField(); index++ {
			field := value.Type().Field(index)
			name := at + "." + field.Tag.Get("json")
			if value.Field(index).Kind() == reflect.Pointer && value.Field(index).IsNil() {
				if field.Tag.Get("null") != "yes" {
					fail("%s is missing or null", name)
				}
				continue
			}
			whole(name, value.Field(index))
		}
	}
}

func pages[Row any](path string) []Row {
	var rows []Row
	for next := &path; next != nil; {
		one := get[page[Row]](*next)
		rows = append(rows, *one.Results...)
		next = one.Next
	}
	fmt.Printf("ok: %d rows of %s\n", len(rows), strings.SplitN(path, "?", 2)[0])
	return rows
}

func upload(name, content string) file {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, _ := form.CreateFormFile("file", name)
	part.Write([]byte(content))
	form.Close()
	return decode[file]("upload", call("POST", "files/contents/", form.FormDataContentType(), &body, 201))
}

func main() {
	pages[coreType]("coretypes/?page_size=50")
	pages[analysis]("analyses/?page_size=300")
	pages[jobRow]("jobs/?page_size=20")
	input := upload("input.txt", "from Go\n")
	definition := fmt.Sprintf(`{"name":"Go","jobanalyses":[{"analysis":{"code":"user_included","version":"0"},
		"command":"cat input.txt","hardware":{"coreType":"emerald","coresPerSlot":1,"slots":1,"walltime":1},
		"inputFiles":[{"id":"%s"}]}]}`, *input.Id)
	jsonType := "application/json;charset=utf-8"
	made := decode[job]("creation", call("POST", "jobs/", jsonType, strings.NewReader(definition), 201))
	call("POST", "jobs/"+*made.Id+"/submit/", "", nil, 200)
	for tries := 0; ; tries++ {
		newest := (*get[page[status]]("jobs/" + *made.Id + "/statuses/").Results)[0]
		if *newest.Status == "Completed" {
			break
		}
		if tries > 300 {
			fail("the job is still %s", *newest.Status)
		}
		time.Sleep(50 * time.Millisecond)
	}
	fmt.Println("ok: completed")
	// Without its slash: Go follows, and keeps the key within the host.
	get[job]("jobs/" + *made.Id)
	for _, output := range pages[file]("jobs/" + *made.Id + "/files/") {
		content := call("GET", *output.DownloadUrl, "", nil, 200)
		sum := sha512.Sum512(content)
		if hex.EncodeToString(sum[:]) != *(*output.FileChecksums)[0].FileHash {
			fail("%s has another SHA-512", *output.Name)
		}
	}
	found := pages[file]("jobs/" + *made.Id + "/files/?search=process_output")
	log := strings.Join(*get[lines]("files/" + *found[0].Id + "/lines").Lines, "")
	if !strings.Contains(log, ": from Go\n") {
		fail("the log is %q", log)
	}
	call("DELETE", "files/"+*input.Id+"/", "", nil, 204)
	fmt.Println("ok: deleted")
}

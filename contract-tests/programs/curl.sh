#!/usr/bin/env bash
# The User API with bash and curl, as the documentation's examples and the deploy scripts of public repositories do.
# Takes URL and key from the environment; needs nothing but curl and what every system has. Works in the present folder.
set -euo pipefail
: "${RESCALE_URL:?}" "${RESCALE_KEY:?}"
api="$RESCALE_URL/api/v2"
auth="Authorization: Token $RESCALE_KEY"

fail() { echo "$*" >&2; exit 1; }
ok() { echo "ok: $*"; }
expect() { [ "$1" = "$2" ] || fail "$3: $1 instead of $2"; }
# Without -f, so that a refusal can be looked at; the status comes as the last line.
call() { curl -sS -w '\n%{http_code}' -H "$auth" "$@"; }
status_of() { tail -n 1 <<<"$1"; }
field() { [[ $2 =~ \"$1\":\"([^\"]*)\" ]] || fail "no $1 in $2"; echo "${BASH_REMATCH[1]}"; }

# upload
head -c 100000 /dev/urandom >blob.bin
printf 'cat note.txt; wc -c < blob.bin; cp blob.bin copy.bin\n' >run.sh
echo 'a note of curl' >note.txt
answer=$(call -F 'file=@run.sh' "$api/files/contents/")
expect "$(status_of "$answer")" 201 'status of an upload'
script=$(field id "$answer")
ok "upload with -F: $script"
# The documentation sets the header by hand; curl puts the boundary in by itself.
answer=$(call -H 'Content-Type: multipart/form-data' -F 'file=@note.txt;type=text/plain' "$api/files/contents/")
expect "$(status_of "$answer")" 201 'status of an upload with the header set by hand'
note=$(field id "$answer")
ok "upload with the header set by hand: $note"
# A body that is sent only when the server says so.
answer=$(call -H 'Expect: 100-continue' -F 'file=@blob.bin' "$api/files/contents/")
expect "$(status_of "$answer")" 201 'status of an upload that waits'
blob=$(field id "$answer")
ok "upload that waits for 100 Continue: $blob"
answer=$(call -H 'Transfer-Encoding: chunked' -F 'file=@-;filename=piped.bin' "$api/files/contents/" <blob.bin)
expect "$(status_of "$answer")" 201 'status of a chunked upload'
piped=$(field id "$answer")
ok "upload in chunks: $piped"

# create, submit
answer=$(
  call -H 'Content-Type: application/json' -d @- "$api/jobs/" <<JSON
{
  "name": "curl",
  "isLowPriority": "true",
  "jobanalyses": [{
    "analysis": {"code": "user_included", "version": "0"},
    "command": "bash run.sh",
    "hardware": {"coreType": "emerald", "coresPerSlot": "1", "slots": 1, "walltime": 1},
    "inputFiles": [{"id": "$script"}, {"id": "$note"}, {"id": "$blob"}]
  }]
}
JSON
)
expect "$(status_of "$answer")" 201 'status of the creation'
job=$(field id "$answer")
ok "job $job made from standard input"
answer=$(call -X POST "$api/jobs/$job/submit/")
expect "$answer" $'\n200' 'answer to a submit without a body'
ok 'submitted with -X POST'

# poll: the newest row comes first
for ((attempt = 0; ; attempt++)); do
  answer=$(call "$api/jobs/$job/statuses/")
  [ "$(field status "$answer")" != Completed ] || break
  [ "$attempt" -lt 300 ] || fail "the job did not complete: $answer"
  sleep 0.1
done
expect "$(field statusReason "$answer")" 'Completed successfully' 'reason of the end'
ok 'completed successfully'

# download: curl follows the missing slash only with -L
answer=$(call "$api/jobs/$job/files/?search=copy.bin")
copy=$(field id "$answer")
url=$(field downloadUrl "$answer")
curl -sSf -H "$auth" -o copy.bin "$api/files/$copy/contents/"
cmp blob.bin copy.bin || fail 'the download differs'
curl -sSfL -H "$auth" -o copy.bin "${url%/}"
cmp blob.bin copy.bin || fail 'the download by downloadUrl differs'
ok 'downloaded with -o, also from downloadUrl without its slash'
curl -sSf -H "$auth" -r 0-49999 -o part.0 "$api/files/$copy/contents/"
curl -sSf -H "$auth" -r 50000-100001 -o part.1 "$api/files/$copy/contents/"
cat part.0 part.1 | cmp - blob.bin || fail 'the two halves differ'
curl -sSf -H "$auth" -r -10 -o tail.bin "$api/files/$copy/contents/"
tail -c 10 blob.bin | cmp - tail.bin || fail 'the last ten bytes differ'
head -c 70000 blob.bin >copy.bin
curl -sSf -H "$auth" -C - -o copy.bin "$api/files/$copy/contents/"
cmp blob.bin copy.bin || fail 'the download that went on differs'
ok 'downloaded with -r, and gone on with -C'
expect "$(curl -sSI -H "$auth" -o /dev/null -w '%{http_code}' "$api/files/$copy/contents/")" 200 'status of a HEAD'
ok 'asked for the headers with -I'

# delete
for ((attempt = 0; ; attempt++)); do
  answer=$(call -X DELETE "$api/jobs/$job/")
  [ "$(status_of "$answer")" != 204 ] || break
  expect "$(status_of "$answer")" 400 'status of a DELETE while the cluster runs'
  [ "$attempt" -lt 300 ] || fail "the job could not be deleted: $answer"
  sleep 0.1
done
expect "$(status_of "$(call "$api/jobs/$job/")")" 404 'status of a deleted job'
for file in "$script" "$note" "$blob" "$piped"; do
  expect "$(call -X DELETE "$api/files/$file/")" $'\n204' 'answer to a DELETE of a file'
done
ok 'job and files deleted'

# Why a request failed, whether another was made, and all of them as HAR and as curl.
import http.client
import urllib.parse
import urllib.request

from mock import KEY, URL, call, save_job

# urllib.request would follow the redirect.
host = http.client.HTTPConnection(urllib.parse.urlsplit(URL).netloc)
host.request("GET", "/api/v2/jobs", headers={"Authorization": f"Token {KEY}"})
print(host.getresponse().getheader("x-mock-why"))
call("GET", "/api/v2/jobs/ABCDEF/")
entry = call("GET", "/_mock/journal/?failed=true&status=404")[2]["entries"][0]
print(entry["answer"]["status"], entry["why"]["code"])
print(call("GET", f"/_mock/journal/{entry['number']}/")[2]["operationId"])
save_job()
created = call("GET", "/_mock/journal/?operation=createJob&search=echo%20done")[2]
print(len(created["entries"]))
request = {"operation": "createJob", "body": {"name": "pi"}}
once = call("POST", "/_mock/journal/verify/", {"request": request, "exactly": 1})[2]
print(str(once["verified"]).lower())
twice = call("POST", "/_mock/journal/verify/", {"request": request, "atLeast": 2, "timeout": "50ms"})[2]
print(str(twice["verified"]).lower())
print(twice["text"][twice["text"].index("was to be") :].rstrip("."))
print(call("GET", "/_mock/journal/har/")[2]["log"]["version"])
script = urllib.request.Request(URL + "/_mock/journal/curl/", headers={"Authorization": f"Token {KEY}"})
lines = urllib.request.urlopen(script).read().decode().splitlines()
print("curl", sum(line.startswith("curl ") for line in lines))
call("DELETE", "/_mock/journal/")
print(call("GET", "/_mock/journal/")[2]["count"])

# Off, it keeps nothing.
for is_on in (False, True):
    call("PUT", "/_mock/journal/", {"isOn": is_on})
    call("GET", "/api/v2/users/me/")
    print(call("GET", "/_mock/journal/")[2]["count"])

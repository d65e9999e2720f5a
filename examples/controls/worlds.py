# A baseline for every test: made once, gone back to as often as one likes, and given to others.
import urllib.request

from mock import KEY, URL, call, save_job


def jobs():
    return call("GET", "/_mock/world/")[2]["jobs"]


def file(method, path, data=None):
    headers = {"Authorization": f"Token {KEY}", "Content-Type": "application/octet-stream"}
    with urllib.request.urlopen(urllib.request.Request(URL + path, data, headers, method=method)) as answer:
        return answer.read()


call("POST", "/_mock/world/reset/")
before = jobs()
save_job()
call("POST", "/_mock/world/snapshots/", {"name": "baseline"})
save_job()
print(jobs() - before)
call("POST", "/_mock/world/snapshots/baseline/restore/")
print(jobs() - before)

fork = call("POST", "/_mock/world/fork/")[2]
save_job()
print(jobs() - before)
print(len(fork["apiKey"]))

# The whole world as one file, and back.
world = file("GET", "/_mock/world/export/")
call("POST", "/_mock/world/reset/")
file("POST", "/_mock/world/import/", world)
print(jobs() - before)
print(call("GET", "/api/v2/jobs/?page_size=1")[2]["results"][0]["name"])
print(",".join(snapshot["name"] for snapshot in call("GET", "/_mock/world/snapshots/")[2]))
call("DELETE", "/_mock/world/snapshots/baseline/")
print(len(call("GET", "/_mock/world/snapshots/")[2]))

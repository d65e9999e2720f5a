"""Reads who it is, and the files and their lines of a recorded account, as any Python program would."""

import json
import os
import sys
import urllib.error
import urllib.request

BASE = os.environ["RESCALE_API_BASE_URL"]
KEY = os.environ["RESCALE_API_KEY"]


def answer(path, key=KEY):
    headers = {} if key is None else {"Authorization": f"Token {key}"}
    request = urllib.request.Request(BASE + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


if "--astray" in sys.argv:
    print(*answer("/api/v2/jobs/?page=7"))
    sys.exit(0)

assert answer("/api/v2/users/me/", None)[0] == 401
status, body = answer("/api/v2/users/me/")
assert status == 200, body
assert "@" in json.loads(body)["email"]
assert answer("/api/v2/")[0] == 200
print("as recorded")

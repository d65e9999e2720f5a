"""What the examples share: one call of the mock, with the standard library alone."""

import json
import os
import urllib.error
import urllib.request

URL = os.environ["RESCALE_URL"]
KEY = os.environ["RESCALE_KEY"]
ADMIN_TOKEN = os.environ["RESCALE_ADMIN_TOKEN"]

JOB = {
    "name": "pi",
    "jobanalyses": [
        {
            "analysis": {"code": "user_included", "version": "0"},
            "command": "echo done",
            "hardware": {"coreType": "granite", "coresPerSlot": 2, "walltime": 1},
        }
    ],
}


def call(method, path, body=None, token=KEY):
    """Gives status, headers and JSON (None where there is none)."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(URL + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, parsed(answer.read())
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, parsed(answer.read())


def parsed(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def save_job():
    return call("POST", "/api/v2/jobs/", JOB)[2]["id"]


def submit(job):
    return call("POST", f"/api/v2/jobs/{job}/submit/")[0]


def newest_status(job):
    return call("GET", f"/api/v2/jobs/{job}/statuses/")[2]["results"][0]["status"]

"""What Python's requests really puts on the wire for calls that the documentation and other clients make.

Standard library only: wire.py writes the bytes. With --compare-with-requests that package is asked for the same
requests, and its bytes are compared with ours. Ends with an error at the first thing that is not as it should be.
"""
import argparse
import io
import json
import sys

import wire
from notebook import Mismatch, definition, expect, expect_equal, read_profile

CONTENT = "line one\nπ line two\n".encode("utf-8")


def opened(name="input.dat"):
    source = io.BytesIO(CONTENT)
    source.name = name
    return source


# What goes in as `files`, and what the platform makes of it: name and typeId.
FORMS = {
    "the documentation's dictionary in the place of a content type": (
        lambda: {"file": ("π run.inp", opened(), {"type_id": 1})},
        ("π run.inp", 1),
    ),
    "the same with another type": (lambda: {"file": ("cases.csv", opened(), {"type_id": 3})}, ("cases.csv", 3)),
    "a second part with a filename of its own": (
        lambda: [("file", ("template.in", opened())), ("typeId", ("typeId", "2"))],
        ("template.in", 2),
    ),
    "the type before the file": (
        lambda: [("typeId", ("typeId", "8")), ("file", ("case.zip", opened()))],
        ("case.zip", 8),
    ),
    "a bare open file": (lambda: {"file": opened("/home/somebody/deck.inp")}, ("deck.inp", 1)),
    "a content type of its own": (
        lambda: {"file": ("deck.inp", opened(), "application/x-deck; charset=utf-8")},
        ("deck.inp", 1),
    ),
    "quotes and line ends in the name": (
        lambda: {"file": ('a "b"\r\nc.txt', opened())},
        ('a "b"c.txt', 1),
    ),
    "a path as the name": (lambda: {"file": ("constant/polyMesh/points", opened())}, ("constant/polyMesh/points", 1)),
    "an empty file": (lambda: {"file": ("empty.txt", io.BytesIO(b""))}, ("empty.txt", 1)),
    "text instead of bytes": (lambda: {"file": ("note.txt", "text")}, ("note.txt", 1)),
}


class Session:
    def __init__(self, api_url, api_key):
        self.url = f"{api_url}/api/v2"
        self.headers = {"Authorization": f"Token {api_key}"}
        self.checked = 0

    def call(self, method, path, **options):
        headers = {**self.headers, **options.pop("headers", {})}
        return wire.request(method, f"{self.url}/{path}", headers=headers, **options)

    def check(self, what):
        self.checked += 1
        print(f"ok: {what}", flush=True)


def forms(session):
    for what, (files, (name, type_id)) in FORMS.items():
        for method in ("POST", "PUT"):
            body, content_type = wire.encode_files(encodable(files()))
            answer = session.call(method, "files/contents/", data=body, headers={"Content-Type": content_type})
            expect_equal(answer.status_code, 201, f"status of {what}: {answer.content!r}")
            expect_equal(answer.headers["Content-Type"], "text/plain", "content type of an upload's answer")
            file = answer.json()
            expect_equal(file["name"], name, f"name of {what}")
            expect_equal(file["typeId"], type_id, f"type of {what}")
            contents = session.call("GET", f"files/{file['id']}/contents/").content
            expect_equal(len(contents), file["decryptedSize"], f"size of {what}")
            expect(contents in (CONTENT, b"", b"text"), f"contents of {what}: {contents!r}")
        session.check(f"upload with {what}")


def encodable(files):
    """requests takes text where we take bytes."""
    pairs = files.items() if isinstance(files, dict) else files
    return [(name, as_bytes(value)) for name, value in pairs]


def as_bytes(value):
    if isinstance(value, tuple) and isinstance(value[1], str):
        return (value[0], value[1].encode("utf-8"), *value[2:])
    return value


def odd_uploads(session):
    before = session.call("GET", "files/").json()["count"]
    body, content_type = wire.encode_files({"file": ("deck.inp", opened())})
    no_boundary = session.call(
        "POST", "files/contents/", data=body, headers={"Content-Type": "multipart/form-data"}
    )
    expect_equal(no_boundary.status_code, 400, "status of a form without boundary")
    expect("detail" in no_boundary.json(), "a refused upload has a detail")
    session.check("headers={'Content-Type': 'multipart/form-data'} next to files is refused")
    wrong_name, wrong_type = wire.encode_files({"upload": ("deck.inp", opened())})
    refused = session.call("POST", "files/contents/", data=wrong_name, headers={"Content-Type": wrong_type})
    expect_equal(refused.status_code, 400, "status of a form without a file")
    session.check("a part of another name is refused")
    expect_equal(session.call("GET", "files/").json()["count"], before, "files after refused uploads")
    ranged = {"Content-Type": content_type, "Range": "bytes=0-9"}
    expect_equal(
        session.call("POST", "files/contents/", data=body, headers=ranged).status_code, 201, "status with a Range"
    )
    session.check("an upload with a Range in its headers")


def odd_bodies(session):
    job = definition("Odd bodies", "echo odd")
    charset = {"Content-Type": "application/json;charset=utf-8"}
    sent = session.call("POST", "jobs/", data=json.dumps(job), headers=charset)
    expect_equal(sent.status_code, 201, "status of a job with a charset")
    session.check("a JSON body with a charset")
    # A string without a content type, and a form: neither is JSON for the platform.
    expect_equal(session.call("POST", "jobs/", data=json.dumps(job)).status_code, 415, "status without a type")
    session.check("data=json.dumps(…) without a content type is refused")
    text = {**job, "isLowPriority": "true", "projectId": ""}
    text["jobanalyses"][0]["hardware"]["coresPerSlot"] = "2"
    text["jobanalyses"][0]["useMpi"] = "false"
    loose = session.call("POST", "jobs/", json=text)
    expect_equal(loose.status_code, 201, f"status of text for numbers: {loose.content!r}")
    expect_equal(loose.json()["jobanalyses"][0]["hardware"]["coresPerSlot"], 2, "cores given as text")
    expect_equal(loose.json()["isLowPriority"], True, "a boolean given as text")
    session.check("text for numbers and booleans")
    copied = session.call("POST", "jobs/", json={**loose.json(), "name": "A copy"})
    expect_equal(copied.status_code, 201, f"status of a whole job posted back: {copied.content!r}")
    expect(copied.json()["id"] != loose.json()["id"], "a copy has an id of its own")
    session.check("a job read and posted back whole")
    return loose.json()["id"]


def odd_calls(session, job_id):
    redirected = session.call("POST", f"jobs/{job_id}/submit")
    expect(redirected.status_code >= 400, f"POST without slash becomes a GET: {redirected.status_code}")
    expect_equal(session.call("GET", f"jobs/{job_id}/statuses/").json()["count"], 0, "statuses then")
    session.check("POST without its slash submits nothing")
    waived = session.call("POST", f"jobs/{job_id}/submit/", json={"waiveSla": True})
    expect_equal(waived.status_code, 200, "status of a submit with a body")
    expect_equal(waived.content, b"", "body of a submit's answer")
    session.check("submit with a body that nobody looks at")
    typed = session.call("GET", "jobs/", headers={"Content-Type": "application/json"}, params={"page_size": 9999})
    expect_equal(len(typed.json()["results"]), typed.json()["count"], "jobs on one large page")
    session.check("GET with a content type, and a page of 9,999")
    repeated = session.call("GET", "jobs/?t=1", params={"t": 1})
    expect_equal([row["id"] for row in repeated.json()["results"]], [job_id], "active jobs")
    session.check("a parameter that is given twice")
    missed = session.call("POST", f"jobs/{job_id}/run/1/stop/")
    expect_equal(missed.status_code, 404, "status of a misspelt path")
    session.check("a stop of /run/ instead of /runs/ is harmless")
    expect_equal(session.call("POST", f"jobs/{job_id}/stop/", data=b"").status_code, 202, "status of the stop")
    session.check("stop with an empty body")


def compare_with_requests(session):
    import requests

    for what, (files, _) in FORMS.items():
        theirs = requests.Request("POST", session.url, files=files()).prepare()
        ours, content_type = wire.encode_files(encodable(files()))
        boundary = theirs.headers["Content-Type"].split("boundary=")[1]
        same = ours.replace(content_type.split("boundary=")[1].encode(), boundary.encode())
        expect_equal(same, theirs.body, f"bytes of {what}")
        expect_equal(str(len(ours)), theirs.headers["Content-Length"], f"length of {what}")
        session.check(f"requests writes {what} as we do")
    bare = requests.Request("POST", session.url).prepare()
    expect_equal(bare.headers.get("Content-Length"), "0", "length of a POST without body")
    session.check("requests says that a POST without body has none")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--compare-with-requests", action="store_true")
    arguments = options.parse_args()
    session = Session(*read_profile())
    if arguments.compare_with_requests:
        compare_with_requests(session)
    else:
        forms(session)
        odd_uploads(session)
        odd_calls(session, odd_bodies(session))
    print(f"{session.checked} quirks")


if __name__ == "__main__":
    try:
        main()
    except (Mismatch, KeyError, IndexError, wire.HttpError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)

"""HTTP as programs written with Python's requests put it on the wire, with the standard library only.

Written for Python 3.8: the oldest that the tutorial names. One connection per call, as `requests.get` and its
siblings have; headers, encodings of forms and redirects as requests 2.x and urllib3 2.x.
"""
import http.client
import json as jsonlib
import os
from urllib.parse import urlencode, urljoin, urlsplit

MAX_REDIRECTS = 30
TIMEOUT_SECONDS = 60


class HttpError(Exception):
    pass


class Answer:
    def __init__(self, status_code, reason, headers, content, url):
        self.status_code = status_code
        self.reason = reason
        self.headers = headers
        self.content = content
        self.url = url
        self.history = []

    @property
    def text(self):
        return self.content.decode("utf-8")

    def json(self):
        return jsonlib.loads(self.text)

    def raise_for_status(self):
        if self.status_code >= 400:
            raise HttpError(f"{self.status_code} {self.reason} for {self.url}: {self.content[:500]!r}")

    def iter_content(self, chunk_size):
        for start in range(0, len(self.content), chunk_size):
            yield self.content[start : start + chunk_size]


def escaped(value):
    """Names in a part's header, as urllib3 2.x writes them: UTF-8 bytes, quotes and line ends in percent form."""
    return value.translate({10: "%0A", 13: "%0D", 34: "%22"})


def part(name, filename, content, content_type):
    """One part of a form. `content_type` is written as it is, whatever it is: that is how dictionaries get there."""
    head = f'Content-Disposition: form-data; name="{escaped(name)}"'
    if filename is not None:
        head += f'; filename="{escaped(filename)}"'
    if content_type is not None:
        head += f"\r\nContent-Type: {content_type}"
    return head.encode("utf-8") + b"\r\n\r\n" + content + b"\r\n"


def multipart(parts):
    boundary = os.urandom(16).hex()
    delimiter = f"--{boundary}\r\n".encode("ascii")
    body = b"".join(delimiter + one for one in parts) + f"--{boundary}--\r\n".encode("ascii")
    return body, f"multipart/form-data; boundary={boundary}"


def contents(source):
    return source.read() if hasattr(source, "read") else source


def encode_files(files):
    """`files` in the forms that requests takes: a dictionary or pairs, of files or tuples of up to three."""
    pairs = files.items() if isinstance(files, dict) else files
    parts = []
    for name, value in pairs:
        if isinstance(value, tuple):
            filename, source = value[:2]
            content_type = value[2] if len(value) > 2 else None
        else:
            filename, source, content_type = os.path.basename(getattr(value, "name", name)), value, None
        parts.append(part(name, filename, contents(source), content_type))
    return multipart(parts)


def encode(json, data, files):
    if files is not None:
        return encode_files(files)
    if json is not None:
        return jsonlib.dumps(json).encode("utf-8"), "application/json"
    if isinstance(data, str):
        return data.encode("utf-8"), None
    return data, None


def request(method, url, headers=None, params=None, json=None, data=None, files=None, allow_redirects=True):
    # The headers are looked at once, here: what a thread does to a shared dictionary later comes too late.
    given = dict(headers or {})
    body, content_type = encode(json, data, files)
    if params:
        url += ("&" if urlsplit(url).query else "?") + urlencode(params)
    history = []
    while True:
        answer = exchange(method, url, given, body, content_type)
        answer.history = history
        location = answer.headers.get("Location")
        if not allow_redirects or answer.status_code not in (301, 302, 303, 307, 308) or location is None:
            return answer
        if len(history) == MAX_REDIRECTS:
            raise HttpError(f"more than {MAX_REDIRECTS} redirects at {url}")
        history = history + [answer]
        target = urljoin(url, location)
        if urlsplit(target)[:2] != urlsplit(url)[:2]:
            given = {name: value for name, value in given.items() if name.lower() != "authorization"}
        url = target
        # As browsers do: what was redirected by 301, 302 or 303 is asked for again by GET, without its body.
        if answer.status_code < 304 and method not in ("GET", "HEAD"):
            method, body, content_type = "GET", None, None


def exchange(method, url, given, body, content_type):
    address = urlsplit(url)
    headers = {
        "User-Agent": "python-requests/2.32.3",
        "Accept-Encoding": "gzip, deflate",
        "Accept": "*/*",
        "Connection": "keep-alive",
    }
    if content_type is not None:
        headers["Content-Type"] = content_type
    if body is not None:
        headers["Content-Length"] = str(len(body))
    elif method not in ("GET", "HEAD"):
        headers["Content-Length"] = "0"
    headers.update(given)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=TIMEOUT_SECONDS)
    try:
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        return Answer(response.status, response.reason, response.headers, response.read(), url)
    finally:
        connection.close()


def get(url, **options):
    return request("GET", url, **options)


def post(url, **options):
    return request("POST", url, **options)


def put(url, **options):
    return request("PUT", url, **options)


def patch(url, **options):
    return request("PATCH", url, **options)


def delete(url, **options):
    return request("DELETE", url, **options)

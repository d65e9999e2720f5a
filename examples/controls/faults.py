# Faults for one operation, each met once, two of them together; and one that comes with its request.
import urllib.error
import urllib.request

from mock import KEY, URL, call

ME = "/api/v2/users/me/"


def left():
    plan = call("GET", "/_mock/faults/flaky/")[2]
    return sum(fault["left"] for fault in plan["faults"])


call(
    "POST",
    "/_mock/faults/",
    {
        "name": "flaky",
        "faults": [
            {"operation": "getCurrentUser", "kind": "status", "status": 503, "retryAfter": 7},
            {"operation": "getCurrentUser", "kind": "none"},
            {"operation": "getCurrentUser", "kind": "expired-key"},
            {
                "operation": "getCurrentUser",
                "kind": "together",
                "faults": [
                    {"kind": "delay", "when": "before", "for": "10ms"},
                    {"kind": "status", "status": 429, "retryAfter": 7},
                ],
            },
        ],
    },
)
print(call("GET", ME)[0])
print(call("GET", ME)[0])
print("left:", left())
print(call("GET", ME)[0])
print("left:", left())
print(call("GET", ME)[0])
print("left:", left())
wish = {"Authorization": f"Token {KEY}", "X-Mock-Plan": '{"kind": "status", "status": 502}'}
try:
    urllib.request.urlopen(urllib.request.Request(URL + ME, headers=wish))
except urllib.error.HTTPError as answer:
    print(answer.code)

# One plan is taken back, and another with all that there are.
print(",".join(plan["name"] for plan in call("GET", "/_mock/faults/")[2]))
call("DELETE", "/_mock/faults/flaky/")
print(len(call("GET", "/_mock/faults/")[2]))
call("POST", "/_mock/faults/", {"faults": [{"operation": "*", "kind": "status", "status": 500}]})
call("DELETE", "/_mock/faults/")
print(len(call("GET", "/_mock/faults/")[2]))
print(call("GET", ME)[0])

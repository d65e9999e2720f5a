# What the platform does with clients that ask too often, with a limit that a test can reach.
from mock import call

call("PUT", "/_mock/time/", {"pace": "still"})
call("PUT", "/_mock/throttling/", {"isOn": True, "limits": {"user": 2}})
for _ in range(3):
    status, headers, _ = call("GET", "/api/v2/users/me/")
    print(status)
print("Retry-After:", headers["Retry-After"])
scopes = call("GET", "/_mock/throttling/")[2]["scopes"]
user = next(scope for scope in scopes if scope["scope"] == "user")
print("refused:", user["refused"], "of", user["requests"])
call("PUT", "/_mock/throttling/", {"isOn": False})

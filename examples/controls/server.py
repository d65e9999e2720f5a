# A world of its own for a test, whose jobs end at once; made and ended with the admin token. And the end of all.
from mock import ADMIN_TOKEN, call


def server(method, path, body=None):
    return call(method, path, body, ADMIN_TOKEN)[2]


before = server("GET", "/_mock/settings/")
print(server("PUT", "/_mock/settings/", {"pace": "settled"})["pace"])
tenant = server("POST", "/_mock/tenants/", {})
server("PUT", "/_mock/settings/", before)
print(call("GET", "/api/v2/users/me/", token=tenant["apiKey"])[0])


def is_there():
    tenants = server("GET", "/_mock/tenants/")
    return str(tenant["tenantId"] in [one["tenantId"] for one in tenants]).lower()


print(is_there())
server("DELETE", f"/_mock/tenants/{tenant['tenantId']}/")
print(is_there())
print(call("GET", "/api/v2/users/me/", token="no key")[0])
print(server("GET", "/_mock/journal/unclaimed/")["entries"][0]["why"]["code"])
print(server("POST", "/_mock/shutdown/")["detail"])

# A world of its own for a test, whose jobs end at once; made and ended with the admin token.
from mock import ADMIN_TOKEN, call

before = call("GET", "/_mock/settings/", token=ADMIN_TOKEN)[2]
print(call("PUT", "/_mock/settings/", {"pace": "settled"}, ADMIN_TOKEN)[2]["pace"])
tenant = call("POST", "/_mock/tenants/", {}, ADMIN_TOKEN)[2]
call("PUT", "/_mock/settings/", before, ADMIN_TOKEN)
print(call("GET", "/api/v2/users/me/", token=tenant["apiKey"])[0])
print(call("DELETE", f"/_mock/tenants/{tenant['tenantId']}/", token=ADMIN_TOKEN)[0])

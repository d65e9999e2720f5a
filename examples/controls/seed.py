# A world to begin with: software and hardware of one's own, a file, and jobs in the states that a test is about.
import json
import os

from mock import call

with open(os.path.join(os.path.dirname(__file__), "seed.json")) as file:
    seed = json.load(file)

call("POST", "/_mock/world/reset/")
call("POST", "/_mock/world/seed/", seed)

print(call("GET", "/api/v2/analyses/our_solver/")[2]["name"])
for job in call("GET", "/api/v2/jobs/?page_size=2")[2]["results"]:
    print(job["name"], job["jobStatus"]["content"])

# What a snapshot of it brings back, catalogue included.
call("POST", "/_mock/world/snapshots/", {"name": "seeded"})
call("POST", "/_mock/world/reset/")
call("POST", "/_mock/world/snapshots/seeded/restore/")
print(call("GET", "/api/v2/users/me/projects/")[2]["results"][-1]["name"])

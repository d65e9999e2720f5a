# A job that runs out of memory, whatever its command does.
import re

from mock import call, save_job, submit

print(str(any(one["name"] == "out-of-memory" for one in call("GET", "/_mock/endings/")[2])).lower())
job = save_job()
print(call("POST", f"/_mock/jobs/{job}/outcome/", {"ending": "out-of-memory"})[2]["ending"])
submit(job)
call("POST", "/_mock/time/advance/", {"until": "settled"})
log = call("GET", f"/api/v2/jobs/{job}/files/?search=process_output.log")[2]["results"][0]["id"]
lines = call("GET", f"/api/v2/files/{log}/lines/")[2]["lines"]
print(re.search(r"Exited with code \d+", "\n".join(lines)).group())

# A job of hours in an instant: the clock of one's world moves only as far as one says.
from mock import call, newest_status, save_job, submit

call("PUT", "/_mock/time/", {"pace": "still"})
job = save_job()
submit(job)
print(call("GET", "/_mock/time/")[2]["due"][0]["kind"])
print(newest_status(job))
call("POST", "/_mock/time/advance/", {"until": {"job": job, "status": "Executing"}})
print(newest_status(job))
call("POST", "/_mock/time/advance/", {"until": "settled"})
print(newest_status(job))
print(call("GET", f"/_mock/wait/?cluster={job}&status=Stopped&clock=virtual&timeout=1h")[2]["outcome"])

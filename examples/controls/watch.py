# Watches requests as they come, until a job was submitted.
import json
import threading
import urllib.request

from mock import KEY, URL, call, save_job, submit

last = call("GET", "/_mock/journal/?limit=1")[2]["lastNumber"]
path = f"/_mock/journal/events/?method=POST&after={last}"
events = urllib.request.urlopen(urllib.request.Request(URL + path, headers={"Authorization": f"Token {KEY}"}))
asking = threading.Thread(target=lambda: submit(save_job()))
asking.start()
for line in events:
    if line.startswith(b"data: "):
        entry = json.loads(line[len(b"data: ") :])
        print(entry["operationId"])
        if entry["operationId"] == "submitJob":
            break
events.close()
asking.join()

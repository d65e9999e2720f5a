# What a client does wrong, by what it said: here it submits a job again without a look at it.
import re
import urllib.request

from mock import KEY, URL, call, save_job, submit

job = save_job()
submit(job)
submit(job)
for rule in call("GET", "/_mock/journal/lint/")[2]["rules"]:
    for finding in rule["findings"]:
        print(finding["rule"], ",".join(map(str, finding["entries"])))
path = "/_mock/journal/lint/?format=junit"
junit = urllib.request.urlopen(urllib.request.Request(URL + path, headers={"Authorization": f"Token {KEY}"}))
print(re.search(r'failures="\d+"', junit.read().decode()).group())

# Waits for two requests to submit instead of asking again and again whether they have come.
from concurrent.futures import ThreadPoolExecutor

from mock import call, save_job, submit

with ThreadPoolExecutor() as pool:
    waiting = pool.submit(call, "GET", "/_mock/wait/?request=submitJob&count=2&timeout=30s")
    for _ in range(2):
        submit(save_job())
    print(waiting.result()[2]["outcome"])
print(call("GET", "/_mock/wait/?request=submitJob&count=3&timeout=50ms")[2]["outcome"])

# A download by the method of Rescale's tutorial ("Concurrent download"): as many threads as are wanted, each with an
# equal range that it writes to a part file in reads of 4 KiB; then the parts are joined, and the result is hashed, in
# reads of 4 KiB too. Without the tutorial's slips: every thread has headers of its own, and the parts lie next to
# the target.
import hashlib
import json
import sys
import threading
import time

import requests

READ = 4096
order = json.loads(sys.argv[1])
headers, target, threads = order["headers"], order["to"], order["connections"]


def fetch_part(index, start, end):
    part_headers = {**headers, "Range": f"bytes={start}-{end}"}
    response = requests.get(f"{order['url']}/contents/", headers=part_headers)
    response.raise_for_status()
    with open(f"{target}.{index}", "wb") as part:
        for chunk in response.iter_content(READ):
            part.write(chunk)


def join_parts():
    with open(target, "wb") as output:
        for index in range(threads):
            with open(f"{target}.{index}", "rb") as part:
                while chunk := part.read(READ):
                    output.write(chunk)


def sha512():
    digest = hashlib.sha512()
    with open(target, "rb") as file:
        while chunk := file.read(READ):
            digest.update(chunk)
    return digest.hexdigest()


begin = time.time()
answer = requests.get(f"{order['url']}/", headers=headers)
answer.raise_for_status()
size = answer.json()["decryptedSize"]
length = size // threads
workers = []
for index in range(threads):
    end = (index + 1) * length - 1 if index < threads - 1 else size - 1
    workers.append(threading.Thread(target=fetch_part, args=(index, index * length, end)))
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
join_parts()
if sha512() != answer.json()["fileChecksums"][0]["fileHash"]:
    sys.exit("the download is damaged")
print(json.dumps({"seconds": time.time() - begin}))

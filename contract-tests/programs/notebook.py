"""Walks the cells of the User API tutorial as a program written after it would, and checks what each one gets.

Python 3.8 or later, standard library only; with --requests it uses that package instead of wire.py. It expects an
apiconfig in the home folder and the tutorial's `job_inputs` in the present one, prints one line per cell, and
ends with an error at the first thing that a user of the notebook would stumble over. Cells 61-66 (SSH) are left out.
"""
import argparse
import concurrent.futures
import configparser
import enum
import glob
import gzip
import hashlib
import os
import re
import sys
import threading
import time
import zipfile
from datetime import datetime, timezone
from pathlib import Path

import wire

POLL_SECONDS = 0.05
POLL_PATIENCE_SECONDS = 30
IO_SIZE = 4096
VOLUME_BYTES = 512 * 1024


class Mismatch(Exception):
    pass


def expect(condition, text):
    if not condition:
        raise Mismatch(text)


def expect_equal(actual, wanted, what):
    expect(actual == wanted, f"{what}: {actual!r} instead of {wanted!r}")


def cell(number, text):
    print(f"cell {number:>2}: {text}", flush=True)


def fromisoformat(text):
    """datetime.fromisoformat of Python 3.8: an offset in figures, and three or six digits or none after the second."""
    expect(
        re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?([+-]\d\d:\d\d)?$", text),
        f"Python 3.8 does not read the date {text!r}",
    )
    return datetime.fromisoformat(text)


def fromisoformat_z(text):
    expect(text.endswith("Z"), f"the date {text!r} does not end in Z")
    return fromisoformat(text.replace("Z", "+00:00"))


class JobStatus(enum.Enum):
    EXECUTING = "Executing"
    COMPLETED = "Completed"


class ClusterStatus(enum.Enum):
    STOPPED = "Stopped"


class Notebook:
    """The variables that the cells share."""

    def __init__(self, requests, api_url, api_key, megabytes):
        self.requests = requests
        self.api_url = f"{api_url}/api/v2"
        self.api_key = api_key
        self.megabytes = megabytes
        self.headers = {}
        # Cell 75 writes Range into the dictionary that all calls share. The notebook's threads may even mix their
        # ranges up; the lock spares them that, and nothing else.
        self.range_lock = threading.Lock()

    def call(self, method, path, **options):
        url = path if path.startswith("http") else f"{self.api_url}/{path}"
        return getattr(self.requests, method)(url, headers=self.headers, **options)

    def fetched(self, path, **options):
        answer = self.call("get", path, **options)
        answer.raise_for_status()
        return answer.json()

    # Cell 12
    def all_pages(self, path, params=None):
        # The notebook passes an empty dictionary where there are no parameters.
        page = self.fetched(path, params=params or {})
        results = list(page["results"])
        while page["next"] is not None:
            page = self.fetched(page["next"])
            results.extend(page["results"])
        return results

    # Cell 34
    def statuses(self, job_id):
        return self.all_pages(f"jobs/{job_id}/statuses/")

    # Cell 46
    def poll(self, job_id, status):
        deadline = time.monotonic() + POLL_PATIENCE_SECONDS
        while True:
            if isinstance(status, JobStatus):
                rows, parse = self.statuses(job_id), fromisoformat
            elif isinstance(status, ClusterStatus):
                rows, parse = self.all_pages(f"jobs/{job_id}/cluster_statuses/"), fromisoformat_z
            else:
                raise Exception("Unknown Status Type.")
            in_order = sorted(rows, key=lambda row: parse(row["statusDate"]))
            if any(row["status"] == status.value for row in in_order):
                return [row["status"] for row in in_order]
            expect(time.monotonic() < deadline, f"{status.value} was not reached: {in_order}")
            time.sleep(POLL_SECONDS)

    # Cell 41
    def upload(self, path):
        with open(path, "rb") as source:
            files = [("file", (os.path.basename(path), source, "application/octet-stream"))]
            answer = self.call("post", "files/contents/", files=files)
        expect_equal(answer.status_code, 201, "status of the upload")
        return answer.json()["id"]

    def created(self, definition):
        answer = self.call("post", "jobs/", json=definition)
        answer.raise_for_status()
        return answer.json()

    def submitted(self, definition):
        job_id = self.created(definition)["id"]
        answer = self.call("post", f"jobs/{job_id}/submit/")
        expect_equal(answer.status_code, 200, "status of the submit")
        return job_id

    # Cell 71
    def log_lines(self, job_id):
        files = self.all_pages(f"jobs/{job_id}/files/", {"search": "process_output.log"})
        answer = self.call("get", f"files/{files[0]['id']}/lines")
        answer.raise_for_status()
        return answer.json()["lines"]


def definition(name, command, file_ids=(), decompress=None, **more):
    inputs = [{"id": file_id} for file_id in file_ids]
    if decompress is not None:
        inputs = [{**one, "decompress": decompress} for one in inputs]
    analysis = {
        "analysis": {"code": "user_included", "version": "0"},
        "command": command,
        "hardware": {"coreType": "granite", "coresPerSlot": 2, "walltime": 1},
    }
    if inputs:
        analysis["inputFiles"] = inputs
    return {"name": name, "jobanalyses": [analysis], **more}


def sha512_of(path):
    digest = hashlib.sha512()
    with open(path, "rb") as source:
        for chunk in iter(lambda: source.read(IO_SIZE), b""):
            digest.update(chunk)
    return digest.hexdigest()


def read_profile(profile="default"):
    path = Path.home() / ".config" / "rescale" / "apiconfig"
    parser = configparser.ConfigParser()
    expect(parser.read(str(path)), f"there is no {path}")
    return parser[profile]["apibaseurl"], parser[profile]["apikey"]


def authorization(nb):
    answer = nb.call("get", "users/me/")
    expect_equal(answer.status_code, 401, "status without credentials")
    cell(5, "401 without credentials")
    nb.headers = {"Authorization": f"Token {nb.api_key}"}
    cell(7, f"hello {nb.fetched('users/me/')['email']}")


def catalogue(nb):
    first = nb.fetched("coretypes/")
    expect(first["count"] > len(first["results"]), "there should be more core types than on one page")
    expect(first["next"] is not None, "there should be a next page")
    cell(10, f"{len(first['results'])} of {first['count']} core types, {first['results'][0]['code']} first")
    coretypes = nb.all_pages("coretypes/")
    expect_equal(len(coretypes), first["count"], "core types on all pages")
    expect_equal(len({one["code"] for one in coretypes}), first["count"], "different core types")
    cell(13, f"{len(coretypes)} core types on all pages")
    general = {
        one["code"]: {"cores": one["cores"], "processorInfo": one["processorInfo"]}
        for one in coretypes
        if "general" in one["categoryCodes"]
    }
    expect("granite" in general, "granite should be a general core type")
    cell(15, f"{len(general)} general core types")
    prices = nb.fetched("billing/computeprices/")
    economy = {
        price["coreType"]: float(price["value"]["amount"])
        for price in prices
        if price["planType"].endswith("on-demand")
        and price["os"] == "linux"
        and price["isActive"]
        and price["coreType"] in general
    }
    cheapest = min(economy, key=economy.get)
    expect(prices[-1] is not None and economy[cheapest] > 0, "the cheapest core type should cost something")
    cell(17, f"{cheapest} is the cheapest, {economy[cheapest]}")
    analyses = nb.all_pages("analyses/")
    versions = sum(len(one["versions"]) for one in analyses)
    expect(len(analyses) > 700 and versions > 3200, f"only {len(analyses)} analyses in {versions} versions")
    cell(19, f"{len(analyses)} analyses in {versions} versions, {analyses[0]['versions'][0]['versionCode']} first")


def reading_jobs(nb):
    job = nb.fetched("jobs/ObMcJc")
    cell(22, f"ObMcJc runs {job['jobanalyses'][0]['analysis']['name']}")
    jobs = nb.all_pages("jobs/", {"state": "completed", "job_status": "COMPLETED"})
    this_year = datetime.today().year
    recent = [job for job in jobs if fromisoformat_z(job["dateInserted"]).year == this_year]
    expect(len(jobs) > 10, "there should be more completed jobs than on one page")
    expect(recent, "there should be jobs of this year")
    cell(24, f"{len(jobs)} completed jobs, {len(recent)} of {this_year}")
    projects = nb.all_pages("users/me/projects/")
    cell(26, ", ".join(f"{project['id']} {project['name']}" for project in projects))


def first_job(nb):
    job = definition("User API program", "python3 calculate_pi.py range.inp", projectId=None)
    hardware = job["jobanalyses"][0]["hardware"]
    hardware["coresPerSlot"] = 1
    refused = nb.call("post", "jobs/", json=job)
    expect_equal(refused.status_code, 400, "status of one core on granite")
    cell(28, f"refused: {refused.json()}")
    hardware["coresPerSlot"] = 2
    job_id = nb.created(job)["id"]
    expect(re.match(r"[A-Za-z]{5,6}$", job_id), f"{job_id!r} is no id")
    cell(30, f"job {job_id}")
    submitted = nb.call("post", f"jobs/{job_id}/submit/")
    expect_equal(submitted.status_code, 200, "status of the submit")
    cell(32, "submitted")
    seen = nb.poll(job_id, JobStatus.COMPLETED)
    expect_equal(
        seen, ["Pending", "Queued", "Started", "Validated", "Executing", "Completed"], "statuses in order"
    )
    cell(35, " > ".join(seen))
    outputs = nb.all_pages(f"jobs/{job_id}/files/", {"search": "output"})
    expect_equal(outputs[0]["name"], "process_output.log", "the first output file")
    cell(37, f"{len(outputs)} output files have output in their name")
    lines = nb.fetched(f"files/{outputs[0]['id']}/lines/")["lines"]
    expect(any("calculate_pi.py" in line and "No such file" in line for line in lines), f"{lines}")
    expect(all(line.endswith("\n") for line in lines), "lines should keep their ends")
    cell(39, next(line for line in lines if "No such file" in line).rstrip())
    return job, job_id


def second_try(nb, job, job_id):
    inputs = [nb.upload("job_inputs/calculate_pi.py"), nb.upload("job_inputs/range.inp")]
    cell(42, f"uploaded {' and '.join(inputs)}")
    job["jobanalyses"][0]["inputFiles"] = [{"id": file_id} for file_id in inputs]
    changed = nb.call("patch", f"jobs/{job_id}/", json=job)
    expect_equal(changed.status_code, 200, "status of a PATCH of a completed job")
    before = nb.statuses(job_id)
    again = nb.call("post", f"jobs/{job_id}/submit/")
    if again.status_code >= 400:
        again.json()
    expect_equal(nb.statuses(job_id), before, "statuses after the second submit")
    expect_equal(nb.fetched(f"jobs/{job_id}/")["jobanalyses"][0]["inputFiles"], [], "inputs after the PATCH")
    cell(44, f"PATCH {changed.status_code}, second submit {again.status_code}, no effect")
    seen = nb.poll(job_id, ClusterStatus.STOPPED)
    deleted = nb.call("delete", f"jobs/{job_id}/")
    expect_equal(deleted.status_code, 204, "status of the DELETE")
    cell(47, f"{' > '.join(seen)}, then deleted")
    return inputs


def economy_job(nb, inputs):
    job_id = nb.submitted(
        definition(
            "User API program (with inputs)",
            "python3 calculate_pi.py range.inp",
            inputs,
            project_id=None,
            isLowPriority=True,
        )
    )
    seen = nb.poll(job_id, JobStatus.COMPLETED)
    expect("Waiting for Queue" in seen, f"an economy job waits for the queue: {seen}")
    expect("Stopping" not in seen, f"a success has no Stopping: {seen}")
    cell(49, " > ".join(seen))
    Path("job_outputs").mkdir(exist_ok=True)
    files = nb.all_pages(f"jobs/{job_id}/files/")
    names = {file["name"] for file in files}
    expect({"process_output.log", "pi_estimate.res", "pi_estimate.bin"} <= names, f"outputs are {names}")
    for file in files:
        answer = nb.call("get", f"files/{file['id']}/contents/")
        expect_equal(answer.status_code, 200, f"status of the download of {file['name']}")
        with open(Path("job_outputs", file["name"]), "wb") as target:
            for chunk in answer.iter_content(IO_SIZE):
                target.write(chunk)
    expect(Path("job_outputs", "pi_estimate.res").read_text().startswith("3.141"), "π should begin with 3.141")
    cell(52, f"downloaded {', '.join(sorted(names))}")
    for file in files:
        local = sha512_of(Path("job_outputs", file["name"]))
        metadata = nb.fetched(f"files/{file['id']}/")
        expect_equal(local, file["fileChecksums"][0]["fileHash"], f"SHA-512 of {file['name']} in the list")
        expect_equal(local, metadata["fileChecksums"][0]["fileHash"], f"SHA-512 of {file['name']}")
    cell(54, f"{len(files)} checksums are right")
    nb.poll(job_id, ClusterStatus.STOPPED)
    deleted = nb.call("delete", f"jobs/{job_id}/", params={"deleteInputFiles": True})
    expect_equal(deleted.status_code, 204, "status of the DELETE")
    statuses = [nb.call("get", f"files/{file_id}/").status_code for file_id in inputs]
    expect_equal(statuses, [404, 404], "status of the deleted inputs")
    cell(56, "job and inputs deleted")


def two_tiles(nb):
    names = ["calculate_pi.py", "range.inp", "run_plot.jou", "tjunction_plot.cas.gz"]
    inputs = [{"id": nb.upload(f"job_inputs/{name}")} for name in names]
    hardware = {"coresPerSlot": 4, "coreType": "emerald_max", "walltime": 1}
    licence = {
        "ANSYSLI_SERVERS": "2325@ansys.server.com",
        "ANSYSLMD_LICENSE_FILE": "1055@ansys.server.com",
    }
    job = nb.created(
        {
            "isLowPriority": False,
            "name": "User API program (two tiles)",
            "description": "",
            "jobanalyses": [
                {
                    "analysis": {"code": "user_included", "version": "0"},
                    "command": "python3 calculate_pi.py range.inp",
                    "hardware": hardware,
                    "inputFiles": inputs,
                },
                {
                    "envVars": licence,
                    "analysis": {"code": "ansys_fluent", "version": "2019r1"},
                    "command": "fluent 3ddp -gu -t$RESCALE_CORES_PER_SLOT -i run_plot.jou -driver x11",
                    "hardware": hardware,
                },
            ],
            "projectId": None,
        }
    )
    expect_equal(job["jobanalyses"][1]["envVars"], licence, "environment of the second tile")
    expect_equal(nb.all_pages(f"jobs/{job['id']}/statuses/"), [], "statuses of a job that was only saved")
    cell(58, f"job {job['id']} has {len(job['jobanalyses'])} tiles")


def quasi_persistent_cluster(nb):
    job = definition("User API program (sleep inf)", "sleep inf", project_id=None, isLowPriority=True)
    job_id = nb.submitted(job)
    nb.poll(job_id, JobStatus.EXECUTING)
    instance = nb.all_pages(f"jobs/{job_id}/instances/")[0]
    expect_equal(instance["username"], f"uprod_{job_id}", "user of the cluster")
    cell(63, f"{instance['username']}@{instance['publicIp']}:{instance['sshPort']}, {instance['role']}")
    # The notebook hands the whole definition to stop.
    stopped = nb.call("post", f"jobs/{job_id}/stop/", json=job)
    expect_equal(stopped.status_code, 202, "status of the stop")
    seen = nb.poll(job_id, JobStatus.COMPLETED)
    expect_equal(seen[-2:], ["Stopping", "Completed"], "the end of a stopped job")
    cell(68, " > ".join(seen))


def zipped_inputs(nb):
    with zipfile.ZipFile("job_inputs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for root, _, files in os.walk("job_inputs"):
            for file in files:
                path = os.path.join(root, file)
                archive.write(path, os.path.relpath(path, "job_inputs"))
    file_id = nb.upload("job_inputs.zip")
    os.remove("job_inputs.zip")
    job_id = nb.submitted(
        definition(
            "User API program (with zipped inputs)",
            "cd job_inputs; python calculate_pi.py range.inp",
            [file_id],
            project_id=None,
            isLowPriority=True,
        )
    )
    nb.poll(job_id, JobStatus.COMPLETED)
    lines = nb.log_lines(job_id)
    expect(any("3.141" in line for line in lines), f"π should be in the log: {lines}")
    expect(lines[-2].rstrip().endswith("Exited with code 0"), f"the log should end with success: {lines[-2:]}")
    cell(71, lines[-3].rstrip())


def large_result(nb):
    # Base64 has four characters for three bytes, and a line end after each 64.
    size = int(nb.megabytes * 1048576 / 65 * 64 / 4) * 3
    job_id = nb.submitted(
        definition(
            "User API program (large result)", f"openssl rand -out testfile -base64 {size}", project_id=None
        )
    )
    try:
        nb.poll(job_id, "Completed")
        raise Mismatch("the notebook's slip in cell 73 went unnoticed")
    except Exception as error:
        if isinstance(error, Mismatch):
            raise
    nb.poll(job_id, JobStatus.COMPLETED)
    cell(73, f"job {job_id} wrote its file")
    return job_id


def download_chunk(nb, file_id, index, start, end):
    with nb.range_lock:
        nb.headers["Range"] = f"bytes={start}-{end}"
        headers = dict(nb.headers)
    answer = nb.requests.get(f"{nb.api_url}/files/{file_id}/contents", headers=headers)
    expect_equal(answer.status_code, 206, f"status of the range {start}-{end}")
    with open(f"{file_id}.{index}", "wb") as target:
        for chunk in answer.iter_content(IO_SIZE):
            target.write(chunk)


def concurrent_download(nb, file_id, threads):
    metadata = nb.fetched(f"files/{file_id}/")
    size = metadata["decryptedSize"]
    chunk_size = int(size / threads)
    with concurrent.futures.ThreadPoolExecutor(max_workers=threads) as pool:
        chunks = []
        for index in range(threads):
            # The last one asks for two bytes more than there are.
            end = (index + 1) * chunk_size - 1 if index != threads - 1 else size + 1
            chunks.append(pool.submit(download_chunk, nb, file_id, index, index * chunk_size, end))
        for chunk in chunks:
            chunk.result()
    with open(metadata["name"], "wb") as target:
        for index in range(threads):
            target.write(Path(f"{file_id}.{index}").read_bytes())
            os.remove(f"{file_id}.{index}")
    expect_equal(os.path.getsize(metadata["name"]), size, "size of the download")
    expect_equal(sha512_of(metadata["name"]), metadata["fileChecksums"][0]["fileHash"], "SHA-512 of the download")
    return size


def ranged_download(nb, job_id):
    found = nb.all_pages(f"jobs/{job_id}/files/", {"search": "testfile"})
    expect_equal([file["name"] for file in found], ["testfile"], "files found by name")
    size = concurrent_download(nb, found[0]["id"], 10)
    concurrent_download(nb, found[0]["id"], 1)
    expect("Range" in nb.headers, "all further calls carry a Range")
    cell(75, f"{size} bytes by ten connections and by one")


def split_archive(path, archive):
    for old in glob.glob(f"{archive}.*"):
        os.remove(old)
    packed = gzip.compress(Path(path).read_bytes(), 1)
    names = []
    for number, start in enumerate(range(0, len(packed), VOLUME_BYTES), 1):
        names.append(f"{archive}.{number:03}")
        Path(names[-1]).write_bytes(packed[start : start + VOLUME_BYTES])
    return names


def split_upload(nb):
    volumes = split_archive("testfile", "testfile.gz")
    expect(len(volumes) > 10, "there should be more volumes than connections")
    with concurrent.futures.ThreadPoolExecutor(max_workers=10) as pool:
        uploads = [pool.submit(nb.upload, volume) for volume in volumes]
        file_ids = [upload.result() for upload in concurrent.futures.as_completed(uploads)]
    expect_equal(len(set(file_ids)), len(volumes), "different files")
    whole = nb.upload("testfile")
    expect_equal(
        nb.fetched(f"files/{whole}/")["fileChecksums"][0]["fileHash"], sha512_of("testfile"), "SHA-512 of the upload"
    )
    cell(78, f"{len(volumes)} volumes uploaded ten at a time, and the file as one")
    return file_ids


UNPACKER = """#!/usr/bin/env python3
import gzip, shutil, sys
with gzip.open(sys.argv[2], "rb") as source, open("testfile", "wb") as target:
    shutil.copyfileobj(source, target)
"""


def reassembly(nb, file_ids):
    # In the notebook this is a program that the clusters do not have: 7za with Brotli.
    Path("unpacker_lnx_x64").write_text(UNPACKER)
    file_ids.append(nb.upload("unpacker_lnx_x64"))
    command = [
        "cat testfile.gz.* > testfile.gz",
        "rm testfile.gz.*",
        "./unpacker_lnx_x64 e testfile.gz",
        "echo checksum `shasum -a 512 testfile | awk '{print $1}'`",
        "rm testfile*",
    ]
    job_id = nb.submitted(
        definition(
            "User API program (split archive)",
            ";".join(command),
            file_ids,
            decompress=False,
            project_id=None,
            isLowPriority=True,
        )
    )
    nb.poll(job_id, JobStatus.COMPLETED)
    lines = nb.log_lines(job_id)
    found = re.match(r".*checksum ([0-9a-f]*)", lines[-3])
    expect(found, f"the checksum should stand in the third line from the end: {lines[-4:]}")
    expect_equal(found.group(1), sha512_of("testfile"), "SHA-512 on the cluster")
    cell(80, f"checksum {found.group(1)[:16]}… on both sides")
    return len(file_ids)


def cleaning_up(nb):
    found = nb.all_pages("files/", {"search": "testfile"})
    today = [
        file
        for file in found
        if (datetime.now(timezone.utc) - fromisoformat_z(file["dateUploaded"])).days == 0
    ]
    expect(len(found) > 10, "volumes, upload and output should be found")
    expect_equal(len(today), len(found), f"test files of today; {found[0]['dateUploaded']} is one of their dates")
    for file in today:
        answer = nb.call("delete", f"files/{file['id']}/")
        expect_equal(answer.status_code, 204, "status of the DELETE")
    left = [file for file in nb.all_pages("files/", {"search": "testfile"}) if not file["isDeleted"]]
    expect_equal(left, [], "test files that are left")
    cell(82, f"{len(today)} test files deleted")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", action="store_true", help="use the package requests")
    options.add_argument("--megabytes", type=int, default=12, help="size of the large file")
    arguments = options.parse_args()
    requests = wire
    if arguments.requests:
        import requests
    api_url, api_key = read_profile()
    cell(3, f"{api_url} with a key of {len(api_key)} characters")
    nb = Notebook(requests, api_url, api_key, arguments.megabytes)
    authorization(nb)
    catalogue(nb)
    reading_jobs(nb)
    inputs = second_try(nb, *first_job(nb))
    economy_job(nb, inputs)
    two_tiles(nb)
    quasi_persistent_cluster(nb)
    zipped_inputs(nb)
    ranged_download(nb, large_result(nb))
    file_ids = split_upload(nb)
    reassembly(nb, file_ids)
    cleaning_up(nb)


if __name__ == "__main__":
    try:
        main()
    except (Mismatch, KeyError, IndexError, wire.HttpError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)

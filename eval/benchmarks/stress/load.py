"""Whether the server lives while many ask and one publishes: `python -m eval.benchmarks.stress.load`.

A real server on the samples, a process beside it that looks at `/healthz` all the while.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx

from eval.benchmarks.speed.program import served

TOKEN = "token-of-this-measure-alone"
_CLIENTS = 64
_SECONDS = 20.0
_ARTICLES = 800
_LOOK_SECONDS = 0.05
_PATIENCE_SECONDS = 120.0
# In a process of its own: the clients of this one would be measured too.
_WATCH = """
import http.client, json, sys, time
host, port, seconds, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
taken, statuses, ends = [], [], time.monotonic() + seconds
while time.monotonic() < ends:
    began = time.perf_counter()
    connection = http.client.HTTPConnection(host, port, timeout=60)
    connection.request("GET", "/healthz")
    response = connection.getresponse()
    response.read()
    connection.close()
    taken.append(1000 * (time.perf_counter() - began))
    statuses.append(response.status)
    time.sleep(pause)
json.dump([taken, statuses], sys.stdout)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFigures:
    """What came of the load; milliseconds of each look at /healthz."""

    health_ms: Sequence[float]
    answer_ms: Sequence[float]
    statuses: Counter[int]  # of all requests
    jobs: Counter[str]  # states of the publishing jobs that were followed to their end

    @property
    def health_p99_ms(self) -> float:
        return quantiles(self.health_ms, n=100, method="inclusive")[-1]


def measure_load(address: str, *, clients: int, seconds: float, articles: int = _ARTICLES) -> LoadFigures:
    """Asks from that many clients for that long, publishes documents of so many articles meanwhile."""
    ends = time.monotonic() + seconds
    host, port = address.removeprefix("http://").split(":")
    watch = [sys.executable, "-c", _WATCH, host, port, str(seconds), str(_LOOK_SECONDS)]
    statuses: Counter[int] = Counter()
    jobs: Counter[str] = Counter()
    answer_ms: list[float] = []
    with (
        subprocess.Popen(watch, stdout=subprocess.PIPE, text=True) as watching,
        ThreadPoolExecutor(clients + 1) as pool,
    ):
        publishing = pool.submit(_publish, address, ends, articles)
        for found, taken in pool.map(_asking(address, ends), range(clients)):
            statuses.update(found)
            answer_ms += taken
        found, jobs = publishing.result()
        statuses.update(found)
        out, _ = watching.communicate()
    health_ms, health = json.loads(out)
    statuses.update(health)
    return LoadFigures(health_ms=health_ms, answer_ms=answer_ms, statuses=statuses, jobs=jobs)


def _asking(address: str, ends: float) -> Callable[[int], tuple[list[int], list[float]]]:
    def ask(client_number: int) -> tuple[list[int], list[float]]:
        statuses: list[int] = []
        taken: list[float] = []
        with httpx.Client(base_url=address, timeout=_PATIENCE_SECONDS) as client:
            while time.monotonic() < ends:
                began = time.perf_counter()
                question = f"小微企业{client_number}有什么补助{len(taken)}？由谁负责？"
                response = client.post("/api/ask", json={"question": question})
                taken.append(1000 * (time.perf_counter() - began))
                statuses.append(response.status_code)
                if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                    time.sleep(1)
        return statuses, taken

    return ask


def _publish(address: str, ends: float, articles: int) -> tuple[list[int], Counter[str]]:
    """One document after another; the last job is followed to its end, however long that takes."""
    statuses: list[int] = []
    jobs: Counter[str] = Counter()
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=f"{address}/api/admin/", headers=headers, timeout=_PATIENCE_SECONDS) as client:
        while time.monotonic() < ends:
            place = sum(jobs.values())
            upload = client.put(f"uploads/{place}.txt", content=_document(place, articles)).raise_for_status()
            started = client.post(f"uploads/{upload.json()['upload_id']}/publish").raise_for_status()
            statuses += [upload.status_code, started.status_code]
            jobs[_end_of(client, started.json()["job_id"], statuses)] += 1
    return statuses, jobs


def _end_of(client: httpx.Client, job_id: str, statuses: list[int]) -> str:
    while True:
        response = client.get(f"jobs/{job_id}")
        statuses.append(response.status_code)
        state = str(response.raise_for_status().json()["state"])
        if state in ("done", "failed"):
            return state
        time.sleep(0.2)


def _document(place: int, articles: int) -> str:
    lines = (
        f"第{each}条 对符合条件的企业{each}给予一次性补助{each}万元，由区商务局牵头负责。"
        for each in range(1, articles + 1)
    )
    return "\n".join([f"云桥区产业扶持办法{place}", "", *lines])


def main() -> None:
    """Prints the figures."""
    os.environ["CLAUSEWISE_ADMIN_TOKEN"] = TOKEN
    with tempfile.TemporaryDirectory() as folder:
        ingest = [sys.executable, "-m", "bot", "ingest", "--samples", "--data", folder]
        subprocess.run(ingest, check=True, capture_output=True)
        with served(Path(folder)) as (address, _):
            found = measure_load(address, clients=_CLIENTS, seconds=_SECONDS)
    print(
        f"/healthz   p50 {median(found.health_ms):.1f} ms, p99 {found.health_p99_ms:.1f} ms, "
        f"max {max(found.health_ms):.1f} ms, {len(found.health_ms)} looks"
    )
    slowest = max(found.answer_ms)
    print(f"/api/ask   p50 {median(found.answer_ms):.0f} ms, max {slowest:.0f} ms, {_CLIENTS} clients")
    print(f"statuses   {dict(found.statuses)}, jobs {dict(found.jobs)}")


if __name__ == "__main__":
    main()

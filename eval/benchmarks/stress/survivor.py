"""A data folder whose programs are killed, and whether everything is still in it."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from eval.benchmarks.speed.program import address_of
from vectorstore.catalog import Catalog
from vectorstore.stores.chroma import ChromaStore

Phase = Literal[
    "before acceptance", "before vectors", "among vectors", "after the catalog", "done", "not killed"
]
_CLAUSES = 12
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a catalog holds, by file name the SHA-256, and how its vectors differ from it."""

    held: dict[str, str]
    unsettled: int
    waiting: int
    orphans: int
    missing: int


class Survivor:
    """A data folder, with documents beside it; what should be in it is known."""

    def __init__(self, folder: Path) -> None:
        """Both are made in this folder."""
        self.data = folder / "data"
        self.files = folder / "files"
        self.files.mkdir(parents=True, exist_ok=True)
        self.expected: dict[str, str] = {}
        self._written = 0

    def text(self) -> str:
        """Another small document, unlike all before."""
        self._written += 1
        title = f"澄湖区第{self._written}号补助办法"
        clauses = (f"第{each}条 对企业按年租金的{each}%补助，最高{each}万元。" for each in range(1, _CLAUSES))
        return "\n\n".join((title, *clauses)) + "\n"

    def command(self, *arguments: str) -> list[str]:
        """The program on this data folder."""
        return [sys.executable, "-m", "bot", *arguments, "--data", str(self.data)]

    def policy_of(self, name: str) -> str:
        """The policy that came from the file of this name."""
        with Catalog.open(self.data / "catalog.sqlite3") as catalog:
            return next(each.policy_id for each in catalog.policies() if each.source == name)

    def whole(self) -> Whole:
        """What there is, compared id by id."""
        with (
            Catalog.open(self.data / "catalog.sqlite3") as catalog,
            ChromaStore(self.data / "chroma") as store,
        ):
            expected, stored = catalog.vectors.expected(), store.stored()
            sources = {Path(source).name: sha256 for source, sha256 in catalog.files.all().items()}
            return Whole(
                held={name: each for name, each in sources.items() if catalog.files.policy_ids_of(each)},
                unsettled=len(expected.unsettled),
                waiting=len(catalog.journal.waiting()),
                orphans=len(set(stored.policy_of.items()) - set(expected.policy_of.items())),
                missing=len(set(expected.policy_of.items()) - set(stored.policy_of.items())),
            )

    def phase(self, name: str, target: str | None, action: str = "") -> Phase:
        """How far the work on the file came, seen from the disk; the action is that of a job."""
        with Catalog.open(self.data / "catalog.sqlite3") as catalog:
            held = {Path(source).name: sha256 for source, sha256 in catalog.files.all().items()}
            waiting, unsettled = catalog.journal.waiting(), catalog.vectors.unsettled()
        if held.get(name) == target:
            return "after the catalog" if waiting or unsettled else "done"
        if action and not waiting:
            return "before acceptance"
        return "among vectors" if unsettled else "before vectors"

    @contextmanager
    def serving(self) -> Iterator["Server"]:
        """A server on the data folder, ended with the block."""
        command = self.command("serve", "--port", "0", "--local-admin")
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            try:
                with httpx.Client(base_url=address_of(process), timeout=30) as client:
                    yield Server(process, client)
            finally:
                process.kill()


class Server:
    """A served program that may end at any moment."""

    def __init__(self, process: "subprocess.Popen[str]", client: httpx.Client) -> None:
        """Its process, and a client of it."""
        self.process = process
        self.client = client

    def publish(self, name: str, text: str) -> str | None:
        """The job that the server accepted; None if it ended before it said so."""
        with suppress(httpx.TransportError):
            upload = self._json(self.client.put(f"/api/admin/uploads/{name}", content=text.encode()))[
                "upload_id"
            ]
            return self._json(self.client.post(f"/api/admin/uploads/{upload}/publish"))["job_id"]
        return None

    def remove(self, policy_id: str) -> str | None:
        """The job that the server accepted; None if it ended before it said so."""
        with suppress(httpx.TransportError):
            return self._json(self.client.delete(f"/api/admin/policies/{policy_id}"))["job_id"]
        return None

    def end_of(self, job_id: str) -> str:
        """Waits for the job; its state, with the error if there is one."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                job = self._json(self.client.get(f"/api/admin/jobs/{job_id}"))
                if job["state"] in ("done", "failed"):
                    return f"{job['state']} {job['error']}".strip()
            time.sleep(0.05)
        return "not ended"

    def _json(self, response: httpx.Response) -> dict[str, str]:
        response.raise_for_status()
        found: dict[str, str] = response.json()
        return found


def sha256_of(text: str) -> str:
    """As the catalog knows the file."""
    return hashlib.sha256(text.encode()).hexdigest()


def seconds_of(command: Sequence[str]) -> float:
    """How long the program takes."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def is_killed(command: Sequence[str], after_seconds: float) -> bool:
    """Runs the program and kills it after that time; False if it ended before."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(after_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False

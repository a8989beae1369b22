"""Runs as they are kept: a folder each, with what it was made with and a line for each question.

`run.json` is written when a run begins and again when it ends; `results.jsonl` grows by a line a
question, so that a run that was ended half-way loses at most the question it was at.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Literal, TextIO

from pydantic import TypeAdapter, ValidationError

from eval.errors import UnknownRunError
from eval.intervals import Figure
from eval.judging import Agreement
from eval.results import Result

_INFO, _RESULTS = "run.json", "results.jsonl"
_ID_BYTES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """What a run was made with, and its figures where it has come to its end."""

    run_id: str
    set: str
    began_at: datetime
    today: date
    case_ids: tuple[str, ...]
    set_sha256: str
    corpus_sha256: str
    documents: int
    program_sha256: str
    settings: Mapping[str, object]
    versions: Mapping[str, str]
    machine: str
    half: Literal["development", "held_out"] | None = None
    options: tuple[str, ...] = ()
    judge: Agreement | None = None  # of the judge with people, where a judge was asked
    note: str = ""  # such as the variant of a sweep
    finished_at: datetime | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        """How many questions are asked."""
        return len(self.case_ids)

    def same_work(self, other: "RunInfo") -> bool:
        """Whether both ask the same of the same program."""
        return self._work() == other._work()

    def _work(self) -> tuple[object, ...]:
        return (
            self.set,
            self.today,
            self.case_ids,
            self.set_sha256,
            self.corpus_sha256,
            self.program_sha256,
            self.settings,
            self.half,
            self.options,
            self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A result as a line of a run; `key` hashes all that it depends on."""

    key: str
    result: Result
    reused_from: str | None = None


_RUN = TypeAdapter(RunInfo)
_KEPT = TypeAdapter(Kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A kept run."""

    folder: Path
    info: RunInfo

    def kept(self) -> list[Kept]:
        """Its results; a line that was cut off or is of an older program is left out."""
        return list(_kept_lines(self.folder / _RESULTS))

    def results(self) -> tuple[Result, ...]:
        """Its results in the order of the set."""
        return in_order([kept.result for kept in self.kept()], self.info.case_ids)


class Runs:
    """The runs of a folder."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when the first run is kept."""
        self.folder = folder

    def all(self) -> list[Run]:
        """Every run, newest first."""
        found = [Run(folder=path.parent, info=_info(path)) for path in self.folder.glob(f"*/{_INFO}")]
        return sorted(found, key=lambda run: (run.info.began_at, run.info.run_id), reverse=True)

    def run(self, name: str) -> Run:
        """The run of this id, the only one whose id ends or begins so, or the newest for `latest`."""
        runs = self.all()
        if name == "latest" and runs:
            return runs[0]
        meant = [run for run in runs if run.info.run_id == name] or [
            run for run in runs if run.info.run_id.startswith(name) or run.info.run_id.endswith(name)
        ]
        if len(meant) != 1:
            if not runs:
                raise UnknownRunError(self.how_to_begin())
            known = ", ".join(run.info.run_id for run in runs[:5])
            raise UnknownRunError(f"{name}: expected the id of one run in {self.folder}, which has {known}")
        return meant[0]

    def how_to_begin(self) -> str:
        """What to do if no run is kept."""
        return (
            f"no run is kept in {self.folder}; make one with `clausewise eval run SET` "
            "(the sets: `clausewise eval list`), or name the folder of the runs with --runs DIR"
        )

    def unfinished(self, info: RunInfo) -> Run | None:
        """The newest run of the same work that did not come to its end and that nobody is at."""
        for run in self.all():
            if run.info.finished_at is None and run.info.same_work(info) and _is_idle(run.folder):
                return run
        return None

    def results_by_key(self, *, set_name: str) -> dict[str, tuple[str, Result]]:
        """Every kept result of a set by its key, the newest where there are several, with its run."""
        found: dict[str, tuple[str, Result]] = {}
        for run in self.all():
            if run.info.set == set_name:
                for kept in run.kept():
                    found.setdefault(kept.key, (kept.reused_from or run.info.run_id, kept.result))
        return found

    def begin(self, info: RunInfo, *, goes_on: Run | None = None) -> "OpenRun":
        """A run to add results to: a new one, or the unfinished one that it goes on with."""
        if goes_on is not None:
            return OpenRun(goes_on)
        folder = self.folder / info.run_id
        folder.mkdir(parents=True)
        _write_info(folder, info)
        return OpenRun(Run(folder=folder, info=info))


class OpenRun:
    """A run that is being made; use as a context."""

    def __init__(self, run: Run) -> None:
        """Use `Runs.begin`."""
        self.run = run
        _end_last_line(run.folder / _RESULTS)
        self._file = (run.folder / _RESULTS).open("a", encoding="utf-8")
        _lock(self._file)

    def __enter__(self) -> "OpenRun":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, kept: Kept) -> None:
        """Keeps a result at once."""
        self._file.write(_KEPT.dump_json(kept).decode() + "\n")
        self._file.flush()

    def finish(self, figures: Mapping[str, Figure], now: datetime) -> RunInfo:
        """Notes the figures, and that nothing is missing."""
        info = replace(self.run.info, figures=dict(figures), finished_at=now)
        _write_info(self.run.folder, info)
        return info


def new_run_id(set_name: str, now: datetime) -> str:
    """An id that sorts by time and names the set: 20240601-101500-samples-1a2b3c."""
    return f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{Path(set_name).stem}-{token_hex(_ID_BYTES)}"


def in_order(results: Sequence[Result], ids: Sequence[str]) -> tuple[Result, ...]:
    """The results in the order of these ids of cases."""
    by_id = {result.case.id: result for result in results}
    return tuple(by_id[each] for each in ids if each in by_id)


def _info(path: Path) -> RunInfo:
    try:
        return _RUN.validate_json(path.read_bytes())
    except ValidationError as error:
        raise UnknownRunError(
            f"{path}: expected a run of this program, found {error.errors()[0]['msg']}; delete its folder"
        ) from error


def _write_info(folder: Path, info: RunInfo) -> None:
    # A reader never sees half a file.
    written = folder / f"{_INFO}.new"
    written.write_bytes(_RUN.dump_json(info, indent=2) + b"\n")
    written.replace(folder / _INFO)


def _kept_lines(path: Path) -> Iterator[Kept]:
    if not path.exists():
        return
    for line in path.read_text("utf-8", errors="replace").split("\n"):
        try:
            yield _KEPT.validate_json(line)
        except ValidationError:
            continue


def _end_last_line(path: Path) -> None:
    """What was cut off must not run together with what follows."""
    if path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n"):
        with path.open("ab") as file:
            file.write(b"\n")


def _is_idle(folder: Path) -> bool:
    path = folder / _RESULTS
    if not path.exists():
        return True
    with path.open("a", encoding="utf-8") as file:
        return _lock(file)


def _lock(file: TextIO) -> bool:
    """Whether the file is now this process's alone, until it is closed; always so where locks are unknown."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def as_json(value: object) -> str:
    """A JSON text that is the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

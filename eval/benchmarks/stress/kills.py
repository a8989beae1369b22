"""Kills the program at random moments of its work and counts what is lost.

`python -m eval.benchmarks.stress.kills --kills 100` runs real processes on a real Chroma. A round does one
thing to a document, over HTTP or by a command, and kills the process in it; then the server is started
again, or the command repeated, and what is there is compared with what has to be.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from threading import Timer

from eval.benchmarks.stress.survivor import Phase, Survivor, is_killed, seconds_of, sha256_of

OVER_HTTP = ("publish over HTTP", "replace over HTTP", "remove over HTTP")
BY_COMMAND = ("ingest", "ingest anew", "prune", "remove")
# As many documents come as go.
_CYCLE = (
    *("publish over HTTP", "ingest", "replace over HTTP", "ingest anew"),
    *("remove over HTTP", "prune", "ingest", "remove"),
)
# Before anything is killed; pruning refuses to remove more than half of the documents.
_DOCUMENTS_EACH = 2
# A command begins with loading, in which there is nothing to lose.
_COMMAND_BEGINS = 0.5
_EARLIER, _LATER = 0.7, 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a kill left, after the next start or the repeated command."""

    operation: str
    phase: Phase
    lost: tuple[str, ...]
    orphans: int
    missing: int


class Kills:
    """Rounds on one data folder."""

    def __init__(self, survivor: Survivor, stack: ExitStack, seed: int) -> None:
        """Fills the folder and measures how long each kind of work takes unkilled."""
        self._survivor = survivor
        self._stack = stack
        self._random = random.Random(seed)
        self._names = 0
        paths = [self._new_file() for _ in range(_DOCUMENTS_EACH)]
        seconds = seconds_of(survivor.command("ingest", *map(str, paths)))
        survivor.expected |= {path.name: sha256_of(path.read_text(encoding="utf-8")) for path in paths}
        self._seconds = dict.fromkeys(BY_COMMAND, seconds)
        self._server = stack.enter_context(survivor.serving())
        began = time.perf_counter()
        for _ in range(_DOCUMENTS_EACH):
            self._publish(self._new_name("上传"), survivor.text())
        self._seconds |= dict.fromkeys(OVER_HTTP, time.perf_counter() - began)

    def rounds(self, count: int) -> Iterator[Round]:
        """The operations in turn, until there were that many kills."""
        kills = 0
        for operation in cycle(_CYCLE):
            found = self._over_http(operation) if operation in OVER_HTTP else self._by_command(operation)
            yield found
            kills += found.phase != "not killed"
            if kills >= count:
                return

    def _over_http(self, operation: str) -> Round:
        survivor, server = self._survivor, self._server
        uploaded = [each for each in survivor.expected if each.startswith("上传")]
        name = self._new_name("上传") if operation == OVER_HTTP[0] else self._random.choice(uploaded)
        text = survivor.text()
        target = None if operation == OVER_HTTP[2] else sha256_of(text)
        policy_id = "" if target else survivor.policy_of(name)
        timer = Timer(self._random.uniform(0.0, self._seconds[operation]), server.process.kill)
        timer.start()
        accepted = server.publish(name, text) if target else server.remove(policy_id)
        server.process.wait()
        phase = survivor.phase(name, target, operation)
        self._server = self._stack.enter_context(survivor.serving())
        self._adapt(operation, phase)
        told = self._server.end_of(accepted) if accepted else "done"
        lost = [] if told == "done" else [f"{name}: {told}"]
        found = self._judged(operation, phase, name, target, lost, is_certain=accepted is not None)
        if accepted is None and name not in survivor.expected:
            self._publish(name, text)  # as who sent it would, so that there is something to kill for
        return found

    def _by_command(self, operation: str) -> Round:
        survivor = self._survivor
        mine = [each for each in survivor.expected if not each.startswith("上传")]
        path = self._new_file() if operation == "ingest" else survivor.files / self._random.choice(mine)
        before, command = survivor.expected.get(path.name), survivor.command("ingest", str(path))
        target: str | None = None
        if operation == "prune":
            path.unlink()
            command = survivor.command("ingest", "--prune")
        elif operation == "remove":
            command = survivor.command("docs", "remove", survivor.policy_of(path.name))
        else:
            path.write_text(text := survivor.text(), encoding="utf-8")
            target = sha256_of(text)
        was_killed = is_killed(command, self._seconds[operation] * self._random.uniform(_COMMAND_BEGINS, 1.0))
        phase = survivor.phase(path.name, target) if was_killed else "not killed"
        held = survivor.whole().held.get(path.name)
        lost = [] if held in (before, target) else [f"{path.name}: neither as it was nor as it is to be"]
        self._adapt(operation, phase)
        seconds_of(command)
        return self._judged(operation, phase, path.name, target, lost, is_certain=True)

    def _judged(
        self,
        operation: str,
        phase: Phase,
        name: str,
        target: str | None,
        lost: Sequence[str],
        *,
        is_certain: bool,
    ) -> Round:
        """Compares; what was not accepted may be done or not."""
        found, expected = self._survivor.whole(), self._survivor.expected
        if is_certain or found.held.get(name) == target:
            expected[name] = target or ""
            if target is None:
                del expected[name]
        differing = {each for each, _ in set(found.held.items()) ^ set(expected.items())}
        left = [f"{found.unsettled} unsettled"] * bool(found.unsettled)
        self._survivor.expected = dict(found.held)  # a loss counts once
        return Round(
            operation=operation,
            phase=phase,
            lost=(*lost, *sorted(differing), *left),
            orphans=found.orphans,
            missing=found.missing,
        )

    def _adapt(self, operation: str, phase: Phase) -> None:
        """Kills earlier next time if the work was done, else later: most kills are to fall into it."""
        self._seconds[operation] *= _EARLIER if phase in ("done", "not killed") else _LATER

    def _publish(self, name: str, text: str) -> None:
        job_id = self._server.publish(name, text)
        if job_id is None or (state := self._server.end_of(job_id)) != "done":
            raise RuntimeError(f"expected {name} to be published, found {job_id and state}")
        self._survivor.expected[name] = sha256_of(text)

    def _new_name(self, kind: str) -> str:
        self._names += 1
        return f"{kind}{self._names}.txt"

    def _new_file(self) -> Path:
        path = self._survivor.files / self._new_name("办法")
        path.write_text(self._survivor.text(), encoding="utf-8")
        return path


def killed(folder: Path, count: int, seed: int) -> Iterator[Round]:
    """That many rounds in this empty folder."""
    with ExitStack() as stack:
        yield from Kills(Survivor(folder), stack, seed).rounds(count)


def table(rounds: Sequence[Round]) -> str:
    """A line for each operation."""
    lines = [f"{'operation':<18} kills  lost  orphans  missing  killed in"]
    for operation in (*OVER_HTTP, *BY_COMMAND, "all"):
        mine = [each for each in rounds if operation in (each.operation, "all")]
        phases = Counter(each.phase for each in mine)
        counts = (sum(each.phase != "not killed" for each in mine), *(sum(each) for each in _counts(mine)))
        told = ", ".join(f"{phase} {count}" for phase, count in phases.most_common())
        lines.append("{:<18} {:>5} {:>5} {:>8} {:>8}  {}".format(operation, *counts, told))
    return "\n".join(lines)


def _counts(rounds: Sequence[Round]) -> tuple[list[int], list[int], list[int]]:
    return (
        [len(each.lost) for each in rounds],
        [each.orphans for each in rounds],
        [each.missing for each in rounds],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table; exit code 1 if anything was lost, orphaned or missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    rounds = []
    with tempfile.TemporaryDirectory(prefix="clausewise-kills-") as folder:
        for each in killed(Path(folder), chosen.kills, chosen.seed):
            rounds.append(each)
            left = f"{each.orphans} orphans, {each.missing} missing {'; '.join(each.lost)}"
            print(f"{len(rounds)} {each.operation}, {each.phase}: {left}", file=sys.stderr)
    print(table(rounds))
    if any(each.lost or each.orphans or each.missing for each in rounds):
        sys.exit(1)


if __name__ == "__main__":
    main()

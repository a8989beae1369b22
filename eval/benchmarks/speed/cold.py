"""What one question costs a process that has only begun: `python -m eval.benchmarks.speed.cold DATA [TREE…]`.

Each tree is a copy of the sources, such as a worktree of another commit; their runs alternate, so that what
else the machine does falls on all alike.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

_QUESTION = "场景实验室由哪个单位牵头？"
_RUNS = 5


def cpu_seconds(tree: Path, data: Path) -> float:
    """The processor time of one `clausewise ask`, of the program and of the system for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "bot", "ask", _QUESTION, "--data", str(data.resolve())],
        env={**os.environ, "PYTHONPATH": str(tree.resolve())},
        cwd=tree,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(trees: Sequence[Path], data: Path, *, runs: int = _RUNS) -> Mapping[Path, Sequence[float]]:
    """The processor time of each run of each tree, after one of each that is not counted."""
    for tree in trees:
        cpu_seconds(tree, data)
    found: dict[Path, list[float]] = {tree: [] for tree in trees}
    for _ in range(runs):
        for tree in trees:
            found[tree].append(cpu_seconds(tree, data))
    return found


def main(arguments: Sequence[str]) -> None:
    """Prints the median of each tree and its runs; without a tree, of the one this module is in."""
    if not arguments:
        sys.exit("expected a data folder of documents; make one with: clausewise ingest --samples --data DIR")
    trees = [Path(each) for each in arguments[1:]] or [Path(__file__).parents[3]]
    for tree, runs in measured(trees, Path(arguments[0])).items():
        listed = ", ".join(f"{each:.2f}" for each in runs)
        print(f"{median(runs):.2f} CPU seconds a cold question, {tree} ({listed})")


if __name__ == "__main__":
    main(sys.argv[1:])

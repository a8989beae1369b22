"""Shows on stderr what is being done while it takes long."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bot.commands import parts

_SECONDS_BETWEEN_LINES = 2.0
# So begins what is done with a file, of which the count tells which it is.
_READING = "reading "


@contextmanager
def progress_on(console: Console) -> Iterator[parts.Progress]:
    """A callback for progress: a moving bar on a terminal, else lines.

    A line a file as it is begun, and one every two seconds of whatever else takes long.
    """
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    bars = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    with bars:
        yield _bars(bars)


def _bars(bars: Progress) -> parts.Progress:
    tasks: dict[str, TaskID] = {}

    def show(what: str, done: int, total: int) -> None:
        # The bar of the files stands through what is done with each of them.
        line = _READING if what.startswith(_READING) else what
        if line not in tasks:
            for name in set(tasks) - {_READING}:
                bars.remove_task(tasks.pop(name))
            tasks[line] = bars.add_task("", total=total)
        bars.update(tasks[line], description=escape(what), completed=done, total=total)

    return show


def _lines(console: Console) -> parts.Progress:
    last = time.monotonic()
    began: dict[str, tuple[float, int]] = {}

    def show(what: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        first, at = began.setdefault(what, (now, done))
        if what.startswith(_READING):
            # A file may take minutes: it is named before.
            console.print(f"{done} of {total}: {what}", markup=False, soft_wrap=True)
        elif now - last >= _SECONDS_BETWEEN_LINES:
            last = now
            left = f", about {(now - first) / (done - at) * (total - done):.0f} s left" if done > at else ""
            console.print(f"{what} {done}/{total}{left}", markup=False, soft_wrap=True)

    return show

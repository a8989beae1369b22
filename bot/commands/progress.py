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


@contextmanager
def progress_on(console: Console) -> Iterator[parts.Progress]:
    """A callback for progress: a moving bar on a terminal, else a line every two seconds."""
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
        if what not in tasks:
            for name in list(tasks):
                bars.remove_task(tasks.pop(name))
            tasks[what] = bars.add_task(escape(what), total=total)
        bars.update(tasks[what], completed=done, total=total)

    return show


def _lines(console: Console) -> parts.Progress:
    last = time.monotonic()
    began: dict[str, tuple[float, int]] = {}

    def show(what: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        first, at = began.setdefault(what, (now, done))
        if now - last >= _SECONDS_BETWEEN_LINES:
            last = now
            left = f", about {(now - first) / (done - at) * (total - done):.0f} s left" if done > at else ""
            console.print(f"{what} {done}/{total}{left}", markup=False, soft_wrap=True)

    return show

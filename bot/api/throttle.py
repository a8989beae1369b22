"""Counts what each client does in a stretch of time."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

# More clients than these at once are forgotten, those first that came first: counting must cost no memory.
_MOST_CLIENTS = 20_000


@dataclass(slots=True)
class _Window:
    began: float
    count: int


class Throttle:
    """At most so many in so many seconds, for each client by itself."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that only grow."""
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._lock = Lock()
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def take(self, client: str, *, most: int | None = None) -> int:
        """Counts one more; 0, or if it would be too many, the seconds to wait.

        `most` goes before the usual limit.
        """
        with self._lock:
            window = self._window(client)
            if window.count >= (self._most if most is None else most):
                return max(1, math.ceil(window.began + self._seconds - self._clock()))
            window.count += 1
            return 0

    def give_back(self, client: str) -> None:
        """Takes back one that was counted."""
        with self._lock:
            window = self._window(client)
            window.count = max(0, window.count - 1)

    def is_full(self, client: str) -> bool:
        """Whether one more would be too many."""
        with self._lock:
            return self._window(client).count >= self._most

    def _window(self, client: str) -> _Window:
        window = self._windows.get(client)
        if window is None or self._clock() - window.began >= self._seconds:
            window = self._windows[client] = _Window(self._clock(), 0)
            self._windows.move_to_end(client)
            while len(self._windows) > _MOST_CLIENTS:
                self._windows.popitem(last=False)
        return window

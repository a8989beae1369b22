"""Opens the assistant behind the HTTP face and loads its model, and says how far it is."""

import gc
from collections.abc import Callable
from threading import Lock, Thread

from bot.answering.asking import Asking
from bot.errors import BotError, NoDocumentsError
from vectorstore.errors import StoreError


class Readiness:
    """Opens the assistant when it is first needed, so that serving may begin before documents are there."""

    def __init__(self, open_assistant: Callable[[], Asking]) -> None:
        """Names how to open; nothing is opened yet."""
        self._open_assistant = open_assistant
        self._lock = Lock()
        self._assistant: Asking | None = None
        self._loading: Thread | None = None
        self._is_warm = False
        self._trouble: StoreError | BotError | None = None

    def assistant(self) -> Asking:
        """The assistant; raises the error that keeps it from opening."""
        with self._lock:
            if self._assistant is None:
                self._assistant = self._open_assistant()
            return self._assistant

    def prepare(self) -> None:
        """Begins to open the assistant and to load its model, and returns at once."""
        with self._lock:
            if self._is_warm or (self._loading is not None and self._loading.is_alive()):
                return
            self._loading = Thread(target=self._load, name="clausewise-warm-up", daemon=True)
            self._loading.start()

    def check(self) -> str | None:
        """None when questions are answered at once, else what is missing; raises what prevents opening."""
        if not self.assistant().catalog.policies():
            raise NoDocumentsError(
                "the data folder holds no document; add some with: clausewise ingest PATH…"
            )
        if self._is_warm:
            self.assistant().check_vectors()
            return None
        trouble = self._trouble
        self.prepare()
        if trouble is not None:
            raise trouble
        return "the embedding model is being loaded; try again in a few seconds"

    def _load(self) -> None:
        try:
            self.assistant().warm_up()
        except (StoreError, BotError) as error:
            # Told by `check`; the next check tries again.
            self._trouble = error
        else:
            # What was read for all questions stays: looking through it for garbage again and again would hold
            # up every thread, a tenth of a second each time.
            gc.collect()
            gc.freeze()
            self._trouble, self._is_warm = None, True

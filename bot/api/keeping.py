"""What is kept of questions: whether, how much of one client's, and under which label."""

import hashlib
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from bot.answer import Answer, Question
from bot.api.throttle import Throttle
from bot.errors import TooManyRequestsError
from bot.question.chatter import Chatter, load_chatter
from bot.settings import FeedbackSettings
from vectorstore.catalog import Catalog
from vectorstore.errors import StoreError
from vectorstore.notes import Note

_MINUTE, _DAY = 60, 24 * 60 * 60


class Keeping:
    """Keeps notes within the limits of the settings, so that no client leaves more than its share."""

    def __init__(
        self,
        settings: FeedbackSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        chatter: Chatter | None = None,
    ) -> None:
        """`clock` gives seconds that only grow."""
        self.settings = settings
        self._chatter = chatter or load_chatter()
        self._requests = Throttle(settings.per_minute, _MINUTE, clock)
        self._notes = Throttle(settings.per_day, _DAY, clock)
        # Known to this process alone: who has the file cannot tell from its labels who a client was.
        self._key = secrets.token_bytes(32)

    def oldest(self) -> datetime:
        """Notes of before have expired."""
        return self.settings.bounds().oldest(datetime.now(UTC))

    def tidy(self, catalog: Catalog) -> None:
        """Deletes what has expired; left for later while the catalog cannot be written."""
        with suppress(StoreError):
            catalog.feedback.tidy(datetime.now(UTC), self.settings.bounds())

    def keep_said(self, note: Note, client: str, catalog: Catalog) -> bool:
        """Keeps what a client says of an answer; False if nothing is kept at all.

        TooManyRequestsError beyond the client's share.
        """
        _refuse(self._requests.take(client), f"{self.settings.per_minute} a minute")
        if not self.settings.keep:
            return False
        _refuse(self._notes.take(client), f"{self.settings.per_day} a day")
        catalog.feedback.keep(note, client=self._label(client), bounds=self.settings.bounds())
        return True

    def keep_unanswered(self, question: Question, answer: Answer, client: str, catalog: Catalog) -> None:
        """Keeps a question that nothing answered, within the same share, if it asks anything."""
        if answer.outcome != "no_evidence" or answer.asks_nothing or not self.settings.keep:
            return
        note = Note(
            verdict="unanswered",
            question=question.text,
            history=question.history,
            noted_at=datetime.now(UTC),
            outcome=answer.outcome,
            answer=answer.text,
        )
        has_room = not self._notes.take(client)
        added = False
        # The user has his answer all the same, as while another process writes.
        with suppress(StoreError):
            added = catalog.feedback.keep(
                note,
                gist=self._chatter.without_courtesy(question.text),
                client=self._label(client),
                bounds=self.settings.bounds(),
                may_add=has_room,
            )
        if has_room and not added:
            self._notes.give_back(client)

    def _label(self, client: str) -> str:
        return hashlib.blake2b(client.encode(), key=self._key, digest_size=8).hexdigest()


def _refuse(wait_seconds: int, limit: str) -> None:
    if wait_seconds:
        raise TooManyRequestsError(
            f"expected at most {limit} from one client; send it again in {wait_seconds} seconds",
            wait_seconds=wait_seconds,
        )

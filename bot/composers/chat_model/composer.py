"""Lets a chat model word the answer anew, and keeps what is proven of it."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.composers.chat_model.reply import ReplyStatement, statements_of
from bot.composers.chat_model.request import Request, request_of
from bot.composers.chat_model.stream import ChatModelStream
from bot.composers.chat_model.wording import Fault
from bot.composers.draft import Draft, DraftStatement
from bot.errors import ChatModelError
from bot.evidence.evidence import Evidence
from bot.proof import fault_of
from ingest.policy import Policy
from prompts.templates import Phrases

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# What a document says of itself and what is listed from facts is exact already.
_WORDED = frozenset(("duty", "amount", "target", "deadline", "content"))


class ChatModelWriter:
    """Words an extractive answer anew; where the model fails, the extractive answer stands and says so."""

    name = "chat_model"

    def __init__(
        self,
        stream: ChatModelStream,
        *,
        policy: Callable[[str], Policy],
        prompt: Phrases,
        phrases: Phrases,
        time_limit_seconds: float,
    ) -> None:
        """`policy` gives a stored policy by its id; the time limit is for all that one question needs."""
        self._stream = stream
        self._policy = policy
        self._prompt = prompt
        self._phrases = phrases
        self._limit = time_limit_seconds

    def close(self) -> None:
        """Lets go of the model."""
        self._stream.close()

    def steps(self, evidence: Evidence, draft: Draft) -> Iterator[DraftStatement | Draft]:
        """Each proven statement as it comes, last the whole draft; silence is never worded."""
        if draft.outcome != "answered" or not _WORDED.issuperset(evidence.understanding.kinds):
            yield draft
            return
        proven: list[DraftStatement] = []
        try:
            request = request_of(evidence, draft, prompt=self._prompt, said=self._phrases)
            for statement in self._proven(request):
                proven.append(statement)
                yield statement
        except ChatModelError as error:
            yield self._without_model(draft, error.trouble)
            return
        if not proven:
            yield self._without_model(draft, "unproven")
            return
        yield Draft(
            outcome="answered",
            statements=tuple(proven),
            composer=self.name,
            by_reading=draft.by_reading,
        )

    def _without_model(self, draft: Draft, trouble: str) -> Draft:
        return replace(draft, notices=(self._phrases.say(f"notice_model_{trouble}"),))

    def _proven(self, request: Request) -> Iterator[DraftStatement]:
        """The statements that pass, those of the first reply before those of the repair."""
        deadline = time.monotonic() + self._limit
        failed: list[tuple[ReplyStatement, Fault]] = []
        given: set[str] = set()
        for reply in self._replies(request.messages(), deadline):
            statement, fault = self._checked(request, reply)
            if statement is None or fault is not None:
                failed.append((reply, fault or "quote"))
            elif statement.text not in given:
                given.add(statement.text)
                yield statement
        if failed:
            yield from self._repaired(request, failed, given, deadline)

    def _repaired(
        self,
        request: Request,
        failed: Sequence[tuple[ReplyStatement, Fault]],
        given: set[str],
        deadline: float,
    ) -> Iterator[DraftStatement]:
        try:
            for reply in self._replies(request.repair(failed), deadline):
                statement, fault = self._checked(request, reply)
                if statement is not None and fault is None and statement.text not in given:
                    given.add(statement.text)
                    yield statement
        except ChatModelError:
            # What is proven stands; what could not be repaired is dropped.
            if not given:
                raise

    def _replies(self, messages: Sequence["BaseMessage"], deadline: float) -> Iterator[ReplyStatement]:
        return statements_of(self._stream.pieces(messages, deadline=deadline))

    def _checked(self, request: Request, reply: ReplyStatement) -> tuple[DraftStatement | None, Fault | None]:
        statement = request.drafted(reply)
        if statement is None:
            return None, "quote"
        ids = {quote.clause.policy_id for quote in statement.quotes}
        policies = {policy_id: self._policy(policy_id) for policy_id in ids}
        return statement, fault_of(statement, request.evidence, policies)

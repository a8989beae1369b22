"""What a chat model is sent: the question and numbered clauses with their facts, as data."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.composers.chat_model.reply import ReplyQuote, ReplyStatement
from bot.composers.chat_model.wording import Fault
from bot.composers.draft import Draft, DraftStatement, Quote
from bot.evidence.evidence import Evidence
from ingest.instructions import orders_from, without_orders
from ingest.policy import Clause, Fact, validity_on
from prompts.templates import Phrases

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_MOST_CLAUSES, _MOST_CHARACTERS, _LONGEST_CLAUSE = 8, 3_000, 1_200
_SHORTEST_QUOTE = 4
_LONGEST_STATEMENT = 300
_FACT_FIELDS = (
    "unit",
    "role",
    "task",
    "indicator",
    "value",
    "year",
    "amount",
    "cap",
    "condition",
    "payer",
    "rule",
)
_VALIDITY = {
    "in_force": "现行有效",
    "expired": "已过有效期",
    "repealed": "已废止",
    "not_yet": "尚未施行",
    "unknown": "",
}


@dataclass(frozen=True, kw_only=True)
class Request:
    """One question to a model: the clauses by their numbers, from 1."""

    evidence: Evidence
    clauses: tuple[Clause, ...]
    phrases: Phrases  # of the prompt
    said: Phrases  # of the answer

    def messages(self) -> list["BaseMessage"]:
        """System prompt and question."""
        from langchain_core.messages import HumanMessage, SystemMessage

        asked = self.evidence.question
        earlier = "；".join(asked.history[-3:])
        question = self.phrases.say(
            "question",
            day=asked.on.isoformat(),
            history=self.phrases.say("earlier", questions=earlier) + "\n" if earlier else "",
            question=without_orders(asked.text),
            fence=self._fence,
            clauses="\n\n".join(self._clause(number) for number in range(1, len(self.clauses) + 1)),
        )
        return [SystemMessage(self.phrases.say("system")), HumanMessage(question)]

    def repair(self, failed: Sequence[tuple[ReplyStatement, Fault]]) -> list["BaseMessage"]:
        """The question again with what was wrong in the statements that failed."""
        from langchain_core.messages import HumanMessage

        faults = "\n".join(
            self.phrases.say("fault", text=statement.text, reason=self.phrases.say(f"fault_{fault}"))
            for statement, fault in failed
        )
        return [*self.messages(), HumanMessage(self.phrases.say("repair", faults=faults))]

    def drafted(self, given: ReplyStatement) -> DraftStatement | None:
        """The statement with its quotes found in the clauses; None where one is not there."""
        quotes = [self._located(quote) for quote in given.quotes]
        found = tuple(dict.fromkeys(quote for quote in quotes if quote is not None))
        if not found or len(found) < len(set(given.quotes)) or not 1 < len(given.text) <= _LONGEST_STATEMENT:
            return None
        places = list(dict.fromkeys(self.evidence.policy(quote.clause).place for quote in found))
        told = len(places) > 1 or given.text.startswith(places[0])
        text = given.text.rstrip("。")
        return DraftStatement(
            text=text if told else self.said.say("at", place=places[0], said=text),
            quotes=found,
            free=() if told else (places[0],),
            worded=True,
        )

    def _located(self, given: ReplyQuote) -> Quote | None:
        """Where the words stand: in the clause of that number, else in another of those shown.

        A model may take the number that a clause prints (4．) for the number it was shown under.
        """
        if not 1 <= given.clause <= len(self.clauses):
            return None
        found = (_place_of(given.words, clause) for clause in (self.clauses[given.clause - 1], *self.clauses))
        return next((quote for quote in found if quote is not None), None)

    @property
    def _fence(self) -> str:
        """A line that the clauses cannot hold, since it is made of what they say."""
        content = "\n".join(clause.text for clause in self.clauses)
        return f"=====条款材料 {hashlib.sha256(content.encode()).hexdigest()[:12]}====="

    def _clause(self, number: int) -> str:
        clause = self.clauses[number - 1]
        policy = self.evidence.policy(clause)
        state = validity_on(policy.metadata, self.evidence.question.on)
        facts = [told for fact in self.evidence.facts.get(clause.clause_id, ()) if (told := _fact(fact))]
        return self.phrases.say(
            "clause",
            number=number,
            place=policy.metadata.region or "",
            title=policy.metadata.title,
            document_number=policy.metadata.document_number or "",
            locator=clause.locator,
            validity=_VALIDITY[state],
            fence=self._fence,
            text=_shown(clause),
            facts=self.phrases.say("facts", facts="；".join(facts)) if facts else "",
        ).rstrip()


def request_of(evidence: Evidence, draft: Draft, *, prompt: Phrases, said: Phrases) -> Request:
    """The clauses the draft quotes and those that rank best, within the limits of a request."""
    quoted = [quote.clause for statement in draft.statements for quote in statement.quotes]
    fitting = [scored.clause for scored in evidence.clauses_by_fit()]
    chosen: dict[str, Clause] = {}
    room = _MOST_CHARACTERS
    for clause in (*quoted, *fitting):
        size = min(len(clause.text), _LONGEST_CLAUSE)
        if clause.clause_id in chosen or (chosen and size > room):
            continue
        chosen[clause.clause_id] = clause
        room -= size
        if len(chosen) == _MOST_CLAUSES:
            break
    return Request(evidence=evidence, clauses=tuple(chosen.values()), phrases=prompt, said=said)


def _place_of(words: str, clause: Clause) -> Quote | None:
    """Where the words stand in the clause, white space aside; not where it speaks to a program."""
    places = [place for place, mark in enumerate(clause.text) if not mark.isspace()]
    wanted = "".join(words.split())
    at = "".join(clause.text[place] for place in places).find(wanted)
    if at < 0 or len(wanted) < _SHORTEST_QUOTE or wanted == "".join(clause.heading.split()):
        return None
    start, end = places[at], places[at + len(wanted) - 1] + 1
    # An order to the program proves nothing, even where it is quoted word for word.
    if end > orders_from(clause.text):
        return None
    return Quote(clause=clause, start=clause.start + start, end=clause.start + end)


def _shown(clause: Clause) -> str:
    """The clause as far as it does not speak to a program, cut where it is very long."""
    return clause.text[: min(orders_from(clause.text), _LONGEST_CLAUSE)]


def _fact(fact: Fact) -> str:
    return "，".join(value for name in _FACT_FIELDS if (value := fact.value(name)))

"""Chooses how to compose by the kind of question, and keeps silent where nothing answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answer import Choice
from bot.composers.draft import Draft, DraftStatement
from bot.composers.extractive.clauses import compose_clauses
from bot.composers.extractive.documents import compose_document
from bot.composers.extractive.members import compose_members
from bot.composers.extractive.offers import compose_offers
from bot.composers.extractive.unit_duties import compose_unit_duties
from bot.evidence.evidence import Evidence
from bot.question.kinds import QuestionKind
from bot.telling import likely_answers
from prompts.templates import Phrases

Compose = Callable[[Evidence, Phrases], list[DraftStatement]]

_BY_KIND: Mapping[QuestionKind, tuple[Compose, ...]] = {
    "duty": (compose_clauses,),
    "unit_duties": (compose_unit_duties,),
    "amount": (compose_offers, compose_clauses),
    "target": (compose_clauses,),
    "deadline": (compose_clauses,),
    "members": (compose_members, compose_clauses),
    "validity": (compose_document, compose_clauses),
    "metadata": (compose_document, compose_clauses),
    "content": (compose_clauses,),
    "out_of_scope": (),
    "chatter": (),
}
_RELATED = 3
_FEW_CHOICES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drafted:
    """What was found to be told, and whether it, or that nothing was, hangs on what was read."""

    statements: Sequence[DraftStatement]
    by_reading: bool


class ExtractiveComposer:
    """Answers from quotes and fixed phrases; deterministic, offline."""

    name = "extractive"
    reads = frozenset(kind for kind, ways in _BY_KIND.items() if compose_clauses in ways)

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def compose(self, evidence: Evidence) -> Draft:
        """The first way of composing that finds an answer; `no_evidence` where none does."""
        asked = evidence.understanding
        if asked.kind == "chatter":
            said = self._phrases.say("chatter")
            return Draft(outcome="no_evidence", statements=(), composer=self.name, opening=said)
        if asked.kind == "out_of_scope":
            return self._silence(evidence, self._phrases.say("out_of_scope"))
        if asked.unknown_regions and not asked.regions and not asked.named:
            return self._silence(
                evidence, self._phrases.say("no_region", region="、".join(asked.unknown_regions))
            )
        if asked.unheard_document:
            return self._silence(evidence, self._phrases.say("no_document", name=asked.unheard_document))
        if asked.policy_ids and asked.policy_ids.isdisjoint(evidence.landscape.by_id):
            # What the question names and the limits it was asked within leave no document.
            return self._silence(evidence, self._phrases.say("no_evidence"))
        if _names_a_missing_attachment(evidence):
            return self._silence(evidence, self._phrases.say("no_evidence"))
        # Two kinds of a question may be told in the same way, or in the same words.
        ways = dict.fromkeys(_BY_KIND[kind] for kind in asked.kinds)
        told = [self._told(each, evidence) for each in ways]
        statements = {statement.text: statement for each in told for statement in each.statements}
        by_reading = all(each.by_reading for each in told) and not evidence.relevance.certain
        # Few words of another language are known as topics; the reader knows more.
        is_understood = bool(asked.own and statements)
        if not is_understood and (choices := self._choices(evidence)):
            listed = "\n".join(f"{place}. {choice.label}" for place, choice in enumerate(choices, 1))
            opening = self._phrases.say("clarify", choices=listed)
            return Draft(
                outcome="clarify", statements=(), composer=self.name, opening=opening, choices=choices
            )
        if statements:
            return Draft(
                outcome="answered",
                statements=tuple(statements.values()),
                composer=self.name,
                by_reading=by_reading,
            )
        return replace(self._silence(evidence, self._phrases.say("no_evidence")), by_reading=by_reading)

    def _choices(self, evidence: Evidence) -> tuple[Choice, ...]:
        """What to choose from when a question names no topic and could mean several documents."""
        asked = evidence.understanding
        # 「这个我能申请吗」 without a question before it says nothing of what is meant.
        points_nowhere = (
            asked.points and not (evidence.question.history or asked.quoted) and len(asked.topics) < 2
        )
        names_something = (
            (asked.topics and not points_nowhere) or asked.units or asked.locators or asked.policy_ids
        )
        if (
            names_something
            or asked.kind in ("members", "validity", "metadata")
            or len(evidence.landscape.policies) < 2
        ):
            return ()
        policies = evidence.landscape.policies
        if len(policies) <= _FEW_CHOICES:
            return tuple(
                Choice(label=f"《{policy.metadata.title}》", policy_id=policy.policy_id)
                for policy in policies
            )
        regions = dict.fromkeys(policy.metadata.region for policy in policies if policy.metadata.region)
        return tuple(Choice(label=region, region=region) for region in regions)[:_FEW_CHOICES]

    def _told(self, ways: Sequence[Compose], evidence: Evidence) -> _Drafted:
        """What the first way that finds something tells; behind a document its clauses that answer."""
        told: list[DraftStatement] = []
        by_reading = compose_clauses in ways
        for compose in ways:
            found = compose(evidence, self._phrases)
            by_reading = by_reading and (not found or compose is compose_clauses)
            told += found
            if told and not (compose in (compose_document, compose_members) and likely_answers(evidence)):
                break
        return _Drafted(statements=told, by_reading=by_reading)

    def _silence(self, evidence: Evidence, opening: str) -> Draft:
        near = tuple(scored.clause for scored in evidence.ranked[:_RELATED])
        said = opening + (self._phrases.say("nearest") if near else "")
        return Draft(outcome="no_evidence", statements=(), composer=self.name, opening=said, related=near)


def _names_a_missing_attachment(evidence: Evidence) -> bool:
    asked = evidence.understanding
    held = [
        clause.locator for policy_id in asked.policy_ids for clause in evidence.library.clauses(policy_id)
    ]
    return bool(held) and any(
        not any(locator.startswith(attachment) for locator in held) for attachment in asked.attachments
    )

"""Which attempts are made at a question and at its parts, and which of them are told."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from bot.answering.attempt import Asked, Attempt, Composed, Tried, first_that_answers, further
from bot.answering.steps import Steps
from bot.composers.draft import Draft, DraftStatement
from bot.composers.extractive.merging import as_one
from bot.evidence.evidence import Evidence
from bot.telling import ROOM, room_of
from prompts.templates import Phrases

# Of a question of several parts; no such question of eval/sets needs more.
_MOST_SEARCHES = 5


def pointed(asked: Asked, steps: Steps) -> Asked:
    """The attempt with the clauses that answered the question before it, if it points back at them."""
    attempt = asked.attempt
    if not asked.understanding.points_back:
        return asked
    *earlier, last = attempt.question.history
    before = replace(attempt.question, text=last, history=tuple(earlier))
    tried = steps.tried(steps.understand(replace(attempt, way="question_before", question=before)))
    return replace(asked, attempt=replace(attempt, talked_of=tuple(tried.composed.quoted())))


def answered(asked: Asked, steps: Steps, phrases: Phrases) -> Composed:
    """The draft of the attempt that answers, or of the parts of the question put together."""
    tried = in_turn(pointed(asked, steps), steps)
    whole = first_that_answers(tried).composed
    parts = asked.understanding.parts
    if not parts or whole.draft.outcome == "clarify":
        return whole
    by_part = part_by_part(tried[0], steps)
    answers = sum(each.answers for each in by_part)
    if not answers or (answers < 2 and whole.draft.statements):
        return whole
    told = joined(parts, [each.composed.draft for each in by_part], phrases)
    answering = tuple(each.composed for each in by_part if each.answers)
    return replace(tried[0].composed, draft=beside(told, whole.draft.statements), parts=answering)


def every_attempt(asked: Asked, steps: Steps, phrases: Phrases) -> tuple[Composed, tuple[Tried, ...]]:
    """What `answered` gives, and each attempt that was made for it, in their order."""
    looked_for: list[Attempt] = []
    tried: list[Tried] = []

    def retrieve(asked: Asked) -> Evidence:
        looked_for.append(asked.attempt)
        return steps.retrieve(asked)

    def compose(evidence: Evidence) -> Composed:
        composed = steps.compose(evidence)
        tried.append(Tried(attempt=looked_for[-1], composed=composed))
        return composed

    return answered(asked, replace(steps, retrieve=retrieve, compose=compose), phrases), tuple(tried)


def in_turn(asked: Asked, steps: Steps) -> list[Tried]:
    """The attempts at one question until one of them answers."""
    tried = [steps.tried(asked)]
    for attempt in further(tried[0]):
        if tried[-1].answers:
            break
        tried.append(steps.tried(steps.understand(attempt)))
    return tried


def part_by_part(whole: Tried, steps: Steps) -> list[Tried]:
    """What each part came to, which may lean on the parts before it and on what they were answered."""
    found: list[Tried] = []
    question, understanding = whole.attempt.question, whole.composed.evidence.understanding
    attempt = replace(
        whole.attempt,
        way="part",
        question=replace(question, policy_ids=understanding.policy_ids),
        matters=len(understanding.parts),
    )
    searches_left = _MOST_SEARCHES - 1 - bool(question.history) - len(understanding.parts)
    for part in understanding.parts:
        attempt = replace(attempt, question=replace(attempt.question, text=part))
        asked = steps.understand(attempt)
        tried = in_turn(asked, steps) if searches_left > 0 else [steps.tried(asked)]
        found.append(first_that_answers(tried))
        searches_left -= not found[-1].answers
        # The first part says what all are about.
        first = found[0].composed.evidence.understanding
        attempt = replace(_next(attempt, found[-1].composed.quoted()), first_part=first.own or first.text)
    return found


def _next(attempt: Attempt, quoted: dict[str, str]) -> Attempt:
    """The attempt behind this one: the parts of a question are about the same documents."""
    question = attempt.question
    return replace(
        attempt,
        talked_of=tuple(quoted),
        question=replace(
            question,
            history=(*question.history, question.text),
            policy_ids=frozenset(quoted.values()) or question.policy_ids,
        ),
    )


def joined(parts: Sequence[str], drafts: Sequence[Draft], phrases: Phrases) -> Draft:
    """The answers to the parts put together, with a word on those that have none."""
    answering = [draft for draft in drafts if draft.statements]
    silent = tuple(
        phrases.say("part_unanswered", part=part)
        for part, draft in zip(parts, drafts, strict=True)
        if not draft.statements
    )
    return replace(
        answering[0],
        statements=without_repeats(_clause_by_clause(*(draft.statements for draft in answering))),
        notices=(*answering[0].notices, *silent),
    )


def beside(draft: Draft, statements: Sequence[DraftStatement]) -> Draft:
    """The draft, with the further statements for which an answer to one matter has room.

    Those behind the first that has none are left out as well: they may be items of it.
    """
    for said in statements:
        more = without_repeats(_clause_by_clause(draft.statements, (said,)))
        if _room(more) > max(ROOM, _room(draft.statements)):
            break
        draft = replace(draft, statements=more)
    return draft


def _room(statements: Sequence[DraftStatement]) -> int:
    return sum(room_of(each.text) for each in statements)


def _clause_by_clause(*drafted: Sequence[DraftStatement]) -> list[DraftStatement]:
    """The statements of all drafts; what several tell of one clause is one statement."""
    told: list[DraftStatement] = []
    for said in chain.from_iterable(drafted):
        for place, known in enumerate(told):
            if (both := as_one(known, said)) is not None:
                told[place] = both
                break
        else:
            told.append(said)
    return told


def without_repeats(statements: Sequence[DraftStatement]) -> tuple[DraftStatement, ...]:
    """The statements without those whose words a longer one of the same documents holds."""
    first: dict[object, DraftStatement] = {}
    for said in statements:
        first.setdefault(_matter(said), said)
    distinct = tuple(first.values())
    return tuple(said for said in distinct if not any(_holds(other, said) for other in distinct))


def _matter(said: DraftStatement) -> object:
    """What a statement tells: its words, or what it stands on if all of them are about a document."""
    return frozenset(said.quotes) if said.free == (said.text,) else said.text


def _holds(other: DraftStatement, said: DraftStatement) -> bool:
    documents, others = ({quote.clause.policy_id for quote in each.quotes} for each in (said, other))
    longer = len(other.text) > len(said.text) and documents <= others
    return longer and bool(said.claims) and all(claim in other.text for claim in said.claims)

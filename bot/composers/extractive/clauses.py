"""Tells clauses that answer, whole: an item with its lead-in, a list with its items, a row with headers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.composers.draft import DraftStatement, Quote
from bot.composers.extractive.rows import cells_statement
from bot.evidence import Evidence
from bot.reader.judging import Judged
from bot.scope import may_speak
from ingest.policy import Clause
from prompts.templates import Phrases
from vectorstore.sentences import sentence_spans

_MOST_CLAUSES = 3
# Of one matter and of lists, as the contract on the wire has it, less what places and markers take.
_ROOM, _ROOM_OF_LISTS = 400, 1300
_LONG_CLAUSE = 320
_MARKS = " \n\t，。；;"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Clauses that are told together, with the clause that was judged to answer."""

    judged: Judged
    clauses: tuple[Clause, ...]
    is_list: bool = False

    @property
    def length(self) -> int:
        return sum(min(len(clause.text), _LONG_CLAUSE) for clause in self.clauses)


def compose_clauses(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """A statement for each clause that answers, by document; empty if none is sure enough."""
    found = _that_answer(evidence)
    return [
        statement
        for told in _within_room(_in_turn(_together(evidence, found)))
        for statement in _statements(evidence, told, phrases)
    ]


def _that_answer(evidence: Evidence) -> list[Judged]:
    judge = evidence.judge
    if judge is None or not evidence.judged:
        return []
    allowed = [each for each in evidence.judged if may_speak(each.clause, evidence)]
    if not allowed or allowed[0].probability < judge.calibration.enough:
        return []
    least = max(judge.calibration.enough, judge.calibration.near * allowed[0].probability)
    return [each for each in allowed if each.probability >= least]


def _together(evidence: Evidence, found: Sequence[Judged]) -> list[_Told]:
    """An item with its lead-in; with all its siblings if the lead-in or two of them answer."""
    told: list[_Told] = []
    done: set[str] = set()
    chosen = {each.clause.clause_id for each in found}
    for each in found:
        if each.clause.clause_id in done:
            continue
        clauses = evidence.clauses_of(each.clause.policy_id)
        lead = each.clause if _leads_on(each.clause) else clauses.get(each.clause.parent_id or "")
        if lead is None or not _leads_on(lead) or lead.kind in ("heading", "title"):
            group: tuple[Clause, ...] = (each.clause,)
            is_list = False
        else:
            items = [other for other in clauses.values() if other.parent_id == lead.clause_id]
            items = [other for other in items if other.kind == "item"]
            is_list = lead is each.clause or sum(item.clause_id in chosen for item in items) > 1
            group = (lead, *items) if is_list else (lead, each.clause)
        done |= {clause.clause_id for clause in group}
        told.append(_Told(judged=each, clauses=group, is_list=is_list))
    return told


def _in_turn(told: Sequence[_Told]) -> list[_Told]:
    """The best of every document first, then the others in order."""
    firsts: dict[str, _Told] = {}
    for each in told:
        firsts.setdefault(each.judged.clause.policy_id, each)
    leading = list(firsts.values())
    return [*leading, *(each for each in told if each not in leading)]


def _within_room(told: Sequence[_Told]) -> Iterator[_Told]:
    """As many as an answer holds; the first always, and the first of each document."""
    used, policies = 0, set[str]()
    for place, each in enumerate(told):
        room = _ROOM_OF_LISTS if each.is_list or told[0].is_list else _ROOM
        is_first = each.judged.clause.policy_id not in policies
        fits = used + each.length <= (_ROOM_OF_LISTS if is_first else room)
        if place and not (fits and (is_first or place < _MOST_CLAUSES)):
            continue
        used += each.length
        policies.add(each.judged.clause.policy_id)
        yield each


def _statements(evidence: Evidence, told: _Told, phrases: Phrases) -> Iterator[DraftStatement]:
    judged = told.judged
    if judged.clause.kind == "row" and judged.clause.cells:
        yield cells_statement(evidence, judged.clause, phrases)
        return
    place = evidence.policy(judged.clause).place
    stretches = [_stretch(clause, judged) for clause in told.clauses]
    said = [_words(clause, start, end) for clause, (start, end) in zip(told.clauses, stretches, strict=True)]
    quotes = [
        Quote(clause=clause, start=start, end=end, direct=_direct(judged, clause, start, end))
        for clause, (start, end) in zip(told.clauses, stretches, strict=True)
    ]
    joined = "\n".join(said) if told.is_list else "".join(said)
    yield DraftStatement(
        text=phrases.say("at", place=place, said=joined),
        quotes=tuple(quotes),
        claims=tuple(said),
        free=(place,),
    )


def _stretch(clause: Clause, judged: Judged) -> tuple[int, int]:
    """All of a clause; of a long one the sentences around the words that answer."""
    if len(clause.text) <= _LONG_CLAUSE:
        return clause.start, clause.end
    spans = sentence_spans(clause)
    inside = [
        place for place, (start, end) in enumerate(spans) if start < judged.end and judged.start < end
    ] or [0]
    first, last = inside[0], inside[-1]
    while True:
        wider = [
            (spans[low][0], spans[high][1], low, high)
            for low, high in ((first, last + 1), (first - 1, last))
            if low >= 0 and high < len(spans) and spans[high][1] - spans[low][0] <= _LONG_CLAUSE
        ]
        if not wider:
            return spans[first][0], spans[last][1]
        *_, first, last = wider[0]


def _words(clause: Clause, start: int, end: int) -> str:
    words = clause.text[start - clause.start : end - clause.start]
    return " ".join(words.split()).strip(_MARKS) if not _leads_on(clause) else "".join(words.split())


def _direct(judged: Judged, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    if clause is not judged.clause:
        return None
    first, last = max(judged.start, start), min(judged.end, end)
    return (first, last) if first < last else None


def _leads_on(clause: Clause) -> bool:
    return clause.text.rstrip().endswith(("：", ":"))

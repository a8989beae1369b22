"""Tells clauses that answer, whole: an item with its lead-in, a list with its items, a row with headers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.composers.draft import DraftStatement, Quote
from bot.composers.extractive.rows import cells_statement
from bot.evidence import Evidence
from bot.reader.judging import Judged
from bot.scope import may_speak
from ingest.instructions import orders_from
from ingest.policy import Clause
from prompts.templates import Phrases
from vectorstore.sentences import sentence_spans

_MOST_CLAUSES = 3
# Of one matter and of lists, as the contract on the wire has it, less what places and markers take.
_ROOM, _ROOM_OF_LISTS = 400, 1300
_LONG_CLAUSE = 360
_ELLIPSIS = "……"
_MARKS = " \n\t，。；;"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Clauses that are told together, with the clause that was judged to answer."""

    judged: Judged
    clauses: tuple[Clause, ...]
    place: int  # characters of the place that it is told under
    is_list: bool = False

    @property
    def length(self) -> int:
        return self.place + sum(min(len(clause.text), _LONG_CLAUSE) for clause in self.clauses)


def compose_clauses(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """A statement for each clause that answers, by document; empty if none is sure enough."""
    found = that_answer(evidence)
    return [
        statement
        for told in _within_room(_in_turn(_together(evidence, found)))
        for statement in _statements(evidence, told, phrases)
    ]


def that_answer(evidence: Evidence) -> list[Judged]:
    """The clauses that surely answer and may speak, the surest first; empty if none does."""
    judge = evidence.judge
    if judge is None or not evidence.judged:
        return []
    allowed = [each for each in evidence.judged if may_speak(each.clause, evidence)]
    if not allowed or allowed[0].probability < judge.calibration.enough:
        return []
    least = judge.calibration.near * allowed[0].probability
    near = [each for each in allowed if each.probability >= least]
    # What another place or document says to it is told as well, even if this one is found more easily.
    known = {each.clause.policy_id for each in near}
    for each in allowed:
        if each.clause.policy_id not in known and _answers_as_well(each, allowed[0], judge.calibration.near):
            known.add(each.clause.policy_id)
            near.append(each)
    return near


def _answers_as_well(each: Judged, best: Judged, near: float) -> bool:
    said, found = each.signals.answers, each.signals.retrieved
    return said >= near * best.signals.answers and found >= near * best.signals.retrieved


def _together(evidence: Evidence, found: Sequence[Judged]) -> list[_Told]:
    """An item with its lead-in; with its siblings if they are short or several of the list answer."""
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
            fits = sum(len(item.text) for item in items) <= _LONG_CLAUSE
            several = sum(item.clause_id in chosen for item in items) > 1
            is_list = bool(items) and (lead is each.clause or several or fits)
            group = (lead, *items) if is_list else tuple(dict.fromkeys((lead, each.clause)))
        done |= {clause.clause_id for clause in group}
        place = len(evidence.policy(each.clause).place)
        told.append(_Told(judged=each, clauses=group, place=place, is_list=is_list))
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
    """One statement, or of a list one for the lead-in and one for each item."""
    place = evidence.policy(told.judged.clause).place
    if told.judged.clause.cells:
        yield cells_statement(evidence, told.judged.clause, phrases)
    elif told.is_list:
        for number, clause in enumerate(told.clauses):
            yield _statement(evidence, told.judged, (clause,), "" if number else place, phrases)
    else:
        yield _statement(evidence, told.judged, told.clauses, place, phrases)


def _statement(
    evidence: Evidence, judged: Judged, clauses: Sequence[Clause], place: str, phrases: Phrases
) -> DraftStatement:
    said, quotes = [], []
    for clause in clauses:
        runs = _runs(evidence, clause, judged)
        words = [_words(clause, start, end) for start, end in runs]
        said.append(_ELLIPSIS.join(words))
        quotes += [
            Quote(clause=clause, start=start, end=end, direct=_direct(judged, clause, start, end))
            for start, end in runs
        ]
    joined = "".join(said)
    return DraftStatement(
        text=phrases.say("at", place=place, said=joined) if place else joined,
        quotes=tuple(quotes),
        claims=tuple(words for each in said for words in each.split(_ELLIPSIS)),
        free=(place,) if place else (),
    )


def _runs(evidence: Evidence, clause: Clause, judged: Judged) -> list[tuple[int, int]]:
    """All of a clause; of a long one the sentences with the words that answer, and those that cover most."""
    # What a document says to programs is no policy.
    end = clause.start + orders_from(clause.text)
    if end - clause.start <= _LONG_CLAUSE:
        return [(clause.start, end)] if end > clause.start else []
    spans = [span for span in sentence_spans(clause) if span[1] <= end]
    coverage = {
        passage.start: passage.coverage
        for passage in evidence.sentence_passages()
        if passage.clause.clause_id == clause.clause_id
    }

    def worth(span: tuple[int, int]) -> tuple[bool, float]:
        return span[0] < judged.end and judged.start < span[1], coverage.get(span[0], 0.0)

    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=worth, reverse=True):
        if not kept or sum(end - start for start, end in (*kept, span)) <= _LONG_CLAUSE:
            kept.append(span)
    return _joined(sorted(kept), spans)


def _joined(kept: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences that follow one another are one run."""
    after = dict(pairwise(spans))
    runs: list[tuple[int, int]] = []
    last: tuple[int, int] | None = None
    for span in kept:
        if last is not None and after.get(last) == span:
            runs[-1] = runs[-1][0], span[1]
        else:
            runs.append(span)
        last = span
    return runs


def _words(clause: Clause, start: int, end: int) -> str:
    words = clause.text[start - clause.start : end - clause.start]
    if start == clause.start and clause.kind != "item":
        words = words.removeprefix(clause.number)
    return " ".join(words.split()).strip(_MARKS)


def _direct(judged: Judged, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    if clause is not judged.clause:
        return None
    first, last = max(judged.start, start), min(judged.end, end)
    return (first, last) if first < last else None


def _leads_on(clause: Clause) -> bool:
    return clause.text.rstrip().endswith(("：", ":"))

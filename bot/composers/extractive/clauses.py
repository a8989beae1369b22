"""Tells clauses that answer, whole: an item under its lead-in, a list with its items, a row with headers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.composers.draft import DraftStatement, Quote
from bot.composers.extractive.duties import duty_statement
from bot.composers.extractive.merging import ELLIPSIS, joined_spans, words_of_span
from bot.composers.extractive.rows import told_row
from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage
from bot.reader.judging import Judged
from bot.reader.passages import LONGEST_LEAD_IN
from bot.telling import MARKER, ROOM, ROOM_OF_LISTS, answering, by_document
from ingest.instructions import orders_from
from ingest.policy import Clause, leads_on
from prompts.templates import Phrases
from vectorstore.sentences import sentence_spans

_MOST_CLAUSES = 3
_LONG_CLAUSE = 400
_LEAST_SHARE = 150
_NEAR_BEST = 0.95
_BEFORE = "前款"  # the paragraph before, without which one that says so is half an answer
# Lead-ins whose items hold together: one of them alone is half an answer.
_TOGETHER = ("同时", "条件", "材料")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Clauses that are told together, with the one that was judged to answer."""

    judged: Judged
    clauses: tuple[Clause, ...]

    @property
    def is_list(self) -> bool:
        return len(self.clauses) > 2 or (len(self.clauses) == 2 and self.judged.clause is self.clauses[0])

    @property
    def length(self) -> int:
        return MARKER + sum(min(len(clause.text), _LONG_CLAUSE) for clause in self.clauses)


def compose_clauses(evidence: Evidence, phrases: Phrases) -> list[DraftStatement]:
    """The clauses that answer, the surest first, each document under its name; empty if none is sure."""
    found = [list(_together(evidence, judged)) for judged in by_document(answering(evidence))]
    if not found:
        return []
    place = evidence.policy(found[0][0].judged.clause).place
    if len(found) > 1:
        in_room = _of_several(found, ROOM_OF_LISTS // evidence.matters)
    else:
        in_room = _of_one(found[0], ROOM // evidence.matters - len(place))
    statements: list[DraftStatement] = []
    for told, is_first, longest in in_room:
        place = evidence.policy(told.judged.clause).place if is_first else ""
        tasked = told.clauses if len(found) > 1 else ()
        if duties := _named_best([task for clause in tasked for task in _tasks(evidence, clause)]):
            statements += [
                duty_statement(evidence, duty, "" if number else place, phrases)
                for number, duty in enumerate(duties)
            ]
        else:
            statements += _statements(evidence, told, place, longest, phrases)
    return statements


def _of_one(told: Sequence[_Told], room: int) -> Iterator[tuple[_Told, bool, int]]:
    """As many as an answer holds; the first always."""
    used, longest = 0, min(max(room, _LEAST_SHARE), _LONG_CLAUSE)
    for number, each in enumerate(told[:_MOST_CLAUSES]):
        if number and used + each.length > room:
            continue
        if each.is_list and each.length > room:
            room = ROOM_OF_LISTS
        used += each.length
        yield each, not number, longest


def _of_several(found: Sequence[Sequence[_Told]], room: int) -> Iterator[tuple[_Told, bool, int]]:
    """What each document says, in its share of the room."""
    share = min(max(room // len(found), _LEAST_SHARE), ROOM)
    for told in found:
        used = 0
        for number, each in enumerate(told[:_MOST_CLAUSES]):
            if number and used + each.length > share:
                continue
            used += each.length
            yield each, not number, min(share, _LONG_CLAUSE)


def _together(evidence: Evidence, found: Sequence[Judged]) -> Iterator[_Told]:
    """Each clause with its lead-in; of a list the items that answer, all of them if a list is asked for."""
    done: set[str] = set()
    chosen = {each.clause.clause_id for each in found}
    for each in found:
        if each.clause.clause_id in done:
            continue
        group = _group(evidence, each.clause, chosen)
        told = tuple(clause for clause in group if clause.clause_id not in done)
        done |= {clause.clause_id for clause in told}
        yield _Told(judged=each, clauses=told)


def _group(evidence: Evidence, clause: Clause, chosen: set[str]) -> tuple[Clause, ...]:
    clauses = evidence.clauses_of(clause.policy_id)
    lead = clause if leads_on(clause.text) else clauses.get(clause.parent_id or "")
    if lead is None or not leads_on(lead.text) or lead.kind in ("heading", "title"):
        before = _referred_to(clause, clauses)
        return (before, clause) if before is not None else (clause,)
    items = [other for other in clauses.values() if other.parent_id == lead.clause_id]
    answer = [item for item in items if item.clause_id in chosen]
    is_asked = lead.clause_id in chosen or evidence.understanding.asks_list
    room = ROOM_OF_LISTS if is_asked else ROOM if len(answer) > 1 else 0
    if items and sum(len(each.text) for each in (lead, *items)) <= room:
        holds_together = any(word in lead.text for word in _TOGETHER)
        whole = holds_together or evidence.understanding.asks_list or not answer
        return (lead, *(items if whole else answer))
    return (lead, clause) if lead is not clause and len(lead.text) <= LONGEST_LEAD_IN else (clause,)


def _referred_to(clause: Clause, clauses: Mapping[str, Clause]) -> Clause | None:
    """The paragraph that a short one of the same article refers to (依照前款规定处罚), or None."""
    if _BEFORE not in clause.text or clause.number:
        return None
    before = next((each for each in clauses.values() if each.position == clause.position - 1), None)
    if (
        before is None
        or before.kind != clause.kind
        or clause.path[-1:] not in ((before.number,), before.path[-1:])
    ):
        return None
    return before if len(before.text) + len(clause.text) <= ROOM else None


def _statements(
    evidence: Evidence, told: _Told, place: str, longest: int, phrases: Phrases
) -> Iterator[DraftStatement]:
    """One statement; the items of a list behind the first, which has the lead-in, have one each."""
    first, further = (told.clauses[:2], told.clauses[2:]) if told.is_list else (told.clauses, ())
    said = [_statement(evidence, told.judged, first, place, longest, phrases)]
    said += [_statement(evidence, told.judged, (each,), "", longest, phrases) for each in further]
    yield from (statement for statement in said if any(statement.claims))


def _statement(
    evidence: Evidence,
    judged: Judged,
    clauses: Sequence[Clause],
    place: str,
    longest: int,
    phrases: Phrases,
) -> DraftStatement:
    said: list[str] = []
    claims: list[str] = []
    quotes: list[Quote] = []
    free = [place] if place else []
    for clause in clauses:
        if clause.cells:
            # What a document says to programs is no policy.
            if orders_from(clause.text) < len(clause.text):
                continue
            row = told_row(evidence, clause)
            said.append(phrases.say("with_note", said=row.said, note=row.note.text) if row.note else row.said)
            claims += row.claims
            free += (*row.headers, *row.figures)
            quotes += row.quotes
            quotes += [Quote(clause=row.note, start=row.note.start, end=row.note.end)] if row.note else []
            continue
        runs = _runs(evidence, clause, judged, longest)
        words = [words_of_span(clause, start, end) for start, end in runs]
        said.append(ELLIPSIS.join(words))
        claims += words
        quotes += [
            Quote(clause=clause, start=start, end=end, direct=_direct(judged, clause, start, end))
            for start, end in runs
        ]
    joined = "".join(said)
    return DraftStatement(
        text=phrases.say("at", place=place, said=joined) if place else joined,
        quotes=tuple(quotes),
        claims=tuple(claims),
        free=tuple(free),
    )


def _runs(evidence: Evidence, clause: Clause, judged: Judged, longest: int) -> list[tuple[int, int]]:
    """All of a clause; of several tasks those asked about, of a long clause the sentences that answer."""
    # What a document says to programs is no policy.
    end = clause.start + orders_from(clause.text)
    if len(tasks := _tasks(evidence, clause)) > 1:
        return joined_spans((task.start, task.end) for task in _named_best(tasks) if task.end <= end)
    if end - clause.start <= longest:
        return [(clause.start, end)] if end > clause.start else []
    spans = [span for span in sentence_spans(clause) if span[1] <= end]
    coverage = {
        passage.start: passage.coverage
        for passage in evidence.sentence_passages()
        if passage.clause.clause_id == clause.clause_id
    }
    stated = evidence.stating(clause)

    def worth(span: tuple[int, int]) -> tuple[bool, bool, float]:
        answers = span[0] < judged.end and judged.start < span[1]
        states = any(span[0] < fact.end and fact.start < span[1] for fact in stated)
        return answers, states, coverage.get(span[0], 0.0)

    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=worth, reverse=True):
        if not kept or sum(end - start for start, end in (*kept, span)) <= longest:
            kept.append(span)
    return _joined(sorted(kept), spans)


def _named_best(tasks: Sequence[Passage]) -> list[Passage]:
    """The tasks that the question names best."""
    best = max((task.coverage for task in tasks), default=0.0)
    return [task for task in tasks if task.coverage >= _NEAR_BEST * best]


def _tasks(evidence: Evidence, clause: Clause) -> list[Passage]:
    """The tasks that a clause gives to units, if it is asked who does something."""
    if "duty" not in evidence.understanding.kinds or evidence.relevance.certain:
        return []
    return [each for each in evidence.fact_passages("duty") if each.clause.clause_id == clause.clause_id]


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


def _direct(judged: Judged, clause: Clause, start: int, end: int) -> tuple[int, int] | None:
    if clause is not judged.clause:
        return None
    first, last = max(judged.start, start), min(judged.end, end)
    return (first, last) if first < last else None

"""The stretch of a document that answers: the best run of comma-bounded pieces in its best clauses.

A linear model judges every run. What it looks at is in `FEATURES`; its weights and the forms of
questions and answers are data (`bot/data/spans.toml`), fitted by
`python -m eval.benchmarks.public.fit_spans`.
"""

import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from bot.evidence.evidence import Evidence
from bot.evidence.fit import Passage
from ingest.instructions import orders_from, speaks_to_program
from ingest.policy import Clause
from vectorstore.segmentation import terms

_CUT = re.compile(r"(?<=[，,；;。：:！!？?\n])")
_LEADS_ON = re.compile(r"[：:？?]\s*$")
_SAYS = re.compile(r"[。；;.]\s*$")
_SENTENCE_BREAK = "。！？!?；;：:\n"
_CLAUSES = 4
_NEAR_TOP = 0.3  # a clause whose best passage stands further below is not looked at
_MOST_PIECES, _LONGEST = 14, 300
_PAIRS = (("[（(]", "[）)]"), ("“", "”"), ("《", "》"))
_UNITS_FIRST = re.compile(r"[（(][^（()）]*(?:牵头|负责|配合)")
_SHORT_CLAUSE = 40
_BLOCK = 400  # characters read on behind a clause that only leads to what follows
_MARKS = " \n\t，。；;,：:、"
_FAR_BELOW = -1.0  # of a piece that stands in no passage

_PLAIN_FEATURES = (
    "best_score", "mean_score", "coverage", "repeats", "coverage_and_repeats", "length", "length_squared",
    "begins_sentence", "ends_sentence", "begins_clause", "ends_clause", "first_repeats", "last_repeats",
    "before_repeats", "before_covers", "any_before_covers", "after_covers", "ends_on_colon",
    "ends_on_question", "behind_colon", "pieces", "quotes_a_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a kind of question asks for, and how an answer to it looks; some have no look of their own."""

    asked: re.Pattern[str]
    answered: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanModel:
    """The forms of questions and the weight of each feature."""

    forms: dict[str, Form]
    weights: tuple[float, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the features in the order of their values."""
        return feature_names(self.forms)

    def score(self, values: Sequence[float]) -> float:
        """How well a span with these features answers; compares within one question only."""
        return sum(weight * value for weight, value in zip(self.weights, values, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the policy text, from the clause it begins in, and what the model sees of it."""

    clause: Clause
    start: int
    end: int
    text: str
    features: tuple[float, ...]


def feature_names(forms: dict[str, Form]) -> tuple[str, ...]:
    """The names of all features for these forms."""
    by_form = [f"{kind}_{name}" for name in forms for kind in ("length_if", "looks_like")]
    return (*_PLAIN_FEATURES, *by_form)


@cache
def span_model() -> SpanModel:
    """The packaged model."""
    table = tomllib.loads(resources.files("bot").joinpath("data/spans.toml").read_text("utf-8"))
    forms = {
        name: Form(
            asked=re.compile(form["asked"]),
            answered=re.compile(form["answered"]) if form.get("answered") else None,
        )
        for name, form in table["forms"].items()
    }
    weights = table["weights"]
    return SpanModel(forms=forms, weights=tuple(weights.get(name, 0.0) for name in feature_names(forms)))


def best_span(evidence: Evidence, passages: Sequence[Passage], model: SpanModel) -> Span | None:
    """The best span of the policy of the first passage; None where no clause holds a span."""
    forms = evidence.understanding.forms
    found = [
        span
        for span in spans(evidence, passages, model.forms)
        if _stands_alone(span.text)
        and not _holds_an_order(span)
        and (not forms or any(form.search(span.text) for form in forms))
    ]
    return max(found, key=lambda span: model.score(span.features), default=None)


def _holds_an_order(span: Span) -> bool:
    """Whether the span, or what stands before it in its clause, speaks to a program."""
    within = span.end - span.clause.start
    return (
        within > orders_from(span.clause.text)
        if within <= len(span.clause.text)
        else speaks_to_program(span.text)
    )


def _stands_alone(text: str) -> bool:
    """Whether a text closes what it opens and does not begin with the units of the sentence before it."""
    closed = all(len(re.findall(opens, text)) == len(re.findall(closes, text)) for opens, closes in _PAIRS)
    return closed and _UNITS_FIRST.match(text) is None


def spans(evidence: Evidence, passages: Sequence[Passage], forms: dict[str, Form]) -> list[Span]:
    """Every span of the best clauses of the first passage's policy, with its features."""
    if not passages:
        return []
    policy_id, top = passages[0].clause.policy_id, passages[0].score
    own = [
        passage
        for passage in passages
        if passage.clause.policy_id == policy_id and passage.score >= top - _NEAR_TOP
    ]
    clauses: dict[str, Clause] = {}
    for passage in own:
        clauses.setdefault(passage.clause.clause_id, passage.clause)
        if len(clauses) == _CLAUSES:
            break
    judge = _Judge(evidence.understanding.text, forms)
    found: list[Span] = []
    for clause in clauses.values():
        scores = [
            (each.start, each.end, each.score - top)
            for each in own
            if each.clause.clause_id == clause.clause_id
        ]
        found.extend(judge.spans(clause, _block(evidence, clause), scores))
    return found


def _block(evidence: Evidence, clause: Clause) -> str:
    """The text to choose from: the clause and, where it only leads on, what follows it in its section."""
    names_only = len(clause.text) <= _SHORT_CLAUSE and not _SAYS.search(clause.text)
    if not names_only and not _LEADS_ON.search(clause.text):
        return clause.text
    text, end = clause.text, clause.end
    siblings = evidence.library.clauses(clause.policy_id)
    for following in siblings[clause.position + 1 :]:
        if following.kind in ("heading", "title", "article") or following.end - clause.start > _BLOCK:
            break
        # What stands between clauses in the policy text is white space.
        text += "\n" * (following.start - end) + following.text
        end = following.end
    return text


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    seen: int  # terms of the question it holds, a bit each
    terms: int
    score: float

    @property
    def repeats(self) -> float:
        return self.seen.bit_count() / max(1, self.terms)


class _Judge:
    """Sees every span with the eyes of one question."""

    def __init__(self, question: str, forms: dict[str, Form]) -> None:
        self._bits = {term: 1 << place for place, term in enumerate(dict.fromkeys(terms(question)))}
        self._forms = [(form, bool(form.asked.search(question))) for form in forms.values()]

    def spans(self, clause: Clause, text: str, scores: Sequence[tuple[int, int, float]]) -> Iterator[Span]:
        pieces = self._pieces(clause, text, scores)
        heading = self._seen(f"{clause.heading} {' '.join(clause.path[-1:])}").bit_count() / self._total
        for first in range(len(pieces)):
            for last in range(first, min(len(pieces), first + _MOST_PIECES)):
                said = text[pieces[first].start : pieces[last].end]
                start = pieces[first].start + len(said) - len(said.lstrip(_MARKS))
                said = said.strip(_MARKS)
                if len(said) > _LONGEST:
                    break
                if len(said) > 1:
                    yield Span(
                        clause=clause,
                        start=clause.start + start,
                        end=clause.start + start + len(said),
                        text=said,
                        features=self._features(text, pieces, first, last, said, heading),
                    )

    @property
    def _total(self) -> int:
        return max(1, len(self._bits))

    def _seen(self, text: str) -> int:
        found = 0
        for term in terms(text):
            found |= self._bits.get(term, 0)
        return found

    def _pieces(self, clause: Clause, text: str, scores: Sequence[tuple[int, int, float]]) -> list[_Piece]:
        # The number of the clause (第二条, 三、) belongs to no answer.
        number = len(clause.number) if text.startswith(clause.number) else 0
        cuts = sorted({number, *(match.start() for match in _CUT.finditer(text, number)), len(text)})
        last = max((end for _, end, _ in scores), default=0)
        found = []
        for start, end in pairwise(cuts):
            at = clause.start + start
            within = [score for begins, ends, score in scores if begins <= at < ends]
            # What is read on behind the clause has the score of the clause.
            beyond = max((score for _, _, score in scores), default=_FAR_BELOW) if at >= last else _FAR_BELOW
            piece = text[start:end]
            found.append(
                _Piece(
                    start=start,
                    end=end,
                    seen=self._seen(piece),
                    terms=len(terms(piece)),
                    score=max(within, default=beyond),
                )
            )
        return found

    def _features(
        self, text: str, pieces: Sequence[_Piece], first: int, last: int, said: str, heading: float
    ) -> tuple[float, ...]:
        inside = pieces[first : last + 1]
        seen = 0
        for piece in inside:
            seen |= piece.seen
        covers = seen.bit_count() / self._total
        repeats = seen.bit_count() / max(1, sum(piece.terms for piece in inside))
        length = math.log(len(said))
        begins, ends = pieces[first].start, pieces[last].end
        before = pieces[first - 1] if first else None
        after = pieces[last + 1] if last + 1 < len(pieces) else None
        values = [
            max(piece.score for piece in inside),
            sum(piece.score for piece in inside) / len(inside),
            covers,
            repeats,
            covers * repeats,
            length,
            length * length / 4,
            float(not first or text[begins - 1] in _SENTENCE_BREAK),
            float(after is None or text[ends - 1] in _SENTENCE_BREAK),
            float(not first),
            float(after is None),
            inside[0].repeats,
            inside[-1].repeats,
            before.repeats if before else heading,
            before.seen.bit_count() / self._total if before else 0.0,
            max((piece.seen.bit_count() for piece in pieces[:first]), default=0) / self._total,
            after.seen.bit_count() / self._total if after else 0.0,
            float(text[ends - 1] in ":："),
            float(text[ends - 1] in "?？"),
            float(first > 0 and text[begins - 1] in ":："),
            math.log(len(inside)),
            float("“" in said or "《" in said),
        ]
        for form, asked in self._forms:
            looks = asked and form.answered is not None and form.answered.search(said) is not None
            values += [length if asked else 0.0, float(looks)]
        return tuple(values)

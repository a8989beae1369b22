"""A scored set on the wire: `clausewise eval run SET --json FILE`.

Field names are a contract: a field may be added, none renamed or taken away.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.answer import Outcome
from bot.api.schemas import AnswerBody, Body
from eval.bars import Bar, Side
from eval.cases import KINDS, TAGS
from eval.intervals import Figure
from eval.metrics import figures, metrics
from eval.metrics.metric import Metric
from eval.results import Loss, Result
from eval.runs import RunInfo


class BarBody(Body):
    """A bar and whether the figure keeps to it."""

    side: Side
    value: float
    kept: bool


class IntervalBody(Body):
    """Where the figure of 95 of 100 such samples of questions lies."""

    low: float
    high: float


class MetricBody(Body):
    """A figure; None where no result can be counted."""

    value: float | None
    interval: IntervalBody | None
    unit: str
    higher_is_better: bool
    bars: list[BarBody]


class KindBody(Body):
    """The cases of one kind by themselves."""

    cases: int
    metrics: dict[str, float | None]


class EvidenceBody(Body):
    """A span that a complete answer stands on, and whether search found a clause that overlaps it.

    Offsets are Unicode code points of the source text.
    """

    file: str
    start: int
    end: int
    found: bool


class CitedBody(Body):
    """A citation of the answer, whether it overlaps an evidence span and whether its quote is verbatim."""

    marker: int
    is_evidence: bool
    is_verbatim: bool


class RetrievedBody(Body):
    """A clause that search found, and whether it overlaps an evidence span."""

    clause_id: str
    policy_title: str
    locator: str
    snippet: str
    score: float
    is_evidence: bool


class UsageBody(Body):
    """What the question cost of a chat model."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost: float | None


class JudgementBody(Body):
    """What a chat model as judge says of the answer."""

    faithful: bool
    correct: bool
    reason: str


class ResultBody(Body):
    """A case, the answer it got and where a right answer was lost."""

    id: str
    kind: str
    tags: list[str]
    question: str
    history: list[str]
    on: date | None
    outcome: Outcome
    expected: list[list[str]]
    forbidden: list[str]
    evidence: list[EvidenceBody]
    answer: AnswerBody
    right: bool
    loss: Loss | None
    missing: list[list[str]]
    asserted: list[str]
    cited: list[CitedBody]
    retrieved: list[RetrievedBody]
    unproven: list[str]
    usage: UsageBody | None
    judgement: JudgementBody | None
    milliseconds: float


class ScoredSetBody(Body):
    """Everything that came of a set, and what it was made with."""

    run_id: str
    set: str
    today: date
    settings: dict[str, object]
    versions: dict[str, str]
    program_sha256: str
    corpus_sha256: str
    set_sha256: str
    metrics: dict[str, MetricBody]
    kinds: dict[str, KindBody]
    tags: dict[str, KindBody]
    results: list[ResultBody]


def scored_set(
    info: RunInfo, results: Sequence[Result], found: Mapping[str, Figure], bars: Sequence[Bar]
) -> ScoredSetBody:
    """The complete results of a run."""
    return ScoredSetBody(
        run_id=info.run_id,
        set=info.set,
        today=info.today,
        settings=dict(info.settings),
        versions=dict(info.versions),
        program_sha256=info.program_sha256,
        corpus_sha256=info.corpus_sha256,
        set_sha256=info.set_sha256,
        metrics={metric.name: _metric(metric, found[metric.name], bars) for metric in metrics().values()},
        kinds={kind: KindBody(cases=len(own), metrics=figures(own)) for kind, own in by_kind(results)},
        tags={name: KindBody(cases=len(own), metrics=figures(own)) for name, own in by_tag(results)},
        results=[_result(result) for result in results],
    )


def _metric(metric: Metric, figure: Figure, bars: Sequence[Bar]) -> MetricBody:
    return MetricBody(
        value=figure.value,
        interval=IntervalBody.model_validate(figure.interval) if figure.interval else None,
        unit=metric.unit,
        higher_is_better=metric.higher_is_better,
        bars=[
            BarBody(side=bar.side, value=bar.value, kept=bar.is_kept_by(figure.value))
            for bar in bars
            if bar.metric == metric.name
        ],
    )


def by_kind(results: Sequence[Result]) -> Iterator[tuple[str, list[Result]]]:
    """The results of each kind of case that there are results of."""
    for kind in KINDS:
        if own := [result for result in results if result.case.kind == kind]:
            yield kind, own


def by_tag(results: Sequence[Result]) -> Iterator[tuple[str, list[Result]]]:
    """The results of the cases of each tag that there are results of."""
    for name in TAGS:
        if own := [result for result in results if name in result.case.tags]:
            yield name, own


def _evidence(result: Result) -> list[EvidenceBody]:
    return [
        EvidenceBody(
            file=evidence.file,
            start=evidence.start,
            end=evidence.end,
            found=any(retrieved.span.overlaps(evidence.span) for retrieved in result.retrieved),
        )
        for evidence in result.case.evidence
    ]


def _result(result: Result) -> ResultBody:
    case = result.case
    return ResultBody(
        id=case.id,
        kind=case.kind,
        tags=list(case.tags),
        question=case.question,
        history=list(case.history),
        on=case.on,
        outcome=case.outcome,
        expected=[list(group) for group in case.expected],
        forbidden=list(case.forbidden),
        evidence=_evidence(result),
        answer=AnswerBody.model_validate(result.answer),
        right=result.is_right(),
        loss=result.loss(),
        missing=[list(group) for group in result.missing()],
        asserted=list(result.asserted()),
        cited=[
            CitedBody(
                marker=cited.marker, is_evidence=case.stands_on(cited.span), is_verbatim=cited.is_verbatim()
            )
            for cited in result.cited
        ],
        retrieved=[
            RetrievedBody(
                clause_id=retrieved.clause_id,
                policy_title=retrieved.policy_title,
                locator=retrieved.locator,
                snippet=retrieved.snippet,
                score=retrieved.score,
                is_evidence=case.stands_on(retrieved.span),
            )
            for retrieved in result.retrieved
        ],
        unproven=list(result.unproven),
        usage=UsageBody.model_validate(result.usage) if result.usage else None,
        judgement=JudgementBody.model_validate(result.judgement) if result.judgement else None,
        milliseconds=result.milliseconds,
    )

"""Whether answers are right: by the labels of the cases, by what was falsified, and by a judge."""

from eval.metrics.metric import Tally, ratio
from eval.results import Result


def _right(result: Result) -> Tally | None:
    """1 if it is right, of 1."""
    return (float(result.is_right()), 1) if result.case.answerable else None


def _asserting_wrong(result: Result) -> Tally | None:
    """1 if it says a forbidden string, of 1."""
    return (float(bool(result.asserted())), 1) if result.answer.outcome == "answered" else None


def _falsehoods(result: Result) -> Tally | None:
    """Its falsified statements that were said, of those that were drafted.

    Counted if a run falsifies drafts (`--falsify`, `eval.falsifying`): another figure, another unit, words
    that stand in no quote, a quote that is no text of the document. The proof has to stop all of them.
    """
    falsified = result.falsified
    return (falsified.said, falsified.drafted) if falsified else None


def _judged_correct(result: Result) -> Tally | None:
    """1 if it is found correct, of 1."""
    judged = result.judgement
    return (float(judged.correct), 1) if judged else None


def _judged_faithful(result: Result) -> Tally | None:
    """1 if it is found faithful, of 1."""
    judged = result.judgement
    return (float(judged.faithful), 1) if judged else None


def _judged_as_labelled(result: Result) -> Tally | None:
    """1 if judge and labels agree, of 1; the labels are the facts by which `fact_accuracy` counts."""
    judged = result.judgement
    return (float(judged.correct == result.is_right()), 1) if judged else None


METRICS = (
    ratio(
        name="fact_accuracy",
        definition=(
            "Share of answerable cases answered right: the expected outcome, "
            "every expected fact, no forbidden one."
        ),
        tally=_right,
        higher_is_better=True,
    ),
    ratio(
        name="wrong_assertion",
        definition=(
            "Share of answered questions whose answer says a forbidden string: "
            "a wrong unit, amount, date or region."
        ),
        tally=_asserting_wrong,
        higher_is_better=False,
    ),
    ratio(
        name="falsehoods_said",
        definition=(
            "Share of statements falsified behind the composer's back that the answer says all the same."
        ),
        tally=_falsehoods,
        higher_is_better=False,
    ),
    ratio(
        name="judged_correctness",
        definition=(
            "Share of answered answers that a chat model as judge finds to say what the "
            "case expects (`--judge`)."
        ),
        tally=_judged_correct,
        higher_is_better=True,
    ),
    ratio(
        name="judged_faithfulness",
        definition=(
            "Share of answered answers that a chat model as judge finds supported by "
            "their quotes (`--judge`)."
        ),
        tally=_judged_faithful,
        higher_is_better=True,
    ),
    # How far the judge of the two above is to be trusted.
    ratio(
        name="judge_agreement",
        definition="Share of judged answers on whose correctness the judge and the labels of the case agree.",
        tally=_judged_as_labelled,
        higher_is_better=True,
    ),
)

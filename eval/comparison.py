"""Two runs of the same questions: what got better, what got worse, and whether that may be chance.

Tested is by permutation: were both runs alike, either result of a question could as well be of the
other run (Smucker, Allan, Carterette: A Comparison of Statistical Significance Tests for Information
Retrieval Evaluation, 2007). Right and wrong alone are tested exactly (McNemar).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

import numpy

from eval.cases import case_json
from eval.intervals import Interval, Numbers, quotients, sums
from eval.metrics import metrics
from eval.metrics.metric import Metric
from eval.results import Result

_PERMUTATIONS = 5000
_OF_QUANTILES = 500  # which are found anew for each
_SEED = 20_240_602
_EDGES = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A metric in both runs; `p` is the chance of such a difference between runs that are alike."""

    metric: str
    before: float | None
    after: float | None
    interval: Interval | None  # of the difference
    p: float | None

    @property
    def change(self) -> float | None:
        """By how much the second figure is larger."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The results of one question in both runs."""

    before: Result
    after: Result

    @property
    def turn(self) -> str:
        """`better` or `worse` where right and wrong changed places, `other` where it is lost elsewhere."""
        was, now = self.before.is_right(), self.after.is_right()
        if was != now:
            return "better" if now else "worse"
        return "same" if self.before.loss() == self.after.loss() else "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two runs have in common; questions asked in one only, or that read otherwise, are set apart."""

    pairs: tuple[Pair, ...]
    apart: tuple[str, ...]
    differences: tuple[Difference, ...]
    mcnemar_p: float | None

    def turned(self, turn: str) -> list[Pair]:
        """The questions that took this turn."""
        return [pair for pair in self.pairs if pair.turn == turn]


def compare(before: Sequence[Result], after: Sequence[Result]) -> Comparison:
    """The comparison over the questions that both runs asked in the same words with the same answer key."""
    first, second = ({result.case.id: result for result in results} for results in (before, after))
    alike = [name for name in first if name in second and _case_of(first[name]) == _case_of(second[name])]
    pairs = tuple(Pair(before=first[name], after=second[name]) for name in alike)
    return Comparison(
        pairs=pairs,
        apart=tuple(name for name in dict.fromkeys((*first, *second)) if name not in set(alike)),
        differences=tuple(_difference(metric, pairs) for metric in metrics().values()) if pairs else (),
        mcnemar_p=_mcnemar(pairs),
    )


def _case_of(result: Result) -> str:
    return case_json(result.case)


def _difference(metric: Metric, pairs: Sequence[Pair]) -> Difference:
    before, after = [pair.before for pair in pairs], [pair.after for pair in pairs]
    first, second = metric.compute(before), metric.compute(after)
    if first is None or second is None:
        return Difference(metric=metric.name, before=first, after=second, interval=None, p=None)
    differ = _differing(metric, before, after)
    many = _PERMUTATIONS if sums(metric, before) is not None else _OF_QUANTILES
    generator = numpy.random.default_rng(_SEED)
    swapped = differ(generator.integers(0, 2, size=(many, len(pairs))), None)
    drawn = differ(None, generator.integers(0, len(pairs), size=(many, len(pairs))))
    as_far = numpy.count_nonzero(numpy.abs(swapped) >= abs(second - first) - 1e-12)
    low, high = numpy.nanpercentile(drawn, _EDGES)
    return Difference(
        metric=metric.name,
        before=first,
        after=second,
        interval=Interval(low=float(low), high=float(high)),
        p=float(as_far + 1) / (many + 1),
    )


Choice = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int64]]


def _differing(
    metric: Metric, before: Sequence[Result], after: Sequence[Result]
) -> Callable[[Choice | None, Choice | None], Numbers]:
    """A function to the differences where some pairs are swapped, or where pairs are drawn anew.

    Both arguments have the shape (differences, pairs): 1 for a swapped pair, the place of a drawn one.
    """
    first, second = sums(metric, before), sums(metric, after)
    if first is None or second is None:
        return lambda swaps, draws: _of_lists(metric, before, after, swaps, draws)

    def difference(swaps: Choice | None, draws: Choice | None) -> Numbers:
        if swaps is not None:
            ahead = [first[row].sum() + swaps @ (second[row] - first[row]) for row in (0, 1)]
            behind = [second[row].sum() - swaps @ (second[row] - first[row]) for row in (0, 1)]
        else:
            ahead = [first[row][draws].sum(axis=1) for row in (0, 1)]
            behind = [second[row][draws].sum(axis=1) for row in (0, 1)]
        return quotients(behind[0], behind[1]) - quotients(ahead[0], ahead[1])

    return difference


def _of_lists(
    metric: Metric,
    before: Sequence[Result],
    after: Sequence[Result],
    swaps: Choice | None,
    draws: Choice | None,
) -> Numbers:
    found = []
    for row in swaps if swaps is not None else draws if draws is not None else ():
        if swaps is not None:
            pairs = [
                (later, earlier) if swap else (earlier, later)
                for earlier, later, swap in zip(before, after, row, strict=True)
            ]
        else:
            pairs = [(before[place], after[place]) for place in row]
        first = metric.compute([pair[0] for pair in pairs])
        second = metric.compute([pair[1] for pair in pairs])
        found.append(numpy.nan if first is None or second is None else second - first)
    return numpy.array(found, dtype=numpy.float64)


def _mcnemar(pairs: Sequence[Pair]) -> float | None:
    """The exact test on the questions that turned; None where none did."""
    better = sum(pair.turn == "better" for pair in pairs)
    worse = sum(pair.turn == "worse" for pair in pairs)
    if not better + worse:
        return None
    turned = better + worse
    tail: int = sum(comb(turned, count) for count in range(min(better, worse) + 1))
    return min(1.0, 2.0 * tail / float(2**turned))

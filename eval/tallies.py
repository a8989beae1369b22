"""Figures that are one sum over another, so that any choice of results can be counted quickly."""

from collections.abc import Callable, Sequence

from eval.results import Result

# What a result adds above and below the line; a result that is not counted has none.
Tally = tuple[float, float]


def ratio(tally: Callable[[Result], Tally | None], results: Sequence[Result]) -> float | None:
    """The sum above the line over the sum below it; None where nothing is counted."""
    counted = [found for result in results if (found := tally(result)) is not None]
    below = sum(each[1] for each in counted)
    return sum(each[0] for each in counted) / below if below else None

"""Bars that figures must keep to, as given on the command line."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from eval.errors import BarError, UnknownMetricError

Side = Literal["min", "max"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The least (`min`) or the most (`max`) that the figure of a metric may be."""

    metric: str
    side: Side
    value: float

    def is_kept_by(self, figure: float | None) -> bool:
        """Whether the figure keeps to the bar; a figure that nothing could be counted for does not."""
        if figure is None:
            return False
        return figure >= self.value if self.side == "min" else figure <= self.value

    def miss(self, figure: float | None) -> str:
        """The bar and the figure that misses it, for people."""
        sign, found = ("≥" if self.side == "min" else "≤"), "nothing to count"
        if figure is not None:
            # Rounded figures would read as if the bar were kept.
            found = f"{figure:.4f}" if f"{figure:.4f}" != f"{self.value:.4f}" else repr(figure)
        return f"{self.metric}: expected {sign} {self.value:g}, found {found}"


def read_bar(text: str, side: Side, names: Iterable[str]) -> Bar:
    """The bar written METRIC=VALUE; BarError and UnknownMetricError say what is wrong with it."""
    metric, equals, number = (part.strip() for part in text.partition("="))
    known = tuple(names)
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not equals or not math.isfinite(value):
        raise BarError(f"--{side} {text}: expected METRIC=VALUE with a number, such as {known[0]}=0.9")
    if metric not in known:
        raise UnknownMetricError(
            f"--{side} {text}: no metric {metric!r}; expected one of {', '.join(sorted(known))}"
        )
    return Bar(metric=metric, side=side, value=value)


def misses(bars: Iterable[Bar], figures: Mapping[str, float | None]) -> list[str]:
    """What to tell of each bar that is missed."""
    return [bar.miss(figures[bar.metric]) for bar in bars if not bar.is_kept_by(figures[bar.metric])]

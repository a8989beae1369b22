"""Plots as inline SVG, drawn from the figures; colours come from the style sheet of the page."""

from collections.abc import Iterable, Sequence

from eval.intervals import Figure
from eval.metrics.doubt import Point
from eval.report.markup import Markup, tag
from eval.results import LOSSES, Result

_WIDTH, _HEIGHT = 640, 140
_SMALL, _LOW = 160, 18


def interval_plot(figure: Figure) -> Markup:
    """A share as a point on the way from 0 to 1, with its interval."""
    if figure.value is None:
        return Markup("")
    middle = _LOW / 2
    parts = [tag("line", x1=0, x2=_SMALL, y1=middle, y2=middle, class_="axis")]
    if figure.interval is not None:
        low, high = figure.interval.low * _SMALL, figure.interval.high * _SMALL
        parts.append(tag("line", x1=low, x2=high, y1=middle, y2=middle, class_="range"))
    parts.append(tag("circle", cx=figure.value * _SMALL, cy=middle, r=4, class_="point"))
    return _svg(_SMALL, _LOW, f"{figure.value:.3f}", *parts, margin=5)


def share_bar(share: float | None) -> Markup:
    """A share as a bar."""
    if share is None:
        return Markup("–")
    bar = tag("rect", x=0, y=4, width=60 * share, height=10, class_="good")
    rest = tag("rect", x=0, y=4, width=60, height=10, class_="rest")
    return Markup(_svg(60, _LOW, f"{share:.2f}", rest, bar) + f" {share:.2f}")


def steps_plot(results: Sequence[Result]) -> Markup:
    """How many questions got through, and at which step the others were lost, as one bar."""
    counts = {"right": 0} | dict.fromkeys(LOSSES, 0)
    for result in results:
        counts[result.loss() or "right"] += 1
    total, x, parts = max(1, len(results)), 0.0, []
    for name, count in counts.items():
        width = _WIDTH * count / total
        described = tag("title", f"{name}: {count}")
        parts.append(
            tag("rect", described, x=round(x, 1), y=0, width=round(width, 1), height=28, class_=_class(name))
        )
        x += width
    entries = [
        tag("span", tag("i", class_=f"key {_class(name)}"), f"{name} {count}")
        for name, count in counts.items()
    ]
    return Markup(
        _svg(_WIDTH, 28, "steps at which answers were lost", *parts) + tag("p", *entries, class_="legend")
    )


def latency_plot(milliseconds: Sequence[float]) -> Markup:
    """How many questions took how long; the slowest hundredth shares the last column."""
    if not milliseconds:
        return Markup("")
    ordered = sorted(milliseconds)
    limit = max(1.0, ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))])
    columns = 40
    counts = [0] * columns
    for each in ordered:
        counts[min(columns - 1, int(columns * each / limit))] += 1
    width, highest = _WIDTH / columns, max(counts)
    parts = [
        tag(
            "rect",
            tag("title", f"{limit * place / columns:.0f} ms: {count}"),
            x=round(place * width + 1, 1),
            y=round(_HEIGHT - _HEIGHT * count / highest, 1),
            width=round(width - 2, 1),
            height=round(_HEIGHT * count / highest, 1),
            class_="column",
        )
        for place, count in enumerate(counts)
        if count
    ]
    parts += _axis(f"{limit * place / 4:.0f}{' ms' if place == 4 else ''}" for place in range(5))
    return _svg(_WIDTH, _HEIGHT + 20, "milliseconds of the questions", *parts)


def risk_plot(points: Sequence[Point]) -> Markup:
    """The share of wrong answers over the share of questions that are answered, the surest first."""
    if len(points) < 2:
        return Markup("")
    highest = max(max(each.risk for each in points), 0.01)
    places = " ".join(
        f"{_WIDTH * each.coverage:.1f},{_HEIGHT - _HEIGHT * each.risk / highest:.1f}" for each in points
    )
    axis = _axis(f"{place / 4:.0%}{' answered' if place == 4 else ''}" for place in range(5))
    highest_label = tag("text", f"{highest:.0%} wrong", x=0, y=12)
    curve = tag("polyline", points=places, class_="curve")
    return _svg(_WIDTH, _HEIGHT + 20, "risk over coverage", *axis, curve, highest_label)


def _axis(labels: Iterable[str]) -> list[Markup]:
    """A line below the plot with five labels along it."""
    texts = [
        tag("text", label, x=place * _WIDTH / 4, y=_HEIGHT + 16, text_anchor=anchor)
        for place, (label, anchor) in enumerate(
            zip(labels, ("start", "middle", "middle", "middle", "end"), strict=True)
        )
    ]
    return [tag("line", x1=0, x2=_WIDTH, y1=_HEIGHT, y2=_HEIGHT, class_="axis"), *texts]


def _class(name: str) -> str:
    return name.replace(" ", "-")


def _svg(width: float, height: float, label: str, *parts: str, margin: float = 0) -> Markup:
    return tag(
        "svg",
        *parts,
        viewBox=f"{-margin} 0 {width + 2 * margin} {height}",
        width=width + 2 * margin,
        height=height,
        role="img",
        aria_label=label,
    )

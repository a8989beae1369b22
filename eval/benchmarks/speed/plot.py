"""Growth as a page of its own: plots in SVG and the figures below them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

from eval.benchmarks.speed.growth import INGEST_STEPS, QUERY_STEPS, Point

_WIDTH, _HEIGHT = 420, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 100, 34, 40
_COLOURS = ("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#57606a")
_LINES = 4  # across a plot
_ROUND = (1.0, 2.0, 4.0, 8.0, 10.0)
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1500px; padding: 0 1rem }
body { color: #1f2328 }
.plots { display: flex; flex-wrap: wrap; gap: 1rem }
svg { font: 11px system-ui, sans-serif; background: #fff; border: 1px solid #d0d7de; border-radius: 6px }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums }
table { font-size: 13px; display: block; overflow-x: auto }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #d0d7de }
th:first-child, td:first-child { text-align: left }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Curves over the number of clauses, which stands on a logarithmic scale."""

    title: str
    clauses: Sequence[int]
    curves: Mapping[str, Sequence[float]]


def growth_page(points: Sequence[Point], powers: Mapping[str, float], about: Sequence[str]) -> str:
    """A whole HTML page that needs nothing else."""
    plots = "\n".join(map(svg, plots_of(points)))
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in about)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Clausewise: growth</title><style>{_STYLE}</style></head>
<body><h1>Cost as the catalog grows</h1>
{lines}
<div class="plots">
{plots}
</div>
<h2>Figures</h2>
{_figures(points)}
<h2>Order of growth</h2>
<p>The power of the number of clauses with which a cost grows between the first and the last size.
Ingestion of a whole library is linear at 1; a question costs the same at any size at 0.</p>
{_table(["", "power"], [[name, f"{power:.2f}"] for name, power in powers.items()])}
</body></html>
"""


def plots_of(points: Sequence[Point]) -> list[Plot]:
    """Ingestion and questions by step, then what a user waits for and what is taken up."""
    clauses = [point.clauses for point in points]
    return [
        Plot(
            title="Ingestion, ms a clause",
            clauses=clauses,
            curves={step: [each.ingest_ms_per_clause[step] for each in points] for step in INGEST_STEPS},
        ),
        Plot(
            title="A question by step, median ms",
            clauses=clauses,
            curves={step: [each.query_ms[step] for each in points] for step in QUERY_STEPS},
        ),
        Plot(
            title="A question, ms",
            clauses=clauses,
            curves={
                "median": [each.query_p50_ms for each in points],
                "p95": [each.query_p95_ms for each in points],
                "after a change": [each.first_question_ms for each in points],
            },
        ),
        Plot(
            title="Memory and disk, MB",
            clauses=clauses,
            curves={
                "memory": [each.resident_mb for each in points],
                "disk": [each.disk_mb for each in points],
            },
        ),
    ]


def svg(plot: Plot) -> str:
    """The plot as an SVG element."""
    top = _round_above(max((max(values) for values in plot.curves.values()), default=0.0))
    parts = [f'<text x="{_LEFT}" y="20" font-weight="600">{escape(plot.title)}</text>']
    parts += [_level(top * step / _LINES, top) for step in range(_LINES + 1)]
    parts += [_tick(plot, clauses) for clauses in plot.clauses]
    parts += [
        _curve(plot, values, top, _COLOURS[place % len(_COLOURS)])
        for place, values in enumerate(plot.curves.values())
    ]
    parts += _names(plot, top)
    label = escape(plot.title, quote=True)
    size = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    return f'<svg {size} role="img" aria-label="{label}">{"".join(parts)}</svg>'


def _round_above(value: float) -> float:
    """The least round figure that is no smaller: levels are to be read at a glance."""
    if value <= 0:
        return 1.0
    size = float(10 ** floor(log10(value)))
    return next(size * step for step in _ROUND if value <= size * step)


def _x(plot: Plot, clauses: int) -> float:
    low, high = log10(plot.clauses[0]), log10(plot.clauses[-1])
    share = (log10(clauses) - low) / (high - low) if high > low else 0.5
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(value: float, top: float) -> float:
    return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM)


def _level(value: float, top: float) -> str:
    y = _y(value, top)
    line = f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#eaeef2"/>'
    return f'{line}<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(value)}</text>'


def _tick(plot: Plot, clauses: int) -> str:
    y = _HEIGHT - _BOTTOM + 16
    return f'<text x="{_x(plot, clauses):.1f}" y="{y}" text-anchor="middle">{_short(clauses)}</text>'


def _curve(plot: Plot, values: Sequence[float], top: float, colour: str) -> str:
    places = [
        (_x(plot, clauses), _y(value, top)) for clauses, value in zip(plot.clauses, values, strict=True)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in places)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8"/>{dots}'


def _names(plot: Plot, top: float) -> list[str]:
    """Each curve's name at its end, moved apart where two would lie on one another."""
    ends = sorted(
        (_y(values[-1], top), place, name) for place, (name, values) in enumerate(plot.curves.items())
    )
    found: list[str] = []
    lowest = _HEIGHT - _BOTTOM - 13.0 * (len(ends) - 1)
    free = 0.0
    for number, (y, place, name) in enumerate(ends):
        free = max(min(y, lowest + 13.0 * number), free)
        colour = _COLOURS[place % len(_COLOURS)]
        x = _WIDTH - _RIGHT + 8
        found.append(f'<text x="{x}" y="{free + 4:.1f}" fill="{colour}">{escape(name)}</text>')
        free += 13.0
    return found


def _short(value: float) -> str:
    for size, sign in ((1_000_000, " M"), (1_000, " k")):
        if value >= size:
            return f"{value / size:.3g}{sign}"
    return f"{value:.3g}"


def _figures(points: Sequence[Point]) -> str:
    head = ["clauses", "documents", *(f"ingest {step}" for step in INGEST_STEPS)]
    head += [*(f"question {step}" for step in QUERY_STEPS), "p50", "p95", "after a change", "memory", "disk"]
    return _table(head, [_cells(point) for point in points])


def _cells(point: Point) -> list[str]:
    figures = [
        *(point.ingest_ms_per_clause[step] for step in INGEST_STEPS),
        *(point.query_ms[step] for step in QUERY_STEPS),
        point.query_p50_ms,
        point.query_p95_ms,
        point.first_question_ms,
        point.resident_mb,
        point.disk_mb,
    ]
    return [f"{point.clauses:,}", f"{point.documents:,}", *(f"{figure:.2f}" for figure in figures)]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"

"""The picture of the architecture, drawn from the code: `make architecture` writes architecture.svg anew.

Packages and parts of bot with their imports as grimp reads them, the steps of an answer and the values
between them as `bot.answering.steps.Steps` declares them.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import grimp

from bot.answering.attempt import Way
from bot.answering.steps import Steps
from eval.report.markup import Markup, tag

PICTURE = Path(__file__).parent / "architecture.svg"
PACKAGES = ("ingest", "vectorstore", "prompts", "bot", "eval")
# Where the work of a step is done: what the classes of bot/answering hand it to.
DONE_BY: Mapping[str, tuple[str, ...]] = {
    "understand": ("bot.question",),
    "retrieve": ("vectorstore.retriever", "bot.evidence.relevance"),
    "read": ("bot.reader",),
    "compose": ("bot.composers.extractive", "bot.scope"),
    "write": ("bot.composers.chat_model",),
    "prove": ("bot.proof",),
}
_WIDTH, _HEIGHT = 1000, 424
_LINE = 16
_STYLE = (
    "text{font:13px ui-sans-serif,system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1f2328}"
    "text.small{font-size:11px;fill:#59636e}text.head{font-weight:600}"
    "rect.page{fill:#fff}rect.box{fill:#eef4ff;stroke:#4a78c2}rect.part{fill:#f6f8fa;stroke:#8c959f}"
    "path{stroke:#59636e;fill:none;marker-end:url(#arrow)}marker path{fill:#59636e;stroke:none}"
)


def steps() -> list[tuple[str, str, str]]:
    """The steps in their order, each with what it takes and what it gives."""
    found = []
    for name, hint in get_type_hints(Steps).items():
        (taken,), given = get_args(hint)
        # What is given piece by piece is in the end one of its kind.
        found.append((name, taken.__name__, (get_args(given)[0] if get_origin(given) else given).__name__))
    return found


def imports_among(graph: grimp.ImportGraph, names: Iterable[str]) -> dict[str, set[str]]:
    """Which of the packages or modules import which."""
    every = sorted(names)
    return {
        one: {
            other
            for other in every
            if other != one and graph.direct_import_exists(importer=one, imported=other, as_packages=True)
        }
        for one in every
    }


def reached(name: str, imports: Mapping[str, set[str]]) -> set[str]:
    """What is imported directly or by what is imported."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = imports[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def needed(imports: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """The imports that no other import implies."""
    return [
        (one, other)
        for one, others in imports.items()
        for other in sorted(others)
        if not any(other in reached(between, imports) for between in others - {other})
    ]


def columns(imports: Mapping[str, set[str]]) -> list[list[tuple[str, ...]]]:
    """Columns in which everything imports from columns before its own; what imports in a ring is one."""
    rings = {
        name: tuple(
            sorted({name} | {each for each in reached(name, imports) if name in reached(each, imports)})
        )
        for name in imports
    }
    left = {
        ring: {rings[each] for name in ring for each in imports[name]} - {ring} for ring in rings.values()
    }
    placed: set[tuple[str, ...]] = set()
    found = []
    while left:
        found.append(sorted(ring for ring, below in left.items() if below <= placed))
        placed |= set(found[-1])
        left = {ring: below for ring, below in left.items() if ring not in placed}
    return found


def picture() -> str:
    """The whole picture as SVG."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    missing = {each for places in DONE_BY.values() for each in places} - graph.modules
    if missing:
        raise ValueError(
            f"DONE_BY: expected modules, found {sorted(missing)}; name where the work is done now"
        )
    parts = graph.find_children("bot") - {"bot.__main__"}
    arrow = tag("marker", tag("path", d="M0 0 8 4 0 8z"), id="arrow", viewBox="0 0 8 8", refX=7, refY=4,
                markerWidth=8, markerHeight=8, orient="auto")  # fmt: skip
    drawn = tag(
        "svg",
        tag("title", "Clausewise: packages, the parts of bot, the steps of an answer"),
        tag("style", Markup(_STYLE)),
        tag("defs", arrow),
        tag("rect", width=_WIDTH, height=_HEIGHT, class_="page"),
        *_packages(imports_among(graph, PACKAGES)),
        *_parts(columns(imports_among(graph, parts))),
        *_steps(steps()),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=_WIDTH,
        height=_HEIGHT,
        role="img",
    )
    return str(drawn).replace("><", ">\n<") + "\n"


def _packages(imports: Mapping[str, set[str]]) -> list[Markup]:
    left = {name: 20 + 200 * place for place, name in enumerate(PACKAGES)}
    drawn = [
        _said(
            "Packages: an arrow leads from what imports to what is imported; what is implied is left out",
            20,
            26,
            "head",
        )
    ]
    drawn += [_box((name,), x, 66, 160) for name, x in left.items()]
    for one, other in needed(imports):
        start, end = left[one], left[other] + 160
        near = PACKAGES.index(one) - PACKAGES.index(other) == 1
        line = f"M{start} 81H{end}" if near else f"M{start + 40} 66V46H{end - 40}V66"
        drawn.append(tag("path", d=line))
    return drawn


def _parts(found: Sequence[Sequence[tuple[str, ...]]]) -> list[Markup]:
    drawn = [
        _said(
            "Parts of bot: each imports from columns to its left; those in one box import one another",
            20,
            142,
            "head",
        )
    ]
    width = (_WIDTH - 40) / len(found)
    for place, column in enumerate(found):
        top = 156.0
        for ring in column:
            names = tuple(name.removeprefix("bot.") for name in ring)
            drawn.append(_box(names, round(20 + place * width), top, round(width - 10), kind="part"))
            top += 20 + _LINE * len(names)
    return drawn


def _steps(found: Sequence[tuple[str, str, str]]) -> list[Markup]:
    top = 342
    drawn = [
        _said("Steps of an answer, with the values between them and where the work is done", 20, 296, "head"),
        _said(f"ways in which a question is tried: {', '.join(get_args(Way))}", 20, 316, "small"),
    ]
    width = round((_WIDTH - 100) / len(found))
    for place, (name, taken, given) in enumerate(found):
        x, end = 80 + place * width, 80 + (place + 1) * width
        drawn.append(_box((name,), x, top, 92))
        drawn += [
            _said(each, x + 46, top + 50 + _LINE * line, "small", anchor="middle")
            for line, each in enumerate(DONE_BY[name])
        ]
        drawn += _value(taken, 20, x, top) if place == 0 else []
        drawn += _value(given, x + 92, end, top)
    return drawn


def _value(name: str, start: float, end: float, top: float) -> list[Markup]:
    return [
        tag("path", d=f"M{start} {top + 15}H{end}"),
        _said(name, (start + end) / 2, top - 6, "small", anchor="middle"),
    ]


def _box(names: Sequence[str], x: float, y: float, width: float, *, kind: str = "box") -> Markup:
    lines = [
        _said(name, x + width / 2, y + 20 + _LINE * place, anchor="middle")
        for place, name in enumerate(names)
    ]
    height = 14 + _LINE * len(names)
    return tag("g", tag("rect", x=x, y=y, width=width, height=height, rx=4, class_=kind), *lines)


def _said(text: str, x: float, y: float, kind: str = "", *, anchor: str = "start") -> Markup:
    return tag("text", text, x=x, y=y, text_anchor=anchor, **({"class_": kind} if kind else {}))


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")

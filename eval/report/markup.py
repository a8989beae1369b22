"""HTML from values: every text is escaped where it enters."""

from collections.abc import Iterable
from html import escape


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *inside: str | None, **attributes: str | float | None) -> Markup:
    """An element; plain texts are escaped, an attribute or content of None is left out.

    `class_` is written class, other underscores as hyphens.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>{joined(inside)}</{name}>")


def joined(parts: Iterable[str | None]) -> Markup:
    """The parts one after another."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts if part))


def table(headings: Iterable[str], rows: Iterable[Iterable[str]], **attributes: str) -> Markup:
    """A table; the first cell of a row heads it."""
    head = tag("tr", *(tag("th", heading, scope="col") for heading in headings))
    body = (
        tag("tr", *(tag("td" if place else "th", cell) for place, cell in enumerate(row))) for row in rows
    )
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body), **attributes), class_="scroll")

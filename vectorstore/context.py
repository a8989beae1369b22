"""What a clause is embedded and found by: itself, its headings and its document."""

from collections.abc import Iterable

from ingest.policy import Clause

_KINDS_WITHOUT_SUBSTANCE = frozenset({"title", "meta", "heading"})


def headings_of(clause: Clause, title: str) -> str:
    """《document title》 and the headings above the clause, outermost first."""
    return " ".join((f"《{title}》", *_distinct(clause.path, title)))


def context_of(clause: Clause, title: str) -> str:
    """The text to embed: 《document title》, the headings above the clause, then the clause itself."""
    return f"{headings_of(clause, title)}\n{' '.join(clause.text.split())}"


def is_substantive(clause: Clause) -> bool:
    """Whether the clause states something, rather than naming what follows."""
    if clause.kind in _KINDS_WITHOUT_SUBSTANCE:
        return False
    is_table_header = bool(clause.cells) and all(cell.value == cell.header for cell in clause.cells)
    return not is_table_header


def _distinct(path: Iterable[str], title: str) -> Iterable[str]:
    # The title often stands at the head of the path as well.
    return (heading for heading in path if heading.strip("《》 ") != title)

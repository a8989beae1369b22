"""Questions on the rows of tables, made by rule: the label of a row and the head of a column ask for a cell.

The rows next to it, and a label that only another table holds, are what must not be taken for the answer.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random

from eval.reading.examples import Document, Example, Marked
from ingest.policy import Cell, Clause

_MOST_A_DOCUMENT, _MOST_NEIGHBOURS = 6, 3
_LABEL, _VALUE = range(2, 31), range(1, 61)  # characters
_ASKED = ("{label}的{header}是{what}", "{label}{header}", "{header}：{label}", "{label}，{header}怎么规定的")


def row_examples(document: Document) -> Iterator[Example]:
    """At most six questions; every third is on a label of another table of the document, if there is one."""
    random = Random(document.name)
    rows = {
        key: clause
        for key, (_passage, clause) in document.passages.items()
        if _label(clause) and _values(clause)
    }
    labels = Counter(_label(clause) for clause in rows.values())
    asked = [key for key, clause in rows.items() if labels[_label(clause)] == 1]
    for number, key in enumerate(random.sample(asked, min(len(asked), _MOST_A_DOCUMENT))):
        row = rows[key]
        cell = random.choice(_values(row))
        table = [each for each, clause in rows.items() if _heads(clause) == _heads(row)]
        elsewhere = [each for each in labels if not any(each in rows[other].text for other in table)]
        answered = number % 3 < 2 or not elsewhere
        label = _label(row) if answered else random.choice(elsewhere)
        near = sorted(
            (other for other in table if other != key),
            key=lambda other: abs(rows[other].position - row.position),
        )
        tempting = near if answered else [key, *near]
        yield Example(
            id=f"row-{key}",
            question=random.choice(_ASKED).format(label=label, header=cell.header, what=_what(cell)),
            document=document.name,
            right=(_marked(document, key, cell),) if answered else (),
            tempting=tuple(_marked(document, each) for each in tempting[:_MOST_NEIGHBOURS]),
            source="rows",
        )


def _label(clause: Clause) -> str:
    """What the row is called; empty if the clause is no row, or one that is not called by its first words."""
    if not clause.cells or clause.locator.endswith("表头"):
        return ""
    first = next((cell.value for cell in clause.cells if not cell.value.isdigit()), "")
    return first if len(first) in _LABEL else ""


def _values(clause: Clause) -> list[Cell]:
    """The cells behind the label that have a head of their own."""
    label = _label(clause)
    return [
        cell
        for cell in clause.cells
        if cell.header and cell.value not in (label, cell.header) and len(cell.value) in _VALUE
    ]


def _what(cell: Cell) -> str:
    return "多少" if any(character.isdigit() for character in cell.value) else "什么"


def _heads(clause: Clause) -> tuple[str, ...]:
    return tuple(cell.header for cell in clause.cells)


def _marked(document: Document, key: str, cell: Cell | None = None) -> Marked:
    passage, clause = document.passages[key]
    spans = ((cell.start - clause.start, cell.end - clause.start),) if cell is not None else ()
    return Marked(key=key, passage=passage, spans=spans)

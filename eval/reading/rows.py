"""Questions on the rows of tables, made by rule: the label of a row and the head of a column ask for a cell.

The rows next to it, a label that only another table holds, and the head of a column that the table lacks are
what must not be taken for the answer.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from bot.evidence.rows import is_measure
from eval.reading.examples import Document, Example, Marked
from ingest.policy import Cell, Clause

_MOST_A_DOCUMENT, _MOST_NEIGHBOURS, _FEWEST_COLUMNS = 6, 3, 3
_LABEL, _VALUE = range(2, 31), range(1, 61)  # characters
_ASKED = ("{label}{head}", "{head}：{label}", "{label}的{head}", "{label}，{head}怎么规定的")
# Heads that nobody asks for, labels that name no row of their own, and cells that say nothing.
_NO_HEADS, _NO_LABELS, _NO_VALUES = {"序号", "备注"}, {"合计", "小计", "总计"}, {"无", "同上"}
# What is asked of rows that do not say it; each with words of which any, in a head or a cell, may say it.
_LACKED = {
    "{label}由哪个单位牵头": (*"局委办科处", "部门", "单位", "责任", "牵头", "负责", "机构", "窗口", "主体"),
    "{label}什么时候完成": (*"年月日", "时限", "时间", "期限", "阶段", "进度"),
    "{label}找谁联系": (*"局委办科处", "电话", "联系", "窗口", "地址", "单位", "部门", "负责"),
    "{label}补多少钱": (*"元补奖费价%", "标准", "金额", "额度", "限额", "资助", "资金", "比例"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    key: str
    clause: Clause
    label: str
    cells: tuple[Cell, ...]  # that may be asked for

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(cell.header for cell in self.clause.cells)


def row_examples(document: Document) -> Iterator[Example]:
    """At most six questions; every third is on a label of another table of the document, if there is one."""
    random = Random(document.name)
    rows = list(_rows(document))
    labels = Counter(row.label for row in rows)
    asked = [row for row in rows if labels[row.label] == 1 and len(row.heads) >= _FEWEST_COLUMNS]
    for number, row in enumerate(random.sample(asked, min(len(asked), _MOST_A_DOCUMENT))):
        cell = random.choice(row.cells)
        strange = _strange_labels(cell.header, row, rows) if number % 3 == 2 else []
        label = random.choice(strange) if strange else row.label
        near = _neighbours(row, rows)
        yield Example(
            id=f"row-{row.key}",
            question=random.choice(_ASKED).format(label=label, head=cell.header),
            document=document.name,
            right=() if strange else (_marked(document, row, cell),),
            twins=() if strange else _lacked(row),
            tempting=tuple(
                _marked(document, each) for each in ([row, *near] if strange else near)[:_MOST_NEIGHBOURS]
            ),
            source="rows",
        )


def _rows(document: Document) -> Iterator[_Row]:
    """The rows that are called by their first words and have cells behind them."""
    for key, (_passage, clause) in document.passages.items():
        if clause.locator.endswith("表头"):
            continue
        # A merged cell stands in every row that it covers, but is printed in the first alone.
        own = [cell for cell in clause.cells if clause.start <= cell.start and cell.end <= clause.end]
        place = next((place for place, cell in enumerate(own) if not cell.value.isdigit()), len(own))
        cells = tuple(cell for cell in own[place + 1 :] if _may_be_asked_for(cell))
        if cells and len(own[place].value) in _LABEL and own[place].value not in _NO_LABELS:
            yield _Row(key=key, clause=clause, label=own[place].value, cells=cells)


def _may_be_asked_for(cell: Cell) -> bool:
    says = any(character.isalnum() for character in cell.value) and cell.value not in _NO_VALUES
    headed = bool(cell.header) and cell.header not in _NO_HEADS and cell.header != cell.value
    return says and headed and len(cell.value) in _VALUE and not is_measure(cell)


def _strange_labels(head: str, row: _Row, rows: Sequence[_Row]) -> list[str]:
    """The labels of other tables under which no row has such a cell."""
    table = [each for each in rows if each.heads == row.heads]
    headed = [each for each in rows if any(_alike(head, other) for other in each.heads)]
    return [
        each.label
        for each in rows
        if not any(_alike(each.label, other.label) or each.label in other.clause.text for other in table)
        and not any(each.label in other.clause.text for other in headed)
    ]


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def _lacked(row: _Row) -> tuple[str, ...]:
    """Questions on the row that neither a head nor a cell of it answers."""
    said = row.clause.text + "".join(cell.header for cell in row.clause.cells if not is_measure(cell))
    return tuple(
        question.format(label=row.label)
        for question, words in _LACKED.items()
        if not any(word in said for word in words)
    )


def _neighbours(row: _Row, rows: Sequence[_Row]) -> list[_Row]:
    """The other rows of the table, the nearest first."""
    table = [each for each in rows if each.heads == row.heads and each is not row]
    return sorted(table, key=lambda each: abs(each.clause.position - row.clause.position))


def _marked(document: Document, row: _Row, cell: Cell | None = None) -> Marked:
    spans = ((cell.start - row.clause.start, cell.end - row.clause.start),) if cell is not None else ()
    return Marked(key=row.key, passage=document.passages[row.key][0], spans=spans)

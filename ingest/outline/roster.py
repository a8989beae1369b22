"""Rosters of working groups: one clause a person, wrapped posts joined to their person."""

import re
from collections.abc import Iterator, Sequence

from ingest.lines import Line
from ingest.numbering import marker_at
from ingest.outline.pieces import Piece
from ingest.policy import Cell

_POST_IN_GROUP = (
    r"(?:第一|常务|执行)?(?:副\s?)?(?:总\s?)?"
    r"(?:组\s?长|召\s?集\s?人|指\s?挥\s?长?|政\s?委|主\s?任|秘\s?书\s?长|团\s?长|队\s?长|主\s?席)"
    r"|成\s?员(?:单位)?|联\s?络\s?员|顾\s?问|委\s?员"
)
_LABEL = re.compile(rf"(?P<post>{_POST_IN_GROUP})\s?[:：]\s?(?P<rest>.*)")
_PERSON = re.compile(r"(?P<name>[一-龥·]{2,4}|[一-龥] [一-龥]{1,2}|[一-龥]{2} [一-龥])\s(?P<post>\S.*)")
_BARE_NAME = re.compile(r"[一-龥]{2,4}|[一-龥] [一-龥]")
_POST_WORD = re.compile(
    r"(?:主任|书记|[局部院处科镇乡所会区县市校队]长|经理|主席|委员|成员|调研员|总监|行长|董事长)$"
)
_LONGEST = 80


def find_roster(lines: Sequence[Line], first: int, last: int) -> tuple[list[Piece], int]:
    """The persons of a roster that begins at this line, and the place of the line behind it."""
    if _LABEL.fullmatch(lines[first].text) is None:
        return [], first
    groups: list[list[Line]] = []
    place = first
    while place < last and _belongs(lines[place]):
        line = lines[place]
        if groups and _is_continuation(line, groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
        place += 1
    if len(groups) < 2:
        return [], first
    return list(_persons(groups)), place


def _belongs(line: Line) -> bool:
    if len(line.text) > _LONGEST or line.text[-1] in "。；;：:！" or line.text.startswith("附件"):
        return False
    return marker_at(line.text) is None and "。" not in line.text


def _is_continuation(line: Line, above: Sequence[Line]) -> bool:
    if _LABEL.fullmatch(line.text) or _PERSON.fullmatch(line.text):
        return False
    if len(line.text) > _LONGEST // 2:
        return False
    return _BARE_NAME.fullmatch(line.text) is None or _POST_WORD.search(line.text) is not None


def _persons(groups: Sequence[Sequence[Line]]) -> Iterator[Piece]:
    role: Cell | None = None
    for group in groups:
        first = group[0]
        offset = first.start
        label = _LABEL.fullmatch(first.text)
        if label:
            role = Cell(
                header="角色",
                value="".join(label["post"].split()),
                start=offset + label.start("post"),
                end=offset + label.end("post"),
            )
            offset += label.start("rest")
        text = label["rest"] if label else first.text
        cells = [role] if role else []
        person = _PERSON.fullmatch(text)
        if person:
            wrapped = "".join(line.text for line in group[1:])
            cells.append(
                Cell(header="姓名", value=person["name"], start=offset, end=offset + person.end("name"))
            )
            cells.append(
                Cell(
                    header="职务",
                    value=person["post"] + wrapped,
                    start=offset + person.start("post"),
                    end=group[-1].end,
                )
            )
        yield Piece(
            start=first.start,
            end=group[-1].end,
            text=first.text,
            role="person",
            cells=tuple(cells) if person else (),
        )

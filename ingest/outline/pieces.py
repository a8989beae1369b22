"""What an outline is made of before its clauses have their places."""

from dataclasses import dataclass, field
from typing import Literal

from ingest.numbering import Marker
from ingest.policy import Cell

Role = Literal[
    "body",
    "title",  # of the document, of what it issues, of an attachment
    "page_head",  # fields and other lines that the page prints above the title
    "number",  # 发文字号
    "record",  # （某年某月某日某机关通过）
    "addressee",
    "signature",
    "date",
    "remark",  # （此件公开发布）
    "contents",  # a line of the table of contents
    "attachment_list",  # 附件：1.… 2.… at the end of the text
    "attachment",  # the line 附件1 with which an attachment begins
    "closing",  # 本办法自发布之日起施行 behind the last measure
    "caption",
    "heading",  # a line without a number that the file styles as a heading
    "table_head",
    "row",
    "person",  # a line of a roster
    "note",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that becomes one clause."""

    start: int
    end: int
    text: str
    role: Role = "body"
    marker: Marker | None = None
    number: str = ""  # 序号 of a row
    cells: tuple[Cell, ...] = ()
    broken: bool = False  # more text follows on its line
    level: int = 0  # of a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the document with a numbering of its own: the notice, the plan, an attachment."""

    name: str  # what its locators begin with: 通知, 附件1; empty for the text itself
    pieces: tuple[Piece, ...] = field(default=())

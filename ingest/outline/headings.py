"""Which numbered pieces are headings, and with which phrase the others lead."""

import re

from ingest.numbering import DIVISIONS
from ingest.outline.pieces import Piece

_COLON_OF_A_TIME = r"(?<=\d)(?<!\d{3})[：:](?=[0-5]\d(?!\d))"  # 9:00至17:30 leads on to nothing
_LEAD = re.compile(
    rf"(?P<lead>(?:[^。：:；;！？\n]|{_COLON_OF_A_TIME}){{2,30}}?)(?!{_COLON_OF_A_TIME})[。：:]"
)
_PARAGRAPH_LEAD = re.compile(r"(?P<lead>[^。：:；;！？，,\d\n]{2,30})。(?=\S)")
_NO_LEAD = re.compile(
    r"^(?:本|该|此|特此|上述|以上|前款|牵头|责任|配合|联系|注)|单位$|部门$|自.{0,20}起|\d.*[,，]"
)
_HEADING = 60
# Run-on text prints 「一、指导思想全面贯彻…」 without a stop: only headings that plans share can be told.
_STOCK = (
    r"(?:指导思想|基本原则|任务分工|职责分工|时间安排|适用范围|附则"
    r"|(?:总体|工作|主要|基本|发展|阶段|年度|行动|重点|具体|目标)"
    r"(?:要求|思路|目标|任务|重点|措施|机制|原则|职责|安排|步骤|内容|举措)"
    r"|(?:保障|政策|组织|实施|支持)(?:措施|保障|领导|实施|步骤|机制|范围|对象|标准)"
    r"|申报(?:条件|程序|流程|材料|方式)|监督(?:管理|检查))"
)
_STOCK_HEADING = re.compile(rf"(?P<lead>{_STOCK}(?:[及和与、]{_STOCK})?)(?=[一-龥“《]{{6}})")
_STOPS = re.compile(r"[。；;！？：:]")
_QUESTION = re.compile(r"[^。；;：:]{2,}[？?]")
_ANSWERS = re.compile(r"答\s?[：:]")
_CHECKS = re.compile(r"是否|有无|能否")


def body_text(piece: Piece) -> str:
    """What a piece says behind its number."""
    if piece.marker is None:
        return piece.text
    return piece.text[piece.marker.end :].strip()


def is_heading(piece: Piece, following: Piece | None, *, in_article: bool) -> bool:
    """Whether a numbered piece only names what follows it."""
    if piece.marker is None:
        return False
    if piece.marker.family in DIVISIONS:
        return True
    rest = body_text(piece)
    if piece.marker.family == "article" or not rest or len(rest) > _HEADING:
        return False
    if following is None or following.role in {"attachment", "attachment_list", "closing"}:
        return False
    above = following.marker is None or following.marker.rank > piece.marker.rank
    if _STOPS.search(rest) is None:
        return above and not (
            following.marker is None and following.role != "body" and not _is_table(following)
        )
    if _QUESTION.fullmatch(rest) and not piece.broken and not in_article:
        # 「三、失业保险金能领多久？」: what follows answers it; 「3.是否动火？」 is one of a list of checks.
        answered = _ANSWERS.match(following.text) is not None or not _CHECKS.search(rest)
        return above and answered and (following.role == "body" or _is_table(following))
    # 「1.优先发展以下项目。」 alone on its line, its text in the next paragraph.
    alone = not in_article and _STOPS.search(rest[:-1]) is None and rest[-1] == "。" and len(rest) <= 20
    return alone and following.marker is None and following.role == "body" and not piece.broken


def is_lost_heading(piece: Piece, following: Piece) -> bool:
    """Whether an unnumbered line names the chapter that begins behind it: its number was lost."""
    if following.marker is None:
        return False
    begins = following.marker.family in DIVISIONS | {"article"}
    return begins and len(piece.text) <= 30 and re.search(r"[。；;：:，,！？!?）)”、]", piece.text) is None


def _is_table(piece: Piece) -> bool:
    return piece.role in {"caption", "table_head", "row", "person", "note"}


def lead_phrase(piece: Piece, *, in_article: bool) -> str:
    """The phrase that a piece begins with and that names it: 「改革评价机制。…」; empty without one."""
    rest = body_text(piece)
    if piece.marker is None:
        match = None if in_article else _PARAGRAPH_LEAD.match(rest)
    elif piece.marker.family == "article":
        match = re.match(r"[【\[(（](?P<lead>[^】\])）]{2,20})[】\])）]", rest)
    else:
        match = _LEAD.match(rest)
    if match is None or match.end() >= len(rest):
        match = _stock_heading(piece, rest)
    if match is None or _NO_LEAD.search(match["lead"]):
        return ""
    return match["lead"].strip()


def _stock_heading(piece: Piece, rest: str) -> re.Match[str] | None:
    outer = piece.marker is not None and piece.marker.family in {"han", "han_paren"}
    return _STOCK_HEADING.match(rest) if outer else None

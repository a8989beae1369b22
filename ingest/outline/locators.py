"""Places as officials cite them: 二、(七)第1段, 第十二条第二款, 附件2 第10行."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ingest.numbering import Marker
from ingest.numerals import int_to_chinese
from ingest.outline.nesting import Node

_ROLE_NAMES = {
    "title": "标题",
    "page_head": "页首",
    "number": "文号",
    "record": "题注",
    "addressee": "主送",
    "signature": "落款",
    "date": "落款日期",
    "remark": "附注",
    "contents": "目录",
    "attachment_list": "附件目录",
    "closing": "结尾",
    "note": "注",
    "caption": "表题",
    "table_head": "表头",
}
_LONGEST_NAME = 20
_TABLE_ROLES = frozenset({"caption", "table_head", "row", "person"})
_Scope = tuple[str, int | None]


def name_places(nodes: Sequence[Node]) -> list[str]:
    """The locator of each node, unique among them."""
    places = _Places(nodes)
    return list(_unique(places.locator(position) for position in range(len(nodes))))


def _unique(names: Iterable[str]) -> Iterable[str]:
    taken: set[str] = set()
    counts: Counter[str] = Counter()
    for name in names:
        counts[name] += 1
        unique = name
        while unique in taken:
            unique = f"{name}〔{max(2, counts[name])}〕"
            counts[name] += unique in taken
        taken.add(unique)
        yield unique


class _Places:
    """Counts paragraphs and rows under every number, then says where each node stands."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._texts: defaultdict[_Scope, list[int]] = defaultdict(list)
        self._tables: list[tuple[int, int]] = []
        self._numbered: set[str] = set()
        for position, node in enumerate(nodes):
            if node.piece.role == "body":
                self._numbered |= {node.part} if node.piece.marker else set()
                if node.kind != "heading":
                    self._texts[self._text_scope(position)].append(position)
        self._count_rows()
        self._numbers = [""] * len(nodes)
        for position in range(len(nodes)):
            self._numbers[position] = self._number(position)

    def locator(self, position: int) -> str:
        """The place of the node, not yet told from others of the same name."""
        node = self._nodes[position]
        if node.part.startswith("附"):
            return node.part if node.piece.role == "attachment" else f"{node.part} {self._within(position)}"
        counted = node.piece.role in {"body", "heading", "closing"} | _TABLE_ROLES
        return (node.part if counted else "") + self._within(position)

    def _within(self, position: int) -> str:
        node = self._nodes[position]
        piece = node.piece
        if piece.role in {"contents", "attachment_list"}:
            return _ROLE_NAMES[piece.role] + (f" {piece.marker.token}" if piece.marker else "")
        if piece.role in _TABLE_ROLES:
            return self._above(node) + self._table_place(position)
        if piece.role == "heading":
            return self._numbers[position]
        if piece.role == "note":
            return self._above(node) + _ROLE_NAMES["note"]
        if piece.role != "body":
            return _ROLE_NAMES[piece.role]
        if node.kind == "heading":
            return self._numbers[position] if piece.marker else f"{self._above(node)}小标题「{piece.text}」"
        return self._text_place(position)

    def _text_place(self, position: int) -> str:
        node = self._nodes[position]
        texts = self._texts[self._text_scope(position)]
        order = bisect_left(texts, position) + 1
        scope = self._numbers[position] if node.piece.marker else self._above(node)
        if node.kind == "article":
            return scope + (f"第{int_to_chinese(order)}款" if len(texts) > 1 else "")
        if node.piece.marker is not None:
            return scope + ("第1段" if len(texts) > 1 else "")
        if not scope and node.part in self._numbered and (not node.part or node.part.startswith("附")):
            return "前言" + (f"第{order}段" if len(texts) > 1 else "")
        return f"{scope}第{order}段"

    def _above(self, node: Node) -> str:
        return "" if node.above is None else self._numbers[node.above]

    def _number(self, position: int) -> str:
        """The numbers from the outermost down to the node; chapters are left out above articles."""
        node = self._nodes[position]
        marker = node.piece.marker
        if node.piece.role == "heading":
            # A heading without a number is cited by its words.
            return f"{self._above(node)}「{node.piece.text[:_LONGEST_NAME]}」"
        if marker is None or node.piece.role != "body":
            return ""
        if marker.family == "article":
            return marker.token
        article = self._article_above(node)
        if article is None or node.above is None:
            return self._before(node, marker) + marker.token
        if node.above != article:
            return f"{self._above(node)}第{_item_token(marker)}目"
        texts = self._texts[self._text_scope(article)]
        order = bisect_left(texts, position)
        clause = f"第{int_to_chinese(order)}款" if len(texts) > 1 else ""
        return f"{self._above(node)}{clause}第{_item_token(marker)}项"

    def _before(self, node: Node, marker: Marker) -> str:
        """What the locator begins with; 1.1.1 already holds the numbers 1 and 1.1 above it."""
        above = node
        while marker.family == "decimal" and above.above is not None:
            outer = self._nodes[above.above]
            if outer.piece.marker is None or outer.piece.marker.family not in {"digit", "decimal"}:
                break
            above = outer
        return self._above(above)

    def _article_above(self, node: Node) -> int | None:
        above = node.above
        while above is not None:
            marker = self._nodes[above].piece.marker
            if marker is not None and marker.family == "article":
                return above
            above = self._nodes[above].above
        return None

    def _text_scope(self, position: int) -> _Scope:
        node = self._nodes[position]
        return node.part, position if node.piece.marker else node.above

    def _count_rows(self) -> None:
        tables: Counter[_Scope] = Counter()
        row = 0
        before: tuple[str, int | None] | None = None
        for node in self._nodes:
            scope = (node.part, node.above)
            if node.piece.role not in _TABLE_ROLES:
                before = None
            elif scope != before or node.piece.role == "caption" or (node.piece.role == "table_head" and row):
                tables[scope] += 1
                row, before = 0, scope
            row += node.piece.role in {"row", "person"}
            self._tables.append((tables[scope], row))

    def _table_place(self, position: int) -> str:
        piece = self._nodes[position].piece
        table, row = self._tables[position]
        name = f"表{table}" if table > 1 else ""
        if piece.role in {"caption", "table_head"}:
            return name + _ROLE_NAMES[piece.role]
        return f"{name}第{piece.number or row}行"


def _item_token(marker: Marker) -> str:
    return marker.token.rstrip("、.")

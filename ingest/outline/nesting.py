"""Pieces → a tree: which clause stands under which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.numbering import RANKS, Family, Marker
from ingest.outline.headings import body_text, is_heading, is_lost_heading, lead_phrase
from ingest.outline.pieces import Part, Piece
from ingest.policy import ClauseKind, asks, leads_on

_KINDS: dict[str, ClauseKind] = {
    "title": "title",
    "caption": "heading",
    "attachment": "heading",
    "table_head": "row",
    "row": "row",
    "person": "row",
    "note": "note",
    "closing": "paragraph",
}
_MOST_LEVELS = 10
_LISTED: frozenset[Family] = frozenset({"han_paren", "digit", "digit_paren", "circle"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A clause to be: its piece, its kind and the node it stands under, by position."""

    piece: Piece
    part: str
    kind: ClauseKind
    heading: str
    above: int | None  # the numbered node under which it stands
    parent: int | None  # the node of which it is a part: above, or the paragraph that leads on to it


def build_tree(parts: Sequence[Part]) -> list[Node]:
    """The nodes of all parts in order; positions count through all of them."""
    nodes: list[Node] = []
    for part in parts:
        _Builder(part, nodes).build()
    return nodes


class _Builder:
    """Builds the nodes of one part behind those that are there."""

    def __init__(self, part: Part, nodes: list[Node]) -> None:
        self._part = part
        self._nodes = nodes
        self._ranks = nesting_order(part.pieces)
        self._has_articles = any(
            piece.marker is not None and piece.marker.family == "article" for piece in part.pieces
        )
        self._open: list[tuple[int, int]] = []  # rank and node of the numbers the place stands under
        self._attachment: int | None = None
        self._clause: int | None = None  # the 款 in which the place stands
        self._lists: dict[int, _List] = {}  # by the node that its items stand under

    def build(self) -> None:
        """Add a node for each piece of the part."""
        pieces = self._part.pieces
        closing = closing_pieces(pieces)
        for place, piece in enumerate(pieces):
            following = pieces[place + 1] if place + 1 < len(pieces) else None
            if piece.role == "attachment":
                self._attachment = self._add(piece, kind="heading", heading=piece.text, above=None)
            elif piece.marker is not None and piece.role == "body":
                self._numbered(piece, piece.marker, following)
            elif piece.role == "heading":
                self._styled(piece)
            elif place in closing:
                self._add(piece, kind="paragraph", heading="", above=self._attachment, role="closing")
            else:
                self._unnumbered(piece, pieces, place)

    def _numbered(self, piece: Piece, marker: Marker, following: Piece | None) -> None:
        rank = self._rank(marker)
        self._close(rank)
        above = self._innermost()
        heading = is_heading(piece, following, in_article=self._in_article()) and not self._goes_on(piece)
        kind: ClauseKind = "heading" if heading else "article" if marker.family == "article" else "item"
        phrase = body_text(piece) if heading else lead_phrase(piece, in_article=self._in_article())
        lead = None if heading else self._lead_of(marker, above)
        node = self._add(piece, kind=kind, heading=phrase.rstrip("。"), above=above, lead=lead)
        self._open.append((rank, node))

    def _lead_of(self, marker: Marker, above: int | None) -> int | None:
        """The paragraph that leads on to this number, or None if it is not the next of its list."""
        if above is None or above not in self._lists:
            return None
        going_on = self._lists.pop(above)
        if marker.family != going_on.family or marker.value != going_on.count + 1:
            return None
        self._lists[above] = replace(going_on, count=marker.value)
        return going_on.lead

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a question stands directly behind another of its list that nothing answers."""
        before = self._nodes[-1] if self._nodes else None
        if before is None or before.kind != "item" or not asks(piece.text) or not asks(before.piece.text):
            return False
        marker, former = piece.marker, before.piece.marker
        return marker is not None and former is not None and marker.family == former.family

    def _styled(self, piece: Piece) -> None:
        """A heading without a number stands above all numbers but those of the families it groups."""
        below: Family = "article" if self._has_articles else "han"
        rank = RANKS[below] - _MOST_LEVELS + min(piece.level, _MOST_LEVELS - 1)
        self._close(rank)
        node = self._add(piece, kind="heading", heading=piece.text, above=self._innermost())
        self._open.append((rank, node))

    def _close(self, rank: int) -> None:
        while self._open and self._open[-1][0] >= rank:
            self._open.pop()

    def _unnumbered(self, piece: Piece, pieces: Sequence[Piece], place: int) -> None:
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.role != "body":
            kind = _KINDS.get(piece.role, "meta")
            above = self._attachment if kind in {"meta", "title"} else self._innermost()
            self._add(piece, kind=kind, heading="", above=above)
        elif self._in_article() and following and is_lost_heading(piece, following):
            self._lost_heading(piece, following)
        elif self._in_article() and not self._item_goes_on(pieces, place):
            while self._open and self._rank_family(self._open[-1][1]) != "article":
                self._open.pop()
            self._add(piece, kind="article", heading="", above=self._innermost())
        else:
            self._paragraph(piece, following)

    def _lost_heading(self, piece: Piece, following: Piece) -> None:
        rank = self._rank(following.marker) - 1 if following.marker else 0
        self._close(min(rank, RANKS["article"] - 1))
        node = self._add(piece, kind="heading", heading=piece.text, above=self._innermost())
        self._open.append((rank, node))

    def _paragraph(self, piece: Piece, following: Piece | None) -> None:
        heading = lead_phrase(piece, in_article=self._in_article())
        above = self._innermost()
        node = self._add(piece, kind="paragraph", heading=heading, above=above)
        first = following.marker if following is not None and following.role == "body" else None
        if above is not None and self._open and first is not None and leads_on(piece.text):
            # Numbers of the family that stands open may as well go on behind the list as belong to it.
            is_inner = self._rank(first) > self._open[-1][0]
            if is_inner and first.value == 1 and first.family in _LISTED:
                self._lists[above] = _List(lead=node, family=first.family)

    def _item_goes_on(self, pieces: Sequence[Piece], place: int) -> bool:
        """Whether the next item of the article follows, so that the paragraph belongs to this one."""
        innermost = self._nodes[self._open[-1][1]].piece.marker
        if innermost is None or innermost.family == "article":
            return False
        for piece in pieces[place + 1 :]:
            if piece.marker is not None:
                same = piece.marker.family == innermost.family
                return same and piece.marker.value == innermost.value + 1
        return False

    def _in_article(self) -> bool:
        return any(self._rank_family(node) == "article" for _, node in self._open)

    def _rank_family(self, node: int) -> Family | None:
        marker = self._nodes[node].piece.marker
        return marker.family if marker else None

    def _rank(self, marker: Marker) -> int:
        return self._ranks.get(marker.family, 0) + marker.rank - RANKS[marker.family]

    def _innermost(self) -> int | None:
        return self._open[-1][1] if self._open else self._attachment

    def _add(
        self,
        piece: Piece,
        *,
        kind: ClauseKind,
        heading: str,
        above: int | None,
        role: str = "",
        lead: int | None = None,
    ) -> int:
        if role == "closing":
            piece = Piece(start=piece.start, end=piece.end, text=piece.text, role="closing")
        in_clause = above is not None and self._rank_family(above) == "article" and kind != "article"
        self._nodes.append(
            Node(
                piece=piece,
                part=self._part.name,
                kind=kind,
                heading=heading,
                above=above,
                parent=self._clause if in_clause else above if lead is None else lead,
            )
        )
        position = len(self._nodes) - 1
        if kind == "article":
            self._clause = position
        return position


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """The numbered items that a paragraph leads on to (申请材料：1.… 2.…)."""

    lead: int  # the node of the paragraph
    family: Family
    count: int = 0  # of the items before


def nesting_order(pieces: Sequence[Piece]) -> dict[Family, int]:
    """The rank of every family; one that always begins again right below an inner one goes inside."""
    ranks = dict(RANKS)
    markers = [piece.marker for piece in pieces if piece.marker is not None and piece.role == "body"]
    for outer, inner in (
        ("han", "han_paren"),
        ("han_paren", "digit"),
        ("han", "digit"),
        ("digit", "digit_paren"),
    ):
        if _is_reversed(markers, outer, inner):  # type: ignore[arg-type]
            ranks[outer], ranks[inner] = ranks[inner], ranks[outer]  # type: ignore[index]
    return ranks


def _is_reversed(markers: Sequence[Marker], outer: Family, inner: Family) -> bool:
    begins = [place for place, marker in enumerate(markers) if marker.family == outer and marker.value == 1]
    if not begins or begins[0] == 0:
        return False
    if any(markers[place - 1].family != inner for place in begins):
        return False
    first = markers[begins[0] - 1]
    counted = [marker.value for marker in markers[: begins[0]] if marker.family == inner]
    behind = [marker.value for marker in markers[begins[0] :] if marker.family == inner]
    if first.value == 1:
        return 2 in behind
    # 1. 2. (一) (二) 3. (一): the inner numbers go on from the beginning, the others always begin again.
    begun_again = all(
        later.value == 1
        for former, later in pairwise(markers)
        if former.family == inner and later.family == outer
    )
    goes_on = behind[:1] == [first.value + 1]
    return goes_on and begun_again and counted == list(range(1, first.value + 1))


def closing_pieces(pieces: Sequence[Piece]) -> frozenset[int]:
    """The paragraphs behind the last measure that speak of the document itself."""
    places = []
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if piece.role in {"signature", "date", "remark", "attachment_list"}:
            continue
        if piece.role != "body" or piece.marker is not None or not _is_closing(piece.text):
            break
        places.append(place)
    numbered = any(piece.marker is not None and piece.role == "body" for piece in pieces)
    articles = any(piece.marker is not None and piece.marker.family == "article" for piece in pieces)
    return frozenset(places) if numbered and not articles else frozenset()


def _is_closing(text: str) -> bool:
    begins = text.startswith(("本", "以上", "上述", "此前", "特此"))
    return begins and any(word in text for word in ("施行", "实施", "执行", "有效期", "解释", "特此", "为准"))

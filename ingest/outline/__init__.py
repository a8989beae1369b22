"""Reads the structure of a policy text: a tree of clauses that loses no character."""

from collections.abc import Sequence

from ingest.layout import NO_LAYOUT, Layout
from ingest.outline.locators import name_places
from ingest.outline.nesting import Node, build_tree
from ingest.outline.parts import read_parts
from ingest.policy import Clause, leads_on

_LONGEST_LEAD_IN = 100  # characters; what is longer states something itself


def outline(text: str, *, policy_id: str, layout: Layout = NO_LAYOUT) -> tuple[Clause, ...]:
    """The clauses of a cleaned policy text in order; together they hold all of it but white space."""
    nodes = build_tree(read_parts(text, layout))
    locators = name_places(nodes)
    paths: list[tuple[str, ...]] = []
    unlisted: list[tuple[str, ...]] = []  # the same without the paragraph that leads on to the item
    clauses = []
    for position, node in enumerate(nodes):
        above = node.above
        announced = node.kind in ("item", "row")
        label = () if above is None else (_label(nodes, above, announced=announced),)
        leading = nodes[node.parent] if announced and node.parent not in (None, above) else None
        lead = (_lead_in(leading),) if leading is not None and _lead_in(leading) else ()
        # What stands without a number behind the last item of a list need not belong to the list.
        inherited = paths if node.piece.marker is not None else unlisted
        path = (*(() if above is None else inherited[above]), *label, *lead)
        paths.append(path)
        kept = () if leading is not None and leading.kind == "paragraph" else lead
        unlisted.append((*(() if above is None else unlisted[above]), *label, *kept))
        piece = node.piece
        page = layout.page_at(piece.start)
        clauses.append(
            Clause(
                clause_id=f"{policy_id}.{position}",
                policy_id=policy_id,
                position=position,
                parent_id=None if node.parent is None else f"{policy_id}.{node.parent}",
                kind=node.kind,
                number=piece.marker.printed if piece.marker else piece.number,
                heading=node.heading,
                path=path,
                locator=locators[position],
                start=piece.start,
                end=piece.end,
                text=text[piece.start : piece.end],
                cells=piece.cells,
                page=page.page if page else None,
                read_by_ocr=page is not None and page.read_by_ocr,
            )
        )
    return tuple(clauses)


def _label(nodes: Sequence[Node], position: int, *, announced: bool) -> str:
    """A heading with its number, on one line, as the path of what stands under it shows it."""
    node = nodes[position]
    if node.piece.marker is None:
        following = nodes[position + 1] if position + 1 < len(nodes) else None
        title = following.piece.text if following and following.piece.role == "title" else ""
        return " ".join(f"{node.piece.text} {title}".split())
    said = node.heading or (_lead_in(node) if announced else "")
    return " ".join(f"{node.piece.marker.printed}{said}".split())


def _lead_in(node: Node) -> str:
    """The words with which a clause announces its items (下列企业可以申请：); empty where it does not."""
    text = node.piece.text.strip()
    said = text.removeprefix(node.piece.marker.printed).strip() if node.piece.marker else text
    return " ".join(said.split()) if leads_on(said) and len(said) <= _LONGEST_LEAD_IN else ""

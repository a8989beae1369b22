"""The working group that a roster belongs to, by the titles and headings above it."""

import re
from collections.abc import Sequence

from ingest.policy import Clause

_BLANKS = re.compile(r"[\s　]+")
_GROUP = re.compile(
    r"领导小组|工作小组|协调小组|推进小组|专项小组|小组|工作专班|专班|指挥部|委员会|工作组|专家组|专家库|联席会议|协调机制|评审组|理事会|顾问团"
)
_GROUP_TAIL = re.compile(r"(?:组成人员|成员|人员)?(?:名单|组成|构成|分工|及职责|人员)*$")
_NUMBER = re.compile(r"^(?:附件\s*\d*\s*[:：]?|[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)+")


def group_above(clauses: Sequence[Clause], index: int) -> str:
    """The name of the group from the titles and headings above, the fullest of the nearest ones."""
    above = [other.text for other in reversed(clauses[max(0, index - 30) : index]) if _names_group(other)]
    found = [_group_name(text) for text in (*above, *reversed(clauses[index].path))]
    nearest = next((name for name in found if name), "")
    return max((name for name in found if name.endswith(nearest)), key=len, default="")


def _names_group(clause: Clause) -> bool:
    return (
        len(clause.text) <= 80
        and not re.search(r"[。；]", clause.text)
        and clause.kind in ("title", "heading", "paragraph")
    )


def _group_name(text: str) -> str:
    name = _GROUP_TAIL.sub("", _NUMBER.sub("", _BLANKS.sub("", text)))
    match = _GROUP.search(name)
    return (
        name[: [one.end() for one in _GROUP.finditer(name)][-1]]
        if match and not re.search(r"[:：]", name)
        else ""
    )

"""Lists of responsible units: who leads, who supports, who is responsible, with places in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest import units
from ingest.policy import DutyRole

_LEAD_LABELS = "牵头责任单位|牵头单位|牵头部门|牵头责任部门|主办单位|主责单位|主责部门|牵头"
# 贵任 is what scanners often read for 责任.
_DUTY_LABELS = (
    "[责贵]任单位及部门|[责贵]任单位|[责贵]任部门|[责贵]任主体|[责贵]任科室|落实单位|承办单位|实施单位|完成单位|"
    "主管部门|主管单位|负责单位|负责部门|承担单位|执行单位|对接部门|责任分工|职责分工"
)
_SUPPORT_LABELS = (
    "配合单位|配合部门|协助单位|协办单位|参与单位|参加单位|协同单位|配合责任单位|参与部门|协助部门|配合"
)
_OTHER_LABELS = (
    "联系人|联系电话|联系方式|咨询电话|电话|完成时限|完成时间|时间要求|时限|时间节点|"
    "责任人|责任领导|牵头领导|分管领导|备注"
)
_LABEL = re.compile(
    rf"(?P<lead>{_LEAD_LABELS})\s*[:：]|(?P<duty>{_DUTY_LABELS})\s*[:：]|"
    rf"(?P<support>{_SUPPORT_LABELS})\s*[:：]|(?P<other>{_OTHER_LABELS})\s*[:：]"
)
_ROLE_OF_LABEL: dict[str, DutyRole] = {"lead": "牵头", "duty": "责任", "support": "配合"}
_OPENING, _CLOSING = "(（〔[【", ")）〕]】"
_PARTS = re.compile(r"[，,；;。]")
_ITEMS = re.compile(r"[、，,；;]|[\s　]+(?=\S)")
_AND = re.compile(r"(?:以及|及|和|与|或)(?=[省市区县州各\d])|(?:以及|会同|和|及|与)")
_SHARED = (
    r"(?:按照?|依照?|依据|根据|结合|在)(?:各自|其|自身|部门|本部门)?(?:的)?(?:工作)?(?:职责|职能|责任|分工|权限|职权|任务)"
    r"(?:任务|分工|范围|权限|职责)*(?:范围)?(?:内)?"
)
_TAIL = re.compile(
    r"(?:等(?:(?:有关|相关|多|各|市级|区级|县级|省级)*(?:部门|单位|机构))?)?\s*"
    rf"(?P<shared>{_SHARED})?(?:，|,)?(?P<how>分别|共同|联合|协同|各自|具体|分工|齐抓|分头)*(?:组织|统筹|认真)*"
    r"(?P<verb>牵头(?:负责|落实|组织|推进|实施|抓总|组织实施)?|负责(?:落实|实施|推进|组织|组织实施|牵头)?|落实(?:到位)?|"
    r"(?:积极)?(?:参与|配合|协助|协同)(?:配合|落实|实施|负责|推进|单位)?|抓好落实|推进落实|组织实施|实施|推进|承担|主管|参加)$"
)
_PLURAL_TAIL = re.compile(
    r"\s*等?(?:(?:政府)?(?:有关|相关|多个?|各相关|各有关)?(?:职能)?(?:部门|单位|机构|企业|成员单位))?$"
)
_DEADLINE_PART = re.compile(r"^(?:完成|时限|时间|\d{4}年|每年|长期|持续|并)")
# A list that ends without a mark, directly before the number of the next item.
_NEXT_ITEM = re.compile(r"(?<![\d（(])\d{1,2}\s*[.．]\s*(?=[一-龥])|[（(][一二三四五六七八九十]{1,3}[)）]")
_GROUP_OPEN = re.compile(r"各(?:乡镇|镇|乡|区|县|市|县区|县市区|县（市、区）)")
_LEVELS_OF_ONE_NAME = ("省", "市", "区", "县", "州", "省、自治区")
_GROUP_REST = re.compile(r"(?:街道|乡|镇|园区|开发区|管委会)(?=[、，,；;。\s)）]|等|$)")
_LEADING = re.compile(r"^(?:由|并由|以|其中|\(|（|及|和|[\s])+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One unit, what it has to do with the task, and where its name stands."""

    unit: str
    role: DutyRole
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledList:
    """A run of labels with their units (牵头单位：… 配合单位：…) and its place in the text."""

    start: int
    end: int
    assignments: tuple[Assignment, ...]


def labelled_lists(text: str) -> list[LabelledList]:
    """Every run of 牵头单位：…责任单位：… in the text."""
    if ":" not in text and "：" not in text:
        return []
    runs: list[list[tuple[str, int, int, int]]] = []
    labels = list(_LABEL.finditer(text))
    for index, match in enumerate(labels):
        limit = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        end = _end_of_list(text, match.end(), limit)
        entry = (str(match.lastgroup), match.start(), match.end(), end)
        # A label that follows the last list at once, or after a bracket opened for both, is of the same run.
        if runs and not text[runs[-1][-1][3] : match.start()].strip(" \n\t;；。，,、"):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return [found for run in runs if (found := _run(text, run)).assignments]


def _end_of_list(text: str, start: int, limit: int) -> int:
    numbered = _NEXT_ITEM.search(text, start, limit)
    if numbered:
        limit = numbered.start()
    depth = 0
    for position in range(start, limit):
        mark = text[position]
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            if depth == 0:
                return position
            depth -= 1
        elif mark in "。\n" and depth == 0 and text[start:position].strip():
            return position
    return limit


def _run(text: str, run: list[tuple[str, int, int, int]]) -> LabelledList:
    has_lead = any(kind == "lead" for kind, *_ in run)
    found: list[Assignment] = []
    for kind, _, start, end in run:
        if kind == "other":
            continue
        body, shared = _without_tail(text[start:end])
        role = _ROLE_OF_LABEL[kind]
        names = list(split_units(body, offset=start))
        if kind == "duty" and shared and not has_lead and len(names) > 1:
            role = "联合"
        spoken = (
            roles_in(text[start:end], offset=start) if kind == "duty" and "牵头" in text[start:end] else []
        )
        found += spoken or [
            Assignment(unit=name, role=role, start=first, end=last) for name, first, last in names
        ]
    return LabelledList(start=run[0][1], end=max(entry[3] for entry in run), assignments=tuple(found))


def _without_tail(body: str) -> tuple[str, bool]:
    stripped = body.rstrip(" \n。;；，,")
    match = _TAIL.search(stripped)
    if match is None:
        return stripped, False
    return stripped[: match.start()], bool(match["shared"] or match["how"])


def split_units(text: str, *, offset: int = 0) -> Iterator[tuple[str, int, int]]:
    """The names of a list of units as printed, without a trailing 等, each with its place."""
    for start, end in _pieces(text):
        for first, last in _split_joined(text, start, end):
            lead = _LEADING.match(text[first:last])
            first += lead.end() if lead else 0
            piece = text[first:last].rstrip(" \n\t。；;，,、")
            piece = _without_plural(piece)
            if 2 <= len(piece) <= 40:
                yield piece, offset + first, offset + first + len(piece)


def _without_plural(piece: str) -> str:
    match = _PLURAL_TAIL.search(piece)
    if match and "等" in match.group():
        return piece[: match.start()]
    return piece


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for position, mark in enumerate(text):
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if (
            mark == "、"
            and _GROUP_OPEN.fullmatch(text, start, position)
            and _GROUP_REST.match(text, position + 1)
        ):
            # 各镇、街道 is one group.
            continue
        if mark == "、" and text[start:position] in _LEVELS_OF_ONE_NAME:
            # 市、区财政部门 are the departments of both levels, printed as one name.
            continue
        cut = depth <= 0 and (
            mark in "、，,；;" or (mark in " \n\t　" and _blank_separates(text, start, position))
        )
        if cut:
            yield start, position
            start = position + 1
    yield start, len(text)


def _blank_separates(text: str, start: int, position: int) -> bool:
    before, after = (
        text[start:position].strip(),
        re.split(r"[、，,；;\s]", text[position:].strip(), maxsplit=1)[0],
    )
    return units.looks_like_unit(before) and units.looks_like_unit(after)


def _split_joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """甲局和乙局 is two units, 发展和改革委 one: both sides have to be names."""
    for match in _AND.finditer(text, start, end):
        left, right = text[start : match.start()], text[match.end() : end]
        if (
            _stands_alone(left)
            and _stands_alone(right)
            and units.looks_like_unit(left)
            and units.looks_like_unit(right)
        ):
            yield start, match.start()
            yield from _split_joined(text, match.end(), end)
            return
    yield start, end


def _stands_alone(name: str) -> bool:
    return len(name) > 2 and name.count("(") == name.count(")") and name.count("（") == name.count("）")


def roles_in(text: str, *, offset: int = 0) -> list[Assignment]:
    """The units of spoken lists: 甲牵头，乙、丙按职责分工负责; empty where the text is no such list."""
    groups: list[tuple[str, bool, list[tuple[str, int, int]]]] = []
    start = 0
    for cut in [*_cuts(text), len(text)]:
        part = text[start:cut].rstrip()
        match = _TAIL.search(part)
        if match is None or not match.start():
            if _DEADLINE_PART.match(part.strip()) or not part.strip():
                start = max(start, cut + 1)
            continue
        names = list(split_units(part[: match.start()], offset=offset + start))
        if not names or not _plausible([name for name, _, _ in names]):
            return []
        groups.append((match["verb"], bool(match["shared"] or match["how"] in ("共同", "联合")), names))
        start = cut + 1
    return list(_assign(groups))


def _cuts(text: str) -> Iterator[int]:
    depth = 0
    for position, mark in enumerate(text):
        depth += (mark in "(（") - (mark in ")）")
        if depth <= 0 and _PARTS.match(mark):
            yield position


def _plausible(names: list[str]) -> bool:
    """Whether a list reads as units: no name is a sentence, and most are known to be names."""
    if any(len(name) > 30 or re.search(r"[“”《》。:：]|的(?!.*单位)", name) for name in names):
        return False
    return 2 * sum(units.looks_like_unit(name) for name in names) >= len(names)


def _assign(groups: list[tuple[str, bool, list[tuple[str, int, int]]]]) -> Iterator[Assignment]:
    led = any(verb.startswith("牵头") for verb, _, _ in groups)
    for verb, shared, names in groups:
        role: DutyRole = "责任"
        if verb.startswith("牵头"):
            role = "牵头"
        elif re.search(r"参与|配合|协助|协同|参加", verb):
            role = "配合"
        elif not led and shared and (len(names) > 1 or re.search(r"^各|单位|部门", names[0][0])):
            role = "联合"
        for name, start, end in names:
            yield Assignment(unit=name, role=role, start=start, end=end)

"""Names of public bodies: found in text, compared, and looked up under the names a document prints."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.unit_names import LEVELS, UnitName, read_unit_name, variants, vocabulary

_BLANK = re.compile(r"\s+")
_HAN = re.compile(r"[一-龥]")
_GROUP = re.compile(
    r"各(?:有关|相关|地|级)?(?:乡镇街道|乡镇|镇街|街镇|镇|街道|县区|区县|县市区|市州|地市|设区市|市|区|县|园区|开发区|功能区|部门|单位)"
    r"(?:[(（][^()（）]{1,8}[)）])?(?:[、]?(?:街道|镇|乡))*(?:人民政府|政府|街道办事处|街道办|办事处|管委会|党委|党工委)?"
)
_FIXED = re.compile(
    r"(?<![一-龥])[省市区县州](?:[、和][省市区县州])*(?:[（(][^（()）]{1,6}[)）])?(?:人民政府|政府)(?!性|采购|投资|部|办|工作)|"
    r"省、自治区、直辖市(?:人民政府)?|[县市省区]级以上(?:地方)?(?:各级)?人民政府|地方各级人民政府|(?:中国)?(?:人民银行|人行|[一-龥]{2}银行)[一-龥]{1,6}(?:中心支行|分行|支行)|"
    r"团[省市区县州旗]委|(?:银保监|证监|保监|银监)会|[省市区县州]总工会"
)
_GROUP_WORDS = re.compile(
    r"^各|各(?:镇|乡|街道|区|县|市|部门|单位|有关)|(?:成员|牵头|责任|有关|相关|直属|驻\S|参建)单位|(?:有关|相关)部门"
)
_NOT_A_NAME = re.compile(r"[。！？:：“”\"《》0-9]{1}.*[。！？]|[，,；;]|[的了]$")
_MAX_PREFIX = 14
_LONGEST_SUBJECT = 14
_LEVELS_BEFORE = re.compile(
    r"(?:(?<![一-龥])|(?<=由))(?:[省市区县州][、和]|[省市县区][（(][^（()）]{1,6}[)）]、?)+$"
)
_MAX_PLACE = 4
_BARE_KINDS = frozenset({"department", "office", "ministry", "federation"})
_KINDS_WITH_LEVEL = (
    "department office centre group institute team agency association cooperative small_group "
    "union federation party court prosecution zone bank"
)
_LEVEL_KINDS = frozenset(_KINDS_WITH_LEVEL.split())
_ALONE = frozenset({"court", "prosecution", "town_office", "government", "union", "customs"})
_STRONG_ENDINGS = (
    "集团公司",
    "集团有限公司",
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "银行",
    "海关",
    "人民法院",
    "人民检察院",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMention:
    """The name of a body and where it stands in the text."""

    start: int
    end: int
    name: str


def find_units(text: str) -> list[UnitMention]:
    """The bodies that a text names, in order; rather misses one than takes another word for a name."""
    found: list[UnitMention] = []
    for start, end in sorted((*_groups(text), *_names(text)), key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1].end:
            found.append(UnitMention(start=start, end=end, name=text[start:end]))
    return found


def _groups(text: str) -> Iterator[tuple[int, int]]:
    for match in _GROUP.finditer(text):
        if match.group()[-2:] not in ("部门", "单位"):
            yield match.span()
    for match in _FIXED.finditer(text):
        yield match.start(), _organ_of(text, match.end())


def _organ_of(text: str, end: int) -> int:
    """县级以上人民政府科学技术主管部门: the department that follows its government belongs to the name."""
    subject = vocabulary().subject_pattern.match(text, end)
    ending = vocabulary().ending_pattern.match(text, subject.end()) if subject else None
    return ending.end() if ending and vocabulary().endings[ending.group()] == "department" else end


def _names(text: str) -> Iterator[tuple[int, int]]:
    words = vocabulary()
    for match in words.ending_pattern.finditer(text):
        ending, end = match.group(), match.end()
        if not _continues(text, end, ending):
            start = _start_of_name(text, match.start(), ending)
            if start is not None:
                yield start, end


def _continues(text: str, end: int, ending: str) -> bool:
    following = text[end : end + 1]
    continued = vocabulary().continued
    tails = (ending[-length:] for length in range(1, 5))
    return bool(following) and any(following in continued.get(tail, "") for tail in tails)


def _start_of_name(text: str, position: int, ending: str) -> int | None:
    kind = vocabulary().endings[ending]
    start = _before_subjects(text, position)
    if start < position and kind in _BARE_KINDS | {"centre", "team"}:
        start = _before_organ(text, start)
        with_place = _with_place(text, start)
        if kind in _BARE_KINDS or text[with_place] in LEVELS:
            return with_place
    return _start_without_subject(text, position, ending, kind)


def _before_subjects(text: str, position: int) -> int:
    spellings = vocabulary().subjects
    while True:
        pieces = (text[max(0, position - length) : position] for length in range(_LONGEST_SUBJECT, 0, -1))
        longest = next((piece for piece in pieces if piece in spellings), "")
        # One character (编, 纪, 残) is a subject only directly before the ending of a party or mass organ.
        if len(longest) == 1 and not re.search(r"(?:^|[^一-龥])$|[省市区县委]$", text[: position - 1]):
            return position
        if not longest:
            return position
        position -= len(longest)
        if len(longest) == 1:
            return position


def _before_organ(text: str, position: int) -> int:
    match = re.search(r"[省市区县州旗镇乡](?:委|政府|人民政府|直)$", text[max(0, position - 5) : position])
    return position - len(match.group()) + 1 if match else position


def _with_place(text: str, start: int) -> int:
    """The start of the name with its level and its place, as far as the words before tell."""
    if start > 0 and text[start - 1] in LEVELS:
        start -= 1
    run = start
    while (
        run > 0
        and start - run <= 2 * _MAX_PLACE
        and _HAN.match(text[run - 1])
        and not _at_boundary(text, run)
    ):
        run -= 1
    several = _LEVELS_BEFORE.search(text[max(0, start - 14) : start])
    if several and (text[start] in LEVELS or text[start - 1] in ")）"):
        return start - len(several.group())
    # 某某市某某区财政局: a place before the level, but only where the words before end there.
    longest = 2 * _MAX_PLACE if text[start] in LEVELS else _MAX_PLACE
    return run if 2 <= start - run <= longest and not text[run:start].startswith("各") else start


def _at_boundary(text: str, position: int) -> bool:
    return text.endswith(vocabulary().boundaries, 0, position)


def _start_without_subject(text: str, position: int, ending: str, kind: str) -> int | None:
    run = position
    while (
        run > 0 and position - run < _MAX_PREFIX and _HAN.match(text[run - 1]) and not _at_boundary(text, run)
    ):
        run -= 1
    prefix = text[run:position]
    if kind == "government" and ending == "政府":
        match = re.search(r"(?:[一-龥]{2,3})?[省市区县州镇乡]$", prefix)
        return position - len(match.group()) if match else None
    if not prefix:
        return None
    if kind in ("government", "town_office"):
        return run if len(ending) > 2 else None
    if kind == "zone" and len(prefix) > 1:
        return run
    if prefix[0] in LEVELS and len(prefix) > 1 and kind in _LEVEL_KINDS and prefix[1:2] not in "级内直":
        return run
    return run if ending in _STRONG_ENDINGS and 2 <= len(prefix) <= 12 and len(prefix) < _MAX_PREFIX else None


def looks_like_unit(text: str) -> bool:
    """Whether a piece of a list of units reads as one unit or a group of units."""
    piece = _BLANK.sub("", text)
    if not 2 <= len(piece) <= 40 or _NOT_A_NAME.search(piece):
        return False
    if _GROUP_WORDS.search(piece) or read_unit_name(piece).kind:
        return True
    return any(mention.end == len(piece) for mention in find_units(piece)) or piece.endswith(
        ("镇", "乡", "街道", "区", "县", "市")
    )


def same_unit(asked: str, printed: str) -> bool:
    """Whether both names may mean the same body; a level or place that one leaves out does not count."""
    if _BLANK.sub("", asked) == _BLANK.sub("", printed):
        return True
    return any(
        _same(read_unit_name(one), read_unit_name(other))
        for one in variants(asked)
        for other in variants(printed)
    )


def resolve_unit(asked: str, names: Iterable[str]) -> tuple[str, ...]:
    """The printed names that the asked name may mean, best first; none where none fits."""
    printed = tuple(dict.fromkeys(names))
    wanted = read_unit_name(asked)
    if not wanted.known and asked not in printed:
        return ()
    exact = [name for name in printed if _BLANK.sub("", name) == _BLANK.sub("", asked)]
    same = [name for name in printed if name not in exact and same_unit(asked, name)]
    if exact or same:
        return (*exact, *same)
    wider = [name for name in printed if any(_wider(wanted, read_unit_name(part)) for part in variants(name))]
    if wider:
        return tuple(wider)
    renamed = tuple(name for name in printed if _renamed(wanted, read_unit_name(name)))
    return renamed or tuple(name for name in printed if len(asked) > 2 and asked in name)


def _fits(one: UnitName, other: UnitName) -> bool:
    return (
        (not one.level or not other.level or one.level == other.level)
        and (
            not one.place
            or not other.place
            or one.place.endswith(other.place)
            or other.place.endswith(one.place)
        )
        and _same_kind(one, other)
    )


def _same_kind(one: UnitName, other: UnitName) -> bool:
    if one.kind == other.kind:
        return True
    # 财政 (等部门) stands for 财政局; 金融办 and 金融局, 招商办 and 招商局 answer for the same subject.
    kinds = {one.kind, other.kind}
    return bool(one.subjects and other.subjects) and kinds <= {"", "department", "office"}


def _same(one: UnitName, other: UnitName) -> bool:
    if not _fits(one, other):
        return False
    return one.subjects == other.subjects and one.rest == other.rest and bool(one.subjects or one.rest)


def _wider(asked: UnitName, printed: UnitName) -> bool:
    """Whether the printed body answers for the subjects asked for and more, or names its place too."""
    if not _fits(asked, printed) or asked.rest not in printed.rest or not asked.subjects <= printed.subjects:
        return False
    return bool(asked.subjects) or asked.kind in _ALONE or (asked.kind == "zone" and bool(asked.rest))


def _renamed(one: UnitName, other: UnitName) -> bool:
    short, long = sorted((one.rest, other.rest), key=len)
    return (
        len(short) >= 2
        and _fits(one, other)
        and one.subjects == other.subjects
        and _is_subsequence(short, long)
    )


def _is_subsequence(short: str, long: str) -> bool:
    remaining = iter(long)
    return all(mark in remaining for mark in short)

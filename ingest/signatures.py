"""Who issued a document and when: the signature, the title, the note under the title of a rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.dates import PRINTED_DATE, read_date

_ORGAN_END = (
    r"(?:人民政府|政府|办公厅|办公室|委员会|常务委员会|管委会|指挥部|领导小组|工作组|小组|联席会议|协会|联合会|总工会|法院|检察院|银行|公司|集团|"
    r"[局委部厅院署会办行社中心]|中心|总队|支队|大队)"
)
_ORGAN = re.compile(rf"(?:中共)?[一-龥]{{2,30}}?{_ORGAN_END}(?:[(（][^()（）]{{1,24}}[)）])?")
_ORGAN_LINE = re.compile(rf"[一-龥、，, （）()“”]{{2,90}}{_ORGAN_END}(?:[(（][^()（）]{{1,24}}[)）])?")
# A misprinted year still ends a signature.
_ANY_DATE = rf"(?:{PRINTED_DATE}|\d{{1,4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日)"
_DATE_LINE = re.compile(rf"(?:^|\n)[\t ]?(?P<date>{_ANY_DATE})(?=\s*(?:\n|$|[(（]此件))")
_RUN_ON = re.compile(
    rf"[。 ：](?P<organs>(?:中共)?[一-龥（）() ]{{2,60}}?{_ORGAN_END}) ?(?P<date>{_ANY_DATE})"
    r"(?=[ \n]|$|[一-龥]{2,}|[(（]此)"
)
_SESSION = re.compile(r"第[零〇一二三四五六七八九十百\d]+届")
_ADOPTED = re.compile(
    rf"(?:^|[\n\t(（ ]|(?<=批准))(?P<date>{PRINTED_DATE})\s?"
    r"(?P<organs>[^。\n\t（(]{2,160}?(?<=[会院局委部厅署府室行办]))"
    r"(?:(?:第[零〇一二三四五六七八九十百\d]+[次号])?\s?(?:[一-龥]{0,4}会议)?"
    r"(?P<verb>通过|批准|公布|发布|颁布|修订|(?:(?:19|20)\d{2}年)?第[\d一二三四五六七八九十]+号令|令|公告))"
)
_BEGINS = re.compile(rf"(?:^|[\n ])自?(?P<date>{PRINTED_DATE})起?\s?施行(?=[\s根)）]|$)")
_ABOUT = re.compile(r"(?:关于|印发|转发)")
_JOINT = re.compile(r"等[\d一二三四五六七八九十两]+(?:个)?(?:部门|单位|家)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Organs and the day printed under a document; the day is None where it is misprinted."""

    start: int
    organs: tuple[str, ...]
    signed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What the note under the title of a rule says of its adoption and promulgation."""

    organ: str | None
    adopted_on: date | None
    promulgated_on: date | None
    effective_on: date | None


def read_signature(text: str, start: int, end: int) -> Signature | None:
    """The first signature between two positions of the text."""
    found = [
        signature
        for signature in (_in_lines(text, start, end), _run_on(text, start, end))
        if signature is not None
    ]
    return min(found, key=lambda signature: signature.start, default=None)


def issuers_in_title(title: str) -> tuple[str, ...]:
    """The organs that a title begins with; none where it says only 「等4部门」."""
    head = _ABOUT.split(title, maxsplit=1)
    if len(head) < 2 or _JOINT.search(head[0]):
        return ()
    return organs_in(head[0])


def organs_in(text: str) -> tuple[str, ...]:
    """The organs of a list, separated by blanks, by 、 or by nothing."""
    organs: list[str] = []
    for part in re.split(r"[\s、，,；;]+", re.sub(r"^[(（]转载[)）]", "", text.strip())):
        organs.extend(_apart(part))
    return tuple(dict.fromkeys(_SESSION.sub("", organ) for organ in organs if _ORGAN.fullmatch(organ)))


def read_adoption(head: str) -> Adoption | None:
    """The note 「2019年10月29日 …第二十二次会议通过」 or 「…令第37号公布」 near the title of a rule."""
    organ: str | None = None
    adopted = promulgated = None
    for match in _ADOPTED.finditer(head):
        day = read_date(match["date"])
        if match["verb"] == "修订" or re.search("根据[^。]{0,4}$", head[: match.start()]):
            break
        if match["verb"] == "通过" and adopted is None:
            adopted = day
            organ = organ or _organ_of_session(match["organs"])
        elif match["verb"] != "批准" and promulgated is None and match["verb"] != "通过":
            promulgated = day
            organ = organ or _organ_of_session(match["organs"])
    if adopted is None and promulgated is None:
        return None
    begins = _BEGINS.search(head)
    return Adoption(
        organ=organ,
        adopted_on=adopted,
        promulgated_on=promulgated,
        effective_on=read_date(begins["date"]) if begins else None,
    )


def printed_on(text: str) -> date | None:
    """The day in the imprint 「…办公厅秘书处 2021年12月6日印发」."""
    match = re.search(rf"(?P<date>{PRINTED_DATE})\s?印发", text)
    return read_date(match["date"]) if match else None


def _in_lines(text: str, start: int, end: int) -> Signature | None:
    for match in _DATE_LINE.finditer(text, max(0, start - 1), end):
        lines = text[start : match.start()].rstrip().split("\n")
        organs: list[str] = []
        for line in reversed(lines[-12:]):
            if not line.strip() or re.fullmatch(r"\s*[(（].*[)）]\s*", line):
                continue
            if not _ORGAN_LINE.fullmatch(line.strip()) or len(organs) > 8 or "关于" in line:
                break
            organs[:0] = organs_in(line)
        before = text[: match.start()].rstrip()
        if organs or (before.endswith(("。", "！")) and "-" not in match["date"]):
            position = text.rfind(organs[0], start, match.start()) if organs else match.start("date")
            return Signature(start=position, organs=tuple(organs), signed_on=read_date(match["date"]))
    return None


def _run_on(text: str, start: int, end: int) -> Signature | None:
    for match in _RUN_ON.finditer(text, start, end):
        organs = organs_in(match["organs"])
        if organs:
            return Signature(start=match.start("organs"), organs=organs, signed_on=read_date(match["date"]))
    return None


def _apart(part: str) -> Sequence[str]:
    """Organs printed without anything between them: each new one begins with the same place."""
    place = re.match(r"(?:中共)?[一-龥]{1,10}?[省市区县州](?!场|政)", part)
    if place is None or part.count(place.group()) < 2:
        return [part]
    pieces = re.split(f"(?={re.escape(place.group())})", part)
    return [piece for piece in pieces if piece]


def _organ_of_session(printed: str) -> str | None:
    name = _SESSION.sub("", printed)
    name = re.sub(r"第[零〇一二三四五六七八九十百\d]+次.*|(?:令|公告)?(?:第.*号)?$", "", name).strip()
    name = re.sub(r"^中华人民共和国(?=国务院|[一-龥]{2,12}部)", "", name)
    return name or None

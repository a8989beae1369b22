"""What a policy says of itself: title, 发文字号, issuers, region, dates, validity, repeals."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from ingest.dates import find_dates
from ingest.document_numbers import NUMBER, announced_number, find_numbers, read_number
from ingest.header_fields import FieldName, read_fields
from ingest.policy import Metadata
from ingest.regions import Region, read_region, region_of_county, region_of_title
from ingest.signatures import (
    Adoption,
    Signature,
    issuers_in_title,
    organs_in,
    printed_on,
    read_adoption,
    read_signature,
)
from ingest.source import CleanText
from ingest.titles import Titles, head_end, issued_name, kind_of, read_titles
from ingest.units import looks_like_unit
from ingest.validity_terms import Term, declares_itself_repealed, read_repeals, read_term

_PAGE_DATE = re.compile(
    r"(?:^|[\n\t])(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[ \t]\d{1,2}:\d{2}(?::\d{2})?)?(?=[\n\t]|$)"
)
_NUMBERED = re.compile(
    r"(?m)^\s*(?:第[一二三四五六七八九十]+[章条]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])"
)
# 各省、自治区、直辖市人民政府 is one group.
_LEVELS = re.compile(r"各?(?:省|自治区|直辖市|计划单列市|自治州|设区市|县级市|市|区|县|盟|州|旗)")
_REPRINT = re.compile(r"^[(（]转载[)）]")
_ADDRESSED = re.compile(
    r"(?![(（一二三四五六七八九十第\d为经])[^。]{1,240}?"
    r"(?:政府|部门|单位|机构|公司|企业|朋友|居民|市民|同志|群众|机制|指挥部|中心|高校|学校|家长|[局委厅部办处院会人者员户行所站队区校])[)）]?(?:[^，,。]{0,6}[)）])?"
)


def read_metadata(cleaned: CleanText, name: str, *, collection_on: date | None = None) -> Metadata:
    """The metadata of one document; what its text does not tell stays None or empty.

    `collection_on` is the day on which a collection was published that the document is part of.
    """
    text = cleaned.text
    titles = read_titles(text)
    head = text[: max(head_end(text), titles.own.end if titles.own else 0)]
    fields = read_fields(head)
    title = _title(titles, fields, text, name)
    notice = titles.own.text if titles.own else title
    signature = _signature(text, titles)
    adoption = read_adoption(text[: len(head) + 400])
    issuers = _issuers(notice, signature, adoption, fields)
    region = _region(issuers, (notice, title), text)
    signed_on = _signed_on(signature, adoption, fields)
    published_on = _published_on(head, adoption, fields) or collection_on
    begins_on = _day(fields, "effective")
    # 自印发之日起: which day that is, the page tells best.
    issued_on = begins_on or printed_on(text) or signed_on
    term = read_term(text, issued_on=issued_on, published_on=begins_on or published_on)
    effective_on = begins_on or (adoption.effective_on if adoption else None)
    on_page = _day(fields, "expires")
    lacks_issued = _lacks_issued(titles, text)
    return Metadata(
        title=title,
        document_number=_number(text, titles, fields),
        issuers=issuers,
        region=region.name if region else None,
        region_path=region.path if region else (),
        level=region.level if region else None,
        addressees=_addressees(text, titles),
        signed_on=signed_on,
        published_on=published_on,
        effective_on=effective_on or term.effective_on,
        expires_on=term.expires_on or on_page,
        expiry_is_computed=term.expiry_is_computed,
        expires_with=None if on_page else term.expires_with,
        expires_on_page=on_page if term.expires_on not in (None, on_page) else None,
        repeals=tuple(repeal for repeal in read_repeals(text) if repeal != title),
        declared_repealed=declares_itself_repealed(head, fields.get("state"), notice),
        kind=kind_of(issued_name(titles.own) if lacks_issued else title) or kind_of(notice),
        truncated=cleaned.truncated or lacks_issued,
        disagreements=tuple(_disagreements(fields, on_page, term)),
    )


def published_on_page(text: str) -> date | None:
    """The day of publication that the fields above a document or a collection give."""
    head = text[: head_end(text)]
    return _published_on(head, None, read_fields(head))


def _lacks_issued(titles: Titles, text: str) -> bool:
    """Whether a notice announces a document that is not in the file."""
    if titles.own is None or titles.issued is not None or not issued_name(titles.own):
        return False
    return not _NUMBERED.search(text, titles.own.end)


def _disagreements(fields: Mapping[FieldName, str], on_page: date | None, term: Term) -> Iterator[str]:
    if on_page is not None and term.expires_on not in (None, on_page):
        yield f"the page header says that it expires on {on_page}, the text says {term.expires_on}"
    state = fields.get("state", "")
    if "有效" in state and term.expires_on is not None:
        yield f"the page header says 「{state}」, the text limits its validity to {term.expires_on}"


def _title(titles: Titles, fields: Mapping[FieldName, str], text: str, name: str) -> str:
    title = titles.issued or titles.own
    if title is not None:
        return _REPRINT.sub("", title.text)
    first = text.split("\n", 1)[0].split(" ", 1)[0].strip()
    tells = 4 <= len(first) <= 60 and first[-1] not in ":：。；;"
    return fields.get("title") or (first if tells else PurePath(name).stem)


def _signature(text: str, titles: Titles) -> Signature | None:
    start = titles.own.end if titles.own else 0
    if titles.issued is None:
        return read_signature(text, start, len(text))
    return read_signature(text, start, titles.issued.start) or read_signature(
        text, titles.issued.end, len(text)
    )


def _issuers(
    notice: str, signature: Signature | None, adoption: Adoption | None, fields: Mapping[FieldName, str]
) -> tuple[str, ...]:
    if named := issuers_in_title(notice):
        return named
    if signature is not None and signature.organs:
        return signature.organs
    if adoption is not None and adoption.organ:
        return organs_in(adoption.organ) or (adoption.organ,)
    return organs_in(fields.get("issuer", "")) or organs_in(fields.get("source", ""))


def _region(issuers: Sequence[str], titles: Sequence[str], text: str) -> Region | None:
    by_organ = (read_region(issuer, context=text) for issuer in issuers)
    by_title = (region_of_title(title, context=text) for title in titles)
    return next(filter(None, (*by_organ, *by_title)), None) or region_of_county(text)


def _signed_on(
    signature: Signature | None, adoption: Adoption | None, fields: Mapping[FieldName, str]
) -> date | None:
    if signature is not None and signature.signed_on is not None:
        return signature.signed_on
    return _day(fields, "signed") or (adoption.adopted_on if adoption else None)


def _published_on(head: str, adoption: Adoption | None, fields: Mapping[FieldName, str]) -> date | None:
    if day := _day(fields, "published"):
        return day
    if match := _PAGE_DATE.search(head):
        return next((printed.day for printed in find_dates(match["date"])), None)
    return adoption.promulgated_on if adoption else None


def _day(fields: Mapping[FieldName, str], name: FieldName) -> date | None:
    return next((printed.day for printed in find_dates(fields.get(name, "")[:40])), None)


def _number(text: str, titles: Titles, fields: Mapping[FieldName, str]) -> str | None:
    """The document's own number: in its header, on a line of its own, or between title and addressees."""
    if numbers := find_numbers(fields.get("number", "")):
        return numbers[0]
    end = max(head_end(text), titles.own.end if titles.own else 0)
    for line in re.split(r"[\n\t]", text[:end]):
        if number := read_number(line):
            return number
    start = titles.own.end if titles.own else 0
    if first := NUMBER.match(text[:end].lstrip()):
        return re.sub(r"\s", "", first.group())
    # Between the title and the first sentence, but not in brackets behind the name of another document.
    opening = re.split("。|现将|根据|为贯彻", text[start : start + 400])[0]
    for match in NUMBER.finditer(opening):
        if opening[: match.start()].rstrip(" \n")[-1:] not in ("(", "（", "》", "〉"):
            return re.sub(r"\s", "", match.group())
    return announced_number(text[: end + 400]) if titles.issued is None else None


def _addressees(text: str, titles: Titles) -> tuple[str, ...]:
    """Whom the document addresses: the first line below the title, up to its colon."""
    start = max(head_end(text), titles.own.end if titles.own else 0)
    opening = text[start : start + 500].lstrip()
    colon = re.search("[:：]", opening)
    if colon is None or "\n" in opening[: colon.start()]:
        return ()
    line = re.split("的通知|号[ ]|。", opening[: colon.start()])[-1].strip()
    line = line if line == opening[: colon.start()] else line.split(" ")[-1]
    if not _ADDRESSED.fullmatch(line) or re.search("《|现将|如下", line):
        return ()
    return tuple(_groups(line))


def _groups(line: str) -> Iterator[str]:
    for part in re.split(r"[，,；;]|、(?=各)", line):
        start = 0
        for mark in re.finditer("、", part):
            before, behind = part[start : mark.start()], re.split("、", part[mark.end() :])[0]
            # 各委、办、局 is one group, 各区财政局、民政局 are two.
            levels = _LEVELS.fullmatch(before) or _LEVELS.match(behind)
            if (
                min(len(before), len(behind)) > 2
                and not levels
                and looks_like_unit(before)
                and looks_like_unit(behind)
            ):
                yield before.strip()
                start = mark.end()
        if part[start:].strip():
            yield part[start:].strip()

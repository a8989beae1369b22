"""Metadata read against metadata marked: the share of fields that are right."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.structure.gold import GoldMetadata
from ingest.policy import Metadata, Policy

_NUMBER = re.compile(r"\(\d{4}\)\d+号|第\d+号")
FIELDS = (
    "title",
    "document_number",
    "issuers",
    "region",
    "level",
    "addressees",
    "signed_on",
    "published_on",
    "effective_on",
    "expires_on",
    "expiry_is_computed",
    "repeals",
    "declared_repealed",
    "kind",
    "truncated",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldResult:
    """One field of one policy as it was read and as it was marked."""

    file: str
    policy: int
    field: str
    found: str
    expected: str
    is_right: bool


def field_results(
    policies: Sequence[Policy], source: str, marked: Sequence[GoldMetadata]
) -> Iterator[FieldResult]:
    """Every field of the policies of one file; a policy that was not found has no field right."""
    for gold in marked:
        metadata = policies[gold.policy - 1].metadata if gold.policy <= len(policies) else None
        for name in FIELDS:
            expected = _marked(gold, name, source)
            found = frozenset({"no such policy"}) if metadata is None else _read(metadata, name)
            yield FieldResult(
                file=gold.file,
                policy=gold.policy,
                field=name,
                found="、".join(sorted(found)),
                expected="、".join(sorted(expected)),
                is_right=_is_right(name, found, expected, gold, source),
            )


def _is_right(
    name: str, found: frozenset[str], expected: frozenset[str], gold: GoldMetadata, source: str
) -> bool:
    if name == "title":
        # A notice that issues a document may go by its own title or by that document's.
        return found == expected or found == _spans(gold, "issued_title", source)
    if name == "repeals":
        # Title and number name the same document; where numbers were marked they decide.
        numbers = frozenset(part for part in found if _NUMBER.search(part))
        return found == expected or (bool(numbers) and numbers == expected)
    return found == expected


def _read(metadata: Metadata, name: str) -> frozenset[str]:
    value = getattr(metadata, name)
    return frozenset(_parts(value if isinstance(value, tuple) else (value,), name))


def _marked(gold: GoldMetadata, name: str, source: str) -> frozenset[str]:
    value = gold.values.get(name)
    values = value if isinstance(value, list) else [] if name in gold.spans else [value]
    return frozenset(_parts(values, name)) | _spans(gold, name, source)


def _spans(gold: GoldMetadata, name: str, source: str) -> frozenset[str]:
    spans = gold.spans.get(name, ())
    for span in spans:
        span.check(source)
    return frozenset(_plain(source[span.start : span.end]) for span in spans)


def _parts(values: Iterable[object], name: str) -> Iterator[str]:
    for value in values:
        text = _plain(value)
        if name == "issuers":
            # 第十五届人民代表大会常务委员会: the term is no part of the organ's name.
            text = re.sub("第[一二三四五六七八九十]+届", "", text)
        yield from (part for part in (text.split("、") if name == "addressees" else [text]) if part)


def _plain(value: object) -> str:
    """A value without white space, in the plain form of letters, digits and brackets."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFKC", str(value)).translate(str.maketrans("〔〕[]【】《》", "()()()  "))
    return "".join(text.split())

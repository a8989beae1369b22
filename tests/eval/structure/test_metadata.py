"""Fields of metadata against marked ones."""

from typing import Any

from eval.structure.gold import GoldMetadata, Marked
from eval.structure.metadata import FIELDS, field_results
from ingest.parse import parse
from ingest.source import SourceDocument

TEXT = (
    "澄湖区科技创新办法\n澄政发〔2024〕3号\n第一条 为了创新。\n第二条 本办法自2024年5月1日起施行，有效期3年。"
)
TITLE = Marked(file="a", sha256="a" * 64, start=0, end=9, first="澄湖区科", last="创新办法")
MARKED: dict[str, Any] = {
    "document_number": "澄政发[2024]3号",
    "issuers": [],
    "region": "澄湖区",
    "level": "county",
    "addressees": [],
    "effective_on": "2024-05-01",
    "expires_on": "2027-04-30",
    "expiry_is_computed": True,
    "repeals": [],
    "declared_repealed": False,
    "kind": "办法",
    "truncated": False,
}


def _wrong(**changes: Any) -> list[str]:
    values = {**MARKED, **changes}
    gold = GoldMetadata(file="a", sha256="a" * 64, policy=1, values=values, spans={"title": (TITLE,)})
    policies = parse(SourceDocument(name="a", sha256="a" * 64, text=TEXT))
    results = list(field_results(policies, TEXT, [gold]))
    assert [result.field for result in results] == list(FIELDS)
    return [result.field for result in results if not result.is_right]


def test_brackets_make_no_difference() -> None:
    assert [field for field in _wrong() if field not in {"region", "level"}] == []


def test_a_field_that_differs_is_wrong() -> None:
    assert "expires_on" in _wrong(expires_on="2027-05-01")
    assert "repeals" in _wrong(repeals=["澄政发〔2019〕1号"])


def test_a_policy_that_was_not_found_has_no_field_right() -> None:
    gold = GoldMetadata(file="a", sha256="a" * 64, policy=2, values=dict(MARKED), spans={"title": (TITLE,)})
    policies = parse(SourceDocument(name="a", sha256="a" * 64, text=TEXT))
    assert not any(result.is_right for result in field_results(policies, TEXT, [gold]))

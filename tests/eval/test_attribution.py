from collections.abc import Callable
from typing import Any

import pytest

from bot.answer import Citation
from eval.attribution import unnamed_regions, unsaid_stale
from eval.metrics import metrics
from eval.results import Result

MakeResult = Callable[..., Result]
MakeCitation = Callable[..., Citation]


@pytest.mark.parametrize(
    ("validity", "answer", "unsaid"),
    [
        ("expired", {"text": "最高5万元"}, True),
        ("repealed", {"text": "最高5万元"}, True),
        ("in_force", {"text": "最高5万元"}, False),
        ("not_yet", {"text": "最高5万元"}, False),
        ("expired", {"text": "注意：《云桥区小微企业扶持办法》已过有效期。\n最高5万元"}, False),
        ("expired", {"text": "最高5万元", "notices": ("《云桥区小微企业扶持办法》已失效",)}, False),
        ("repealed", {"text": "该文件已废止", "statements": ("该文件已废止",)}, False),
        ("expired", {"text": "对过去一年的租金最高补助5万元"}, True),
    ],
)
def test_expired_or_repealed_document_must_be_told(
    make_result: MakeResult,
    make_citation: MakeCitation,
    validity: str,
    answer: dict[str, Any],
    unsaid: bool,
) -> None:
    citations = (make_citation(validity=validity),)
    result = make_result(citations=citations, **answer)
    assert bool(unsaid_stale(result.answer)) is unsaid
    assert metrics()["stale_document_rate"].compute([result]) == float(unsaid)


def test_warning_of_one_document_does_not_stand_for_another(
    make_result: MakeResult, make_citation: MakeCitation
) -> None:
    citations = (
        make_citation(policy_id="a", policy_title="甲办法", validity="expired"),
        make_citation(policy_id="b", policy_title="乙办法", validity="expired"),
    )
    result = make_result(text="《甲办法》已过有效期。补助5万元", citations=citations)
    assert unsaid_stale(result.answer) == ("乙办法",)


@pytest.mark.parametrize(
    ("text", "unnamed"),
    [
        ("云桥区：5万元\n澄湖区：3万元", ()),
        ("云桥区：5万元\n3万元", ("澄湖区",)),
        ("5万元\n3万元", ("云桥区", "澄湖区")),
    ],
)
def test_regions_that_are_mixed_must_be_named(
    make_result: MakeResult, make_citation: MakeCitation, text: str, unnamed: tuple[str, ...]
) -> None:
    citations = (make_citation(region="云桥区"), make_citation(region="澄湖区"), make_citation(region=None))
    result = make_result(text=text, citations=citations)
    assert unnamed_regions(result.answer) == unnamed
    assert metrics()["region_mix_rate"].compute([result]) == float(bool(unnamed))


def test_one_region_need_not_be_named(make_result: MakeResult, make_citation: MakeCitation) -> None:
    result = make_result(text="5万元", citations=(make_citation(), make_citation()))
    assert unnamed_regions(result.answer) == ()


def test_only_answered_answers_count(make_result: MakeResult, make_citation: MakeCitation) -> None:
    silent = make_result(outcome="no_evidence", citations=(make_citation(validity="expired"),))
    assert metrics()["stale_document_rate"].compute([silent]) is None
    assert metrics()["region_mix_rate"].compute([silent]) is None

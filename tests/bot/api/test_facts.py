"""The tables of facts through a real socket, of the packaged samples."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.answering.asking import Asking
from ingest.input_files import listed
from vectorstore.catalog import Catalog
from vectorstore.errors import CatalogMissingError
from vectorstore.parsing import parse_file

Serve = Callable[[Callable[[], Asking]], str]
Get = Callable[..., list[dict[str, object]]]
Fitting = Callable[..., list[dict[str, object]]]
PLAN = "枫渡区中小企业数字化转型行动方案（2024—2027年）"
TABLES = ["regions", "units", "duties", "benefits", "targets", "examples"]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    with Catalog.open(tmp_path_factory.mktemp("samples") / "catalog.sqlite3", create=True) as catalog:
        for file in listed([Path("ingest/samples")]):
            parsed = parse_file(file)
            catalog.files.replace(str(file.path), parsed.sha256, parsed.policies)
        yield catalog


@pytest.fixture
def home(serve: Serve, assistant: Asking, samples: Catalog) -> str:
    return serve(lambda: type(assistant)(samples))  # type: ignore[call-arg]


@pytest.fixture
def get(home: str) -> Get:
    def rows(table: str, **parameters: str | int) -> list[dict[str, object]]:
        response = httpx.get(f"{home}/api/{table}", params=parameters)
        assert response.status_code == 200, response.text
        return response.json()[table]  # type: ignore[no-any-return]

    return rows


@pytest.fixture
def fitting(home: str) -> Fitting:
    def rows(company: str, **more: str) -> list[dict[str, object]]:
        response = httpx.post(f"{home}/api/benefits/fitting", json={"company": company, **more})
        assert response.status_code == 200, response.text
        return response.json()["benefits"]  # type: ignore[no-any-return]

    return rows


def test_regions_are_those_of_the_documents(get: Get) -> None:
    assert get("regions") == [{"region": "栖湖区", "policies": 7}, {"region": "枫渡区", "policies": 1}]


@pytest.mark.parametrize("table", ["duties", "benefits", "targets"])
def test_region_limits_a_table_to_its_documents(get: Get, table: str) -> None:
    everything = get(table)
    here = [row for row in everything if row["region"] == "枫渡区"]
    assert 0 < len(here) < len(everything)
    assert get(table, region="枫渡区") == here
    assert get(table, region="火星") == []


@pytest.mark.parametrize("table", ["duties", "benefits", "targets"])
def test_every_row_quotes_the_text_of_its_policy(get: Get, samples: Catalog, table: str) -> None:
    found = get(table)
    assert found
    for row in found:
        policy = samples.policy(str(row["policy_id"]))
        clause = samples.clause(str(row["clause_id"]))
        assert policy.text[row["start"] : row["end"]] == row["quote"]  # type: ignore[misc]
        assert (row["locator"], row["source"]) == (clause.locator, policy.source)
    order = [each.policy_id for each in samples.policies()]
    places = [(order.index(str(row["policy_id"])), row["start"]) for row in found]
    assert places == sorted(places)  # type: ignore[type-var]


def test_duty_comes_with_its_source_its_deadline_and_its_partners(get: Get) -> None:
    row = next(
        row for row in get("duties") if row["task"] == "建设冷链物流数字枢纽" and row["role"] == "牵头"
    )
    assert {key: row[key] for key in ("unit", "deadline", "deadline_date", "policy_title", "region")} == {
        "unit": "枫渡物流园区管委会",
        "deadline": "2026年6月底前",
        "deadline_date": "2026-06-30",
        "policy_title": PLAN,
        "region": "枫渡区",
    }
    assert row["partners"] == [
        {"unit": "区交通运输局", "role": "配合"},
        {"unit": "区商务局", "role": "配合"},
        {"unit": "区市场监管局", "role": "配合"},
    ]
    assert (row["document_number"], row["validity"], row["expires_on"]) == (
        "枫政办〔2024〕21号",
        "unknown",
        None,
    )


def test_duty_without_a_deadline_or_partners_has_none(get: Get) -> None:
    row = next(row for row in get("duties") if row["task"] == "认定、评价和退出管理工作")
    assert (row["unit"], row["deadline"], row["deadline_date"], row["partners"]) == (
        "区科技局",
        None,
        None,
        [],
    )


def test_day_of_the_request_decides_the_validity(get: Get) -> None:
    def validity(**day: str) -> object:
        return next(row["validity"] for row in get("benefits", **day) if row["source"] == "02_measure.txt")

    assert (validity(), validity(on="2027-07-31"), validity(on="2027-08-01")) == (
        "in_force",
        "in_force",
        "expired",
    )


def test_units_are_sorted_by_their_duties_and_limited(get: Get) -> None:
    assert [(row["unit"], row["duties"]) for row in get("units", limit=2)] == [
        ("区农业农村局", 22),
        ("区工信局", 20),
    ]
    assert len(get("units")) == 20


def test_names_of_one_unit_are_one_entry_that_any_of_them_finds(get: Get) -> None:
    entry = {"unit": "区工信局", "aliases": ["区经信局"], "regions": ["栖湖区", "枫渡区"], "duties": 20}
    for query in ("区经信局", "工业和信息化局", "工信"):
        assert get("units", query=query) == [entry]


def test_long_name_finds_the_unit_that_documents_call_by_its_short_name(get: Get) -> None:
    assert [row["unit"] for row in get("units", query="发展和改革委员会")] == ["区发展改革委"]
    assert get("units", query="发展和改革委员会", region="栖湖区") == []


@pytest.mark.parametrize("region", ["栖湖区", "枫渡区"])
def test_every_unit_has_as_many_duties_as_its_entry_counts(get: Get, region: str) -> None:
    for entry in get("units", region=region, limit=1000):
        found = get("duties", region=region, unit=str(entry["unit"]))
        assert len(found) == entry["duties"], entry
        assert {row["unit"] for row in found} == {entry["unit"], *entry["aliases"]}  # type: ignore[misc]


def test_benefit_tells_its_amount_in_words_and_in_yuan(get: Get) -> None:
    row = next(row for row in get("benefits") if row["applicant"] == "数字化服务商")
    names = ("amount", "amount_yuan", "times", "payer", "cap")
    assert [row[name] for name in names] == ["20万元", 200_000.0, None, None, None]
    share = next(row for row in get("benefits", region="枫渡区") if row["applicant"] == "中小企业")
    assert (share["amount"], share["amount_yuan"], share["cap"]) == ("30%", None, "5万元")


def test_benefits_fitting_a_company_name_its_own_words(fitting: Fitting) -> None:
    found = fitting("我们是栖湖区的智能工厂，设了首席数据官")
    assert [(row["reasons"], row["amount"]) for row in found] == [
        (["智能工厂"], "20万元"),
        (["首席数据官"], "3万元"),
        (["智能工厂"], "100万元"),
        (["智能工厂"], "50万元"),
    ]


def test_place_that_a_company_names_leaves_out_other_places(fitting: Fitting) -> None:
    anywhere = fitting("中小企业，买了云服务")
    assert {row["region"] for row in anywhere} == {"栖湖区", "枫渡区"}
    here = fitting("枫渡区的中小企业，买了云服务")
    assert [(row["region"], row["reasons"]) for row in here] == [("枫渡区", ["中小企业", "云服务"])]
    assert {row["region"] for row in fitting("中小企业，买了云服务", region="栖湖区")} == {"栖湖区"}
    assert fitting("中小企业，买了云服务", region="火星") == []


@pytest.mark.parametrize("company", ["我们是一家企业，想申请补贴", "", "乌有"])
def test_company_without_telling_words_fits_nothing(fitting: Fitting, company: str) -> None:
    assert fitting(company) == []


def test_benefits_no_longer_in_force_come_last(fitting: Fitting) -> None:
    found = fitting("湖鲜食品加工企业，有智能工厂")
    assert [row["validity"] for row in found] == ["in_force", "in_force", "in_force", "expired"]
    assert "湖鲜食品加工" in str(found[-1]["purpose"])


def test_target_is_read_as_a_number_with_its_measure(get: Get) -> None:
    row = next(row for row in get("targets") if row["indicator"] == "数字技术相关企业营业收入")
    names = ("value", "comparator", "year", "number", "measure")
    assert [row[name] for name in names] == ["24亿元", "达到", 2027, 2_400_000_000.0, "亿元"]
    share = next(row for row in get("targets") if row["indicator"] == "农产品加工转化率")
    assert [share[name] for name in names] == ["72%", "达到", 2024, 72.0, "%"]


def test_examples_are_of_several_kinds_and_of_both_regions(get: Get) -> None:
    found = get("examples")
    assert found == [
        "栖湖区改革场景发布机制由哪个单位牵头？",
        "枫渡区企业支付的租金有多少补助？",
        "栖湖区2025年累计发布场景机会的目标是多少？",
        "枫渡区完成首轮评测的期限是什么时候？",
        "《栖湖区公共技术服务平台管理办法》还有效吗？",
        "枫渡区开展数字化水平评测由哪个单位牵头？",
    ]
    assert get("examples") == found


def test_examples_leave_out_documents_that_are_not_in_force(get: Get) -> None:
    # The documents with a last day have expired by then; the one that is asked of whether it holds is one.
    found = get("examples", on="2030-01-01")
    assert found and not any("还有效吗" in str(each) or "场景机会" in str(each) for each in found)


def test_changed_catalog_is_read_anew(
    serve: Serve, assistant: Asking, catalog: Catalog, policy: object
) -> None:
    address = serve(lambda: assistant)
    assert len(httpx.get(f"{address}/api/duties").json()["duties"]) == 1
    catalog.remove_policy(policy.policy_id)  # type: ignore[attr-defined]
    assert httpx.get(f"{address}/api/duties").json() == {"duties": [], "left_out": 0}


def test_empty_catalog_gives_empty_tables(serve: Serve, assistant: Asking, tmp_path: Path) -> None:
    with Catalog.open(tmp_path / "empty.sqlite3", create=True) as empty:
        address = serve(lambda: type(assistant)(empty))  # type: ignore[call-arg]
        for table in TABLES:
            assert httpx.get(f"{address}/api/{table}").json() in ({table: []}, {table: [], "left_out": 0})
        body = {"company": "智能工厂"}
        assert httpx.post(f"{address}/api/benefits/fitting", json=body).json()["benefits"] == []


def test_missing_catalog_is_503_as_for_the_policies(serve: Serve) -> None:
    def cannot_open() -> Asking:
        raise CatalogMissingError(Path("/data/catalog.sqlite3"))

    address = serve(cannot_open)
    expected = httpx.get(f"{address}/api/policies")
    assert expected.status_code == 503
    for table in TABLES:
        response = httpx.get(f"{address}/api/{table}")
        assert (response.status_code, response.json()) == (503, expected.json())


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/units?limit=0", None),
        ("GET", "/api/duties?on=yesterday", None),
        ("POST", "/api/benefits/fitting", {"company": "长" * 2001}),
        ("POST", "/api/benefits/fitting", {}),
    ],
)
def test_request_out_of_bounds_is_a_problem(home: str, method: str, path: str, body: object) -> None:
    response = httpx.request(method, home + path, json=body)
    assert response.status_code == 422
    assert response.json()["type"].endswith("invalid-request")


def test_every_query_parameter_is_described(home: str) -> None:
    paths = httpx.get(f"{home}/openapi.json").json()["paths"]
    described = {
        (table, parameter["name"])
        for table in TABLES
        for parameter in paths[f"/api/{table}"]["get"]["parameters"]
        if parameter.get("description")
    }
    assert {("units", "query"), ("units", "limit"), ("duties", "unit"), ("targets", "region")} <= described
    assert {(table, "on") for table in TABLES} <= described

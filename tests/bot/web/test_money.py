"""A company looks for what it may get."""

import io
from typing import TYPE_CHECKING

import httpx
import openpyxl
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


# The writer of the spreadsheet leaves the default style out, as the format allows.
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


@pytest.fixture
def money(page: "Page") -> "Page":
    page.get_by_role("button", name="找补贴", exact=True).click()
    expect(page.locator(".benefit").first).to_be_visible()
    return page


def test_cards_tell_for_whom_how_much_and_where_it_stands(money: "Page") -> None:
    card = money.locator(".benefit").filter(has_text="首席数据官").first
    for part in ("3万元", "《栖湖区支持企业数字化改造若干措施》（栖政规〔2024〕1号）", "现行有效"):
        expect(card).to_contain_text(part)
    card.locator(".clause-link").click()
    expect(money.locator(".document mark")).to_contain_text("首席数据官")


def test_expired_benefits_are_hidden_until_asked_for(money: "Page", home: str) -> None:
    benefits = httpx.get(f"{home}/api/benefits").json()["benefits"]
    holding = [row for row in benefits if row["validity"] in ("in_force", "unknown")]
    assert len(holding) < len(benefits)
    expect(money.locator(".count")).to_have_text(f"共 {len(holding)} 条")
    money.get_by_label("只看现行有效").uncheck()
    expect(money.locator(".count")).to_have_text(f"共 {len(benefits)} 条")
    expect(money.locator(".benefit.expired").first).to_contain_text("已过有效期")
    expect(money.locator(".benefit.expired").first).to_contain_text("2022-12-31")


def test_each_filter_says_how_many_it_alone_hides_and_is_taken_off(money: "Page", home: str) -> None:
    benefits = httpx.get(f"{home}/api/benefits").json()["benefits"]
    over = [row for row in benefits if row["validity"] not in ("in_force", "unknown")]
    hidden = money.locator(".hidden-rows")
    expect(hidden).to_have_text([f"“只看现行有效”隐藏了 {len(over)} 条。显示这 {len(over)} 条"])
    money.get_by_label("事项或关键词").fill("没有哪一条写着这个")
    expect(money.locator(".benefit")).to_have_count(0)
    expect(hidden).to_contain_text(["隐藏了"])
    money.get_by_label("事项或关键词").fill("")
    hidden.get_by_role("button").first.click()
    expect(money.locator(".count")).to_have_text(f"共 {len(benefits)} 条")
    expect(hidden).to_have_count(0)


def test_company_in_free_words_sees_what_may_fit_and_why(money: "Page") -> None:
    money.get_by_label("企业情况").fill("我们公司是智能工厂，设了首席数据官")
    money.get_by_role("button", name="帮我筛选").click()
    expect(money.locator(".fits")).to_contain_text("可能适用 4 项")
    expect(money.locator(".benefit .reasons").first).to_contain_text("因为提到：")
    reasons = set(money.locator(".benefit .reasons .ant-tag").all_inner_texts())
    assert reasons == {"智能工厂", "首席数据官"}
    money.get_by_role("button", name="显示全部").click()
    expect(money.locator(".reasons")).to_have_count(0)


def test_benefits_are_narrowed_by_subject_region_kind_and_amount(money: "Page", home: str) -> None:
    benefits = [
        row
        for row in httpx.get(f"{home}/api/benefits").json()["benefits"]
        if row["validity"] in ("in_force", "unknown")
    ]
    money.get_by_label("金额不低于（元）").fill("100000")
    money.keyboard.press("Tab")
    large = [row for row in benefits if (row["amount_yuan"] or 0) >= 100_000]
    expect(money.locator(".count")).to_have_text(f"共 {len(large)} 条")
    money.get_by_label("事项或关键词").fill("智能工厂")
    expect(money.locator(".benefit").first).to_contain_text("智能工厂")
    money.get_by_label("事项或关键词").fill("")
    money.get_by_label("地区").click()
    money.locator(".ant-select-item-option", has_text="枫渡区").click()
    here = [row for row in large if row["region"] == "枫渡区"]
    expect(money.locator(".count")).to_have_text(f"共 {len(here)} 条")


def test_benefits_are_narrowed_by_the_kind_of_applicant(money: "Page", home: str) -> None:
    benefits = [
        row
        for row in httpx.get(f"{home}/api/benefits").json()["benefits"]
        if row["validity"] in ("in_force", "unknown")
    ]
    companies = [row for row in benefits if "enterprise" in row["applicant_kinds"]]
    assert 0 < len(companies) < len(benefits)
    money.get_by_role("combobox", name="对象").click()
    money.locator(".ant-select-item-option", has_text="企业（").click()
    expect(money.locator(".count")).to_have_text(f"共 {len(companies)} 条")


def test_table_sorts_by_amount_and_is_taken_along(money: "Page") -> None:
    money.get_by_text("表格", exact=True).click()
    money.get_by_role("columnheader", name="金额").click()
    money.get_by_role("columnheader", name="金额").click()
    expect(money.locator(".ant-table-row").first).to_contain_text("3600万元")
    with money.expect_download() as download:
        money.get_by_role("button", name="导出表格（xlsx）").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    header, *body = book.active.iter_rows(values_only=True)
    assert "金额" in header and f"共 {len(body)} 条" == money.locator(".count").inner_text()

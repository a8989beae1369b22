"""An administrator takes documents in, puts them right and sees what was left open."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]
RULES = "澄湖区租金补助办法\n\n第一条 为了扶持企业，制定本办法。\n第二条 按年租金的30%给予补助，最高5万元。\n"


@pytest.fixture
def documents(open_page: OpenPage, managed: str) -> "Page":
    page = open_page(f"{managed}/#/documents")
    expect(page.get_by_role("heading", name="已收录 8 份文件")).to_be_visible()
    return page


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    first, second = tmp_path / "租金.txt", tmp_path / "水费.txt"
    first.write_text(RULES, encoding="utf-8")
    second.write_text(RULES.replace("租金", "水费"), encoding="utf-8")
    return [first, second]


def drop(page: "Page", files: list[Path]) -> None:
    page.locator(".ant-upload-drag input[type=file]").set_input_files(files)


def test_files_are_looked_at_before_they_are_published_and_asked_about_after(
    documents: "Page", files: list[Path], managed: str
) -> None:
    drop(documents, files)
    arrivals = documents.locator(".arrivals li")
    expect(arrivals).to_have_count(2)
    first = arrivals.filter(has_text="租金.txt")
    expect(first).to_contain_text("待发布")
    expect(first).to_contain_text("《澄湖区租金补助办法》：3 条条款，1 条事实")
    first.get_by_role("button", name="查看条款结构").click()
    expect(first.get_by_role("tree")).to_contain_text("第二条 按年租金的30%给予补助")
    assert len(httpx.get(f"{managed}/api/policies").json()["policies"]) == 8
    documents.get_by_role("button", name="全部发布（2）").click()
    expect(arrivals.filter(has_text="已发布")).to_have_count(2)
    expect(documents.get_by_role("heading", name="已收录 10 份文件")).to_be_visible()
    documents.get_by_role("button", name="问政策").click()
    documents.get_by_label("问题", exact=True).fill("澄湖区租金补助最高多少？")
    documents.keyboard.press("Enter")
    expect(documents.locator(".quote").first).to_contain_text("《澄湖区租金补助办法》")
    expect(documents.locator(".direct")).to_contain_text("最高5万元")


def test_files_are_dragged_in(documents: "Page") -> None:
    documents.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "拖来.txt", {type: "text/plain"}));
            const place = document.querySelector(".ant-upload-drag .ant-upload");
            for (const type of ["dragenter", "dragover", "drop"])
                place.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true}));
        }""",
        RULES,
    )
    expect(documents.locator(".arrivals li")).to_contain_text("拖来.txt")
    expect(documents.locator(".arrivals li")).to_contain_text("待发布")


def test_unreadable_file_says_why_and_can_be_put_away(documents: "Page", tmp_path: Path) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"no pdf")
    drop(documents, [bad])
    arrival = documents.locator(".arrivals li")
    expect(arrival).to_contain_text("失败")
    expect(arrival.locator(".problem")).to_contain_text("坏.pdf")
    arrival.get_by_role("button", name="关闭").click()
    expect(documents.locator(".arrivals li")).to_have_count(0)


def test_discarded_file_is_published_by_nobody(documents: "Page", files: list[Path], own_data: Path) -> None:
    drop(documents, files[:1])
    documents.get_by_role("button", name="放弃").click()
    expect(documents.locator(".arrivals li")).to_have_count(0)
    documents.wait_for_timeout(200)
    assert list((own_data / "uploads").iterdir()) == []


def test_document_is_replaced_and_removed(documents: "Page", files: list[Path], managed: str) -> None:
    row = documents.locator(".ant-table-row").filter(has_text="栖湖区企业技术改造补助实施细则")
    row.locator("input[type=file]").set_input_files(files[0])
    arrival = documents.locator(".arrivals li")
    expect(arrival).to_contain_text("发布后替换《栖湖区企业技术改造补助实施细则》")
    expect(row).to_have_count(1)
    arrival.get_by_role("button", name="发布").click()
    expect(documents.locator(".ant-table-row").filter(has_text="澄湖区租金补助办法")).to_be_visible()
    expect(row).to_have_count(0)
    new = documents.locator(".ant-table-row").filter(has_text="澄湖区租金补助办法")
    new.get_by_role("button", name="删除").click()
    documents.locator(".ant-popconfirm").get_by_role("button", name="删除").click()
    expect(new).to_have_count(0)
    titles = [each["title"] for each in httpx.get(f"{managed}/api/policies").json()["policies"]]
    assert len(titles) == 7 and "澄湖区租金补助办法" not in titles


def test_everything_is_indexed_again(documents: "Page") -> None:
    documents.get_by_role("button", name="全部重新收录").click()
    documents.locator(".ant-popconfirm").get_by_role("button", name="全部重新收录").click()
    expect(documents.locator(".job")).to_be_visible()
    expect(documents.get_by_text("完成", exact=True)).to_be_visible(timeout=60_000)
    expect(documents.get_by_role("heading", name="已收录 8 份文件")).to_be_visible()


def test_open_questions_are_taken_along_and_ticked_off(documents: "Page") -> None:
    documents.get_by_role("button", name="问政策").click()
    documents.get_by_label("问题", exact=True).fill("木星移民补贴由谁发放？")
    documents.keyboard.press("Enter")
    expect(documents.locator(".near")).to_be_visible()
    documents.get_by_role("button", name="文件管理").click()
    documents.get_by_role("tab", name="待处理的问题").click()
    row = documents.locator(".ant-table-row").filter(has_text="木星移民补贴由谁发放？")
    expect(row).to_contain_text("没有答案")
    with documents.expect_download() as download:
        documents.get_by_role("button", name="导出为 JSONL").click()
    lines = [json.loads(line) for line in download.value.path().read_text(encoding="utf-8").splitlines()]
    assert "木星移民补贴由谁发放？" in {line["question"] for line in lines}
    row.get_by_role("button", name="已处理").click()
    expect(row).to_have_count(0)


def test_administrator_enters_with_the_token_alone(open_page: OpenPage, guarded: str) -> None:
    page = open_page(f"{guarded}/#/documents", expected_errors=True)
    field = page.get_by_label("管理员令牌")
    field.fill("wrong")
    page.get_by_role("button", name="进入").click()
    expect(page.get_by_text("令牌不对。")).to_be_visible()
    field.fill("secret of sixteen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="已收录 8 份文件")).to_be_visible()
    assert "secret of" not in json.dumps(page.evaluate("({...localStorage})"))
    page.get_by_role("button", name="退出管理").click()
    expect(page.get_by_label("管理员令牌")).to_be_visible()

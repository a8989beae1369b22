"""axe finds nothing serious in any view."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]
_GRAVE = {"serious", "critical"}
_LOOKS: dict[str, dict[str, object]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}},
}
VIEWS = {
    "": ".examples",
    "unit": ".ant-table-row",
    "unit?tab=calendar": ".agenda li",
    "unit?tab=network": ".network canvas",
    "unit?tab=targets": ".targets canvas",
    "money": ".benefit",
    "documents": ".ant-table-row",
}


def grave_findings(page: "Page") -> list[str]:
    # Colours fade in; what is measured halfway is neither.
    page.wait_for_timeout(400)
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['any'][:1]}"
        for each in found
        if each["impact"] in _GRAVE
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("look", _LOOKS)
@pytest.mark.parametrize("view", VIEWS)
def test_view_has_no_grave_finding(open_page: OpenPage, managed: str, view: str, look: str) -> None:
    page = open_page(f"{managed}/#/{view}", **_LOOKS[look])
    expect(page.locator(VIEWS[view]).first).to_be_visible()
    assert grave_findings(page) == []


@pytest.mark.parametrize("look", _LOOKS)
def test_answers_and_the_document_beside_them_have_no_grave_finding(
    open_page: OpenPage, home: str, look: str
) -> None:
    page = open_page(home, **_LOOKS[look])
    for question in ("首次采购云服务补助多少？", "企业技术改造补助多少？", "补助多少？", "火星有补助吗？"):
        page.get_by_label("问题", exact=True).fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".answer .actions").last).to_be_visible()
        expect(page.locator("#send")).to_be_visible()
    assert grave_findings(page) == []
    page.locator(".marker.expired").first.click()
    expect(page.locator(".document mark")).to_be_visible()
    assert grave_findings(page) == []


@pytest.mark.parametrize("look", _LOOKS)
def test_why_an_answer_is_what_it_is_has_no_grave_finding(
    open_page: OpenPage, managed: str, look: str
) -> None:
    page = open_page(managed, **_LOOKS[look])
    page.get_by_label("问题", exact=True).fill("栖湖区2035年要建成多少家场景实验室？")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="为什么是这个答案").click()
    expect(page.get_by_role("dialog").locator(".readings").first).to_be_visible()
    assert grave_findings(page) == []


@pytest.mark.parametrize("look", _LOOKS)
def test_marked_words_have_no_grave_finding(open_page: OpenPage, address: str, look: str) -> None:
    page = open_page(address, **_LOOKS[look])
    page.get_by_label("问题", exact=True).fill("补助多少？")
    page.keyboard.press("Enter")
    expect(page.locator("blockquote mark")).to_be_visible()
    assert grave_findings(page) == []
    page.locator(".marker").first.click()
    expect(page.locator(".document mark strong")).to_be_visible()
    assert grave_findings(page) == []


def test_dialogs_have_no_grave_finding(open_page: OpenPage, guarded: str) -> None:
    page = open_page(guarded, expected_errors=True)
    page.get_by_label("问题", exact=True).fill("首次采购云服务补助多少？")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="没帮助").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert grave_findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="文件管理").click()
    expect(page.get_by_label("管理员令牌")).to_be_visible()
    assert grave_findings(page) == []

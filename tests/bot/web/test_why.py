"""The administrator looks below an answer for why it is what it is; others see nothing of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

OpenPage = Callable[..., "Page"]


def ask(page: "Page", question: str) -> None:
    page.get_by_label("问题", exact=True).fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer .actions").last).to_be_visible()
    expect(page.locator("#send")).to_be_visible()


def why(page: "Page") -> "Locator":
    return page.get_by_role("button", name="为什么是这个答案")


def test_the_drawer_shows_the_attempts_the_clauses_and_the_rules(open_page: OpenPage, managed: str) -> None:
    page = open_page(managed)
    ask(page, "栖湖区2035年要建成多少家场景实验室？")
    why(page).click()
    drawer = page.get_by_role("dialog", name="为什么是这个答案")
    first = drawer.get_by_role("region", name="1. 按原问题", exact=True)
    expect(first).to_contain_text("没有答案")
    expect(first.get_by_role("columnheader", name="概率")).to_be_visible()
    expect(first.locator("tbody tr").first).to_contain_text("《")
    expect(first.locator("tbody")).to_contain_text("别的年度的文件")
    assert "document of another year" not in drawer.inner_text()


def test_a_follow_up_is_explained_behind_the_questions_before_it(open_page: OpenPage, managed: str) -> None:
    page = open_page(managed)
    ask(page, "场景实验室由哪个单位牵头？")
    ask(page, "那配合单位呢？")
    why(page).last.click()
    drawer = page.get_by_role("dialog", name="为什么是这个答案")
    expect(drawer.locator(".attempt h3")).to_have_count(2)
    expect(drawer.locator(".attempt h3").first).to_contain_text("上一个问题")
    expect(drawer.locator(".attempt h3").last).to_contain_text("采用")
    expect(drawer.locator(".understood").last).to_contain_text("那配合单位呢")


def test_escape_closes_the_drawer_and_gives_the_focus_back(open_page: OpenPage, managed: str) -> None:
    page = open_page(managed)
    ask(page, "首次采购云服务补助多少？")
    why(page).focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="为什么是这个答案")
    expect(drawer.locator(".readings").first).to_be_visible()
    assert page.evaluate("document.activeElement.closest('.ant-drawer') !== null")
    for _ in range(6):
        # Nothing behind it is reached by Tab; behind the last of its elements comes the browser's own.
        page.keyboard.press("Tab")
        assert not page.evaluate("document.getElementById('root').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(why(page)).to_be_focused()


def test_others_see_nothing_of_it(page: "Page") -> None:
    ask(page, "首次采购云服务补助多少？")
    expect(page.get_by_role("button", name="导出 Word")).to_be_visible()
    expect(why(page)).to_have_count(0)


def test_it_comes_with_the_token_and_goes_with_it(open_page: OpenPage, guarded: str) -> None:
    page = open_page(guarded, expected_errors=True)
    ask(page, "首次采购云服务补助多少？")
    expect(why(page)).to_have_count(0)
    page.get_by_role("button", name="文件管理").click()
    page.get_by_label("管理员令牌").fill("secret of sixteen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="退出管理")).to_be_visible()
    page.get_by_role("button", name="问政策").click()
    why(page).click()
    expect(page.get_by_role("dialog").locator(".readings").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="文件管理").click()
    page.get_by_role("button", name="退出管理").click()
    page.get_by_role("button", name="问政策").click()
    expect(page.locator(".answer")).to_be_visible()
    expect(why(page)).to_have_count(0)


def test_it_speaks_the_language_of_the_page(open_page: OpenPage, managed: str) -> None:
    page = open_page(managed)
    page.get_by_role("button", name="English").click()
    page.get_by_label("Question", exact=True).fill("栖湖区2035年要建成多少家场景实验室？")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Why this answer").click()
    drawer = page.get_by_role("dialog", name="Why this answer")
    expect(drawer.get_by_role("heading", name="1. As asked")).to_be_visible()
    expect(drawer).to_contain_text("document of another year")

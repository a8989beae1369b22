"""The page tells what is kept of questions, as the settings have it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from vectorstore.catalog import Catalog
from vectorstore.notes import Note

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]


def ask(page: "Page", question: str) -> None:
    page.get_by_label("问题", exact=True).fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer-body")).to_be_visible()


def test_what_is_kept_is_told_beside_the_question_in_both_languages(page: "Page") -> None:
    notice = page.locator("#keeping")
    expect(notice).to_contain_text("保存 90 天")
    expect(page.get_by_label("问题", exact=True)).to_have_attribute("aria-describedby", "keeping")
    page.get_by_role("button", name="English").click()
    expect(notice).to_contain_text("kept for 90 days")


def test_where_nothing_is_kept_nothing_is_said_to_be_and_answers_are_not_judged(
    open_page: OpenPage, forgetful: str
) -> None:
    page = open_page(forgetful)
    ask(page, "场景实验室由哪个单位牵头？")
    expect(page.get_by_role("button", name="导出 Word")).to_be_visible()
    expect(page.locator("#keeping")).to_have_count(0)
    expect(page.get_by_role("button", name="没帮助")).to_have_count(0)


def test_a_greeting_is_answered_in_a_line(page: "Page") -> None:
    ask(page, "你好")
    expect(page.locator(".direct")).to_contain_text("请写出想了解的政策事项")
    expect(page.locator(".near")).to_have_count(0)


def test_open_questions_are_shown_page_by_page(open_page: OpenPage, managed: str, own_data: Path) -> None:
    with Catalog.open(own_data / "catalog.sqlite3") as catalog:
        for place in range(60):
            note = Note(verdict="down", question=f"第{place}问？", noted_at=datetime.now(UTC))
            catalog.feedback.keep(note, client=str(place))
    page = open_page(f"{managed}/#/documents")
    page.get_by_role("tab", name="待处理的问题").click()
    rows = page.locator(".ant-table-row").filter(has_text=re.compile(r"第\d+问？"))
    expect(rows).to_have_count(50)
    # The samples may hold questions that other tests left open.
    page.get_by_role("button", name=re.compile(r"再看更多（已显示 50 条，共 \d+ 条）")).click()
    expect(rows).to_have_count(60)
    expect(page.get_by_role("button", name="再看更多")).to_have_count(0)
    rows.filter(has_text="第59问？").get_by_role("button", name="已处理").click()
    expect(rows).to_have_count(59)

"""The chat page in a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.policy import Policy

if TYPE_CHECKING:
    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver: apt install chromium chromium-driver"
)
SECONDS = 20


@pytest.fixture
def browser(tmp_path: Path) -> "Iterator[Chrome]":
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium: pip install selenium")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--window-size=1280,860",
        f"--user-data-dir={tmp_path / 'profile'}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def first(browser: "Chrome", selector: str) -> "WebElement":
    from selenium.webdriver.support.ui import WebDriverWait

    def found(driver: "Chrome") -> "WebElement | None":
        elements = driver.find_elements("css selector", selector)
        return elements[0] if elements and elements[0].is_displayed() else None

    return WebDriverWait(browser, SECONDS).until(found)  # type: ignore[return-value]


def ask(browser: "Chrome", question: str) -> None:
    first(browser, "#question").send_keys(question)
    first(browser, "#send").click()


def test_answer_shows_quotes_and_opens_the_clause_in_its_document(
    browser: "Chrome", address: str, policy: Policy
) -> None:
    browser.get(address)
    assert "云桥区小微企业扶持办法" in first(browser, ".policy").text
    ask(browser, "补助多少？")
    card = first(browser, ".card")
    assert "《云桥区小微企业扶持办法》（云政〔2023〕7号）" in card.text
    assert "一、(一)" in card.text
    assert "现行有效（至 2025-12-31）" in card.text
    assert card.find_element("css selector", "blockquote").text == "按年租金的30%补助，最高5万元。"
    assert first(browser, ".answer .text").text.startswith("云桥区：最高补助5万元")

    first(browser, ".marker").click()
    assert first(browser, "#document mark").text == "按年租金的30%补助，最高5万元。"
    assert first(browser, ".clause.cited").text == policy.clauses[3].text
    assert [clause.text for clause in browser.find_elements("css selector", ".clause")] == [
        clause.text for clause in policy.clauses
    ]
    assert not browser.find_elements("css selector", "#document b"), "text became markup"
    first(browser, "#close-document").click()
    assert not browser.find_element("css selector", "#document").is_displayed()
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_question_is_shown_as_text_and_silence_offers_near_clauses(browser: "Chrome", address: str) -> None:
    browser.get(address)
    question = "火星<img src=x onerror=alert(1)>有补助吗？"
    ask(browser, question)
    card = first(browser, ".card.near")
    assert first(browser, ".question").text == question
    assert not browser.find_elements("css selector", "img")
    card.find_element("css selector", ".open").click()
    assert first(browser, "#document mark").text == "𠮷祥街道等单位：<b>现印发</b>本办法。"


def test_follow_up_carries_the_earlier_question(browser: "Chrome", address: str, assistant: object) -> None:
    browser.get(address)
    ask(browser, "补助多少？")
    first(browser, ".card")
    ask(browser, "那火星呢？")
    first(browser, ".card.near")
    assert [asked.history for asked in assistant.asked] == [(), ("补助多少？",)]  # type: ignore[attr-defined]


def test_refused_question_is_explained(browser: "Chrome", address: str) -> None:
    browser.get(address)
    browser.execute_script("document.getElementById('question').value = '长'.repeat(3000)")
    first(browser, "#send").click()
    assert "问题太长" in first(browser, ".answer .problem").text
    assert first(browser, "#send").is_enabled()

"""The page speaks one language at a time; what documents say stays Chinese."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]
WEB = Path(__file__).parents[3] / "bot" / "web" / "src"
VIEWS = ("chat", "unit", "unit?tab=calendar", "unit?tab=network", "unit?tab=targets", "money", "documents")
HAN = re.compile("[一-鿿]+")
SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}")
# Every text of the page and of its labels that is not marked as another language.
TEXTS = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
    const own = document.documentElement.lang.slice(0, 2);
    const found = [document.title];
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
        const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        if (!element?.closest || element.closest("script, style, noscript")) continue;
        if (element.closest("[lang]")?.lang.slice(0, 2) !== own && element.closest("[lang]")) continue;
        if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
        else for (const name of ["aria-label", "placeholder", "title", "alt"])
            if (element.getAttribute(name)) found.push(element.getAttribute(name));
    }
    return found.map(text => text.trim()).filter(Boolean);
}"""


def texts(page: "Page") -> list[str]:
    page.wait_for_load_state("networkidle")
    expect(page.locator("main .ant-spin-spinning")).to_have_count(0)
    return list(page.evaluate(TEXTS))


def served(home: str) -> str:
    """Every string that the server gives of its documents: quotes, titles, names of units and places."""
    routes = ("policies", "duties", "benefits", "targets", "units", "regions", "examples")
    answers = [httpx.get(f"{home}/api/{route}").text for route in routes]
    strings: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            strings.append(value)
        elif isinstance(value, dict):
            for each in value.values():
                collect(each)
        elif isinstance(value, list):
            for each in value:
                collect(each)

    for answer in answers:
        collect(json.loads(answer))
    return "\n".join(strings)


@pytest.fixture
def english(open_page: OpenPage, managed: str) -> "Page":
    page = open_page(managed)
    page.get_by_role("button", name="English").click()
    return page


def test_english_page_is_chinese_only_in_what_documents_say(english: "Page", managed: str) -> None:
    expect(english).to_have_title("Clausewise: answers about policy")
    of_documents = served(managed)
    chinese = (WEB / "messages.ts").read_text("utf-8").split("const en: ")[0]
    own = set(re.findall(r'"([^"\n]*[一-鿿][^"\n]*)"', chinese))
    for view in VIEWS:
        english.goto(f"{managed}/#/{view}")
        shown = texts(english)
        strange = [text for text in shown if any(run not in of_documents for run in HAN.findall(text))]
        assert strange == [], view
        assert [text for text in shown if text in own and text not in of_documents.split("\n")] == [], view


def test_chinese_page_has_no_english_sentence(open_page: OpenPage, managed: str, tmp_path: Path) -> None:
    page = open_page(managed)
    expect(page).to_have_title("Clausewise 政策问答")
    for view in VIEWS:
        page.goto(f"{managed}/#/{view}")
        assert [text for text in texts(page) if SENTENCE.search(text)] == [], view
    files = {
        "坏.pdf": b"no pdf",
        "空.txt": b"",
        "表.docx": b"PK\x03\x04",
        "照片.heic": b"?",
        "字.txt": b"%PDF-1.7",
        "好.txt": "某区租金办法\n\n第一条 为了扶持企业，制定本办法。\n".encode(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page.locator(".ant-upload-drag input[type=file]").set_input_files([tmp_path / name for name in files])
    expect(page.locator(".arrivals .problem")).to_have_count(5)
    problems = page.locator(".arrivals .problem").all_inner_texts()
    assert all(HAN.search(problem.split("：", 1)[1]) for problem in problems), problems
    assert [text for text in texts(page) if SENTENCE.search(text)] == []


def test_a_job_says_how_far_it_is_in_the_language_of_the_page(open_page: OpenPage, managed: str) -> None:
    job = {"job_id": "1", "state": "running", "done": 12, "total": 39, "reports": [], "error": ""}
    page = open_page(f"{managed}/#/documents")
    doing = {"text": "reading 办法.txt"}
    page.route("**/api/admin/reindex", lambda route: route.fulfill(json=job | {"doing": "reading 办法.txt"}))
    page.route("**/api/admin/jobs/1", lambda route: route.fulfill(json=job | {"doing": doing["text"]}))
    page.get_by_role("button", name="全部重新收录").click()
    page.locator(".ant-popconfirm").get_by_role("button", name="全部重新收录").click()
    shown = page.locator(".job")
    expect(shown).to_contain_text("12/39 正在读取 办法.txt")
    doing["text"] = "thinking of something quite new"
    expect(shown.locator("[lang=en]")).to_have_text("thinking of something quite new")
    page.get_by_role("button", name="English").click()
    doing["text"] = "reading 办法.txt"
    expect(shown).to_contain_text("12 of 39 reading 办法.txt")


@pytest.mark.parametrize(("language", "said"), [("zh", "磁盘已满"), ("en", "The disk of the server is full")])
def test_a_problem_is_told_in_the_language_of_the_page(
    open_page: OpenPage, home: str, language: str, said: str
) -> None:
    page = open_page(home, expected_errors=True)
    if language == "en":
        page.get_by_role("button", name="English").click()
    problem = {
        "type": "urn:clausewise:problem:disk-full",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "nothing can be written now; tell whoever runs this server: its log says what to do",
    }
    page.route("**/api/duties*", lambda route: route.fulfill(status=503, json=problem))
    page.goto(f"{home}/#/unit")
    expect(page.locator(".ant-alert")).to_contain_text(said)
    expect(page.locator(".ant-alert")).not_to_contain_text("nothing can be written")

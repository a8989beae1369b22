"""How fast the web client is in a real browser: `python -m eval.benchmarks.speed.page`, extra `test`.

Every figure is of a server and a browser on this machine; the browser's profile is new each time.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.wiring import open_indexer
from eval.benchmarks.speed.program import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ARTICLES = 520
_ROWS = 5_000
_RUNS = 5
_QUESTION = "第400条的设备补助最高多少？"
_WATCH = """
    window.seen = {usable: 0, largest: 0, blocked: 0, shift: 0};
    const field = new MutationObserver(() => { if (document.querySelector('#question'))
        { seen.usable = performance.now(); field.disconnect(); } });
    field.observe(document, {childList: true, subtree: true});
    const watch = (type, note) => new PerformanceObserver(list => list.getEntries().forEach(note))
        .observe({type, buffered: true});
    watch('largest-contentful-paint', each => { seen.largest = each.startTime; });
    watch('longtask', each => { seen.blocked += each.duration - 50; });
    watch('layout-shift', each => { if (!each.hadRecentInput) seen.shift += each.value; });
"""
_SEEN = """() => ({...seen, scripts: performance.getEntriesByType('resource')
    .filter(each => each.name.endsWith('.js')).reduce((sum, each) => sum + each.encodedBodySize, 0)})"""
# Milliseconds from an act until a condition holds, looked at in every frame of the page itself.
_UNTIL = """() => new Promise(done => {
    const began = performance.now();
    const look = () => requestAnimationFrame(() => %(condition)s ? done(performance.now() - began) : look());
    %(act)s;
    look();
})"""
_IN_VIEW = """(() => { const mark = document.querySelector('.document mark');
    if (!mark) return false;
    const box = mark.getBoundingClientRect();
    const frame = document.querySelector('.document .text').getBoundingClientRect();
    return box.top >= frame.top && box.bottom <= frame.bottom; })()"""
_FIRST_BYTE = """question => new Promise(async done => {
    const began = performance.now();
    const answer = await fetch('api/ask/stream', {method: 'POST', body: JSON.stringify({question}),
        headers: {'Content-Type': 'application/json'}});
    await answer.body.getReader().read();
    done(performance.now() - began);
})"""
_TYPE = """(() => { const field = document.querySelector('.text-filter input');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '%s');
    field.dispatchEvent(new Event('input', {bubbles: true})); })()"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFigures:
    """Medians of several runs; names that end in _ms are milliseconds."""

    usable_ms: float  # from a new profile to a field that takes the question
    largest_paint_ms: float  # the largest contentful paint of the first view
    blocked_ms: float  # of its tasks that take longer than 50 ms, the time beyond that
    layout_shift: float  # how much of it moves after it was drawn: 0 nothing, 0.1 is the bound of a good page
    script_gzip_kb: float  # of all scripts that the first view loads
    first_byte_ms: float  # of a streamed answer
    first_question_ms: float  # the same, of the first question after the server said that it is ready
    document_ms: float  # from the click on a marker until the quote is in view, 500 clauses
    filter_ms: float  # from a key until 5,000 duties are filtered and drawn


def measure_page(data: Path) -> PageFigures:
    """Makes a long document, serves it and looks at it in Chromium."""
    document = data / "long.txt"
    document.write_text(_long_document(), encoding="utf-8")
    open_indexer(Settings(data=data)).index([document])
    with served(data) as (address, _), _browser() as browser:
        first = [_first_view(browser, address) for _ in range(_RUNS)]
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#question")
        first_bytes = [float(page.evaluate(_FIRST_BYTE, _QUESTION)) for _ in range(_RUNS)]
        return PageFigures(
            usable_ms=median(each["usable"] for each in first),
            largest_paint_ms=median(each["largest"] for each in first),
            blocked_ms=median(each["blocked"] for each in first),
            layout_shift=median(each["shift"] for each in first),
            script_gzip_kb=median(each["scripts"] for each in first) / 1024,
            first_byte_ms=median(first_bytes),
            first_question_ms=first_bytes[0],
            document_ms=_document_ms(page),
            filter_ms=_filter_ms(browser, address),
        )


@contextmanager
def _browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("the browser is missing: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def _first_view(browser: "Browser", address: str) -> dict[str, float]:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_function("window.seen.usable")
    page.wait_for_load_state("networkidle")
    seen: dict[str, float] = page.evaluate(_SEEN)
    context.close()
    return seen


def _milliseconds(page: "Page", act: str, condition: str) -> float:
    return float(page.evaluate(_UNTIL % {"act": act, "condition": condition}))


def _document_ms(page: "Page") -> float:
    page.fill("#question", _QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".marker")
    taken = []
    for _ in range(_RUNS):
        taken.append(_milliseconds(page, "document.querySelector('.marker').click()", _IN_VIEW))
        page.click(".document header button")
    return median(taken)


def _filter_ms(browser: "Browser", address: str) -> float:
    page = browser.new_page()
    rows = [_row(place) for place in range(_ROWS)]
    page.route(
        "**/api/duties*",
        lambda route: route.fulfill(content_type="application/json", body=json.dumps({"duties": rows})),
    )
    page.goto(f"{address}/#/unit")
    page.wait_for_selector(".ant-table-row")
    taken = []
    for run in range(_RUNS):
        act = _TYPE % f"任务{run}7"
        shown = sum(f"任务{run}7" in str(row["task"]) for row in rows)
        condition = f"document.querySelector('.count').textContent.includes(' {shown} ')"
        taken.append(_milliseconds(page, act, condition))
    page.close()
    return median(taken)


def _row(place: int) -> dict[str, object]:
    return {
        "fact_id": f"f{place}",
        "policy_id": f"p{place % 40}",
        "policy_title": f"某市第{place % 40}号工作方案",
        "document_number": f"某政〔2024〕{place % 40}号",
        "region": "某市",
        "source": "plan.txt",
        "clause_id": f"c{place}",
        "locator": f"第{place}条",
        "quote": f"任务{place}由某局牵头。",
        "start": 0,
        "end": 10,
        "validity": "in_force",
        "expires_on": None,
        "unit": f"第{place % 60}局",
        "role": "牵头" if place % 3 else "配合",
        "task": f"任务{place}",
        "deadline": None,
        "deadline_date": None,
        "partners": [],
    }


def _long_document() -> str:
    articles = [
        f"第{place}条 对购买第{place}类设备的企业，给予最高{place}万元补助，由区财政局在年度预算中安排。"
        for place in range(1, _ARTICLES + 1)
    ]
    return "\n".join(["澄湖区设备补助办法", "", *articles])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        figures = measure_page(Path(folder))
    for name in PageFigures.__slots__:
        print(f"{name:16} {getattr(figures, name):10.3f}")

"""What documents and questions say is shown, never run."""

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]
ATTACKS = (
    "<script>window.attacked = 1</script>",
    "<img src=x onerror=window.attacked=1>",
    "[点这里](javascript:window.attacked=1)",
    "![图](https://elsewhere.example/pixel.png)",
    "<svg onload=window.attacked=1>",
    "**粗体**",
)
TITLE = "澄湖区<script>window.attacked=1</script>补助办法"
RULES = f"""{TITLE}

澄府〔2024〕9号

第一条 为了扶持企业{ATTACKS[1]}，制定本办法。
第二条 对购买{ATTACKS[2]}设备的企业，给予最高5万元补助{ATTACKS[0]}。
第三条 {ATTACKS[3]}设备补助工作由区财政局<b>牵头</b>，区科技局配合，2026年6月底前完成{ATTACKS[4]}。
第四条 到2027年，{ATTACKS[5]}设备企业达到30家。
"""


@pytest.fixture
def attacked(open_page: OpenPage, managed: str) -> "Page":
    with httpx.Client(base_url=f"{managed}/api/admin", timeout=60) as client:
        upload = client.put("/uploads/攻击.txt", content=RULES.encode()).json()
        job = client.post(f"/uploads/{upload['upload_id']}/publish").json()
        while job["state"] in ("waiting", "running"):
            time.sleep(0.1)
            job = client.get(f"/jobs/{job['job_id']}").json()
        assert job["state"] == "done", job
    return open_page(managed)


def nothing_ran(page: "Page") -> None:
    assert page.evaluate("window.attacked") is None
    assert page.evaluate("[...document.scripts].filter(each => !each.src).length") == 0
    assert (
        page.evaluate("document.querySelectorAll('main img, aside img, main a[href]:not(.skip)').length") == 0
    )
    assert page.evaluate("document.querySelectorAll('[onerror], [onload], [href^=javascript]').length") == 0


def test_document_is_shown_as_text_in_the_answer_and_beside_it(attacked: "Page") -> None:
    attacked.get_by_label("问题", exact=True).fill("购买设备的企业给予多少补助？")
    attacked.keyboard.press("Enter")
    quote = attacked.locator(".quote").filter(has_text="第二条").first
    expect(quote).to_contain_text("[点这里](javascript:window.attacked=1)")
    expect(quote).to_contain_text("<script>window.attacked=1</script>补助办法")
    quote.get_by_role("button").first.click()
    for attack in ATTACKS:
        expect(attacked.locator(".document .text")).to_contain_text(attack)
    nothing_ran(attacked)


@pytest.mark.parametrize("attack", ATTACKS)
def test_question_is_shown_as_text(attacked: "Page", attack: str) -> None:
    question = f"{attack}火星有补助吗？"
    attacked.get_by_label("问题", exact=True).fill(question)
    attacked.keyboard.press("Enter")
    expect(attacked.locator(".question")).to_have_text(question)
    expect(attacked.locator(".answer .actions")).to_be_visible()
    attacked.wait_for_timeout(500)
    attacked.reload()
    expect(attacked.locator(".question")).to_have_text(question)
    expect(attacked.locator(".conversation")).to_have_text(question)
    nothing_ran(attacked)


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("unit?tab=duties", ".ant-table-row"),
        ("unit?tab=calendar", ".agenda li"),
        ("unit?tab=network", ".network canvas"),
        ("unit?tab=targets", ".targets canvas"),
        ("money", ".benefit"),
        ("documents", ".ant-table-row"),
    ],
)
def test_rows_of_facts_are_text(attacked: "Page", view: str, shown: str) -> None:
    attacked.evaluate("view => { location.hash = '/' + view }", view)
    expect(attacked.locator(shown).first).to_be_visible()
    if "tab=targets" in view:
        # A tooltip of a drawing is no markup either.
        attacked.locator(".targets canvas").hover()
    attacked.wait_for_timeout(300)
    nothing_ran(attacked)


def test_preview_and_open_questions_are_text(attacked: "Page") -> None:
    attacked.get_by_label("问题", exact=True).fill(f"{ATTACKS[0]}火星{ATTACKS[1]}有多少名宇航员？")
    attacked.keyboard.press("Enter")
    expect(attacked.locator(".answer .actions")).to_be_visible()
    attacked.get_by_role("button", name="文件管理").click()
    place = attacked.locator(".ant-upload-drag input[type=file]")
    content = RULES.replace("补助办法", "奖励办法").encode()
    place.set_input_files({"name": "![图](x).txt", "mimeType": "text/plain", "buffer": content})
    expect(attacked.locator(".arrivals strong")).to_have_text("![图](x).txt")
    attacked.get_by_role("button", name="查看条款结构").click()
    expect(attacked.get_by_role("tree")).to_contain_text("<script>window.attacked=1</script>奖励办法")
    attacked.get_by_role("tab", name="待处理的问题").click()
    expect(attacked.locator(".ant-table-row").filter(has_text=ATTACKS[0]).first).to_be_visible()
    nothing_ran(attacked)


def test_markdown_of_an_answer_escapes_what_documents_say(attacked: "Page") -> None:
    attacked.get_by_label("问题", exact=True).fill("购买设备的企业给予多少补助？")
    attacked.keyboard.press("Enter")
    expect(attacked.locator(".quote").first).to_be_visible()
    with attacked.expect_download() as download:
        attacked.get_by_role("button", name="导出 Markdown").click()
    written = download.value.path().read_text(encoding="utf-8")
    assert "\\<script\\>" in written
    assert not re.search(r"(?<!\\)(?:<script|\]\()", written)

"""An enterprise asks, checks the clause, asks on."""

import io
import json
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import docx
import httpx
import pytest
from playwright.sync_api import expect

from bot.answer import Question

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEAD = "场景实验室由哪个单位牵头？"
CLOUD = "购买云服务补助多少？"
OpenPage = Callable[..., "Page"]


def ask(page: "Page", question: str) -> None:
    page.get_by_label("问题", exact=True).fill(question)
    page.keyboard.press("Enter")


def answered(page: "Page", question: str) -> None:
    ask(page, question)
    expect(page.locator(".answer .quote").last).to_be_visible()
    expect(page.locator("#send")).to_be_visible()


def is_in_view(page: "Page", selector: str) -> bool:
    return bool(
        page.evaluate(
            """selector => {
                const box = document.querySelector(selector).getBoundingClientRect();
                const frame = document.querySelector('.document .text').getBoundingClientRect();
                return box.top >= frame.top && box.bottom <= frame.bottom;
            }""",
            selector,
        )
    )


def test_direct_answer_comes_first_and_each_quote_names_document_number_and_place(
    page: "Page", home: str
) -> None:
    answered(page, LEAD)
    expect(page.locator(".direct")).to_contain_text("(区科技局、区工信局按职责分工负责)")
    quote = page.locator(".quote").first
    expect(quote).to_contain_text("《栖湖区数字技术应用场景培育行动方案(2024—2027年)》（栖政〔2024〕7号）")
    expect(quote).to_contain_text("二、(三)第1段")
    expect(quote).to_contain_text("现行有效（至 2027-12-31）")
    body = httpx.post(f"{home}/api/ask", json={"question": LEAD}).json()
    assert page.locator(".quote blockquote").all_inner_texts() == [
        each["quote"] for each in body["citations"]
    ]


def test_answer_of_several_regions_has_a_card_for_each(page: "Page") -> None:
    answered(page, CLOUD)
    expect(page.locator(".direct")).to_have_text("找到 2 处规定：栖湖区、枫渡区。")
    assert page.locator(".region .ant-card-head-title").all_inner_texts() == ["栖湖区", "枫渡区"]
    expect(page.locator(".region").first).to_contain_text("每家企业每年最高不超过8万元")
    expect(page.locator(".region").last).to_contain_text("每家企业最高不超过5万元")


def test_marker_opens_the_clause_with_the_quote_marked_beside_the_chat(page: "Page") -> None:
    answered(page, LEAD)
    quote = page.locator(".quote blockquote").first.inner_text()
    page.locator(".marker").first.click()
    expect(page.locator(".document mark")).to_have_text(quote)
    assert is_in_view(page, ".document mark")
    expect(page.locator(".answer").first).to_be_visible()
    expect(page.locator(".tools .locator")).to_have_text("二、(三)第1段")
    page.get_by_role("button", name="下一条").click()
    expect(page.locator(".clause.current")).to_contain_text("盘活闲置空间")
    page.get_by_role("button", name="上一条").click()
    expect(page.locator(".clause.current")).to_contain_text("布局场景实验室")
    page.get_by_role("navigation", name="目录").get_by_role("button", name="加强跟踪评估").click()
    expect(page.locator(".clause.current")).to_contain_text("加强跟踪评估")


def test_new_question_stands_at_the_top_with_its_answer_below(page: "Page") -> None:
    answered(page, CLOUD)
    answered(page, LEAD)
    expect(page.locator(".question")).to_have_count(2)
    page.wait_for_timeout(300)
    log, last = (page.locator(each).last.bounding_box() for each in (".log", ".question"))
    assert log is not None and last is not None
    assert log["y"] <= last["y"] < log["y"] + 40


def test_headings_are_reached_on_a_phone_too(open_page: OpenPage, home: str) -> None:
    page = open_page(home, viewport={"width": 390, "height": 800})
    answered(page, LEAD)
    page.locator(".marker").first.click()
    heading = page.get_by_role("navigation", name="目录").get_by_role("button", name="加强跟踪评估")
    expect(heading).to_be_hidden()
    page.get_by_role("button", name="目录").click()
    heading.click()
    expect(page.locator(".clause.current")).to_contain_text("加强跟踪评估")
    expect(heading).to_be_hidden()


def test_chips_have_the_colour_of_their_document(page: "Page") -> None:
    answered(page, "企业技术改造补助多少？")
    colours = {
        state: page.locator(f".quote.{state} .source").first.evaluate(
            "chip => getComputedStyle(chip).borderColor"
        )
        for state in ("expired",)
    }
    answered(page, CLOUD)
    for state in ("in_force", "unknown"):
        colours[state] = page.locator(f".quote.{state} .source").first.evaluate(
            "chip => getComputedStyle(chip).borderColor"
        )
    assert len(set(colours.values())) == len(colours)


def test_clause_is_copied_with_its_source(page: "Page") -> None:
    answered(page, LEAD)
    page.locator(".marker").first.click()
    page.get_by_role("button", name="复制并注明出处").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    quote = page.locator(".quote blockquote").first.inner_text()
    assert copied.startswith(quote)
    assert copied.endswith(
        "——《栖湖区数字技术应用场景培育行动方案(2024—2027年)》（栖政〔2024〕7号）二、(三)第1段"
    )


def test_expired_document_cannot_be_overlooked(page: "Page") -> None:
    answered(page, "企业技术改造补助多少？")
    expect(page.get_by_role("alert")).to_contain_text("已过有效期（至2022-12-31）")
    expect(page.locator(".quote.expired .validity.expired").first).to_have_text("已过有效期（至 2022-12-31）")
    page.locator(".marker.expired").first.click()
    expect(page.locator(".document .ant-alert-error")).to_have_text("这份文件已过有效期，内容仅供查阅。")


def test_examples_come_from_the_documents_and_are_answered(page: "Page", home: str) -> None:
    examples = httpx.get(f"{home}/api/examples").json()["examples"]
    expect(page.locator(".examples button").first).to_be_visible()
    assert page.locator(".examples button").all_inner_texts() == examples
    page.locator(".examples button").first.click()
    expect(page.locator(".question")).to_have_text(examples[0])
    expect(page.locator(".quote").first).to_be_visible()


def test_question_that_could_mean_many_documents_is_narrowed_by_a_button(page: "Page") -> None:
    ask(page, "补助多少？")
    choice = page.get_by_role("button", name="《栖湖区支持企业数字化改造若干措施》").first
    choice.click()
    expect(page.locator(".question")).to_have_count(2)
    expect(page.locator(".answer").last.locator(".quote").first).to_contain_text("栖政规〔2024〕1号")


def test_follow_up_leans_on_the_question_before(page: "Page") -> None:
    answered(page, CLOUD)
    ask(page, "那枫渡区呢？")
    last = page.locator(".answer").last
    expect(last.locator(".quote").first).to_contain_text("枫渡区")
    assert "栖湖区" not in last.locator(".statement, .direct").first.inner_text()


def test_silence_offers_near_clauses_that_open(page: "Page") -> None:
    ask(page, "火星移民补贴由谁发放？")
    near = page.locator(".near .quote").first
    expect(page.locator(".direct")).to_contain_text("没有找到能回答这个问题的条款")
    near.get_by_role("button").click()
    expect(page.locator(".document .clause.current")).to_be_visible()
    assert is_in_view(page, ".document .clause.current")


def test_conversations_outlast_the_page_and_can_be_removed(page: "Page") -> None:
    answered(page, LEAD)
    page.wait_for_timeout(500)  # conversations are stored a moment after they change
    page.reload()
    expect(page.locator(".question")).to_have_text(LEAD)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".question")).to_have_count(0)
    page.get_by_role("button", name=LEAD, exact=True).click()
    expect(page.locator(".direct")).to_be_visible()
    page.get_by_role("button", name=f"删除 {LEAD}").click()
    expect(page.locator(".conversation")).to_have_count(0)
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator(".examples")).to_be_visible()


def test_question_is_answered_again_and_edited(page: "Page") -> None:
    answered(page, LEAD)
    page.get_by_role("button", name="重新回答").click()
    expect(page.locator(".direct")).to_be_visible()
    expect(page.locator(".question")).to_have_count(1)
    page.get_by_role("button", name="修改问题").click()
    expect(page.get_by_label("问题", exact=True)).to_have_value(LEAD)
    answered(page, CLOUD)
    assert page.locator(".question").all_inner_texts() == [CLOUD]


def test_answer_is_judged_with_a_reason(open_page: OpenPage, managed: str) -> None:
    page = open_page(managed)
    answered(page, LEAD)
    page.get_by_role("button", name="有帮助").click()
    expect(page.get_by_role("button", name="有帮助")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="没帮助").click()
    page.get_by_role("radio", name="不完整").check()
    page.get_by_label("补充说明（可不填）").fill("少了一个单位")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("button", name="没帮助")).to_have_attribute("aria-pressed", "true")
    notes = httpx.get(f"{managed}/api/admin/questions").json()["questions"]
    (note,) = (each for each in notes if each["verdict"] == "down")
    assert (note["question"], note["reason"], note["comment"]) == (LEAD, "incomplete", "少了一个单位")
    assert note["quotes"][0]["locator"] == "二、(三)第1段"


def test_answer_is_taken_along_with_its_quotes(page: "Page") -> None:
    answered(page, CLOUD)
    quotes = page.locator(".quote blockquote").all_inner_texts()
    with page.expect_download() as word:
        page.get_by_role("button", name="导出 Word").click()
    text = "\n".join(
        each.text for each in docx.Document(io.BytesIO(word.value.path().read_bytes())).paragraphs
    )
    with page.expect_download() as markdown:
        page.get_by_role("button", name="导出 Markdown").click()
    written = markdown.value.path().read_text(encoding="utf-8").replace("**", "")
    assert word.value.suggested_filename.endswith(".docx")
    for quote in quotes:
        assert quote in text
    assert (
        "《栖湖区支持企业数字化改造若干措施》（栖政规〔2024〕1号）" in text and "栖政规〔2024〕1号" in written
    )
    assert written.startswith(f"# {CLOUD}") and "> 4．上云补助。中小企业购买云服务" in written


def test_whole_way_is_gone_by_keyboard_alone(page: "Page") -> None:
    expect(page.get_by_label("问题", exact=True)).to_be_focused()
    page.keyboard.type(LEAD)
    page.keyboard.press("Enter")
    expect(page.locator(".quote")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className").startswith("marker"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".document h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".document")).to_have_count(0)
    assert page.evaluate("document.activeElement.className").startswith("marker")


def test_keyboard_may_skip_to_the_content(page: "Page") -> None:
    skip = page.get_by_role("link", name="跳到正文")
    skip.focus()
    assert skip.bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", [360, 640])
def test_narrow_page_needs_no_sideways_scrolling(open_page: OpenPage, home: str, width: int) -> None:
    # 640 pixels are a window of 1280 at 200 % zoom.
    page = open_page(home, viewport={"width": width, "height": 720})
    answered(page, CLOUD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".marker").first.click()
    expect(page.locator(".document mark")).to_be_visible()
    box = page.locator(".document").bounding_box()
    assert box is not None and box["width"] == width
    page.get_by_role("button", name="关闭全文").click()
    page.get_by_role("button", name="历史对话").click()
    page.get_by_role("dialog").get_by_role("button", name=CLOUD, exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_language_and_colours_are_chosen_and_kept(page: "Page") -> None:
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Dark mode").click()
    page.reload()
    expect(page.get_by_role("button", name="Subsidies", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("button", name="找补贴", exact=True)).to_be_visible()


def test_system_that_is_dark_gets_dark_colours(open_page: OpenPage, home: str) -> None:
    page = open_page(home, color_scheme="dark")
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_printed_page_has_the_answer_and_no_controls(page: "Page") -> None:
    answered(page, LEAD)
    page.emulate_media(media="print")
    expect(page.locator(".quote blockquote")).to_be_visible()
    for control in (".top", ".composer", ".actions", ".conversations"):
        expect(page.locator(control).first).to_be_hidden()


def test_refused_question_is_explained(open_page: OpenPage, home: str) -> None:
    page = open_page(home, expected_errors=True)
    ask(page, "长" * 3000)
    expect(page.locator(".answer .problem")).to_have_text("问题太长，请缩短后再问。")


def test_question_of_an_input_method_is_sent_by_the_enter_after_the_words(page: "Page") -> None:
    field = page.get_by_label("问题", exact=True)
    field.fill("场景")
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.locator(".question")).to_have_count(0)


@pytest.fixture
def slow(serve: Callable[..., str], assistant: object) -> Iterator[tuple[str, threading.Event]]:
    """A server whose answers wait for the event."""
    may_go_on = threading.Event()

    class Slow(type(assistant)):  # type: ignore[misc]
        def stream(self, question: Question) -> Iterator[object]:
            first, *rest = super().stream(question)
            yield first
            may_go_on.wait(20)
            yield from rest

    yield serve(lambda: Slow(assistant.catalog)), may_go_on  # type: ignore[attr-defined]
    may_go_on.set()


def test_answer_is_stopped_and_asked_for_again(
    open_page: OpenPage, slow: tuple[str, threading.Event]
) -> None:
    address, may_go_on = slow
    page = open_page(address)
    ask(page, "补助多少？")
    expect(page.locator(".answer .status")).to_be_visible()
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".answer .problem")).to_have_text("已停止。")
    may_go_on.set()
    page.get_by_role("button", name="重新回答").click()
    expect(page.locator(".quote blockquote")).to_have_text("按年租金的30%补助，最高5万元。")


def test_offsets_count_characters_beyond_the_basic_plane_as_one(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, "补助多少？")
    page.locator(".marker").first.click()
    expect(page.locator(".document mark")).to_have_text("按年租金的30%补助，最高5万元。")


def test_words_that_answer_are_told_from_the_rest_of_the_quote(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, "补助多少？")
    expect(page.locator("blockquote mark")).to_have_text("最高5万元")
    page.locator(".marker").first.click()
    expect(page.locator(".document mark strong")).to_have_text("最高5万元")
    page.get_by_role("button", name="关闭全文").click()
    with page.expect_download() as word:
        page.get_by_role("button", name="导出 Word").click()
    *_, quote = docx.Document(io.BytesIO(word.value.path().read_bytes())).paragraphs
    assert [run.text for run in quote.runs if run.bold] == ["最高5万元"]
    with page.expect_download() as markdown:
        page.get_by_role("button", name="导出 Markdown").click()
    written = markdown.value.path().read_text(encoding="utf-8")
    assert "> 按年租金的30%补助，**最高5万元**。" in written
    page.emulate_media(media="print")
    style = "mark => getComputedStyle(mark).textDecorationLine"
    assert page.locator("blockquote mark").evaluate(style) == "underline"


def test_server_without_documents_says_how_to_add_some(
    open_page: OpenPage, serve: Callable[..., str], assistant: object
) -> None:
    assistant.catalog.remove_policy("aaaaaaaaaaaa")  # type: ignore[attr-defined]
    page = open_page(serve(lambda: assistant))
    expect(page.get_by_text("还没有收录任何文件")).to_be_visible()
    expect(page.locator(".examples")).to_have_count(0)


def test_server_that_could_not_answer_is_asked_again(open_page: OpenPage, home: str) -> None:
    page = open_page(home, expected_errors=True)
    page.route("**/api/policies", lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("连接不上服务器")).to_be_visible()
    page.unroute("**/api/policies")
    page.get_by_role("button", name="再看一次").click()
    expect(page.get_by_text("已收录 8 份文件")).to_be_visible()
    expect(page.locator(".examples button").first).to_be_visible()


def test_conversation_is_kept_in_the_browser_alone(page: "Page", home: str) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    answered(page, LEAD)
    page.wait_for_timeout(500)
    assert [json.loads(body)["history"] for body in sent if body] == [[]]
    assert LEAD in page.evaluate("localStorage.getItem('clausewise.conversations')")

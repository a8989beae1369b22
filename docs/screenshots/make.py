"""Pictures of the web client on the samples: `make screenshots`; needs chromium and Noto CJK fonts."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bot.settings import Settings
from bot.wiring import open_indexer
from eval.benchmarks.speed.program import served

FOLDER = Path(__file__).parent
SAMPLES = FOLDER.parents[1] / "ingest" / "samples"
DAY = "2025-06-30"
LOOKS: dict[str, dict[str, object]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2},
}
# The pictures are plain areas and text: few colours are enough.
COLOURS = 96
NEW_RULES = (
    "枫渡区绿色工厂奖励办法\n\n枫政规〔2025〕3号\n\n第一条 为了支持企业绿色转型，制定本办法。\n"
    "第二条 对首次认定的市级绿色工厂，给予20万元一次性奖励。\n"
    "第三条 绿色工厂培育工作由区工信局牵头，区生态环境分局配合。\n"
    "第四条 申报材料应于每年9月底前报送区工信局。\n"
)


def ask(page: Page, question: str) -> None:
    """Asks and waits for the whole answer."""
    page.get_by_label("问题", exact=True).fill(question)
    page.keyboard.press("Enter")
    page.locator(".answer .actions").last.wait_for()


def welcome(page: Page) -> None:
    """Questions to start from and the documents at hand."""
    page.locator(".examples button").first.wait_for()


def answer(page: Page) -> None:
    """An answer of two regions."""
    ask(page, "首次采购云服务补助多少？")


def clause(page: Page) -> None:
    """The quote in its document, beside the chat."""
    ask(page, "场景实验室由哪个单位牵头？")
    page.locator(".marker").first.click()
    page.locator(".document mark").wait_for()


def expired(page: Page) -> None:
    """An answer from a document that has expired."""
    ask(page, "企业技术改造补助多少？")


def unit(page: Page) -> None:
    """The duties of one unit."""
    page.evaluate("location.hash = '/unit?unit=' + encodeURIComponent('区工信局')")
    page.locator(".ant-table-row").first.wait_for()


def network(page: Page) -> None:
    """Who works with whom."""
    page.evaluate("location.hash = '/unit?region=' + encodeURIComponent('枫渡区') + '&tab=network'")
    page.locator(".network canvas").wait_for()


def money(page: Page) -> None:
    """What may be for a company that tells of itself."""
    page.get_by_role("button", name="找补贴", exact=True).click()
    page.get_by_label("企业情况").fill("我们公司是智能工厂，设了首席数据官，买了云服务")
    page.get_by_role("button", name="帮我筛选").click()
    page.locator(".reasons").first.wait_for()


def documents(page: Page) -> None:
    """A document looked at before it is published."""
    page.get_by_role("button", name="文件管理").click()
    file = {"name": "绿色工厂.txt", "mimeType": "text/plain", "buffer": NEW_RULES.encode()}
    page.locator(".ant-upload-drag input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="查看条款结构").click()
    page.get_by_role("tree").wait_for()


VIEWS: tuple[Callable[[Page], None], ...] = (
    welcome,
    answer,
    clause,
    expired,
    unit,
    network,
    money,
    documents,
)


def take_all(browser: Browser, address: str) -> None:
    """A picture of every view in every look."""
    for look, options in LOOKS.items():
        for place, view in enumerate(VIEWS, start=1):
            context = browser.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(address)
            view(page)
            page.wait_for_timeout(700)  # movements come to rest
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
            picture.save(FOLDER / f"{place}_{view.__name__}_{look}.png", optimize=True)
            context.close()


def main() -> None:
    """Indexes the samples, serves them and takes the pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("the browser is missing: apt install chromium fonts-noto-cjk")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        open_indexer(Settings(data=data)).index([SAMPLES])
        with served(data, "--on", DAY, "--local-admin") as (address, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
            )
            take_all(browser, address)
            browser.close()


if __name__ == "__main__":
    main()

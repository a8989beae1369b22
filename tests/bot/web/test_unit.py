"""An official looks up what a unit has to do."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import openpyxl
import pytest
from icalendar import Calendar
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenPage = Callable[..., "Page"]
ROWS = ".ant-table-row"
# The writer of the spreadsheet leaves the default style out, as the format allows.
pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")


@pytest.fixture
def unit(page: "Page") -> "Page":
    page.get_by_role("button", name="我的单位", exact=True).click()
    expect(page.locator(ROWS).first).to_be_visible()
    return page


def choose(page: "Page", label: str, typed: str, option: str) -> None:
    field = page.get_by_role("combobox", name=label, exact=True)
    field.click()
    field.fill(typed)
    page.locator(".ant-select-item-option", has_text=option).first.click()


def count(page: "Page") -> int:
    return int("".join(filter(str.isdigit, page.locator(".count").inner_text())))


def test_unit_is_found_by_an_alias_and_shows_its_duties(unit: "Page", home: str) -> None:
    choose(unit, "单位", "经信局", "区工信局")
    expect(unit).to_have_url(f"{home}/#/unit?unit=%E5%8C%BA%E5%B7%A5%E4%BF%A1%E5%B1%80&tab=duties")
    duties = httpx.get(f"{home}/api/duties", params={"unit": "区工信局"}).json()["duties"]
    expect(unit.locator(".count")).to_have_text(f"共 {len(duties)} 条")
    units = set(unit.locator(f"{ROWS} .ant-table-cell:first-child").all_inner_texts())
    assert units <= {"区工信局", "区经信局"}


def test_region_limits_units_and_duties(unit: "Page", home: str) -> None:
    choose(unit, "地区", "枫渡", "枫渡区")
    expected = len(httpx.get(f"{home}/api/duties", params={"region": "枫渡区"}).json()["duties"])
    expect(unit.locator(".count")).to_have_text(f"共 {expected} 条")
    unit.reload()
    expect(unit.locator(".count")).to_have_text(f"共 {expected} 条")


def test_rows_are_filtered_by_text_role_and_validity(unit: "Page", home: str) -> None:
    duties = httpx.get(f"{home}/api/duties").json()["duties"]
    unit.get_by_label("筛选").fill("财政局")
    matching = [
        row
        for row in duties
        if any("财政局" in str(row[name]) for name in ("unit", "task", "policy_title", "deadline"))
    ]
    expect(unit.locator(".count")).to_have_text(f"共 {len(matching)} 条")
    choose(unit, "角色", "", "牵头")
    leading = [row for row in matching if row["role"] == "牵头"]
    expect(unit.locator(".count")).to_have_text(f"共 {len(leading)} 条")
    unit.get_by_label("只看现行有效").check()
    holding = [row for row in leading if row["validity"] in ("in_force", "unknown")]
    expect(unit.locator(".count")).to_have_text(f"共 {len(holding)} 条")


def test_rows_are_sorted_by_a_column(unit: "Page") -> None:
    unit.get_by_role("columnheader", name="期限").click()
    deadlines = unit.locator(f"{ROWS} .ant-table-cell:nth-child(4)").all_inner_texts()
    assert deadlines[0] != "—"
    unit.get_by_role("columnheader", name="期限").click()
    expect(unit.locator(f"{ROWS} .ant-table-cell:nth-child(4)").first).to_have_text("—")


def test_rows_are_grouped_by_document(unit: "Page") -> None:
    unit.get_by_label("按文件分组").check()
    first = unit.locator(ROWS).first
    expect(first).to_contain_text("《栖湖区数字技术应用场景培育行动方案(2024—2027年)》")
    total = count(unit)
    first.get_by_role("button").click()
    expect(unit.locator(ROWS).nth(1)).to_contain_text("《")
    assert count(unit) == total


def test_duties_are_read_from_top_to_bottom_on_a_phone(open_page: OpenPage, home: str) -> None:
    page = open_page(f"{home}/#/unit?unit=区工信局", viewport={"width": 390, "height": 800})
    row = page.locator(ROWS).filter(has_text="布局场景实验室").first
    expect(row).to_contain_text("联合")
    expect(row).to_contain_text("2026年底前")
    table = page.locator(".table").bounding_box()
    box = row.bounding_box()
    assert table is not None and box is not None and box["width"] <= table["width"]
    row.locator(".clause-link").click()
    expect(page.locator(".document mark")).to_contain_text("布局场景实验室")


def test_row_opens_its_clause(unit: "Page") -> None:
    row = unit.locator(ROWS).first
    task = row.locator(".ant-table-cell").nth(2).inner_text()
    row.locator(".clause-link").click()
    expect(unit.locator(".document mark")).to_contain_text(task)


def test_table_is_taken_along_as_a_spreadsheet(unit: "Page") -> None:
    choose(unit, "单位", "财政局", "区财政局")
    expect(unit.locator(ROWS).first).to_contain_text("财政局")
    rows = count(unit)
    with unit.expect_download() as download:
        unit.get_by_role("button", name="导出表格（xlsx）").click()
    assert download.value.suggested_filename == "区财政局.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    header, *body = book.active.iter_rows(values_only=True)
    assert header[:4] == ("地区", "单位", "角色", "任务内容")
    assert len(body) == rows
    assert all("财政局" in row[1] for row in body)
    assert all(row[-1] for row in body), "a row without its quote"


def taken_along(page: "Page") -> bytes:
    """The calendar as it is exported."""
    with page.expect_download() as download:
        page.get_by_role("button", name="导出日历（ics）").click()
    return download.value.path().read_bytes()


def test_deadlines_are_listed_by_month_and_taken_along_as_a_calendar(unit: "Page", home: str) -> None:
    unit.get_by_role("tab", name="期限").click()
    duties = httpx.get(f"{home}/api/duties").json()["duties"]
    # A task of several units is told once.
    dated = {
        (row["clause_id"], row["task"], row["deadline"]): row for row in duties if row["deadline_date"]
    }.values()
    today = date.today().isoformat()
    months = sorted({row["deadline_date"][:7] for row in dated if row["deadline_date"] >= today})
    headings = unit.locator(".agenda h3").all_inner_texts()
    passed = ["已过的期限"] if any(row["deadline_date"] < today for row in dated) else []
    assert [each for each in headings if each != "没有具体日期的期限"] == [*months, *passed]
    calendar = Calendar.from_ical(taken_along(unit))
    assert len(calendar.events) == len(dated)
    told = {(str(each["UID"]), str(each["SUMMARY"])) for each in calendar.events}
    assert len({uid for uid, _ in told}) == len(dated), "two entries with one identity"
    assert any(title.startswith("建设冷链物流数字枢纽：枫渡物流园区管委会（牵头）") for _, title in told)
    days = sorted((each.DTSTART.isoformat(), each.DTEND - each.DTSTART) for each in calendar.events)
    assert days == [(day, timedelta(days=1)) for day in sorted(row["deadline_date"] for row in dated)]
    for row in dated:
        assert any(row["quote"] in each["DESCRIPTION"] for each in calendar.events), "text lost on the way"


def test_calendar_is_written_as_the_standard_has_it(unit: "Page") -> None:
    unit.get_by_role("tab", name="期限").click()
    content = taken_along(unit)
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75, "a line longer than 75 octets"
    assert not any(b"\n" in line or b"\r" in line for line in lines), "a line ended by half a line break"
    for line in lines:
        line.decode()  # A character cut in two would be no UTF-8.
    whole = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert whole[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN"} < set(whole)
    events = Calendar.from_ical(content).events
    for event in events:
        assert event.errors == []
        assert event.DTSTAMP.utcoffset() == timedelta(0)
        assert abs(event.DTSTAMP - datetime.now(UTC)) < timedelta(minutes=5)


def test_exporting_a_calendar_again_changes_its_entries_and_adds_none(open_page: OpenPage, home: str) -> None:
    duties = httpx.get(f"{home}/api/duties").json()

    def exported(duties: dict[str, object]) -> set[tuple[str, str]]:
        page = open_page(f"{home}/#/chat")
        page.route("**/api/duties*", lambda route: route.fulfill(json=duties))
        page.goto(f"{home}/#/unit?tab=calendar")
        return {
            (str(each["UID"]), str(each["SUMMARY"])) for each in Calendar.from_ical(taken_along(page)).events
        }

    def moved(row: dict[str, object]) -> dict[str, object]:
        """The fact after another was added to its document before it."""
        policy = row["policy_id"]
        return row | {"fact_id": f"{policy}.f{row['start']}99", "clause_id": f"{row['clause_id']}9"}

    later = duties | {"duties": [moved(row) for row in duties["duties"]]}
    assert exported(later) == exported(duties) != set()


def test_calendar_keeps_marks_and_leaves_out_what_has_no_day(open_page: OpenPage, home: str) -> None:
    rows = httpx.get(f"{home}/api/duties").json()["duties"]
    first, *others = (row for row in rows if row["deadline_date"])
    odd = "一；二;三,四\\五\n六 " + "𠮷" * 40 + " BEGIN:VEVENT"
    changed = [
        first | {"task": odd, "deadline_date": "2028-02-29"},
        *(
            row | {"task": f"任务{n}", "deadline_date": day}
            for n, (row, day) in enumerate(zip(others, ["2026", "2026-06", "2026-02-30"], strict=False))
        ),
    ]
    page = open_page(f"{home}/#/chat")
    page.route("**/api/duties*", lambda route: route.fulfill(json={"duties": changed, "left_out": 0}))
    page.goto(f"{home}/#/unit?tab=calendar")
    [event] = Calendar.from_ical(taken_along(page)).events
    assert str(event["SUMMARY"]).startswith(odd)
    assert event["DTSTART"].dt == date(2028, 2, 29)
    assert event["DTEND"].dt == date(2028, 3, 1)


def test_partners_are_drawn_and_listed(unit: "Page", home: str) -> None:
    choose(unit, "单位", "枫渡物流园区", "枫渡物流园区管委会")
    unit.get_by_role("tab", name="协作关系").click()
    expect(unit.locator("canvas")).to_be_visible()
    ties = unit.locator(".network li")
    duties = httpx.get(f"{home}/api/duties", params={"unit": "枫渡物流园区管委会"}).json()["duties"]
    rank = {"牵头": 0, "配合": 2}
    pairs = {
        tuple(unit for _, unit in sorted((rank.get(end["role"], 1), end["unit"]) for end in (row, partner)))
        for row in duties
        for partner in row["partners"]
    }
    expect(ties).to_have_count(len(pairs))
    shown = {tuple(tie.get_by_role("button").all_inner_texts()) for tie in ties.all()}
    assert shown == pairs
    ties.get_by_role("button", name="区商务局").first.click()
    unit.get_by_role("tab", name="任务").click()
    expect(unit.locator(ROWS).first).to_contain_text("区商务局")


def test_unit_of_several_names_is_drawn_once(unit: "Page", home: str) -> None:
    choose(unit, "地区", "栖湖", "栖湖区")
    unit.get_by_role("tab", name="协作关系").click()
    expect(unit.locator(".network li").first).to_be_visible()
    units = httpx.get(f"{home}/api/units", params={"region": "栖湖区", "limit": 1000}).json()["units"]
    aliases = {alias for each in units for alias in each["aliases"]}
    assert aliases
    assert aliases.isdisjoint(unit.locator(".network li button").all_inner_texts())


def test_document_closes_with_the_view_it_was_opened_from(unit: "Page") -> None:
    unit.locator(ROWS).first.locator(".clause-link").click()
    expect(unit.locator(".document mark")).to_be_visible()
    unit.get_by_role("navigation", name="菜单").get_by_role("button", name="找补贴").click()
    expect(unit.locator(".benefit").first).to_be_visible()
    expect(unit.locator(".document")).to_have_count(0)


def test_targets_are_plotted_by_measure_and_open_their_clause(unit: "Page", home: str) -> None:
    unit.get_by_role("tab", name="目标").click()
    expect(unit.locator("canvas")).to_be_visible()
    targets = httpx.get(f"{home}/api/targets").json()["targets"]
    expect(unit.locator(ROWS)).to_have_count(min(50, len(targets)))
    unit.locator(".ant-segmented-item", has_text="亿元").click()
    row = unit.locator(ROWS).filter(has_text="数字技术相关企业营业收入").first
    expect(row).to_contain_text("达到24亿元")
    row.locator(".clause-link").click()
    expect(unit.locator(".document mark")).to_contain_text("24亿元")

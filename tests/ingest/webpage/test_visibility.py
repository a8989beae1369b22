"""What nobody can see on a page is set apart; what a click brings up is kept."""

import pytest

from ingest.limits import Limits
from ingest.parse import parse
from ingest.policy import Policy
from ingest.readers import read_content

_SHOWN = "第二条 区财政局按每人每月80元发放补贴。"
_SECRET = "第二条 区财政局按每人每月8888元发放补贴。"


def _policy(second: str, head: str = "", tail: str = "") -> Policy:
    page = f"""<html><head><meta charset="utf-8"><title>澄湖区补贴办法</title>{head}</head>
<body><div class="art">
<h1>澄湖区补贴办法</h1><p>第一条 为了规范补贴资金的发放，制定本办法。</p>{second}<p>{_SHOWN}</p>
<p>第三条 本办法自2026年1月1日起施行，有效期三年。</p></div>{tail}</body></html>"""
    (policy,) = parse(read_content(page.encode(), "办法.html", Limits()))
    return policy


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : none !important",
        "visibility:hidden",
        "visibility:collapse",
        "opacity:0",
        "opacity:.01",
        "color:#fff",
        "color:white;background:#FFFFFF",
        "color:rgb(254, 254, 254)",
        "color:hsl(0, 0%, 100%)",
        "color:transparent",
        "color:rgba(0,0,0,0)",
        "background-color:#003366;color:#003468",
        "-webkit-text-fill-color:white",
        "font-size:0",
        "font-size:1px",
        "font-size:0.05em",
        "font:0px/1 serif",
        "position:absolute;left:-9999px",
        "position:fixed;top:-200vh",
        "position:absolute;right:-9999px",
        "text-indent:-9999px",
        "margin-left:-9999px",
        "transform:translateX(-9999px)",
        "transform:scale(0)",
        "position:absolute;clip:rect(0,0,0,0)",
        "position:absolute;clip:rect(1px, 1px, 1px, 1px)",
        "clip-path:inset(100%)",
        "height:0;overflow:hidden",
        "width:1px;height:1px;overflow:hidden",
        "max-height:0;overflow-y:hidden",
    ],
)
def test_text_that_a_style_keeps_from_sight_is_no_policy_text(style: str) -> None:
    for policy in (
        _policy(f'<p style="{style}">{_SECRET}</p>'),
        _policy(f'<div style="{style}"><p><b>{_SECRET}</b></p></div>'),
        _policy(f'<p class="old x">{_SECRET}</p>', f"<style>/* */ a, p.old {{{style}}}</style>"),
        _policy(f'<p id="o">{_SECRET}</p>', f"<style>@media screen {{ div.art > #o {{{style}}} }}</style>"),
    ):
        assert "8888" not in policy.text and _SHOWN in policy.text
        assert "hidden by the web page" in {deletion.reason for deletion in policy.deletions}


@pytest.mark.parametrize("attribute", ["hidden", 'aria-hidden="true"'])
def test_text_that_an_attribute_keeps_from_sight_is_no_policy_text(attribute: str) -> None:
    assert "8888" not in _policy(f"<p {attribute}>{_SECRET}</p>").text


@pytest.mark.parametrize(
    "second",
    [
        f'<div style="color:#fff;background:#036"><p style="background:#fff">{_SECRET}</p></div>',
        f'<font color="#FFFFFF">{_SECRET}</font>',
        f'<table><tr bgcolor="#336699"><td><font color="#336699">{_SECRET}</font></td></tr></table>',
        f'<div style="font-size:0"><p style="font-size:2em">{_SECRET}</p></div>',
    ],
)
def test_ground_colour_and_size_come_from_the_elements_around(second: str) -> None:
    assert "8888" not in _policy(second).text


@pytest.mark.parametrize(
    "style",
    [
        "color:#666",
        "color:#fff;background-color:#c00",
        "color:#fff;background:url(bar.png)",
        "color:#fff;background-image:linear-gradient(red, blue)",
        "font-size:9pt",
        "text-indent:-2em;padding-left:2em",
        "position:relative;left:-20px",
        "opacity:0.8",
        "height:0",
        "display:block",
        "color:var(--text)",
    ],
)
def test_text_that_can_be_seen_is_kept(style: str) -> None:
    assert "8888" in _policy(f'<p style="{style}">{_SECRET}</p>').text


def test_only_the_hidden_part_of_a_line_goes() -> None:
    text = _policy('<p>补助每人<span style="display:none">8888</span>90元，<b>按月</b>发放。</p>').text
    assert "补助每人90元，按月发放。" in text
    inner = '<p style="color:white">8888<span style="color:black">补助九十元。</span>8888</p>'
    assert "8888" not in _policy(inner).text and "补助九十元。" in _policy(inner).text


def test_a_hidden_row_of_a_table_is_no_row() -> None:
    rows = (
        "<tr><th>对象</th><th>标准</th></tr><tr><td>企业</td><td>10万元</td></tr>"
        '<tr style="display:none"><td>个人</td><td>8888元</td></tr><tr><td>协会</td><td>20万元</td></tr>'
    )
    policy = _policy(f"<table border=1>{rows}</table>")
    assert "8888" not in policy.text and "个人" not in policy.text
    assert "10万元" in policy.text and "20万元" in policy.text


def test_the_stronger_rule_decides() -> None:
    sheet = "<style>p.old{display:none} div p.old{display:block} @media print{p{display:none}}</style>"
    assert "8888" in _policy(f'<p class="old">{_SECRET}</p>', sheet).text
    important = "<style>p.old{display:none !important}</style>"
    assert "8888" not in _policy(f'<p class="old" style="display:block">{_SECRET}</p>', important).text


@pytest.mark.parametrize(
    "second",
    [
        f"<details><summary>问：多少？</summary><div hidden><p>{_SECRET}</p></div></details>",
        f'<div onclick="t(0)">问：多少？</div><div style="display:none">{_SECRET}</div>',
        f'<a href="#a1">问：多少？</a><i></i><div id="a1" style="display:none">{_SECRET}</div>',
        f'<div class="accordion" aria-hidden="true" style="max-height:0;overflow:hidden">{_SECRET}</div>',
        f'<ul><li role="tab">一</li></ul><div class="tab-pane" style="display:none"><p>{_SECRET}</p></div>',
    ],
)
def test_what_unfolds_on_a_click_is_kept(second: str) -> None:
    assert "8888" in _policy(second, tail="<script>function t(i){}</script>").text


def test_nothing_unfolds_without_a_script() -> None:
    assert "8888" not in _policy(f'<div class="faq-a" style="display:none">{_SECRET}</div>').text


def test_a_page_that_shows_itself_when_it_is_laid_out_is_read() -> None:
    assert _SHOWN in _policy("", "<style>body{opacity:0;visibility:hidden}</style>").text

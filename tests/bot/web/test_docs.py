"""The API browser at /docs: it works without a network, under the policy of every page."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_every_operation_is_shown_by_scripts_of_the_server_itself(
    home: str, open_page: "Callable[..., Page]"
) -> None:
    with urlopen(f"{home}/openapi.json") as response:
        paths = json.load(response)["paths"]
    page = open_page(f"{home}/docs")
    page.locator(".opblock").first.wait_for()
    assert page.locator(".opblock").count() == sum(len(methods) for methods in paths.values())


def test_an_operation_can_be_tried(home: str, open_page: "Callable[..., Page]") -> None:
    page = open_page(f"{home}/docs")
    health = page.locator(".opblock", has_text="/healthz")
    health.get_by_role("button").first.click()
    health.get_by_role("button", name="Try it out").click()
    health.get_by_role("button", name="Execute").click()
    shown = health.locator(".live-responses-table .response-col_status").last
    shown.wait_for()
    assert shown.inner_text().startswith("200")


def test_it_stands_under_the_policy_of_the_other_pages(home: str) -> None:
    policies = []
    for path in ("/", "/docs"):
        with urlopen(home + path) as response:
            policies.append(response.headers["Content-Security-Policy"])
    assert policies[0] == policies[1]
    assert "script-src 'self'" in policies[0]

"""The keyboard alone: the skip link leads past the menu, in every view."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize("view", ["", "unit", "unit?tab=calendar", "money", "documents"])
def test_the_skip_link_moves_the_focus_and_leaves_the_view(
    home: str, open_page: "Callable[..., Page]", view: str
) -> None:
    # Without an administrator the documents answer 403, which a browser writes on its console.
    page = open_page(f"{home}/#/{view}" if view else home, expected_errors=view == "documents")
    expect(page.locator("nav [aria-current=page]")).to_be_visible()
    before = page.url, page.locator("nav [aria-current=page]").inner_text()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    assert (page.url, page.locator("nav [aria-current=page]").inner_text()) == before

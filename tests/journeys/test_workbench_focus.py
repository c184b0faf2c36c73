"""Where the hand is: a sensible order of stops, never lost, and a voice that follows each act."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from playwright.sync_api import expect

from tests.journeys.desk import Desk

# The part of the page that has the focus, and whether anything has it at all.
PLACE = """() => {
  const part = document.activeElement.closest(
    ".skip, header, #notices, #rail, #article, #triage, #side, dialog");
  return part ? part.id || part.tagName.toLowerCase() : document.activeElement.tagName;
}"""


def test_tab_goes_through_the_page_in_the_order_of_reading(wren: Callable[..., Desk]) -> None:
    desk = wren()
    page = desk.page
    desk.choose("reckless")
    desk.press("0")
    expect(page.locator("#card")).to_be_visible()
    page.locator(".skip").focus()
    stops = [page.evaluate(PLACE)]
    for _ in range(80):
        page.keyboard.press("Tab")
        place = page.evaluate(PLACE)
        if place in {"BODY", "a"}:
            break
        stops.append(place)
    parts = [part for part, _ in groupby(stops) if part != "notices"]
    assert parts == ["a", "header", "rail", "article", "side"]

    # Backwards from the article as well: nothing holds the focus fast.
    page.locator("#article").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(PLACE) == "rail"


def test_the_focus_is_never_lost_and_each_act_is_said(wren: Callable[..., Desk]) -> None:
    desk = wren()
    page = desk.page
    said, article = page.locator("#live"), page.locator("#article")
    for quote, key in (("reckless", "0"), ("brazen", "1"), ("stormed", "2")):
        desk.choose(quote)
        desk.press(key)
        expect(said).to_contain_text(quote)
        expect(article).to_be_focused()

    # In the list the hand stays at the same place when a row goes.
    page.get_by_role("tab", name="All").press("Enter")
    expect(page.get_by_role("tab", name="All")).to_be_focused()
    rows = page.locator("#side tr[data-row]")
    rows.nth(0).get_by_role("button", name="Delete").press("Enter")
    expect(rows).to_have_count(2)
    expect(said).to_have_text("Deleted.")
    expect(rows.nth(0).get_by_role("button", name="Delete")).to_be_focused()
    rows.nth(0).get_by_role("button").first.press("Enter")
    page.locator('#card [data-action="delete"]').press("Enter")
    expect(page.locator("#card")).to_have_count(0)
    expect(article).to_be_focused()
    desk.press("Control+z")
    expect(said).to_have_text("Undone.")
    desk.press("Control+Shift+z")
    expect(said).to_have_text("Redone.")

    # What opens gives the focus back when it closes.
    for key, opened in (("?", "#sheet"), ("/", "#find"), ("w", "#sibling")):
        desk.press(key)
        expect(page.locator(opened)).to_be_visible()
        if key == "w":
            page.get_by_role("button", name="Close the sibling").press("Enter")
        else:
            desk.press("Escape")
        expect(page.locator(opened)).to_be_hidden()
        expect(article).to_be_focused()

    # A button of the rail keeps the focus when the rail is painted again.
    done = page.locator('[data-device="loaded_terms"]')
    done.press("Enter")
    expect(said).to_contain_text("read, no more here")
    expect(done).to_have_attribute("aria-pressed", "true")
    expect(done).to_be_focused()

    # What is still open is said, and the hand is on the first of it.
    page.get_by_role("button", name="Submit").press("Enter")
    expect(said).to_contain_text("still open")
    first = page.locator("#panel button").first
    expect(first).to_be_focused()
    first.press("Enter")
    expect(page.locator('[data-device="attribution"]')).to_be_focused()
    article.focus()
    desk.press("Escape", "Escape")
    expect(said).to_contain_text("Annotation mode left")
    desk.press("Enter")
    expect(said).to_contain_text("Annotation mode.")

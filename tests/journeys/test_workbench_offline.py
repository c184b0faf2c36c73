"""An hour without a network, and two browsers that changed the same annotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk


def standing(desk: Desk) -> list[tuple[str, str]]:
    """Return what the server has, as label and words."""
    rows = desk.server()["annotations"]
    return sorted((row["label"], part["quote"]) for row in rows for part in row["parts"])


def test_an_hour_offline_loses_nothing_and_doubles_nothing(wren: Callable[..., Desk]) -> None:
    desk = wren()
    page = desk.page
    context, address = page.context, page.url
    page.clock.install()
    page.reload()
    desk.saved()
    context.set_offline(True)
    for minute in range(12):
        # Each round marks a word, changes its mind about it twice, and leaves every third undone.
        desk.press("ArrowRight", "ArrowRight", "0", "1", "2")
        if minute % 3 == 2:
            desk.press("Control+z", "Control+z", "Control+z")
        page.clock.fast_forward(5 * 60_000)
    expect(page.locator("#status")).to_contain_text("Offline · ")
    desk.press("Shift+L")
    shown = desk.rows()
    assert len(shown) == 8
    waiting = page.locator("#status").inner_text().split()[-2]
    assert int(waiting) >= 12 * 3 + 4 * 3 + 1
    page.wait_for_timeout(200)
    page.close(run_before_unload=False)

    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    desk = Desk(again)
    assert desk.rows() == shown
    assert len(standing(desk)) == 8
    number = again.locator("body").get_attribute("data-assignment")
    history = again.request.get(f"/api/v1/assignments/{number}/operations/").json()["operations"]
    assert len(history) == int(waiting)
    assert Counter(operation["id"] for operation in history).most_common(1)[0][1] == 1
    times = [operation["at"] for operation in history]
    assert times == sorted(times)
    # What was undone before the hour was over can still be redone.
    again.locator("#article").focus()
    desk.press("Control+z")
    desk.saved()
    assert desk.server()["completion"]["loaded_terms"] == "open"


def test_a_person_decides_what_two_browsers_changed(
    wren: Callable[..., Desk], sign_in: Callable[..., Page]
) -> None:
    here = wren()
    here.choose("reckless")
    here.press("0")
    here.saved()
    page = sign_in("wren")
    page.goto(here.page.url)
    there = Desk(page)

    # Different words: nothing to decide.
    there.choose("brazen")
    there.press("2")
    there.saved()
    here.press("1")  # the first term is still selected
    here.saved()
    both = [("lt.epithet", "brazen"), ("lt.scare_quote", "reckless")]
    assert standing(here) == both
    expect(here.page.locator("mark[data-annotation]")).to_have_count(2)

    # The same word: the page asks, and each answer holds.
    page.locator("mark[data-annotation]", has_text="reckless").click()
    there.press("3")
    expect(page.locator("#status")).to_have_text("1 to decide")
    expect(page.locator("#notices")).to_contain_text("Changed in two places.")
    expect(page.locator("#notices")).to_contain_text("scare quote: reckless")
    assert standing(there) == both
    page.reload()  # the question outlives the page
    page.get_by_role("button", name="Keep mine").click()
    there.saved()
    kept = [("lt.dysphemism", "reckless"), ("lt.epithet", "brazen")]
    assert standing(there) == kept

    here.page.locator("mark[data-annotation]", has_text="reckless").click()
    here.press("Delete")
    expect(here.page.locator("#notices")).to_contain_text("Here: deleted.")
    here.page.get_by_role("button", name="Take theirs").click()
    here.saved()
    assert standing(here) == kept
    expect(here.page.locator("#live")).to_have_text("Theirs is taken.")
    assert len([row for row in here.rows() if "dysphemism" in row]) == 1

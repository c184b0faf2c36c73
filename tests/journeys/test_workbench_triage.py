"""Suggestions by one key each, and a whole article from first key to submission without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

TEXT = """{} rammed through harbour plan

Mayor Lia Orr said the harbour was safe. Critics claimed that a mere handful of experts had read it.

The brazen council, according to the port authority, ignored nine warnings. "We were never asked,"
said Jon Pell, a fisherman."""


@pytest.fixture(scope="module")
def numbers(site: Site) -> list[int]:
    texts = [TEXT.format(town) for town in ("Harlow", "Ennick", "Tarrow", "Brindle", "Osk")]
    return hand_out(site, texts, person="gil", suggestions=True)


def open_desk(sign_in: Callable[..., Page], number: int, **options: Any) -> Desk:
    page = sign_in("gil", **options)
    page.goto(f"/work/{number}/")
    desk = Desk(page)
    desk.suggestions()
    return desk


def decided(desk: Desk) -> list[str]:
    desk.saved()
    rows = desk.server()["suggestions"]
    return sorted(row["decision"]["verdict"] for row in rows if row["decision"])


def shown(desk: Desk) -> str | None:
    return desk.page.locator("[data-suggestion-shown]").get_attribute("data-suggestion-shown")


def test_one_key_decides_and_the_next_one_is_in_view(
    sign_in: Callable[..., Page], numbers: list[int]
) -> None:
    desk = open_desk(sign_in, numbers[0])
    first = shown(desk)
    desk.press("a")
    second = shown(desk)
    assert second != first
    expect(desk.page.locator("mark.cur").first).to_be_in_viewport()
    desk.press("x")
    assert shown(desk) not in {first, second}
    assert decided(desk) == ["accepted", "rejected"]
    desk.press("Backspace")
    assert shown(desk) == second
    assert decided(desk) == ["accepted"]


def test_a_suggested_triple_is_one_key_or_one_click(
    sign_in: Callable[..., Page], numbers: list[int]
) -> None:
    desk = open_desk(sign_in, numbers[1])
    kinds = {str(row["id"]): row["device"] for row in desk.server()["suggestions"]}
    assert "attribution" in kinds.values()
    while kinds[shown(desk) or ""] != "attribution":
        desk.press(".")
    desk.keys = 0
    desk.press("a")
    assert desk.keys == 1
    desk.saved()
    (row,) = desk.server()["annotations"]
    assert {part["role"] for part in row["parts"]} >= {"cue", "content"}
    before = len(decided(desk))
    desk.press("Escape", "Escape", "a")
    expect(desk.page.locator('[data-role="keys-off"]')).to_be_visible()
    assert len(decided(desk)) == before
    desk.press("Enter")
    desk.page.locator('#triage [data-role="accept"]').click()
    assert len(decided(desk)) == before + 1


def test_a_finger_decides_by_one_tap_and_passing_by_decides_nothing(
    sign_in: Callable[..., Page], numbers: list[int]
) -> None:
    glass = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 800}}
    desk = open_desk(sign_in, numbers[4], **glass)
    strip = desk.page.locator("#triage")
    desk.page.get_by_role("button", name="Not now").tap()
    kinds = {str(row["id"]): row["device"] for row in desk.server()["suggestions"]}
    while kinds[shown(desk) or ""] != "attribution":
        strip.locator('[data-role="next"]').tap()
    assert decided(desk) == []
    for role, verdicts in (("accept", ["accepted"]), ("reject", ["accepted", "rejected"])):
        before = shown(desk)
        strip.locator(f'[data-role="{role}"]').tap()
        assert decided(desk) == verdicts
        assert shown(desk) != before
        expect(desk.page.locator("mark.cur").first).to_be_in_viewport()
    (row,) = desk.server()["annotations"]
    assert {part["role"] for part in row["parts"]} == {"source", "cue", "content"}
    desk.page.locator('[data-pane="rail"]').tap()
    desk.page.locator('[data-device="omission"]').tap()
    desk.saved()
    assert desk.server()["completion"]["omission"] == "done"


def test_a_whole_article_is_done_by_keys_alone(
    sign_in: Callable[..., Page], numbers: list[int]
) -> None:
    desk = open_desk(sign_in, numbers[2])
    page = desk.page
    while page.locator("[data-suggestion-shown]").count():
        desk.press("a")
    desk.press("ArrowDown", "ArrowRight", "0")  # a term of one's own
    desk.press("Shift+L", "Shift+A", "Shift+O")
    desk.saved()
    submitted = f"/work/{numbers[2]}/"
    for _ in range(60):
        desk.press("Control+Enter")
        if not page.locator("#panel ol.open").count():
            break  # nothing is open: the article is being handed in
        desk.press("Enter")  # the first thing that is open: the hand lands on its question
        if page.evaluate("document.activeElement.closest('[data-attribute]') !== null"):
            desk.press("1")
        page.wait_for_timeout(50)
    page.wait_for_url(lambda address: not address.endswith(submitted))
    state = page.request.get(f"/api/v1/assignments/{numbers[2]}/").json()
    assert state["state"] == "submitted"
    assert set(state["completion"].values()) == {"done"}
    assert all(row["decision"] for row in state["suggestions"])


def test_what_was_marked_by_hand_already_is_not_marked_twice_by_accepting(
    sign_in: Callable[..., Page], numbers: list[int]
) -> None:
    desk = open_desk(sign_in, numbers[3])
    rows = desk.server()["suggestions"]
    term = next(row for row in rows if row["device"] == "loaded_terms")
    rail = desk.page.locator(f'[data-key="label:{term["label"]}"] kbd')
    desk.choose(term["parts"][0]["quote"])
    desk.press(rail.inner_text(), "n")
    desk.saved()
    (by_hand,) = desk.server()["annotations"]
    assert by_hand["flag"] == "discuss"

    while shown(desk) != str(term["id"]):
        desk.press(".")
    desk.press("a")
    desk.saved()
    (accepted,) = desk.server()["annotations"]
    assert accepted["suggestion"] == term["id"]
    assert accepted["flag"] == "discuss"

    desk.press("Control+z")
    desk.saved()
    (again,) = desk.server()["annotations"]
    assert again["suggestion"] is None
    assert decided(desk) == []

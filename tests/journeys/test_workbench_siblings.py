"""A sibling beside the article: its own scroll, evidence picked by hand, gaps, back to the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

PADDING = "\n\n".join(f"Line {i} of the old harbour book says nothing new." for i in range(30))
TEXT = (
    "Harbour wall {} passes\n\n"
    "The brazen council approved the wall on Monday. Residents near the old quay must move by "
    "Friday. Nobody asked them.\n\n" + PADDING
)
OTHER = (
    "Harbour wall passes by one vote\n\n"
    "An engineer had warned of cracks in the old quay since March. The mayor's brother owns the "
    "gravel pit that will deliver the stone.\n\n" + PADDING
)
THIRD = "Fishermen doubt the wall\n\nFishermen say that the catch will halve within a year."


@pytest.fixture(scope="module")
def numbers(site: Site) -> Iterator[int]:
    texts = [OTHER, THIRD, TEXT.format("Ada"), TEXT.format("Bea")]
    return iter(hand_out(site, texts, person="pia")[2:])


@pytest.fixture
def desk(sign_in: Callable[..., Page], numbers: Iterator[int]) -> Desk:
    page = sign_in("pia", viewport={"width": 1440, "height": 700})
    page.goto(f"/work/{next(numbers)}/")
    return Desk(page)


def places(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(part["role"], part["quote"]) for part in row["parts"]]


def omission(desk: Desk) -> dict[str, Any]:
    (row,) = desk.annotations("omission")
    return row


def test_keys_pick_the_evidence_and_the_gap_and_then_mark_words_again(desk: Desk) -> None:
    page, sibling = desk.page, desk.page.locator("#sibling")
    desk.press("w")
    expect(sibling.locator("h1")).to_have_text("Harbour wall passes by one vote")
    desk.press("Tab")
    expect(sibling).to_be_focused()
    for _ in range(30):
        desk.press("ArrowDown")
    scrolled = "['article', 'sibling'].map((id) => document.getElementById(id).scrollTop > 0)"
    assert page.evaluate(scrolled) == [False, True]

    desk.press("Shift+Tab", "o", "Tab")
    desk.find("gravel")
    desk.keys = 0
    while desk.said() != "The mayor's brother owns the gravel pit that will deliver the stone":
        desk.press("e")
    desk.press("4")
    assert desk.keys <= 6
    evidence = ("evidence", "The mayor's brother owns the gravel pit that will deliver the stone")
    assert places(omission(desk)) == [evidence]
    expect(page.locator("#article")).to_be_focused()

    desk.press("ArrowDown", "g", "3", "4", "Alt+3", "l")
    page.keyboard.type("Who gains.")
    desk.press("Enter", "ArrowRight", "2")  # a digit is a label again once the cursor went on
    row = omission(desk)
    text = desk.server()["article"]["text"]
    gap = text.index("Monday.") + len("Monday.")
    assert [(part["start"], part["end"]) for part in row["parts"][:1]] == [(gap, gap)]
    assert row["label"] == "om.consequence"
    assert row["attributes"] == {"salience": "3", "missing": "Who gains."}
    assert ("lt.epithet", "brazen") in desk.labels()
    desk.reload()
    expect(page.locator("#article button.gap")).to_have_attribute("data-b", "O1")
    desk.press("w")
    expect(sibling.locator("mark.ev")).to_have_text(evidence[1])
    desk.press("w")
    expect(sibling.locator("h1")).to_have_text("Fishermen doubt the wall")


def test_a_mouse_picks_evidence_in_two_siblings_and_moves_the_gap(desk: Desk) -> None:
    page = desk.page
    page.locator('[data-key="part:omission:anchor"]').click()
    page.locator("#triage .kinds button").nth(1).click()
    first = omission(desk)
    assert [role for role, _ in places(first)] == ["evidence"]

    desk.click("Residents near")
    page.locator("#card [data-part=anchor] button.key").click()
    gap = desk.server()["article"]["text"].index("Friday.") + len("Friday.")
    assert omission(desk)["parts"][0]["start"] == omission(desk)["parts"][0]["end"] == gap
    page.locator("#article button.gap").click()
    desk.click("Nobody")
    page.locator("#card [data-part=anchor] button.key").click()
    assert omission(desk)["parts"][0]["start"] > gap

    page.locator("#sibling .tab", has_text="C").click()
    expect(page.locator("#sibling h1")).to_have_text("Fishermen doubt the wall")
    page.locator("#sibling p", has_text="catch will halve").dblclick()
    page.locator("#card [data-part=evidence] button.key").click()
    desk.reload()
    assert [role for role, _ in places(omission(desk))] == ["anchor", "evidence", "evidence"]
    assert len({part["article"] for part in omission(desk)["parts"]}) == 3

"""What becomes of suggestions: edited, opened again, late; and what is open at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

TEXT = (
    "{} rammed through harbour plan\n\n"
    "Mayor Lia Orr said the harbour was safe. The brazen council ignored nine warnings."
)
TOWNS = ("Harlow", "Ennick", "Tarrow")


@pytest.fixture(scope="module")
def numbers(site: Site) -> Iterator[int]:
    texts = [TEXT.format(town) for town in TOWNS]
    return iter(hand_out(site, texts, person="sam", suggestions=True))


def verdicts(desk: Desk) -> list[str | None]:
    desk.saved()
    rows: list[dict[str, Any]] = desk.server()["suggestions"]
    return [row["decision"] and row["decision"]["verdict"] for row in rows]


def test_an_edit_accepts_and_undo_or_reopening_asks_again(
    sign_in: Callable[..., Page], numbers: Iterator[int]
) -> None:
    page = sign_in("sam")
    page.goto(f"/work/{next(numbers)}/")
    desk = Desk(page)
    desk.suggestions()
    expect(page.locator("#triage [data-role=reason]")).to_contain_text("%")
    shown = page.locator("[data-suggestion-shown]").get_attribute("data-suggestion-shown")
    desk.press("h")  # what its label means, before deciding
    expect(page.locator("#meaning")).to_have_attribute("open", "")
    assert set(verdicts(desk)) == {None}
    desk.press("1")  # the first change accepts it as edited
    assert verdicts(desk).count("edited") == 1
    (row,) = desk.annotations()
    assert (row["label"], row["edited"], str(row["suggestion"])) == ("lt.scare_quote", True, shown)
    expect(page.locator("[data-role=provenance]")).to_contain_text("accepted with an edit")
    desk.press("Control+z")
    assert (set(verdicts(desk)), desk.annotations()) == ({None}, [])
    desk.press("Control+Shift+z")
    assert verdicts(desk).count("edited") == 1
    desk.press("Backspace")
    expect(page.locator("[data-suggestion-shown]")).to_have_attribute(
        "data-suggestion-shown", shown or ""
    )
    desk.reload()
    assert (set(verdicts(desk)), desk.annotations()) == ({None}, [])
    desk.press(".", ",")  # passing by decides nothing
    assert set(verdicts(desk)) == {None}


def test_what_is_open_is_listed_and_one_key_away_and_then_the_next_article_comes(
    sign_in: Callable[..., Page], numbers: Iterator[int]
) -> None:
    number = next(numbers)
    page = sign_in("sam")
    page.goto(f"/work/{number}/")
    desk = Desk(page)
    desk.suggestions()
    count = len(verdicts(desk))
    desk.press("Control+Enter")
    lines = page.locator("#panel ol.open button")
    expect(lines).to_have_count(count + 3)
    expect(lines.first).to_be_focused()
    desk.press("Enter")  # a suggestion: the hand lands in the text
    expect(page.locator("#article")).to_be_focused()
    for _ in range(count):
        desk.press("x")
    desk.find("said")
    desk.press("q", "Escape", "Control+Enter")
    expect(lines.first).to_have_text("“said” has no content")
    desk.press("Enter")  # a missing part: the group is open for it
    desk.choose("the harbour was safe")
    desk.press("c", "Enter", "Control+Enter")
    (row,) = desk.annotations("attribution")
    assert [part["role"] for part in row["parts"]] == ["cue", "content"]
    expect(lines).to_have_count(5)
    desk.press("Enter")  # its first question
    expect(page.locator("[name=attribute-cue_stance]").first).to_be_focused()
    desk.press("1", "t", "1", "Control+Enter")
    expect(lines).to_have_count(3)
    desk.press("Enter")  # a device: its button
    expect(page.locator('[data-device="loaded_terms"]')).to_be_focused()
    desk.press("Enter", "Escape", "Shift+A", "Shift+O")
    desk.saved()
    following = desk.server()["queue"]["next"]
    desk.press("Control+Enter")
    page.wait_for_url(f"**/work/{following}/")
    assert page.request.get(f"/api/v1/assignments/{number}/").json()["state"] == "submitted"


def test_what_has_no_rules_for_the_language_is_said_above_the_text(
    sign_in: Callable[..., Page], site: Site
) -> None:
    text = "Neue Brücke\n\n„Die Brücke ist zu“, sagte die Bürgermeisterin."
    (number,) = hand_out(site, [text], person="uwe", suggestions=True, language="de")
    page = sign_in("uwe", viewport={"width": 390, "height": 800})
    page.goto(f"/work/{number}/")
    desk = Desk(page)
    expect(page.locator("#limits")).to_contain_text("only quotation marks are read")
    expect(page.locator("#limits")).to_be_in_viewport()
    (row,) = desk.server()["suggestions"]
    assert [part["quote"] for part in row["parts"]] == ["„Die Brücke ist zu“"]
    assert desk.server()["article"]["text"] == text


def test_late_suggestions_come_after_the_first_pass_and_not_before(
    sign_in: Callable[..., Page], site: Site
) -> None:
    (number,) = hand_out(site, [TEXT.format("Ulm")], person="tom", after=True)
    made = (
        "labeling_suggestion s JOIN labeling_assignment a ON a.article_id = s.article_id "
        f"WHERE a.id = {number}"
    )
    assert site.count(made) > 1
    page = sign_in("tom")
    page.goto(f"/work/{number}/")
    desk = Desk(page)
    assert desk.server()["suggestions"] == []
    expect(page.locator("#triage")).to_be_hidden()
    desk.press("Shift+L", "Shift+A")
    desk.saved()
    assert desk.server()["suggestions"] == []
    desk.press("Shift+O")
    expect(page.locator("[data-suggestion-shown]")).to_be_visible(timeout=15_000)
    assert len(verdicts(desk)) == site.count(made)
    desk.press("Control+Enter")
    expect(page.locator("#panel ol.open button").first).to_contain_text("is not decided")

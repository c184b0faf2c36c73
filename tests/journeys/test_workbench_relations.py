"""Attributions: from the cue by mouse and finger, part by part, without a source, nested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

TEXT = (
    "Ferry {} sails at night\n\n"
    "Mayor Lia Orr insisted the harbour was safe. The port chief agreed. No boat would wait. It "
    "would sail at nine.\n\n"
    "It is feared that the quay will sink. The union said the crews claimed that wages fell."
)


@pytest.fixture(scope="module")
def numbers(site: Site) -> Iterator[int]:
    return iter(hand_out(site, [TEXT.format(name) for name in ("Ada", "Bea", "Cia")], person="noa"))


@pytest.fixture
def opened(sign_in: Callable[..., Page], numbers: Iterator[int]) -> Callable[..., Desk]:
    def open_desk(**options: Any) -> Desk:
        page = sign_in("noa", **options)
        page.goto(f"/work/{next(numbers)}/")
        return Desk(page)

    return open_desk


def test_each_part_is_drawn_anew_added_and_taken_out_by_its_key(
    opened: Callable[..., Desk],
) -> None:
    desk = opened()
    triple = [
        ("content", "the harbour was safe"), ("cue", "insisted"), ("source", "Mayor Lia Orr"),
    ]  # fmt: skip
    desk.jump("insisted")
    desk.press("q")
    expect(desk.page.locator("#triage")).to_contain_text("source Mayor Lia Orr")
    desk.press("Enter")
    assert desk.parts() == triple
    desk.press("j")
    for words, key in (
        ("Lia Orr", "s"),  # overlaps the source: drawn anew
        ("The port chief", "s"),  # a second source
        ("No boat would wait. It would sail at nine", "c"),  # discontinuous, two sentences
        ("agreed", "q"),  # a cue is one
    ):
        desk.choose(words)
        desk.press(key)
    desk.press("Enter")
    desk.reload()
    several = [
        ("content", "No boat would wait. It would sail at nine"),
        ("content", "the harbour was safe"),
        ("cue", "agreed"),
        ("source", "Lia Orr"),
        ("source", "The port chief"),
    ]
    assert desk.parts() == several
    desk.press("]")
    linked = desk.page.locator("mark.on[data-b]")
    assert linked.evaluate_all("all => all.map((one) => one.dataset.b)") == [
        "S1", "C1", "S1", "Q1", "C1",
    ]  # fmt: skip
    desk.press("j")
    desk.choose("The port chief")
    desk.press("s", "Enter")  # the same words again: taken out
    assert desk.parts() == [part for part in several if part[1] != "The port chief"]
    for _ in range(5):
        desk.press("Control+z")
    assert desk.parts()[-1] == ("source", "Mayor Lia Orr")


def test_a_mouse_takes_three_gestures_and_what_has_no_source_goes_without(
    opened: Callable[..., Desk],
) -> None:
    desk = opened()
    desk.double_click("insisted")
    desk.page.locator('[data-key="part:attribution:cue"]').click()
    desk.page.locator('#triage [data-role="take"]').click()
    assert len(desk.parts()) == 3
    desk.choose("is feared")
    desk.press("q", "Escape")  # who stands before it is nobody
    desk.choose("the quay will sink")
    desk.press("j", "c", "Enter", "t", "6")
    feared = desk.annotations()[-1]
    assert [part["role"] for part in feared["parts"]] == ["cue", "content"]
    assert feared["attributes"] == {"source_type": "unattributed"}

    desk.choose("the crews claimed that wages fell")
    desk.press("c")
    desk.choose("The union")
    desk.press("s", "Enter")
    desk.choose("the crews")
    desk.press("s")
    desk.choose("wages fell")
    desk.press("c", "Enter", "p", "ArrowDown", "Escape")  # what it stands in is the first choice
    desk.reload()
    *_, outer, inner = desk.annotations()
    assert inner["attributes"]["parent"] == outer["id"]
    assert [part["quote"] for part in inner["parts"]] == ["the crews", "wages fell"]


def test_a_finger_takes_three_taps_and_adds_parts_by_chips(opened: Callable[..., Desk]) -> None:
    desk = opened(has_touch=True, viewport={"width": 390, "height": 800}, is_mobile=True)
    strip = desk.page.locator("#triage")
    desk.tap("insisted")
    strip.locator('[data-part-chip="cue"]').tap()
    strip.locator('[data-role="take"]').tap()
    assert len(desk.parts()) == 3
    desk.tap("agreed")
    strip.locator('[data-part-chip="cue"]').tap()
    strip.locator('[data-role="leave"]').tap()
    desk.page.locator('[data-pane="rail"]').tap()
    desk.page.locator('[data-device="attribution"]').tap()
    expect(desk.page.locator('[data-device="attribution"]')).to_have_attribute(
        "aria-pressed", "true"
    )
    desk.page.locator('[data-key="part:omission:anchor"]').tap()
    expect(strip).to_contain_text("Missing here?")  # the text is in front again
    strip.locator(".kinds button").first.tap()
    desk.tap("boat")
    strip.locator('[data-label="lt.epithet"]').tap()
    desk.reload()
    assert ("cue", "agreed") in desk.parts()
    assert len(desk.annotations("omission")) == 1
    assert ("lt.epithet", "boat") in desk.labels()

"""Each task of the gesture table, with the keys, clicks and taps it may take at most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

# One article for each test: what one marks must not be in the way of another.
TITLE = "Council storms ahead with harbour wall {}"
TEXT = """

The brazen council approved the wall on Monday. Residents near the old quay must move by Friday.

Critics said the plan would ruin the bay. Mayor Lia Orr insisted the harbour was safe.

The wall is a reckless scheme, and a reckless bet on the tide."""
OTHER = """Harbour wall passes by one vote

An engineer had warned of cracks in the old quay since March. Nine members voted for the wall and
eight against it. The mayor's brother owns the gravel pit that will deliver the stone."""


@pytest.fixture(scope="module")
def numbers(site: Site) -> Iterator[int]:
    texts = [TITLE.format(i) + TEXT for i in range(13)] + [OTHER]
    return iter(hand_out(site, texts, person="fay")[:-1])


@pytest.fixture
def plain(sign_in: Callable[..., Page], numbers: Iterator[int]) -> Callable[..., Desk]:
    """Return a way to open an unmarked article of one's own."""

    def opened(**options: Any) -> Desk:
        page = sign_in("fay", **options)
        page.goto(f"/work/{next(numbers)}/")
        return Desk(page)

    return opened


def selected(desk: Desk) -> str:
    return "".join(desk.page.locator("mark.on").all_inner_texts())


def test_a_word_near_the_cursor_takes_two_keys(plain: Callable[..., Desk]) -> None:
    desk = plain()
    desk.press("ArrowRight", "0")
    assert desk.keys == 2
    assert desk.labels() == [("lt.evaluative", "storms")]


def test_a_word_anywhere_takes_four_keys_and_several_words_one_more(
    plain: Callable[..., Desk],
) -> None:
    desk = plain()
    desk.jump("brazen")
    desk.press("1")
    assert desk.keys == 4
    assert desk.labels() == [("lt.scare_quote", "brazen")]
    desk.keys = 0
    desk.jump("reckless scheme")
    desk.press("e", "0")
    assert desk.keys == 5
    assert ("lt.evaluative", "reckless scheme") in desk.labels()


def test_a_triple_from_its_cue_takes_five_keys(plain: Callable[..., Desk]) -> None:
    desk = plain()
    desk.jump("insisted")
    desk.press("q", "Enter")
    assert desk.keys == 5
    expected = [
        ("content", "the harbour was safe"),
        ("cue", "insisted"),
        ("source", "Mayor Lia Orr"),
    ]
    assert desk.parts() == expected


def test_a_triple_by_hand_joins_by_its_keys_alone(plain: Callable[..., Desk]) -> None:
    desk = plain()
    for words, key in (("Critics", "s"), ("said", "q"), ("the plan would ruin the bay", "c")):
        desk.choose(words)
        desk.press(key)
    desk.press("Enter")
    assert desk.keys == 4
    expected = [("content", "the plan would ruin the bay"), ("cue", "said"), ("source", "Critics")]
    assert desk.parts() == expected
    desk.press("Control+z")
    assert ("content", "the plan would ruin the bay") not in desk.parts()


def test_an_omission_with_evidence_takes_two_keys(plain: Callable[..., Desk]) -> None:
    desk = plain()
    desk.press("o")
    expect(desk.page.locator("#triage")).to_contain_text("Missing here?")
    desk.press("1")
    assert desk.keys == 2
    (row,) = desk.server()["annotations"] if desk.labels() else ({},)
    assert row["device"] == "omission"
    assert [part["role"] for part in row["parts"]] == ["evidence"]


def test_reading_without_a_find_takes_one_key_for_each_device(
    plain: Callable[..., Desk],
) -> None:
    desk = plain()
    desk.press("Shift+L", "Shift+A", "Shift+O")
    desk.saved()
    assert set(desk.server()["completion"].values()) == {"done"}
    assert desk.keys == 3


def test_relabel_delete_undo_and_redo_take_one_key_each(plain: Callable[..., Desk]) -> None:
    desk = plain()
    desk.press("ArrowRight", "0", "1")
    assert desk.labels() == [("lt.scare_quote", "storms")]
    desk.press("Delete")
    assert desk.labels() == []
    desk.press("Control+z")
    assert desk.labels() == [("lt.scare_quote", "storms")]
    desk.press("Control+z")
    assert desk.labels() == [("lt.evaluative", "storms")]
    desk.press("Control+Shift+z")
    assert desk.labels() == [("lt.scare_quote", "storms")]


def test_the_other_occurrences_are_asked_one_by_one(plain: Callable[..., Desk]) -> None:
    desk = plain()
    desk.choose("reckless")
    desk.press("0", "m", "a")
    assert desk.keys == 3
    assert desk.labels() == [("lt.evaluative", "reckless")] * 2


def test_the_inner_of_three_nested_spans_is_reached_by_mouse_and_by_keys(
    plain: Callable[..., Desk],
) -> None:
    desk = plain()
    for words, key in (("a reckless scheme", "1"), ("reckless scheme", "2"), ("reckless", "3")):
        desk.choose(words)
        desk.press(f"Shift+{key}")
    desk.saved()
    for lane in ("l1", "l2"):  # lines of their own
        expect(desk.page.locator(f"mark.{lane}").first).to_be_visible()
    desk.press("Escape", "Escape")
    shown = []
    for _ in range(3):
        desk.click("reckless")
        expect(desk.page.locator("mark.on").first).to_be_visible()
        shown.append(selected(desk))
        desk.page.wait_for_timeout(600)  # two clicks at once would be a double click
    assert shown == ["reckless", "reckless scheme", "a reckless scheme"]
    expect(desk.page.locator("[data-also]")).to_have_count(2)
    desk.page.locator("[data-also]").last.click()  # the chooser: innermost first
    assert selected(desk) == "reckless scheme"
    desk.page.locator("#article").focus()
    desk.press("Enter", "Enter")
    assert selected(desk) == "reckless"


def test_a_mouse_marks_a_word_in_two_and_with_an_armed_label_in_one(
    plain: Callable[..., Desk],
) -> None:
    desk = plain()
    desk.double_click("brazen")
    desk.page.locator('[data-key="label:lt.epithet"]').click()
    assert desk.labels() == [("lt.epithet", "brazen")]
    desk.press("Escape")
    desk.page.locator('[data-key="label:lt.evaluative"]').click()
    desk.double_click("reckless")
    assert ("lt.evaluative", "reckless") in desk.labels()


def test_a_mouse_drags_over_words_adds_an_omission_and_says_what_is_read(
    plain: Callable[..., Desk],
) -> None:
    desk = plain()
    rail = desk.page.locator("#rail")
    desk.choose("near the old quay")  # one drag and one key
    desk.press("1")
    assert desk.labels() == [("lt.scare_quote", "near the old quay")]
    desk.page.locator("#article .meta").click()
    rail.locator('[data-key="part:omission:anchor"]').click()
    desk.page.locator('#triage [data-role="next"]').click()
    desk.page.locator("#triage .kinds button").first.click()
    (row,) = desk.annotations("omission")
    assert [part["role"] for part in row["parts"]] == ["evidence"]
    for done, device in enumerate(("loaded_terms", "attribution", "omission"), start=1):
        rail.locator(f'[data-device="{device}"]').click()
        desk.saved()
        assert list(desk.server()["completion"].values()).count("done") == done
    assert desk.keys == 1


def test_a_finger_taps_a_word_and_a_chip_or_the_last_word_too(
    plain: Callable[..., Desk],
) -> None:
    desk = plain(has_touch=True, viewport={"width": 390, "height": 800}, is_mobile=True)
    desk.tap("brazen")
    desk.page.locator('#triage [data-label="lt.epithet"]').tap()
    assert desk.labels() == [("lt.epithet", "brazen")]
    desk.tap("must move")
    expect(desk.page.locator("#triage")).to_contain_text("must")
    desk.tap("Friday")
    expect(desk.page.locator("#triage")).to_contain_text("must move by Friday")
    desk.page.locator('#triage [data-label="lt.evaluative"]').tap()
    assert ("lt.evaluative", "must move by Friday") in desk.labels()

"""Keys: a person's own ones on every machine, and the one that grows to the next phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

TEXT = """Tide gate {} stays shut

A reckless board rammed through the brazen plan on Monday. Nobody near the old lock was asked."""


@pytest.fixture(scope="module")
def numbers(site: Site) -> Iterator[int]:
    return iter(hand_out(site, [TEXT.format(i) for i in range(3)], person="kai"))


def rebind(desk: Desk, binding: str, key: str) -> None:
    """Press a binding's button on the open sheet, then its new key."""
    button = desk.page.locator(f'[data-binding="{binding}"]')
    button.click()
    expect(button).to_contain_text("press a key")
    desk.press(key)
    expect(button).not_to_contain_text("press a key")


def printed(desk: Desk, binding: str) -> str:
    return desk.page.locator(f'[data-binding="{binding}"] kbd').inner_text()


def test_own_keys_act_at_once_and_on_a_second_machine(
    sign_in: Callable[..., Page], numbers: Iterator[int]
) -> None:
    page = sign_in("kai")
    page.goto(f"/work/{next(numbers)}/")
    desk = Desk(page)
    desk.press("?")
    rebind(desk, "label:lt.evaluative", "b")
    rebind(desk, "label:lt.epithet", "Backspace")
    rebind(desk, "hint", "b")
    expect(page.locator("#sheet [role=alert]")).to_contain_text("The key b is taken: evaluative")
    assert [printed(desk, f"label:lt.{name}") for name in ("evaluative", "epithet")] == ["b", "off"]
    assert printed(desk, "hint") == "f"
    desk.press("Escape")
    expect(page.locator('[data-key="label:lt.evaluative"] kbd')).to_have_text("b")
    desk.press("ArrowRight", "b", "ArrowRight", "2")
    desk.saved()
    assert [row["label"] for row in desk.server()["annotations"]] == ["lt.evaluative"]

    second = Desk(_opened(sign_in("kai"), next(numbers)))
    second.press("ArrowRight", "b")
    second.saved()
    assert [row["label"] for row in second.server()["annotations"]] == ["lt.evaluative"]
    second.page.goto("/profile/")
    second.page.get_by_role("link", name="2 keys changed").click()
    expect(second.page.locator("main table tbody tr")).to_have_count(2)
    second.page.get_by_role("button", name="Usual key for epithet").click()
    expect(second.page.locator("main table tbody tr")).to_have_count(1)
    second.page.get_by_role("button", name="Back to all usual keys").click()
    expect(second.page.locator("main")).to_contain_text("You changed no key")


def _opened(page: Page, number: int) -> Page:
    page.goto(f"/work/{number}/")
    return page


def test_several_words_take_one_key_more_than_one_word(
    sign_in: Callable[..., Page], numbers: Iterator[int]
) -> None:
    desk = Desk(_opened(sign_in("kai"), next(numbers)))
    desk.press("ArrowDown", "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    desk.keys = 0
    desk.press("e", "0")  # one word would be "0" alone
    assert desk.keys == 2
    desk.press("ArrowDown", "ArrowRight", "e", "Shift+E", "e", "e", "5")
    desk.saved()
    assert [row["parts"][0]["quote"] for row in desk.server()["annotations"]] == [
        "brazen plan", "Nobody near the old lock"
    ]  # fmt: skip

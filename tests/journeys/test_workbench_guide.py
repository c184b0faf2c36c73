"""The walk through the first article: by keys alone, step by step, and again only when asked."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

TEXT = """{} rammed through harbour plan

Mayor Lia Orr said the harbour was safe. Critics claimed that a mere handful had read it."""


def test_a_newcomer_walks_through_the_first_article_and_is_not_asked_again(
    sign_in: Callable[..., Page], site: Site
) -> None:
    numbers = hand_out(
        site, [TEXT.format(town) for town in ("Harlow", "Ennick")], person="nia", suggestions=True
    )
    page = sign_in("nia")
    page.goto(f"/work/{numbers[0]}/")
    desk = Desk(page)
    desk.suggestions()
    walk, said = page.locator('[data-notice="guide"]'), page.locator("#live")
    article = page.locator("#article")
    expect(walk).to_contain_text("a minute and a half")
    walk.get_by_role("button", name="Show me").press("Enter")

    # What a step asks for does the step; the hand stays in the article, and each step is spoken.
    steps = (
        ("suggestions of a program", ["a"]),
        ("arrow keys", ["ArrowRight"]),
        ("A digit marks", ["Shift+ArrowRight", "1"]),
        ("like “said”", ["q", "Enter"]),
    )
    for number, (words, keys) in enumerate(steps, start=1):
        expect(walk).to_contain_text(f"{number} of 7. ")
        expect(walk).to_contain_text(words)
        expect(said).to_contain_text(words)
        expect(article).to_be_focused()
        desk.press(*keys)
    expect(walk).to_contain_text("5 of 7. ")
    page.get_by_role("tab", name="All").press("Enter")
    expect(walk).to_contain_text("6 of 7. ")
    walk.get_by_role("button", name="Skip").press("Enter")
    expect(walk).to_contain_text("7 of 7. ")
    walk.get_by_role("button", name="Done").press("Enter")
    expect(walk).to_have_count(0)
    expect(article).to_be_focused()
    desk.saved()
    assert len(desk.server()["annotations"]) == 3

    page.reload()
    desk.saved()
    expect(walk).to_have_count(0)

    # It is known on every machine, and the sheet of keys begins it anew.
    other = sign_in("nia")
    other.goto(f"/work/{numbers[1]}/")
    Desk(other).press("?")
    again = other.locator('[data-notice="guide"]')
    expect(again).to_have_count(0)
    other.get_by_role("button", name="Show me around").press("Enter")
    expect(again).to_contain_text("1 of 7. ")
    expect(other.locator("#article")).to_be_focused()
    again.get_by_role("button", name="Stop").press("Enter")
    expect(again).to_have_count(0)


def test_whoever_declines_the_walk_is_not_asked_again(desk: Callable[..., Desk]) -> None:
    page = desk("dov").page  # has handed in articles before, and never saw it
    page.get_by_role("button", name="Not now").press("Enter")
    expect(page.locator("#article")).to_be_focused()
    page.reload()
    Desk(page)
    expect(page.locator('[data-notice="guide"]')).to_have_count(0)

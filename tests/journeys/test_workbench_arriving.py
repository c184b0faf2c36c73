"""Suggestions that arrive while the article is open: they wait their turn and take no key away."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

TEXT = """Ferry {} rammed through harbour plan

The brazen council, according to the port authority, ignored nine warnings. "We were never asked,"
said Jon Pell, a fisherman."""


def open_before_the_worker(page: Page, number: int) -> Desk:
    """Open an article as it is before any detector has finished; asking again brings the rest."""

    def unfinished(route: Route) -> None:
        sheet: dict[str, Any] = route.fetch().json()
        sheet["suggestions"] = []
        sheet["runs"] = [{**run, "state": "pending"} for run in sheet["runs"]]
        route.fulfill(content_type="application/json", body=json.dumps(sheet))

    page.route(f"**/api/v1/assignments/{number}/", unfinished)
    page.goto(f"/work/{number}/")
    return Desk(page)


def test_a_suggestion_that_arrives_takes_the_keys_of_nobody_at_work_in_the_text(
    sign_in: Callable[..., Page], site: Site
) -> None:
    numbers = hand_out(
        site, [TEXT.format(name) for name in ("Ada", "Bea")], person="una", suggestions=True
    )
    page = sign_in("una")

    waiting = open_before_the_worker(page, numbers[0])
    waiting.suggestions()
    expect(page.locator('[data-role="edit"] kbd')).to_be_visible()
    waiting.press("Enter")
    expect(page.locator("#card")).to_be_attached()

    reading = open_before_the_worker(page, numbers[1])
    reading.press("ArrowRight")
    reading.suggestions()
    expect(page.locator('[data-role="edit"] kbd')).to_have_count(0)
    reading.press("1")
    reading.saved()
    sheet = reading.server()
    assert [part["quote"] for row in sheet["annotations"] for part in row["parts"]] == ["Bea"]
    assert not any(row["decision"] for row in sheet["suggestions"])

"""Signed out, withdrawn, submitted, refused: the page says so, and the work comes through."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import passwords
from tests.journeys.desk import Desk
from tests.stack.site import Site

WITHDRAWN = "taken back, or somebody else is signed in"


def quotes(desk: Desk) -> list[str]:
    return sorted(part["quote"] for row in desk.server()["annotations"] for part in row["parts"])


def enter(page: Page, name: str, password: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "login" not in address)


def test_who_is_signed_out_signs_in_in_another_tab_and_goes_on(
    wren: Callable[..., Desk], site: Site
) -> None:
    desk = wren()
    page = desk.page
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Sign out").click()
    other.close()
    desk.choose("reckless")
    desk.press("0")
    expect(page.locator("#status")).to_have_text("Signed out · 1 waiting")
    expect(page.locator("#notices")).to_contain_text("Your work stays here")
    desk.choose("brazen")
    desk.press("1")
    expect(page.locator("mark[data-annotation]")).to_have_count(2)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Sign in").click()
    elsewhere = opened.value

    # Somebody else at the same computer gets none of it.
    enter(elsewhere, "dov", passwords(site)["dov"])
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#notices")).to_contain_text(WITHDRAWN)
    elsewhere.goto("/")
    elsewhere.get_by_role("button", name="Sign out").click()
    elsewhere.goto("/accounts/login/")
    enter(elsewhere, "wren", passwords(site)["wren"])
    page.evaluate("dispatchEvent(new Event('focus'))")
    desk.saved()
    expect(page.locator("#notices")).not_to_contain_text(WITHDRAWN)
    assert quotes(desk) == ["brazen", "reckless"]


def test_what_is_unsent_of_a_withdrawn_article_can_be_kept_as_a_file(
    wren: Callable[..., Desk], sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    desk = wren()
    page = desk.page
    title = page.locator("#article h1").inner_text()
    admin = sign_in("admin")
    admin.goto("/projects/study-of-wren/assign/")
    admin.get_by_role("button", name=f"Withdraw {title} from").click()
    desk.choose("reckless")
    desk.press("0")
    expect(page.locator("#status")).to_have_text("Withdrawn · 1 waiting")
    expect(page.locator("#notices")).to_contain_text(WITHDRAWN)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the unsent work as a file").click()
    file = tmp_path / "unsent.json"
    download.value.save_as(file)
    (kept,) = json.loads(file.read_text(encoding="utf-8"))["operations"]
    assert [part["quote"] for part in kept["annotation"]["parts"]] == ["reckless"]


def test_a_submitted_article_opens_again_where_the_project_allows_it(
    wren: Callable[..., Desk], sign_in: Callable[..., Page]
) -> None:
    desk = wren()
    page = desk.page
    address = page.url
    late = page.context.new_page()
    late.goto(address)
    behind = Desk(late)
    desk.press("Shift+L", "Shift+A", "Shift+O", "Control+Enter")
    page.wait_for_url(lambda now: now != address)

    # The tab that stayed open learns it with its next change.
    behind.choose("reckless")
    behind.press("0")
    expect(late.locator("#status")).to_have_text("Submitted · 1 waiting")
    late.get_by_role("button", name="Open again").click()
    behind.saved()
    assert quotes(behind) == ["reckless"]
    late.locator("#article").focus()
    late.route("**/submit/", lambda route: route.abort())
    behind.press("Control+Enter")
    expect(late.locator("#notices")).to_contain_text("Not submitted. The server did not answer.")
    late.unroute("**/submit/")
    late.get_by_role("button", name="Try again").click()
    late.wait_for_url(lambda now: now != address)

    page.goto(address)
    expect(page.locator("#status")).to_have_text("Submitted")
    page.get_by_role("button", name="Open again").click()
    expect(page.locator("#status")).to_have_text("Saved")
    expect(page.locator("#article")).to_be_focused()
    desk.choose("brazen")
    desk.press("1")
    desk.saved()
    assert quotes(desk) == ["brazen", "reckless"]
    desk.press("Control+Enter")
    page.wait_for_url(lambda now: now != address)

    admin = sign_in("admin")
    admin.goto("/projects/study-of-wren/settings/")
    allowed = admin.get_by_label("may reopen")
    allowed.uncheck()
    admin.get_by_role("button", name="Save").click()
    page.goto(address)
    expect(page.locator("#notices")).to_contain_text("ask its researcher")
    expect(page.get_by_role("button", name="Open again")).to_have_count(0)
    desk.choose("full by nine")
    desk.press("0")
    expect(page.locator("#live")).to_contain_text("This article is submitted")
    assert quotes(desk) == ["brazen", "reckless"]
    admin.goto("/projects/study-of-wren/settings/")
    allowed.check()
    admin.get_by_role("button", name="Save").click()


def test_a_busy_server_is_asked_again_when_it_wished_and_not_before(
    wren: Callable[..., Desk],
) -> None:
    desk = wren()
    page = desk.page
    page.clock.install()
    page.reload()
    desk.saved()
    answers: list[Any] = [(429, "120"), (500, ""), (503, ""), (502, "")]
    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request.post_data)
        if not answers:
            return route.continue_()
        status, wish = answers.pop(0)
        return route.fulfill(status=status, headers={"Retry-After": wish} if wish else {}, json={})

    page.route("**/operations/", answer)
    desk.choose("reckless")
    desk.press("0")
    expect(page.locator("#status")).to_have_text("Server busy · 1 waiting")
    page.clock.fast_forward(100_000)
    page.wait_for_timeout(100)
    assert len(asked) == 1
    for sent in range(2, 6):
        page.clock.fast_forward(61_000)
        page.wait_for_timeout(100)
        assert len(asked) == sent
    desk.saved()
    assert quotes(desk) == ["reckless"]
    assert len(set(asked)) == 1


def test_what_the_server_does_not_accept_is_said_with_place_and_remedy(
    wren: Callable[..., Desk],
) -> None:
    desk = wren()
    page = desk.page

    def refuse(route: Route) -> None:
        (first, *_) = route.request.post_data_json["operations"]
        problem = {"operation": first["id"], "place": "label", "message": "is switched off.",
                   "remedy": "Choose another."}  # fmt: skip
        route.fulfill(status=400, json={"problems": [problem]})

    page.route("**/operations/", refuse)
    desk.choose("reckless")
    desk.press("0")
    expect(page.locator("#status")).to_have_text("1 not accepted")
    expect(page.locator("#notices")).to_contain_text("label is switched off. Choose another.")
    page.unroute("**/operations/")
    page.get_by_role("button", name="Take this change back").click()
    expect(page.locator("mark[data-annotation]")).to_have_count(0)
    desk.saved()
    assert quotes(desk) == []

"""Whatever the server or the browser answers, the work stays and the page says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site

TEXT = """Lantern night {} draws crowd

The reckless crowd stormed the pier. The mayor praised it."""
WEATHER = [
    (403, "Withdrawn", "Nothing of yours was thrown away"),
    (404, "Withdrawn", "Nothing of yours was thrown away"),
    (413, "not accepted", "413"),
    (429, "Server busy", ""),
    (500, "Server busy", ""),
    (0, "Offline", ""),
]
OPENING = {
    401: "Sign in and open the article again",
    403: "is not open to you",
    404: "it was taken back",
    429: "Load the page again in a minute",
    0: "Check the connection",
}
NO_STORE = (
    "Object.defineProperty(window, 'indexedDB', {value: {open() { throw new Error('no'); }}});"
)
FULL_STORE = (
    "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); };"
)
WRONG_CLOCK = "Date.now = () => 86400000;"


@pytest.fixture(scope="module")
def numbers(site: Site) -> Iterator[int]:
    return iter(hand_out(site, [TEXT.format(i) for i in range(14)], person="ivo"))


@pytest.fixture
def opened(sign_in: Callable[..., Page], numbers: Iterator[int]) -> Callable[..., Desk]:
    def open_desk(script: str = "", change: Callable[[Any], None] | None = None) -> Desk:
        page = sign_in("ivo")
        number = next(numbers)
        if script:
            page.add_init_script(script)
        if change:
            page.route(f"**/assignments/{number}/", lambda route: _changed(route, change))
        page.goto(f"/work/{number}/")
        return Desk(page)

    return open_desk


def _changed(route: Route, change: Callable[[Any], None]) -> None:
    body = route.fetch().json()
    change(body)
    route.fulfill(json=body)


def labels(desk: Desk) -> list[str]:
    return [part["quote"] for row in desk.server()["annotations"] for part in row["parts"]]


def test_an_article_that_cannot_be_opened_says_why(sign_in: Callable[..., Page]) -> None:
    page = sign_in("ada")
    answer = [0]
    page.route(
        "**/api/v1/assignments/*/",
        lambda route: (
            route.fulfill(status=answer[0]) if answer[0] else route.abort("internetdisconnected")
        ),
    )
    for status, words in OPENING.items():
        answer[0] = status
        page.goto("/work/1/")
        expect(page.locator("#article")).to_contain_text(words)
        expect(page.locator("#status")).to_have_text("Not open")
        expect(page.get_by_role("link", name="Load again")).to_be_visible()


@pytest.mark.parametrize(("status", "chip", "notice"), WEATHER)
def test_a_refusing_server_costs_no_work(
    opened: Callable[..., Desk], status: int, chip: str, notice: str
) -> None:
    desk = opened()
    page = desk.page
    answer = (lambda r: r.fulfill(status=status, json={})) if status else (lambda r: r.abort())
    page.route("**/operations/", answer)
    desk.press("ArrowRight", "0")
    expect(page.locator("#status")).to_contain_text(chip)
    expect(page.locator("mark[data-annotation]")).to_have_count(1)
    if notice:
        expect(page.locator("#notices")).to_contain_text(notice)
    page.unroute("**/operations/")
    page.reload()
    desk.saved()
    assert len(labels(desk)) == 1


@pytest.mark.parametrize("script", [NO_STORE, FULL_STORE])
def test_without_a_store_the_page_warns_and_still_saves(
    opened: Callable[..., Desk], script: str
) -> None:
    desk = opened(script)
    desk.page.route("**/operations/", lambda route: route.abort())
    desk.press("ArrowRight", "0")
    expect(desk.page.locator("#notices")).to_contain_text("keeps no copy on disk")
    desk.page.unroute("**/operations/")
    desk.page.evaluate("dispatchEvent(new Event('online'))")
    desk.saved()
    assert len(labels(desk)) == 1


def test_a_wrong_clock_changes_nothing(opened: Callable[..., Desk]) -> None:
    desk = opened(WRONG_CLOCK)
    desk.press("ArrowRight", "0", "ArrowRight", "ArrowRight", "1")
    desk.saved()
    assert len(labels(desk)) == 2


def test_leaving_with_unsent_work_asks_first(opened: Callable[..., Desk]) -> None:
    desk = opened()
    desk.page.route("**/operations/", lambda route: route.abort())
    desk.press("ArrowRight", "0")
    asked: list[str] = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.page.goto("/")
    assert asked == ["beforeunload"]


def test_an_article_without_a_title_has_no_empty_heading(opened: Callable[..., Desk]) -> None:
    desk = opened(change=lambda body: body["article"].update(title=""))
    heads = desk.page.locator("#article h1").all_inner_texts()
    assert "" not in [head.strip() for head in heads]


def test_labels_that_are_switched_off_are_nowhere_a_choice(opened: Callable[..., Desk]) -> None:
    desk = opened()
    page = desk.page
    off = {
        label["name"]
        for device in desk.server()["scheme"]["devices"]
        for label in device["labels"]
        if not label["enabled"]
    }
    assert off == {"selected detail", "qualifier"}
    desk.choose("reckless")
    desk.press("0")  # the card of a term, with its labels
    expect(page.locator("#card")).to_be_visible()
    seen = [page.locator("#rail").inner_text(), page.locator("#card").inner_text()]
    desk.press("o")  # the kinds of an omission
    expect(page.locator("#triage .kinds")).to_be_visible()
    seen.append(page.locator("#triage").inner_text())
    desk.press("Escape", "?")
    seen.append(page.locator("#sheet").inner_text())
    desk.press("Escape", "y")
    seen.append(page.locator("#chooser").inner_text())
    answers = page.locator("#chooser .answers button")
    for kind in range(1, answers.count() + 1):
        desk.press(str(kind))
        seen += answers.all_inner_texts()  # the text of a test may speak of other labels
        desk.press("0", "y")
    assert [name for name in off for text in seen if name in text] == []

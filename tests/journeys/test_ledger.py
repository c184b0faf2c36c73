"""Judging claims: one key for a cell, nothing lost offline, nothing for axe-core to find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import findings
from tests.journeys.papers import hand_out
from tests.stack.site import Site, wait_until

FINED = "Inspectors had fined the pottery 12,000 crowns in March for blocked exits."
UNPAID = "Forty workers were sent home without pay, the union said."
GLAZE = "The glaze shop sells its last bowls on Saturday."
TEXTS = [
    "Kiln fire shuts pottery\n\nThe Arden pottery burned on Monday. Nobody was hurt.\n\n"
    "Its owner, Sela Marn, hopes to fire the kilns again in June.",
    f"Pottery was warned before fire\n\n{FINED}\n\n{UNPAID}\n\n{GLAZE}",
    "Arden pottery in ashes\n\nThe union said forty workers were sent home without pay.\n\n"
    "In March inspectors fined the pottery 12,000 crowns for blocked exits.",
]
KEPT = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("framing-workbench");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const count = request.result.transaction("operations").objectStore("operations").count();
    count.onsuccess = () => { request.result.close(); resolve(count.result); };
  };
})"""


class Ledger:
    """The ledger page as a person uses it."""

    def __init__(self, page: Page, sheet: int) -> None:
        self.page, self.sheet = page, sheet
        page.goto(f"/work/{sheet}/ledger/")
        self.saved()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self) -> None:
        expect(self.page.locator("#status")).to_have_text("Saved", timeout=15_000)

    def current(self) -> str:
        return self.page.locator(":focus .text").inner_text()

    def answers(self) -> dict[str, Any]:
        """Return what the server has, by claim."""
        told = self.page.request.get(f"/api/v1/assignments/{self.sheet}/ledger/").json()
        return {row["statement"]: row["cell"] for row in told["claims"] if row["cell"]}


@pytest.fixture(scope="module")
def kiln(site: Site) -> list[int]:
    return hand_out(site, TEXTS, person="ines")


@pytest.fixture
def ledger(sign_in: Callable[..., Page], kiln: list[int]) -> Callable[..., Ledger]:
    """Return a way to open the ledger of the article that leaves most out."""

    def opened(sheet: int = kiln[0], **options: Any) -> Ledger:
        return Ledger(sign_in("ines", **options), sheet)

    return opened


def test_claims_are_answered_by_one_key_each_and_survive_a_lost_network(
    ledger: Callable[..., Ledger],
) -> None:
    ines = ledger()
    page = ines.page
    first = ines.current()  # claims of one weight come in an order drawn for the sheet
    (second,) = {FINED, UNPAID} - {first}
    ines.press("o", "5", "2", "a", "ArrowDown", "Enter")
    expect(page.locator("#article .gap")).to_be_visible()
    ines.press("f")
    page.keyboard.type("the owner")
    ines.press("Escape", "Enter")
    assert ines.current() == second
    ines.press("p")
    ines.saved()
    assert ines.answers()[first] | {"revision": 0} == {
        **ines.answers()[first], "revision": 0, "answer": "omitted", "kind": "om.context",
        "salience": 2, "favours": "the owner",
        "anchor": {"start": 60, "end": 60, "quote": ""},
    }  # fmt: skip
    assert ines.answers()[second]["answer"] == "partly"

    ines.press("Control+z")
    ines.saved()
    assert second not in ines.answers()
    page.context.set_offline(True)
    page.locator("#article").click()
    ines.press("n")
    expect(page.locator("#status")).to_contain_text("1 waiting")
    wait_until(lambda: page.evaluate(KEPT) == 1, seconds=5, what="a copy on the disk")
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = Ledger(page.context.new_page(), ines.sheet)
    expect(again.page.locator("li.done")).to_have_count(2)
    assert again.answers()[second]["answer"] == "not_applicable"


def test_two_windows_agree_and_a_refused_answer_waits_for_a_decision(
    ledger: Callable[..., Ledger], kiln: list[int]
) -> None:
    ines = ledger(kiln[2])
    page = ines.page
    second = Ledger(page.context.new_page(), kiln[2])
    ines.page.bring_to_front()
    claim = ines.current()
    ines.press("p")
    ines.saved()
    expect(second.page.locator(".done .text", has_text=claim)).to_be_visible()
    second.page.bring_to_front()
    second.page.locator(".claim", has_text=claim).focus()
    second.press("n")
    wait_until(
        lambda: ines.answers()[claim]["answer"] == "not_applicable",
        seconds=10,
        what="the later answer",
    )

    ines.page.bring_to_front()
    refusal = {"detail": "No.", "problems": [{"place": "cell", "message": "is wrong.",
                                              "remedy": "Answer again."}]}  # fmt: skip
    page.route("**/ledger/operations/", lambda route: route.fulfill(status=400, json=refusal))
    page.locator(".claim", has_text=claim).focus()
    ines.press("r")
    expect(page.locator("#notices")).to_contain_text("Not accepted: cell is wrong. Answer again.")
    expect(page.locator("#status")).to_have_text("1 not accepted")
    page.unroute("**/ledger/operations/")
    page.get_by_role("button", name="Take this answer back").click()
    ines.saved()
    expect(page.locator("li", has_text=claim).locator(".said")).to_have_text("not applicable")
    page.get_by_role("button", name=claim).click()
    page.get_by_role("button", name="Take the answer back").click()
    wait_until(lambda: claim not in ines.answers(), seconds=10, what="an answer taken back")


def test_what_is_missing_in_the_list_is_added_with_its_evidence(
    ledger: Callable[..., Ledger], kiln: list[int]
) -> None:
    ines = ledger()
    page = ines.page
    ines.press("m")
    page.get_by_role("button", name="Pottery was warned").click()
    page.locator("#article .s", has_text=GLAZE).click()
    page.get_by_role("button", name="This sentence").click()
    expect(page.locator("#statement")).to_have_value(GLAZE)
    page.keyboard.type("The glaze shop closes.")
    ines.press("Enter")
    expect(page.locator(".on .text")).to_have_text("The glaze shop closes.")
    ines.press("4")
    ines.saved()
    assert ines.answers()["The glaze shop closes."]["kind"] == "om.consequence"
    other = Ledger(page, kiln[2])
    claim = page.locator("li", has_text="The glaze shop closes.")
    expect(claim).to_be_visible()
    assert "The glaze shop closes." not in other.answers()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_ledger_has_no_finding_in_any_of_its_states(
    ledger: Callable[..., Ledger], kiln: list[int], scheme: str, width: int
) -> None:
    ines = ledger(kiln[0], color_scheme=scheme, viewport={"width": width, "height": 900})
    page = ines.page
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        page.wait_for_timeout(100)
        found[state] = findings(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, a, input, summary")]
            .filter((e) => e.checkVisibility() && !e.closest(".vh, .skip")
              && !e.matches(".skip, .word"))
            .filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.outerHTML)"""
        )
        assert (state, wide, small) == (state, 0, [])

    look("claims")
    ines.press("o")
    look("kinds")
    ines.press("1")
    look("an omission")
    ines.press("a")
    look("choosing the place")
    ines.press("Escape", "m")
    look("adding")
    ines.press("Escape", "?")
    expect(page.locator("#help")).to_be_visible()
    look("help")
    ines.press("Escape", "x")
    ines.saved()
    assert {state: rows for state, rows in found.items() if rows} == {}


def test_an_event_of_one_article_says_why_nothing_is_asked(
    sign_in: Callable[..., Page], site: Site
) -> None:
    [sheet] = hand_out(site, TEXTS[:1], person="olek")
    ledger = Ledger(sign_in("olek"), sheet)
    expect(ledger.page.locator("#claims")).to_contain_text("alone in its event")
    expect(ledger.page.get_by_role("button", name="Add what is missing")).to_have_count(0)
    assert findings(ledger.page) == []

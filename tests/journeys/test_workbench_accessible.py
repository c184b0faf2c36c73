"""axe-core finds nothing: the workbench in its states, and every plain page, in light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.test_every_page import PAGES

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def findings(page: Page) -> list[str]:
    """Return what axe-core finds, with rule and place."""
    result = Axe().run(page, options=RULES)
    return [
        f"{rule['id']}: {node['target'][0]} {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in result.response["violations"]
        for node in rule["nodes"]
    ]


def change_elsewhere(page: Page) -> None:
    """Delete what is selected on the server, as another window of the same person would."""
    expect(page.locator("#status")).to_have_text("Saved", timeout=15_000)
    api = f"/api/v1/assignments/{page.locator('body').get_attribute('data-assignment')}/"
    sheet = page.request.get(api).json()
    selected = page.locator("mark.on").first.get_attribute("data-annotation")
    delete = {"id": str(uuid4()), "kind": "delete", "annotation_id": selected}
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    answer = page.request.post(
        f"{api}operations/",
        data={"text_sha256": sheet["article"]["sha256"], "tab": "other", "operations": [delete]},
        headers={"X-CSRFToken": token, "If-Match": f'"{sheet["revision"]}"'},
    )
    assert answer.ok, answer.text()


@SCHEMES
@pytest.mark.parametrize("width", [1440, 390])
def test_the_workbench_has_no_finding_in_any_of_its_states(
    desk: Callable[..., Desk], scheme: str, width: int
) -> None:
    ada = desk("ada", color_scheme=scheme, viewport={"width": width, "height": 900})
    ada.suggestions()
    page = ada.page
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        page.wait_for_timeout(100)
        found[state] = findings(page)

    look("a suggestion")
    page.locator("#article").focus()
    ada.press("Enter")
    expect(page.locator("#card")).to_be_attached()
    look("a suggestion being edited")
    ada.press("Escape", "?")
    expect(page.locator("#sheet")).to_be_visible()
    look("the sheet of keys")
    ada.press("Escape", "w")
    expect(page.locator("#sibling")).to_be_visible()
    look("two panes")
    ada.press("o")
    expect(page.locator("#triage")).to_contain_text("Missing here?")
    look("evidence for an omission")
    ada.press("Escape", "Escape", "w", "ArrowDown", "y")
    look("the questions")
    ada.press("1")
    look("the second question")
    ada.press("Escape")
    ada.find("the")
    ada.press("/")
    expect(page.locator("#found")).to_contain_text("of")
    look("find")
    ada.press("Escape", "ArrowRight", "q")
    expect(page.locator("#triage")).to_contain_text("Proposed parts")
    look("an open group")
    change_elsewhere(page)
    ada.press("Enter")
    expect(page.locator("#status")).to_have_text("1 to decide")
    look("a conflict")
    page.get_by_role("button", name="Take theirs").click()
    ada.saved()
    page.locator("#article").focus()
    if width == 1440:
        for tab in ("all", "open"):
            page.locator(f'[data-tab-button="{tab}"]').click()
            look(f"the list {tab}")
    else:
        for tab in ("side", "rail"):
            page.locator(f'[data-pane="{tab}"]').click()
            look(f"the pane {tab}")
    assert {state: list_ for state, list_ in found.items() if list_} == {}


@SCHEMES
@pytest.mark.parametrize("name", PAGES)
def test_every_plain_page_has_no_finding(
    sign_in: Callable[..., Page], name: str, scheme: str
) -> None:
    page = sign_in(name, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for address in PAGES[name]:
        # Two pages come from libraries as they are: the admin and the API browser.
        if address.startswith(("/admin/", "/api/", "/work/")):
            continue
        page.goto(address)
        found[address] = findings(page)
    assert {address: list_ for address, list_ in found.items() if list_} == {}


@SCHEMES
def test_the_sign_in_page_has_no_finding(browser: Any, site: Any, scheme: str) -> None:
    page = browser.new_page(base_url=site.address.rstrip("/"), color_scheme=scheme)
    page.goto("/accounts/login/")
    assert findings(page) == []
    page.close()

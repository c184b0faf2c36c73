"""axe-core finds nothing on the workbench in any of its states, in light and dark."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.looking import findings

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


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

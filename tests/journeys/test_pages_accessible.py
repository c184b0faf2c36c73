"""axe-core on what people see when something is wrong, and on the pages of the account."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.test_workbench_accessible import findings

STUDY = "/projects/dam-and-ferry/"
BARE = "for (const form of document.forms) form.noValidate = true"
# A form, and the button that sends it empty.
EMPTY = (
    ("/projects/new/", "Create project"),
    (f"{STUDY}people/", "Add"),
    (f"{STUDY}import/", "Import"),
)
REFUSED = (("/projects/nowhere/", 404), ("/work/4/", 404), (f"{STUDY}events/loose/", 404))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_errors_and_refusals_have_no_finding(sign_in: Callable[..., Page], scheme: str) -> None:
    page = sign_in("rhea", color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for address, button in EMPTY:
        page.goto(address)
        page.evaluate(BARE)
        page.get_by_role("button", name=button, exact=True).click()
        page.locator(".errorlist, .notes .error, [aria-invalid=true]").first.wait_for()
        found[f"{address} sent empty"] = findings(page)
    for address, status in REFUSED:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
        found[address] = findings(page)
    for address in ("/accounts/password/change/", "/accounts/2fa/"):
        page.goto(address)
        found[address] = findings(page)
    ada = sign_in("ada", color_scheme=scheme)
    answer = ada.goto(f"{STUDY}settings/")
    assert answer is not None
    assert answer.status == 403
    found["403"] = findings(ada)
    assert {state: list_ for state, list_ in found.items() if list_} == {}

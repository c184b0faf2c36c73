"""Every page of the site, full and empty, right and wrong: nobody is shut out of any."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, Page, expect

from tests.journeys import inventory
from tests.journeys.conftest import passwords
from tests.journeys.looking import Look
from tests.journeys.stock import PASSWORD, SECRET, fill
from tests.stack.site import Site

BARE = "for (const form of document.forms) form.noValidate = true"
# A form of a study or of the account, and the button that sends it with nothing in it.
EMPTY = (
    ("/projects/new/", "Create project"),
    ("/projects/dam-and-ferry/people/", "Make account"),
    ("/projects/dam-and-ferry/people/", "Add"),
    ("/projects/dam-and-ferry/import/", "Import"),
    ("/projects/dam-and-ferry/import/", "Import this article"),
    ("/projects/dam-and-ferry/events/1/", "Rename"),
    ("/accounts/password/change/", "Change Password"),
)


@pytest.fixture(scope="session")
def filled(site: Site) -> dict[str, Any]:
    return fill(site)


@pytest.fixture
def look(sign_in: Callable[..., Page]) -> Iterator[Callable[..., Look]]:
    """Return a way to look as somebody; all that was found fails the test together."""
    looks: list[Look] = []

    def begun(name: str, **options: Any) -> Look:
        looks.append(Look(sign_in(name), **options))
        return looks[-1]

    yield begun
    wrong = [line for one in looks for line in one.report()]
    assert not wrong, "\n".join(wrong)


def confirm(page: Page) -> None:
    """Say the password once more, which opens the pages of the second factor."""
    page.goto("/accounts/reauthenticate/?next=/profile/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/profile/")


def test_a_researchers_pages(filled: dict[str, Any], look: Callable[..., Look]) -> None:
    rhea = look("rhea")
    named = [inventory.address(name, filled) for name in inventory.EVERYBODY]
    for address in (*named, "/projects/new/", *inventory.study_pages(filled)):
        rhea.go(address)
        rhea.tab(address)
    for width in (1440, 1210):  # the bar never runs into the buttons beside it
        rhea.page.set_viewport_size({"width": width, "height": 900})
        rhea.page.goto("/projects/dam-and-ferry/")
        bar, buttons = (rhea.page.locator(part).bounding_box() for part in (".wide-nav", ".push"))
        assert bar
        assert buttons
        assert bar["x"] + bar["width"] <= buttons["x"], width
    assert {title: pages for title, pages in rhea.titles.items() if len(pages) > 1} == {}


def test_forms_that_are_refused_say_so_where_the_focus_is(
    filled: dict[str, Any], look: Callable[..., Look]
) -> None:
    rhea = look("rhea")
    page = rhea.page
    for address, button in EMPTY:
        page.goto(address)
        page.evaluate(BARE)
        if button == "Rename":
            page.get_by_label("Name", exact=True).fill("")
        page.get_by_role("button", name=button, exact=True).click()
        summary = page.locator(".errorlist.summary")
        expect(summary).to_be_focused()
        rhea.look(f"{address} after {button}")
        field = page.locator("[aria-invalid=true]").first
        said = field.get_attribute("aria-describedby") or ""
        assert any(page.locator(f"#{one}.errorlist").count() for one in said.split()), address
        summary.get_by_role("link").first.click()
        expect(field).to_be_focused()


def test_an_annotators_pages_and_those_of_people_without_work(
    filled: dict[str, Any], look: Callable[..., Look]
) -> None:
    pages = {
        "ada": ("/", "/projects/", "/projects/dam-and-ferry/codebook/", "/profile/",
                f"/work/{filled['sheet']}/", f"/work/{filled['sheet']}/ledger/"),
        "noa": ("/", "/projects/", "/profile/keys/"),
        "odd": ("/", "/projects/"),
    }  # fmt: skip
    for name, addresses in pages.items():
        person = look(name)
        for address in addresses:
            person.go(address)


def test_signing_in_and_the_account(
    filled: dict[str, Any], look: Callable[..., Look], browser: Browser, site: Site
) -> None:
    visitor = Look(browser.new_page(base_url=site.address.rstrip("/")))
    page = visitor.page
    for name in inventory.VISITOR:
        visitor.go(inventory.address(name, filled))
        visitor.tab(name)
    page.goto("/accounts/login/")
    page.get_by_label("User name").fill("nobody-of-this-name")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".errorlist.summary")).to_be_focused()
    visitor.look("signing in refused")

    page.get_by_label("User name").fill("vera")
    page.get_by_label("Password").fill(passwords(site)["vera"])
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("2fa/authenticate"))
    visitor.look("the second factor asked")
    code = totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name=re.compile("Sign in", re.IGNORECASE)).first.click()
    expect(page).to_have_url(f"{site.address.rstrip('/')}/")
    confirm(page)
    for name in ("mfa_index", *inventory.FACTOR):
        visitor.go(inventory.address(name, filled))
    page.close()

    mina = look("mina")
    confirm(mina.page)
    for name in inventory.ACCOUNT:
        mina.go(inventory.address(name, filled))
        mina.tab(name)
    assert not visitor.wrong, "\n".join(visitor.report())


def test_refusals_and_errors(
    filled: dict[str, Any], look: Callable[..., Look], browser: Browser, site: Site
) -> None:
    ada = look("ada")
    study = "/projects/dam-and-ferry/"
    ada.go(f"{study}settings/", status=403)
    ada.go("/projects/nowhere/", status=404)
    ada.go(f"{study}people/add/", status=405)

    crash = look("crash")
    page = crash.page
    page.context.clear_cookies(name="csrftoken")
    page.goto("/profile/")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please send it again")
    crash.look("403 for a stale form")
    for _ in range(12):
        page.goto("/accounts/password/change/")
        if page.get_by_role("heading", name="Too many tries").count():
            break
        for label in ("Current Password", "New Password", "New Password (again)"):
            page.get_by_label(label, exact=True).fill("wrong")
        page.get_by_role("button", name="Change Password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Too many tries")
    crash.look("429")

    # The site's own failure, and a name that is not the site's: both say so in the console.
    context = browser.new_context(storage_state=page.context.storage_state())
    failing = Look(context.new_page())
    failing.go(f"{site.address}projects/{filled['broken']}/codebook/", status=500)
    failing.go(f"{site.address.replace('localhost', 'elsewhere.localhost')}", status=400)
    context.close()
    assert not failing.wrong, "\n".join(failing.report())


def test_the_administration(filled: dict[str, Any], look: Callable[..., Look]) -> None:
    admin = look("admin", house=False)
    page = admin.page
    pages = inventory.admin_pages(filled)
    assert len(pages) > 100
    for address in pages:
        admin.go(address)
    page.goto("/admin/corpus/outlet/")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("delete_selected")
    page.get_by_role("button", name="Go").click()
    admin.look("deleting several")
    page.goto("/admin/corpus/project/add/")
    page.evaluate(BARE)
    page.get_by_role("button", name="Save", exact=True).click()
    admin.look("a form refused")
    for query in ("labeling/operation/?q=dam", "labeling/annotation/?q=nothing-like-it"):
        admin.go(f"/admin/{query}")
    admin.go("/admin/corpus/article/add/", status=403)
    assert PASSWORD not in page.content()


def test_leaving_the_administration(filled: dict[str, Any], look: Callable[..., Look]) -> None:
    """The last page is seen signed out, so this person is nobody else's."""
    admin = look("admin", house=False)
    admin.page.goto("/admin/")
    admin.page.get_by_role("button", name="Log out").click()
    admin.look("signed out")

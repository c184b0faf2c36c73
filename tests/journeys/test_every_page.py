"""Every page opens in a browser without an error, and a researcher gets from import to readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import Look
from tests.stack.site import Site

PAGES = {
    "ada": ("/", "/profile/", "/projects/", "/projects/dam-and-ferry/codebook/", "/work/1/",
            "/work/1/ledger/"),
    "rhea": ("/", "/projects/new/", "/api/v1/",
             *(f"/projects/dam-and-ferry/{page}" for page in (
                 "", "articles/", "events/", "people/", "assign/", "agreement/", "export/",
                 "detectors/", "codebook/", "import/", "import/1/", "articles/1/", "events/1/",
                 "events/1/coverage/", "events/1/claims/", "events/proposals/",
                 "agreement/ledger/", "settings/"))),
    "admin": ("/admin/", "/admin/labeling/operation/", "/admin/corpus/project/1/change/",
              "/admin/corpus/article/1/change/"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_the_demo_shut_nobody_out(sign_in: Callable[..., Page], name: str) -> None:
    """The whole site, full and empty, is looked at in test_pages_accessible.py."""
    look = Look(sign_in(name), house=name != "admin")
    for address in PAGES[name]:
        look.go(address)
    assert not look.wrong, "\n".join(look.report())


def test_the_sign_in_page_shuts_nobody_out(browser: Browser, site: Site) -> None:
    look = Look(browser.new_page(base_url=site.address.rstrip("/")))
    look.go("/accounts/login/")
    look.page.close()
    assert not look.wrong, "\n".join(look.report())


def test_a_researcher_imports_files_good_and_bad_and_hands_them_out(
    sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Ferry returns\n\nThe ferry is back, the harbour master said.\n")
    bad = tmp_path / "bad.txt"
    bad.write_bytes("A café closes.".encode("latin-1"))
    rhea = sign_in("rhea")
    rhea.goto("/projects/new/")
    rhea.get_by_label("Name").fill("Harbour")
    rhea.get_by_role("button", name="Create project").click()
    rhea.goto("/projects/harbour/import/")
    rhea.get_by_label("Files").set_input_files([good, bad])
    rhea.get_by_role("button", name="Import", exact=True).click()
    row = rhea.get_by_role("row", name=re.compile("good.txt"))
    expect(row).to_contain_text("done", timeout=20_000)
    rhea.get_by_role("link", name="bad.txt").click()
    expect(rhea.get_by_role("main")).to_contain_text("UTF-8", timeout=20_000)
    rhea.goto("/projects/harbour/people/")
    rhea.get_by_label("User name").last.fill("ada")
    rhea.get_by_role("button", name="Add", exact=True).click()
    expect(rhea.get_by_role("main")).to_contain_text("Ada is in")
    rhea.goto("/projects/harbour/assign/")
    rhea.get_by_role("button", name="Hand out").click()
    expect(rhea.get_by_role("main")).to_contain_text("1 article handed out")
    rhea.goto("/projects/harbour/articles/")
    rhea.get_by_role("link", name="Ferry returns").click()
    expect(rhea.get_by_role("main")).to_contain_text("attribution", timeout=20_000)

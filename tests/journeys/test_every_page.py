"""Every page opens in a browser without an error, and a researcher gets from import to readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

STUDY = ("", "articles/", "events/", "people/", "assign/", "agreement/", "export/", "detectors/",
         "codebook/", "import/", "import/1/", "articles/1/", "events/1/",
         "events/1/coverage/", "events/1/claims/", "events/proposals/", "agreement/ledger/",
         "settings/")  # fmt: skip
PAGES = {
    "ada": ("/", "/profile/", "/projects/", "/projects/dam-and-ferry/codebook/", "/work/1/",
            "/work/1/ledger/"),
    "rhea": ("/", "/projects/new/", "/api/v1/",
             *(f"/projects/dam-and-ferry/{page}" for page in STUDY)),
    "admin": ("/admin/", "/admin/labeling/operation/", "/admin/labeling/annotation/",
              "/admin/corpus/article/1/change/"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_and_nothing_scrolls_sideways(
    sign_in: Callable[..., Page], name: str, scheme: str
) -> None:
    page = sign_in(name, color_scheme=scheme, viewport={"width": 390, "height": 800})
    wide = []
    for address in PAGES[name]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert page.title()
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overflow > 1 and not address.startswith(("/admin/", "/api/")):
            wide.append((address, overflow))
    assert wide == []


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

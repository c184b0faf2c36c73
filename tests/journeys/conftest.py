"""A real site with worker and Redis, a real browser, and people who sign in."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.desk import Desk
from tests.journeys.papers import hand_out
from tests.stack.site import Site, kill

SHORT = """Lantern night {} draws crowd

The reckless crowd stormed the pier. Mayor Lia Orr said the night was safe.

Critics called it a brazen scheme, and the old quay was full by nine."""
# What `make test` leaves to CI, to stay below five minutes; the budgets and the ten minutes stay.
LONG = {
    "test_pages_accessible.py",
    "test_workbench_arms.py",
    "test_workbench_firefox.py",
    "test_workbench_guide.py",
    "test_workbench_keys.py",
    "test_workbench_modes.py",
    "test_workbench_offline.py",
    "test_workbench_relations.py",
    "test_workbench_siblings.py",
    "test_workbench_soak.py",
    "test_workbench_standing.py",
    "test_workbench_weather.py",
    "test_workbench_words.py",
}
CHROMIUM = os.environ.get("FRAMING_CHROMIUM", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.nodeid:
            item.add_marker(pytest.mark.journey)
            if item.path.name in LONG:
                item.add_marker(pytest.mark.long)
            if not CHROMIUM and item.path.name != "test_workbench_firefox.py":
                item.add_marker(
                    pytest.mark.skip(reason="NO BROWSER: set FRAMING_CHROMIUM to a Chromium")
                )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", *quiet]}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the demo project, which all journeys share as people would."""
    # Two workers that start at once would look for a free port at the same moment.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    port = str(8750 + 20 * worker)
    made = Site(tmp_path_factory.mktemp("journey") / "var", FRAMING_DEMO="1", PORT=port)
    made.var.mkdir()
    try:
        made.start()
        yield made
    finally:
        kill(made.processes())


@pytest.fixture
def sign_in(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Return a way to sign in; a page that logs an error or breaks the CSP fails the test."""
    troubles: list[str] = []
    contexts = []

    def signed_in(name: str, **options: Any) -> Page:
        context = browser.new_context(base_url=site.address.rstrip("/"), **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _note(troubles, page, said))
        page.goto("/accounts/login/")
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(passwords(site)[name])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{site.address.rstrip('/')}/")
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def desk(sign_in: Callable[..., Page]) -> Callable[..., Desk]:
    """Return a way to open the workbench as somebody."""

    def opened(name: str, **options: Any) -> Desk:
        page = sign_in(name, **options)
        page.get_by_role("link", name=re.compile("Continue|Begin")).click()
        return Desk(page)

    return opened


@pytest.fixture(scope="session")
def shelf(site: Site) -> Iterator[int]:
    """Articles without suggestions that nobody has opened, all of one person."""
    return iter(hand_out(site, [SHORT.format(i) for i in range(16)], person="wren"))


@pytest.fixture
def wren(sign_in: Callable[..., Page], shelf: Iterator[int]) -> Callable[..., Desk]:
    """Return a way to open the next article of the shelf."""

    def opened(**options: Any) -> Desk:
        page = sign_in("wren", **options)
        page.goto(f"/work/{next(shelf)}/")
        return Desk(page)

    return opened


def passwords(site: Site) -> dict[str, str]:
    lines = (site.var / "sign-ins.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split()[:2] for line in lines if not line.startswith("#"))


def _note(troubles: list[str], page: Page, said: Any) -> None:
    # Saving is what journeys disturb on purpose; what is not saved they see by themselves.
    disturbed = said.location.get("url", "").endswith("/operations/")
    expected = "status of 4" in said.text or "ERR_INTERNET_DISCONNECTED" in said.text or disturbed
    if said.type == "error" and not expected:
        troubles.append(f"{page.url}: {said.text}")

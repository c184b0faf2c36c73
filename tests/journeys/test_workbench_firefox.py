"""The other engine: one person's work in Firefox, compared with the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import passwords
from tests.journeys.desk import PLACE
from tests.journeys.firefox import FIREFOX, Firefox
from tests.journeys.papers import hand_out
from tests.journeys.test_nothing_is_lost import KEPT
from tests.stack.site import Site

TEXT = """Oslo 🏴‍☠️ rammed through harbour plan

Mayor Lia Orr said the harbour was safe. Critics claimed that a mere handful of experts had read it.

The brazen council ignored nine warnings, and the fisherman lost his boat."""

SIGN_IN = """(name, password) => {
  document.querySelector("[name=login]").value = name;
  document.querySelector("[name=password]").value = password;
  document.querySelector("form button[type=submit], form .btn").click();
}"""
AT_HOME = "() => location.pathname === '/' && document.readyState === 'complete'"
SAVED = "() => document.querySelector('#status')?.textContent === 'Saved'"
SAID = "() => document.querySelector('#live').textContent"
HIGHLIGHT = "(name) => Array.from(CSS.highlights.get(name) ?? [], String).join('|')"
ASKED = "() => document.querySelector('[data-suggestion-shown]')?.dataset.suggestionShown"
MARKED = """() => Array.from(document.querySelectorAll("#article mark[data-annotation]"),
  (mark) => mark.textContent)"""
# Firefox has no switch for the network here; the page's own way out is as good.
CUT = "() => { window.fetch = () => Promise.reject(new TypeError('cut')); }"


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    if not FIREFOX:
        pytest.skip("NO FIREFOX: install firefox-esr, or set FRAMING_FIREFOX to one")
    made = Firefox(tmp_path / "profile")
    try:
        yield made
    finally:
        made.close()


def test_one_article_in_firefox_lies_in_the_database_as_it_was_marked(
    firefox: Firefox, site: Site
) -> None:
    (number,) = hand_out(site, [TEXT], person="fern", suggestions=True)
    home = site.address.rstrip("/")
    firefox.go(f"{home}/accounts/login/")
    firefox.run(SIGN_IN, "fern", passwords(site)["fern"])
    firefox.wait(AT_HOME)
    firefox.go(f"{home}/work/{number}/")
    firefox.wait(SAVED)
    assert firefox.run("() => navigator.userAgent").count("Firefox") == 1

    first = firefox.wait(ASKED)
    firefox.press("a")
    assert firefox.run(ASKED) != first

    firefox.drag(*firefox.run(PLACE, ["harbour plan", 1]))
    assert firefox.run(HIGHLIGHT, "wb-range") == "harbour plan"
    assert firefox.run("() => getSelection().isCollapsed")
    firefox.press("0")

    firefox.press("/", *"fisherman", "Enter")
    assert firefox.run(HIGHLIGHT, "wb-cursor") == "fisherman"
    firefox.press("Shift+ArrowRight", "1")

    firefox.press("/", *"claimed", "Enter", "q")
    assert "Critics" in firefox.run(HIGHLIGHT, "wb-ghost")
    firefox.press("Enter")

    firefox.press("/", *"nine", "Enter", "1", "Control+z")
    assert firefox.run(SAID).startswith("Undone")
    firefox.wait(SAVED)

    # What cannot be sent waits on the disk, over a reload.
    firefox.run(CUT)
    firefox.press("/", *"Oslo", "Enter", "0")
    firefox.wait(f"async () => await ({KEPT})() === 1")
    assert not firefox.run(SAVED)
    firefox.go(f"{home}/work/{number}/")
    firefox.wait(SAVED)
    assert firefox.run(f"async () => await ({KEPT})()") == 0

    parts = site.rows(
        f"""SELECT a.label, p.role, p.quote, p.start, p.end FROM labeling_annotationpart p
        JOIN labeling_annotation a ON a.id = p.annotation_id
        WHERE a.assignment_id = {number} AND a.deleted_at IS NULL AND a.suggestion_id IS NULL
        ORDER BY p.start, p.role"""
    )
    assert [row[:3] for row in parts] == [
        ("lt.evaluative", "span", "Oslo"),
        ("lt.evaluative", "span", "harbour plan"),
        ("at.attribution", "source", "Critics"),
        ("at.attribution", "cue", "claimed"),
        ("at.attribution", "content", "a mere handful of experts had read it"),
        ("lt.scare_quote", "span", "fisherman lost"),
    ]
    assert all(TEXT[start:end] == quote for _, _, quote, start, end in parts)
    accepted = f"labeling_decision WHERE assignment_id = {number} AND verdict = 'accepted'"
    assert site.count(accepted) == 1
    assert set(firefox.run(MARKED)) >= {quote for _, _, quote, *_ in parts}

"""A newcomer's first ten minutes, with the mouse, the keys and the downloads of real people."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.stack.site import ROOT


def test_an_annotator_works_through_an_article_and_hands_it_in(
    desk: Callable[..., Desk],
) -> None:
    ada = desk("ada")
    ada.suggestions()
    asked = int(ada.page.locator("[data-suggestion-shown]").get_attribute("data-suggestion-shown"))

    ada.press("a")  # the suggestion that is shown
    ada.saved()
    sheet = ada.server()
    assert [row["suggestion"] for row in sheet["annotations"]].count(asked) == 1
    verdicts = {s["id"]: s["decision"] and s["decision"]["verdict"] for s in sheet["suggestions"]}
    # Edited where the same words were marked by hand before: those answers are kept.
    assert verdicts[asked] in {"accepted", "edited"}

    ada.choose("reckless")
    ada.press("0")
    ada.saved()
    ada.choose("An audit in March")
    ada.press("s")
    ada.choose("counted")
    ada.press("q")
    ada.choose("12 warnings.")
    ada.press("c", "Enter")
    ada.saved()
    made = {row["id"]: row for row in ada.server()["annotations"]}
    terms = [row["parts"][0]["quote"] for row in made.values() if row["label"] == "lt.evaluative"]
    assert "reckless" in terms
    triples = [
        [(part["role"], part["quote"]) for part in row["parts"]]
        for row in made.values()
        if row["device"] == "attribution"
    ]
    mine = {("source", "An audit in March"), ("cue", "counted"), ("content", "12 warnings")}
    assert mine in [set(triple) for triple in triples]

    ada.page.reload()
    ada.saved()
    assert {row["id"] for row in ada.server()["annotations"]} == set(made)
    assert len(ada.rows()) == len(made)

    ada.press("Escape")
    ada.page.locator("#article").focus()
    ada.press("Shift+L", "Shift+A", "Shift+O")
    ada.saved()
    assert set(ada.server()["completion"].values()) == {"done"}


def test_the_researcher_sees_agreement_and_downloads_the_numbers(
    sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    rhea = sign_in("rhea")
    rhea.get_by_role("link", name="Dam and ferry").first.click()
    rhea.get_by_role("link", name="Agreement").first.click()
    alpha = rhea.get_by_role("row", name=re.compile("Characters in or out")).first
    expect(alpha).to_contain_text(re.compile(r"\.\d\d"))
    shown = alpha.locator("td.v").inner_text()
    rhea.get_by_role("link", name="Export").first.click()
    with rhea.expect_download() as download:
        rhea.get_by_role("link", name=re.compile("^Download")).first.click()
    file = tmp_path / "export.jsonl"
    download.value.save_as(file)
    command = [
        sys.executable, "-m", "framing", "agree", str(file), "--device", "loaded_terms",
        "--measure", "alpha", "--characters", "in-out", "--json",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    value = json.loads(done.stdout.splitlines()[0])["value"]
    assert f"{value:.2f}".lstrip("0") == shown

"""Do random work while tabs die and the network fails, then compare with the database.

    python -m benchmarks.workbench.soak --operations 1000 --seed 7

It starts a site of its own in a temporary folder. What counts: an operation that the page put into
the browser's own store has to be in the history exactly once. Only the key that was under way when
the tab died may be missing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, sync_playwright

from tests.stack.site import Site, kill

# Tell every operation that is safely in the browser's store, also when the tab dies right after.
# The page tells by a binding, which reaches us before anything that happens later.
WATCH = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (entry, ...rest) {
  if (this.name === "operations") {
    const {id, op} = entry;
    const at = {id, kind: op.kind};
    this.transaction.addEventListener("complete", () => window.kept(at));
  }
  return put.call(this, entry, ...rest);
};
"""
READY = "() => document.body.dataset.ready === 'true'"
LABELS = "1234567890"
CHANCES = {"label": 40, "move": 20, "accept": 8, "reject": 8, "reopen": 4, "undo": 8, "redo": 4,
           "delete": 4, "complete": 4}  # fmt: skip
KEYS = {"accept": "a", "reject": "x", "reopen": "Backspace", "undo": "Control+z",
        "redo": "Control+Shift+z", "delete": "Delete"}  # fmt: skip


@dataclass
class Soak:
    """One run: what the browser kept, what was done to it."""

    browser: Browser
    address: str
    number: int
    dice: random.Random
    cookies: Any
    trouble: float = 1.0
    kept: dict[str, str] = field(default_factory=dict)
    kills: int = 0
    cuts: int = 0
    reloads: int = 0
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)

    def begin(self) -> None:
        self.context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        self.context.add_cookies(self.cookies)
        self.context.expose_binding(
            "kept", lambda _, entry: self.kept.setdefault(entry["id"], entry["kind"])
        )
        self.context.add_init_script(WATCH)
        self.context.route("**/operations/", self.answer)
        self.open()

    def open(self) -> None:
        """Open the article in a new tab; without a network it is waited for."""
        self.context.set_offline(False)
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.goto(f"{self.address}work/{self.number}/")
        self.page.wait_for_function(READY, timeout=30_000)
        self.page.locator("#article").focus()

    def work(self, operations: int) -> None:
        """Press keys until so many operations are kept; let misfortune strike in between."""
        while len(self.kept) < operations:
            self.press()
            fate = self.dice.random() / self.trouble
            if fate < 0.015:
                self.kill()
            elif fate < 0.025:
                self.reload()
            elif fate < 0.06:
                self.cuts += 1
                self.context.set_offline(True)
            elif fate < 0.12:
                self.context.set_offline(False)

    def press(self) -> None:
        what = self.dice.choices(list(CHANCES), list(CHANCES.values()))[0]
        if what == "label":
            self.page.keyboard.press(f"Shift+{self.dice.choice(LABELS)}")
        elif what == "move":
            for _ in range(self.dice.randint(1, 4)):
                self.page.keyboard.press(self.dice.choice(["ArrowRight", "ArrowDown", "ArrowUp"]))
        elif what == "complete":
            self.page.keyboard.press(self.dice.choice(["Shift+L", "Shift+A", "Shift+O"]))
        else:
            self.page.keyboard.press(KEYS[what])

    def kill(self) -> None:
        """Crash the tab's process in the middle of whatever it does."""
        self.kills += 1
        try:
            self.page.goto("chrome://crash", timeout=3_000)
        except Error:
            self.page.close()
        self.open()

    def answer(self, route: Route) -> None:
        """Lose some answers after the server acted, refuse some requests, drop some."""
        fate = self.dice.random()
        try:
            if fate < 0.12:
                route.fetch()
                route.abort()
            elif fate < 0.2:
                route.fulfill(status=503, headers={"Retry-After": "1"})
            elif fate < 0.25:
                route.abort()
            else:
                route.continue_()
        except Error:
            return  # the tab died while it waited for the answer

    def reload(self) -> None:
        self.reloads += 1
        self.context.set_offline(False)
        self.page.reload()
        self.page.wait_for_function(READY, timeout=30_000)
        self.page.locator("#article").focus()

    def settle(self, seconds: float = 90) -> None:
        """Back online, until the page says that everything is saved."""
        self.context.unroute("**/operations/")
        self.context.set_offline(False)
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self.page.wait_for_function(
            "() => document.querySelector('#status').textContent === 'Saved'",
            timeout=seconds * 1000,
        )


@dataclass(frozen=True)
class Verdict:
    """What the database has, beside what the browser had kept."""

    kept: int
    stored: int
    lost: list[str]
    doubled: list[str]
    differing: list[str]
    breaches: str

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.differing or self.breaches)


def compare(site: Site, soak: Soak) -> Verdict:
    """Compare what was kept, what is stored and what the page shows."""
    where = f"WHERE assignment_id = {soak.number}"
    before = json.loads((site.var / "soak.json").read_text())
    ids = [row[0] for row in site.rows(f"SELECT id FROM labeling_operation {where}")]
    stored = {str(one).replace("-", "") for one in ids} - set(before)
    kept = {one.replace("-", "") for one in soak.kept}
    sheet = soak.page.request.get(f"{soak.address}api/v1/assignments/{soak.number}/").json()
    claims = [
        json.dumps([row["label"], [[p["role"], p["start"], p["end"]] for p in row["parts"]]])
        for row in sheet["annotations"]
    ]
    shown = set(soak.page.evaluate(SHOWN))
    have = {row["id"] for row in sheet["annotations"] if row["device"] != "omission"}
    done = site.manage("verify")
    return Verdict(
        kept=len(kept),
        stored=len(stored),
        lost=sorted(kept - stored),
        doubled=sorted({claim for claim in claims if claims.count(claim) > 1}),
        differing=sorted(shown ^ have),
        breaches="" if done.returncode == 0 else done.stdout + done.stderr,
    )


SHOWN = """() => Array.from(document.querySelectorAll("#article mark[data-annotation]"),
  (mark) => mark.dataset.annotation)"""


def run(
    site: Site,
    browser: Browser,
    *,
    operations: int,
    seed: int,
    person: str = "ada",
    trouble: float = 1.0,
) -> tuple[Soak, Verdict]:
    """Work on the first article of a person's queue until so many operations were kept.

    ``trouble`` multiplies how often the tab dies and the network goes.
    """
    lines = (site.var / "sign-ins.txt").read_text(encoding="utf-8").splitlines()
    password = dict(line.split()[:2] for line in lines if not line.startswith("#"))[person]
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.address}accounts/login/")
    page.get_by_label("User name").fill(person)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(site.address)
    queue = page.request.get(f"{site.address}api/v1/assignments/").json()["results"]
    number = next(row["id"] for row in queue if row["state"] != "submitted")
    ids = site.rows(f"SELECT id FROM labeling_operation WHERE assignment_id = {number}")
    known = [str(row[0]).replace("-", "") for row in ids]
    (site.var / "soak.json").write_text(json.dumps(known))
    soak = Soak(browser, site.address, number, random.Random(seed), context.cookies(), trouble)
    context.close()
    soak.begin()
    soak.work(operations)
    soak.settle()
    verdict = compare(site, soak)
    soak.context.close()
    return soak, verdict


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--operations", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--port", default="8790")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder) / "var", FRAMING_DEMO="1", PORT=given.port)
        site.var.mkdir()
        try:
            site.start()
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("FRAMING_CHROMIUM"), args=["--no-sandbox"]
            )
            soak, verdict = run(site, browser, operations=given.operations, seed=given.seed)
            browser.close()
        finally:
            kill(site.processes())
    print(f"tabs killed {soak.kills}, reloads {soak.reloads}, network cuts {soak.cuts}")
    print(f"operations kept by the browser {verdict.kept}, in the database {verdict.stored}")
    print(f"lost {len(verdict.lost)}, doubled {len(verdict.doubled)}, "
          f"shown otherwise than stored {len(verdict.differing)}")  # fmt: skip
    if not verdict.holds:
        sys.exit(f"It does not hold: {verdict}")


if __name__ == "__main__":
    main()

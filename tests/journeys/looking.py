"""What every page is looked at for: axe-core in light and dark, width, title, focus, stillness."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# All rules that axe-core runs by itself, and target-size. Loading the style sheets once more, for
# a rule that is not among them, would break the page's own policy.
RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,
    "resultTypes": ["violations"],
}
AXE = Axe()
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Tables of data without a name, and headers that do not say what they head.
TABLES = """() => [...document.querySelectorAll("main table")].flatMap((table) => [
  ...(table.caption || table.matches("[aria-label], [aria-labelledby]") ? [] : ["no caption"]),
  ...[...table.querySelectorAll("th:not([scope])")].map((th) => `no scope: ${th.textContent}`),
])"""
MOVING = "document.getAnimations().filter((one) => one.playState === 'running').length"
# Where the focus is: nothing, or whether it can be seen, and whether it came back up the page.
FOCUS = """() => {
  const now = document.activeElement;
  if (!now || now === document.body || (now.matches(".skip") && window.lastFocus)) return null;
  const before = window.lastFocus;
  const drawn = (style) => style.boxShadow !== "none" ||
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1);
  window.lastFocus = now;
  const box = now.getBoundingClientRect();
  return {
    what: now.outerHTML.slice(0, 90),
    seen: [null, "::after"].some((part) => drawn(getComputedStyle(now, part))),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    onwards: !before || !(now.compareDocumentPosition(before) & 4),
  };
}"""


def findings(page: Page) -> list[str]:
    """Return what axe-core finds, with rule and place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    broken = page.evaluate("(rules) => axe.run(rules).then((result) => result.violations)", RULES)
    return [
        f"{rule['id']}: {node['target'][0]} {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in broken
        for node in rule["nodes"]
    ]


class Look:
    """Looks at pages one after the other and keeps what is wrong, by page."""

    def __init__(self, page: Page, *, house: bool = True) -> None:
        """Look through ``page``; ``house`` is False for pages that are the library's."""
        self.page = page
        self.house = house
        self.wrong: dict[str, list[str]] = {}
        self.titles: dict[str, list[str]] = {}

    def go(self, address: str, *, status: int = 200) -> None:
        """Open an address and look at it."""
        answer = self.page.goto(address)
        found = answer.status if answer else None
        if found != status:
            self._note(address, [f"status {found}, not {status}"])
        if urlsplit(self.page.url).path != urlsplit(address).path:
            self._note(address, [f"led to {self.page.url}"])
        self.look(address)
        self.titles.setdefault(self.page.title(), []).append(address)

    def look(self, state: str) -> None:
        """Look at the page as it stands."""
        page = self.page
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            self._note(state, [f"{scheme}: {one}" for one in findings(page)])
        if page.evaluate(MOVING):
            self._note(state, ["something moves"])
        if not page.title().split("·")[0].split("|")[0].strip():
            self._note(state, ["no title"])
        if self.house:
            self._note(state, page.evaluate(TABLES))
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if sideways > 0:
            self._note(state, [f"{sideways} px too wide at 390"])
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    def tab(self, state: str, *, stops: int = 60) -> None:
        """Go through the page by Tab: each stop is seen, in view, and after the one before."""
        self.page.evaluate("window.lastFocus = null; document.querySelector('.skip').focus()")
        for _ in range(stops):
            focus = self.page.evaluate(FOCUS)
            if focus is None:  # round once, or out of the page
                return
            for quality in ("seen", "inside", "onwards"):
                if not focus[quality]:
                    self._note(state, [f"focus not {quality}: {focus['what']}"])
            self.page.keyboard.press("Tab")

    def report(self) -> list[str]:
        return [f"{state}: {one}" for state, found in self.wrong.items() for one in found]

    def _note(self, state: str, found: list[str]) -> None:
        if found:
            self.wrong.setdefault(state, []).extend(found)

"""The workbench as a person uses it: words, keys, and what the screen says."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

# Where words stand on the screen: the corners of the text range, found in the page's text nodes.
PLACE = """([quote, short]) => {
  const scroll = document.querySelector("#article");
  const walker = document.createTreeWalker(scroll, NodeFilter.SHOW_TEXT);
  const nodes = []; let text = "";
  while (walker.nextNode()) {
    nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data;
  }
  const at = text.indexOf(quote);
  if (at < 0) throw new Error(`not on the page: ${quote}`);
  const spot = (offset) => {
    const [node, start] = nodes.findLast(([, begin]) => begin <= offset);
    return [node, offset - start];
  };
  const range = document.createRange();
  range.setStart(...spot(at)); range.setEnd(...spot(at + quote.length - short));
  range.startContainer.parentElement.scrollIntoView({block: "center"});
  const first = range.getClientRects()[0];
  const last = [...range.getClientRects()].at(-1);
  return [first.left + 1, first.top + first.height / 2, last.right + 2, last.top + last.height / 2];
}"""

# The letters that stand nearest to a point.
HINT = """([left, top]) => {
  const far = ({style}) => Math.hypot(parseFloat(style.left) - left, parseFloat(style.top) - top);
  const tags = Array.from(document.querySelectorAll(".hint"));
  return tags.sort((a, b) => far(a) - far(b))[0].dataset.code;
}"""


class Desk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0
        expect(page.locator("#status")).to_have_text("Saved", timeout=15_000)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def place(self, quote: str, *, short: int = 1) -> list[float]:
        """Return where the words begin and end on the screen; the end is ``short`` signs early."""
        corners: list[float] = self.page.evaluate(PLACE, [quote, short])
        return corners

    def choose(self, quote: str, *, letters: bool = False) -> None:
        """Drag over the first occurrence of the words; with Alt exactly over these letters."""
        left, top, right, bottom = self.place(quote, short=0 if letters else 1)
        mouse, keyboard = self.page.mouse, self.page.keyboard
        if letters:
            keyboard.down("Alt")
        mouse.move(left, top)
        mouse.down()
        mouse.move((left + right) / 2, (top + bottom) / 2, steps=3)
        mouse.move(right, bottom, steps=3)
        mouse.up()
        if letters:
            keyboard.up("Alt")

    def jump(self, word: str) -> None:
        """Press the hint key and the two letters that stand on the word."""
        self.press("f")
        left, top, *_ = self.place(word)
        self.press(*self.page.evaluate(HINT, [left, top - 8]))

    def find(self, words: str) -> None:
        """Search, and go to the first hit; typing counts as no key of the table."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def tap(self, word: str) -> None:
        left, top, *_ = self.place(word)
        self.page.touchscreen.tap(left + 6, top)

    def click(self, word: str) -> None:
        left, top, *_ = self.place(word)
        self.page.mouse.click(left + 6, top)

    def double_click(self, word: str) -> None:
        left, top, *_ = self.place(word)
        self.page.mouse.dblclick(left + 6, top)

    def said(self) -> str:
        """Return what a screen reader was told last."""
        return self.page.locator("#live").inner_text().rstrip("\u00a0")

    def reload(self) -> None:
        """Load the page anew once everything is saved: what follows comes from the server."""
        self.saved()
        self.page.reload()
        self.saved()

    def saved(self) -> None:
        expect(self.page.locator("#status")).to_have_text("Saved", timeout=15_000)

    def suggestions(self) -> None:
        """Wait until the worker has proposed something."""
        expect(self.page.locator("[data-suggestion-shown]")).to_be_visible(timeout=60_000)
        working = self.page.locator('[data-role="suggestions-open"]', has_text="at work")
        expect(working).to_have_count(0, timeout=60_000)

    def rows(self) -> list[str]:
        """Return the rows of the list of all annotations, own ones only."""
        every = self.page.locator('[data-tab-button="all"]')
        every.click()
        expect(every).to_have_attribute("aria-selected", "true")
        own = self.page.locator('#side tr[data-row^="a:"]')
        return [" ".join(text.split()) for text in own.all_inner_texts()]

    def server(self) -> Any:
        """Return the sheet as the server has it now."""
        number = self.page.locator("body").get_attribute("data-assignment")
        return self.page.request.get(f"/api/v1/assignments/{number}/").json()

    def annotations(self, device: str = "") -> list[dict[str, Any]]:
        """Return what the server has, all of it or of one device."""
        self.saved()
        rows: list[dict[str, Any]] = self.server()["annotations"]
        return [row for row in rows if device in ("", row["device"])]

    def labels(self) -> list[tuple[str, str]]:
        """Return what the server has as label and words."""
        rows = self.annotations()
        return sorted((row["label"], part["quote"]) for row in rows for part in row["parts"])

    def parts(self) -> list[tuple[str, str]]:
        """Return what the server has as role and words."""
        rows = self.annotations()
        return sorted((part["role"], part["quote"]) for row in rows for part in row["parts"])

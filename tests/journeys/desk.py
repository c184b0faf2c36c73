"""The workbench as a person uses it: words, keys, and what the screen says."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

# Where words stand on the screen: the corners of the text range, found in the page's text nodes.
PLACE = """(quote) => {
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
  range.setStart(...spot(at)); range.setEnd(...spot(at + quote.length - 1));
  range.startContainer.parentElement.scrollIntoView({block: "center"});
  const first = range.getClientRects()[0];
  const last = [...range.getClientRects()].at(-1);
  return [first.left + 1, first.top + first.height / 2, last.right + 2, last.top + last.height / 2];
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

    def choose(self, quote: str) -> None:
        """Drag over the first occurrence of the words."""
        left, top, right, bottom = self.page.evaluate(PLACE, quote)
        mouse = self.page.mouse
        mouse.move(left, top)
        mouse.down()
        mouse.move((left + right) / 2, (top + bottom) / 2, steps=3)
        mouse.move(right, bottom, steps=3)
        mouse.up()

    def saved(self) -> None:
        expect(self.page.locator("#status")).to_have_text("Saved", timeout=15_000)

    def suggestions(self) -> None:
        """Wait until the worker has proposed something."""
        expect(self.page.locator("[data-suggestion-shown]")).to_be_visible(timeout=60_000)
        working = self.page.locator('[data-role="suggestions-open"]', has_text="at work")
        expect(working).to_have_count(0, timeout=60_000)

    def rows(self) -> list[str]:
        """Return the rows of the list of all annotations, own ones only."""
        self.page.locator('[data-tab-button="all"]').click()
        own = self.page.locator('#side tr[data-row^="a:"]')
        return [" ".join(text.split()) for text in own.all_inner_texts()]

    def server(self) -> Any:
        """Return the sheet as the server has it now."""
        number = self.page.locator("body").get_attribute("data-assignment")
        return self.page.request.get(f"/api/v1/assignments/{number}/").json()

"""On paper, in forced colours, with more contrast and less motion: every mark keeps its meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk

LOOK = """(selector) => {
  const look = getComputedStyle(document.querySelector(selector));
  return {color: look.color, ground: look.backgroundColor, line: look.textDecorationStyle,
          lineColor: look.textDecorationColor, border: look.borderBottomColor,
          outline: look.outlineStyle};
}"""
SYSTEM = """(name) => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
  const {color} = getComputedStyle(probe);
  probe.remove();
  return color;
}"""
MOVING = """() => Array.from(document.querySelectorAll("*")).filter((element) => {
  const {transitionDuration, animationName} = getComputedStyle(element);
  return animationName !== "none" || /[1-9]/.test(transitionDuration);
}).map((element) => element.outerHTML.slice(0, 80))"""


def mark_a_little(desk: Desk) -> None:
    """Mark a term and, with what is proposed, a whole attribution; select the term."""
    desk.choose("Critics called")
    desk.press("s")
    desk.choose("called it")
    desk.press("q")
    desk.choose("brazen scheme")
    desk.press("c", "Enter", "Escape", "Escape")
    desk.choose("reckless")
    desk.press("0")
    desk.saved()


def look(page: Page, selector: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(LOOK, selector)
    return found


def test_a_printed_page_is_black_on_white_and_says_what_its_lines_mean(
    wren: Callable[..., Desk],
) -> None:
    desk = wren(color_scheme="dark", reduced_motion="reduce", contrast="more")
    page = desk.page
    mark_a_little(desk)
    assert page.evaluate(MOVING) == []
    styles = {look(page, f"#article mark{kind}")["line"] for kind in (".lt", ".q", ".c")}
    assert styles == {"solid", "dotted", "dashed"}

    page.emulate_media(media="print", color_scheme="dark")
    assert look(page, "#article p")["color"] == "rgb(26, 26, 26)"
    assert look(page, "mark.on")["ground"] == "rgba(0, 0, 0, 0)"
    legend = page.locator("#rail .legend")
    expect(legend.get_by_role("listitem")).to_have_text(
        ["Lterm", "Ssource", "Qcue", "Ccontent", "anchor", "Eevidence", "?suggestion"]
    )
    for kind in (".lt", ".q", ".c"):
        drawn = look(page, f"#article mark{kind}")
        assert look(page, f".legend mark{kind}")["line"] == drawn["line"]
    assert look(page, ".legend mark.sug")["line"] == "wavy"
    for hidden in ("header.bar", "#triage", "#side", "#notices", "#rail .fam"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate("document.querySelector('#article').scrollHeight <= innerHeight * 3")
    assert page.pdf()[:4] == b"%PDF"


def test_forced_colours_keep_marks_selection_and_tabs_apart(wren: Callable[..., Desk]) -> None:
    desk = wren(forced_colors="active")
    page = desk.page
    mark_a_little(desk)
    text, chosen = (page.evaluate(SYSTEM, name) for name in ("CanvasText", "Highlight"))
    for kind in (".q", ".c"):
        assert look(page, f"#article mark{kind}")["lineColor"] == text
    selected = look(page, "mark.on")
    assert selected["ground"] == chosen
    assert selected["color"] == page.evaluate(SYSTEM, "HighlightText")
    borders = [
        look(page, f'[data-tab-button="{tab}"]')["border"] for tab in ("selected", "all", "open")
    ]
    assert borders == [text, *[page.evaluate(SYSTEM, "Canvas")] * 2]
    assert look(page, ".opts label:has(:checked)")["outline"] == "solid"
    desk.rows()
    assert look(page, '.all tr[aria-selected="true"]')["outline"] == "solid"

"""Measure in a real Chromium: opening, keys, deciding, scrolling, what lies under the pointer."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

# `painted` is when the frame after the mark was handed to the compositor: a message posted from
# an animation frame arrives after style, layout and paint of that frame.
WATCH = """
window.bench = {};
const painted = (run) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => run(performance.now());
  channel.port2.postMessage(null);
});
const mark = performance.mark.bind(performance);
performance.mark = (name) => {
  const entry = mark(name);
  bench[name] = entry.startTime;
  if (name === "workbench-built") painted((now) => { bench.painted = now; });
  return entry;
};
bench.keys = [];
bench.next = [];
bench.hovers = [];
bench.hits = [];
const asked = () => document.querySelector("[data-suggestion-shown]")?.dataset.suggestionShown;
const inView = () => {
  const box = document.querySelector("#article mark.cur")?.getBoundingClientRect();
  const view = document.querySelector("#article").getBoundingClientRect();
  return box && box.height > 0 && box.top >= view.top && box.bottom <= view.bottom;
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Shift") return;
  const start = event.timeStamp;
  const before = asked();
  painted((now) => bench.keys.push(now - start));
  const look = (now) => {
    if (asked() !== before && inView()) bench.next.push(now - start);
    else painted(look);
  };
  if (event.key === "a" || event.key === "x") painted(look);
}, true);
document.addEventListener("pointermove", (event) => {
  const start = event.timeStamp;
  painted((now) => bench.hovers.push(now - start));
}, true);
// What the page does about a moving pointer is to find what lies under it and to light that up.
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, run, ...rest) {
  if (type !== "pointermove" || this === document) return listen.call(this, type, run, ...rest);
  return listen.call(this, type, (event) => {
    const start = performance.now();
    run(event);
    bench.hits.push(performance.now() - start);
  }, ...rest);
};
"""
OPENED = "() => bench.painted && document.body.dataset.ready && bench"
SCROLL = """async () => {
  const pane = document.querySelector("#article");
  pane.scrollTop = 0;
  const frame = () => new Promise(requestAnimationFrame);
  const spent = [];
  let last = await frame();
  for (let i = 0; i < 120 && pane.scrollTop + pane.clientHeight < pane.scrollHeight; i += 1) {
    pane.scrollTop += 180;
    const now = await frame();
    spent.push(now - last);
    last = now;
  }
  return spent;
}"""
PLACES = """() => {
  const view = document.querySelector("#article").getBoundingClientRect();
  const marks = Array.from(document.querySelectorAll("#article mark"));
  const boxes = marks.map((mark) => mark.getClientRects()[0]);
  const seen = boxes.filter((box) => box && box.top > view.top && box.bottom < view.bottom);
  return seen.map((box) => [box.left + box.width / 2, box.top + box.height / 2]);
}"""
SUGGESTIONS = """() => new Set(Array.from(
  document.querySelectorAll("#article [data-suggestion]"), (mark) => mark.dataset.suggestion
)).size"""
MARKS = "() => document.querySelectorAll('mark[data-annotation], mark[data-suggestion]').length"


@dataclass
class Figures:
    """Milliseconds of one kind of page, all runs together."""

    mount: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    key: list[float] = field(default_factory=list)
    move: list[float] = field(default_factory=list)
    scroll: list[float] = field(default_factory=list)
    next: list[float] = field(default_factory=list)
    hover: list[float] = field(default_factory=list)
    hit: list[float] = field(default_factory=list)
    marks: int = 0


@dataclass
class Visits:
    """One length of article: the plain page, the plain page laid out lazily, the workbench."""

    plain: Figures = field(default_factory=Figures)
    lazy: Figures = field(default_factory=Figures)
    ours: Figures = field(default_factory=Figures)


def open_page(page: Page, address: str, figures: Figures) -> None:
    """Open with an empty cache, then twice more; the last visit is how people come all day."""
    for visited in range(3):
        page.goto(address)
        bench = page.wait_for_function(OPENED, timeout=60_000).json_value()
        if visited == 0:
            figures.cold.append(bench["painted"])
    figures.warm.append(bench["painted"])
    figures.mount.append(bench["painted"] - bench["workbench-data"])
    figures.marks = page.evaluate(MARKS)


def press(page: Page, key: str) -> float:
    """Return from key down to painted, as the page measures it."""
    page.evaluate("bench.keys.length = 0")
    page.keyboard.press(key)
    return float(page.wait_for_function("() => bench.keys[0]").json_value())


def label_words(page: Page, figures: Figures, *, times: int) -> None:
    """Label words all over the screen: the page must paint the mark, the panel and the rail."""
    page.locator("#article").focus()
    for i in range(times):
        figures.move.append(press(page, "ArrowDown" if i % 4 == 0 else "ArrowRight"))
        before = page.evaluate(MARKS)
        figures.key.append(press(page, "Shift+7"))
        if page.evaluate(MARKS) <= before:
            raise RuntimeError("the key painted no label: the figures would mean nothing")


def decide(page: Page, figures: Figures, *, times: int) -> None:
    """Accept and reject in turn: the next suggestion must be asked about and in view."""
    page.locator("#article").focus()
    for i in range(min(times, page.evaluate(SUGGESTIONS) - 1)):  # after the last comes no next
        page.evaluate("bench.next.length = 0")
        page.keyboard.press("ax"[i % 2])
        figures.next.append(float(page.wait_for_function("() => bench.next[0]").json_value()))


def point(page: Page, figures: Figures, *, times: int) -> None:
    """Move the pointer from mark to mark; each time another one lights up."""
    places = page.evaluate(PLACES)
    if not places:
        raise RuntimeError("no mark is in view: there is nothing to point at")
    for i in range(times):
        page.evaluate("bench.hovers.length = 0; bench.hits.length = 0")
        page.mouse.move(*places[i % len(places)])
        figures.hover.append(float(page.wait_for_function("() => bench.hovers[0]").json_value()))
        figures.hit += page.evaluate("bench.hits")
    if not page.locator("mark.under").count():
        raise RuntimeError("nothing lit up under the pointer: the figures would mean nothing")


def visit(browser: Browser, address: str, figures: Figures, *, keys: int) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    try:
        open_page(page, address, figures)
        if keys:
            label_words(page, figures, times=keys)
            decide(page, figures, times=keys)
            point(page, figures, times=keys)
            figures.scroll += page.evaluate(SCROLL)
    finally:
        context.close()


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]

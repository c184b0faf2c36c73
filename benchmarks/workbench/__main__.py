"""Measure the workbench beside a plain page of the same text: `python -m benchmarks.workbench`."""

from __future__ import annotations

import argparse
import gzip
import os
from pathlib import Path

import minify
from playwright.sync_api import sync_playwright

from benchmarks.workbench.measure import Visits, median, p95, visit
from benchmarks.workbench.plot import Found, draw
from benchmarks.workbench.server import ROOT, serving

SIZES = ((1_000, 50), (10_000, 500), (50_000, 5_000))
GOALS = {10_000: 100, 50_000: 500}
HEAD = (
    "                data at hand to painted, ms       navigation, ms\n"
    f"{'words':>7} {'spans':>6} {'plain':>6} {'lazy':>6} {'ours':>6} {'x':>5} {'goal':>5}   "
    f"{'plain':>6} {'cold':>6} {'warm':>6}"
)
# What a hand waits for: heading, figures, goal of the median.
HAND = (
    ("key to label", "key", 16.0), ("key to cursor", "move", 16.0),
    ("decision to next", "next", 100.0), ("pointer to lit", "hover", 16.0),
    ("hit test", "hit", 0.5),
)  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--keys", type=int, default=20, help="labels given in each run")
    options.add_argument("--largest", type=int, default=50_000, help="leave out longer articles")
    options.add_argument("--cross", action="store_true", help="each length with each number")
    options.add_argument("--out", type=Path, default=ROOT / "var" / "benchmarks")
    options.add_argument("--unlimited", action="store_true", help="do not wait for the screen")
    given = options.parse_args()
    sizes = [size for size in SIZES if size[0] <= given.largest]
    if given.cross:
        sizes = [(words, spans) for words, _ in sizes for _, spans in sizes]
    found = measure(sizes, runs=given.runs, keys=given.keys, unlimited=given.unlimited)
    report = table(found)
    print(report)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "workbench.txt").write_text(report + "\n", encoding="utf-8")
    plot = given.out / "workbench.svg"
    plot.write_text(
        draw({size: of for size, of in found.items() if size in SIZES}), encoding="utf-8"
    )
    print(f"table and plot: {given.out / 'workbench.txt'}, {plot}")


def table(found: Found) -> str:
    opening = [HEAD, *(row(words, spans, of) for (words, spans), of in found.items())]
    hand = [hand_head(), *(hand_row(words, spans, of) for (words, spans), of in found.items())]
    size = f"JavaScript, minified and gzipped module by module: {weight() / 1000:.1f} kB (goal 60)"
    return "\n".join([*opening, "", *hand, "", size])


def measure(sizes: list[tuple[int, int]], *, runs: int, keys: int, unlimited: bool) -> Found:
    """Visit both pages in turn, so that a busy machine slows both."""
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-sync"]
    if unlimited:
        flags += ["--disable-frame-rate-limit", "--disable-gpu-vsync"]
    found = {size: Visits() for size in sizes}
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("FRAMING_CHROMIUM"), args=flags
        )
        for turn in range(runs):
            for (words, spans), of in found.items():
                size = f"{words}-{spans}"
                visit(browser, f"{address}/plain?{size}", of.plain, keys=0)
                visit(browser, f"{address}/lazy?{size}", of.lazy, keys=0)
                visit(browser, f"{address}/workbench?{size}", of.ours, keys=keys)
                if turn == 0 and of.ours.marks < spans:
                    raise RuntimeError(f"{of.ours.marks} marks are on the page, {spans} were sent")
        browser.close()
    return found


def row(words: int, spans: int, of: Visits) -> str:
    floor, mount = median(of.plain.mount), median(of.ours.mount)
    return (
        f"{words:>7,} {spans:>6,} {floor:>6.0f} {median(of.lazy.mount):>6.0f} {mount:>6.0f} "
        f"{mount / floor:>5.1f} {GOALS.get(words, ''):>5}   {median(of.plain.warm):>6.0f} "
        f"{median(of.ours.cold):>6.0f} {median(of.ours.warm):>6.0f}"
    )


def hand_head() -> str:
    names = "".join(f"   {name:>16}" for name, _, _ in HAND)
    goals = "".join(f"   {f'goal {goal:g}':>16}" for _, _, goal in HAND)
    return (
        f"median / 95th percentile, ms\n{'words':>7} {'spans':>6}{names}   frame, scrolling\n"
        f"{'':>14}{goals}   {'goal 20':>16}"
    )


def hand_row(words: int, spans: int, of: Visits) -> str:
    cells = ""
    for _, name, _ in HAND:
        values = getattr(of.ours, name)
        cells += f"   {f'{median(values):.1f} / {p95(values):.1f}':>16}"
    return f"{words:>7,} {spans:>6,}{cells}   {f'{p95(of.ours.scroll):.1f}':>16}"


def weight() -> int:
    files = (ROOT / "static" / "workbench").glob("*.js")
    sources = (file.read_text(encoding="utf-8") for file in files if file.name != "types.js")
    served = (minify.string("application/javascript", source).encode() for source in sources)
    return sum(len(gzip.compress(script, 9)) for script in served)


if __name__ == "__main__":
    main()

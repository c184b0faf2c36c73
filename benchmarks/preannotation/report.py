"""Measure every case and write what was found: a table, a plot and the numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management import call_command

from benchmarks.preannotation.corpus import texts
from benchmarks.preannotation.plot import draw
from benchmarks.preannotation.run import Row, cases, end_to_end, in_process
from benchmarks.preannotation.site import Site

WORKERS = (1, 2)


def measure(*, scale: float, out: Path | None) -> None:
    call_command("migrate", verbosity=0)
    rows: list[Row] = []
    sites: list[dict[str, Any]] = []
    for count, words in cases(scale):
        rows += in_process(count, words)
        _show(rows[-2:])
    for workers in WORKERS:
        site = Site(workers)
        try:
            site.warm_up(texts(1, 300))
            first = site.first_suggestion(texts(1, 600)[0])
            for count, words in cases(scale):
                rows.append(end_to_end(site, count, words))
                _show(rows[-1:])
            sites.append({"workers": workers, "first_suggestion": first, "peaks": site.peaks()})
        finally:
            site.stop()
        peaks = ", ".join(f"{peak:.0f}" for peak in sites[-1]["peaks"])
        print(f"{workers} worker(s): first suggestion {first:.2f} s; peak MB by process: {peaks}")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        found = {"rows": [row.as_dict() for row in rows], "sites": sites}
        (out / "preannotation.json").write_text(json.dumps(found, indent=1) + "\n")
        (out / "preannotation.md").write_text(table(rows))
        (out / "preannotation.svg").write_text(draw(rows))


def table(rows: list[Row]) -> str:
    """Return the rows as Markdown, by case."""
    lines = ["| articles | words each | way | words/CPU s | of nlp.pipe "
             "| words/s by the clock | of nlp.pipe | of one worker |",
             "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    one = {(row.words_each, row.articles): row.wall for row in rows if row.workers == 1}
    for row in sorted(rows, key=lambda row: (row.words_each, row.articles)):
        alone = one.get((row.words_each, row.articles)) if row.workers else None
        lines.append(
            f"| {row.articles} | {row.words_each:,} | {row.way} | {row.words_per_cpu_second:,.0f} "
            f"| {row.of_model:.2f} | {row.words_per_second:,.0f} | {row.of_model_by_clock:.2f} "
            f"| {f'{alone / row.wall:.2f}' if alone else ''} |"
        )
    return "\n".join(lines) + "\n"


def _show(rows: list[Row]) -> None:
    for row in rows:
        print(
            f"{row.articles:>5} x {row.words_each:<5} {row.way:<23}"
            f"{row.words_per_cpu_second:>8,.0f} words/CPU s {row.of_model:>5.2f} of nlp.pipe "
            f"{row.words_per_second:>8,.0f} words/s by the clock {row.of_model_by_clock:>5.2f}",
            flush=True,
        )

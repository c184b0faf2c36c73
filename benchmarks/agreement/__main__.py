"""Measure agreement against its peers: ``python -m benchmarks.agreement [--repeat N] [CASE ...]``.

Writes a table and plots under var/benchmarks/. Both sides run as processes of their own, in
turns, on the same inputs; the figures are medians of the turns.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.agreement import cases
from benchmarks.agreement.cases import CASES, Case
from benchmarks.agreement.environment import HERE, peers_python
from benchmarks.agreement.growth import growth

OUT = Path("var/benchmarks")
Run = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agreement")
    parser.add_argument("case", nargs="*", help="cases to run; all without any")
    parser.add_argument("--repeat", type=int, default=3, help="turns of each side")
    args = parser.parse_args()
    (OUT / "inputs").mkdir(parents=True, exist_ok=True)
    chosen = [case for case in CASES if not args.case or case.name in args.case]
    rows = [_compared(case, args.repeat) for case in chosen]
    grown = growth(OUT / "inputs") if not args.case else []
    (OUT / "agreement.json").write_text(json.dumps({"cases": rows, "growth": grown}, indent=1))
    table = _table(rows, grown)
    (OUT / "agreement.md").write_text(table)
    print(table)
    if not args.case:
        subprocess.run([peers_python(), HERE / "peers" / "plot.py", OUT / "agreement.json",
                        OUT / "agreement.svg"], check=True)


def _compared(case: Case, repeat: int) -> Run:
    path = case.input(OUT / "inputs")
    ours: list[Run] = []
    theirs: list[Run] = []
    for turn in range(1 if case.slow else repeat):
        print(f"{case.name}, turn {turn + 1}", file=sys.stderr)
        ours.append(_run(cases.OURS, case.ours, path, case))
        if case.peer:
            theirs.append(_run(_peers(), case.peer, path, case))
        elif case.against:
            theirs.append(_run(cases.OURS, case.against, path, case))
    row: Run = {"name": case.name, "title": case.title, "wanted": case.wanted,
                "ours": _median(ours), "theirs": _median(theirs)}
    row["difference"] = case.difference(ours[0], theirs[0]) if theirs else None
    return row


def _peers() -> list[str]:
    return [str(peers_python()), str(HERE / "peers" / "run.py")]


def _run(command: list[str], name: str, path: Path, case: Case) -> Run:
    """Run one side; a cold case counts the whole process, import and all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run([*command, name, str(path), "0" if case.cold else "1"], check=False,
                          capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "."})
    wall = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{case.name}: '{' '.join(command)} {name} {path}' ended with "
                         f"{done.returncode}:\n{done.stderr.strip()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found: Run = json.loads(done.stdout.splitlines()[-1])
    if case.cold:
        found["seconds"] = wall
        found["cpu"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found


def _median(runs: list[Run]) -> Run:
    return {name: statistics.median(run[name] for run in runs)
            for name in ("seconds", "cpu", "peak_mb")} if runs else {}


def _table(rows: list[Run], grown: list[Run]) -> str:
    lines = ["| case | ours | peer | ratio | CPU ratio | wanted | peak MB | difference |",
             "|---|---|---|---|---|---|---|---|", *map(_line, rows)]
    if grown:
        lines += ["", "| gamma with 30 samples | seconds |", "|---|---|",
                  *(f"| {row['title']} | {row['seconds']:.3f} |" for row in grown)]
    return "\n".join(lines) + "\n"


def _line(row: Mapping[str, Any]) -> str:
    ours, theirs = row["ours"], row["theirs"]
    ratios = [f"{theirs[name] / ours[name]:.0f}x" if theirs else "–" for name in ("seconds", "cpu")]
    memory = f"{ours['peak_mb']:.0f}" + (f" / {theirs['peak_mb']:.0f}" if theirs else "")
    other = f"{theirs['seconds']:.3f} s" if theirs else "–"
    difference = "–" if row["difference"] is None else f"{row['difference']:.1e}"
    return (f"| {row['title']} | {ours['seconds']:.4f} s | {other} | {ratios[0]} | {ratios[1]} | "
            f"{row['wanted']} | {memory} | {difference} |")


if __name__ == "__main__":
    main()

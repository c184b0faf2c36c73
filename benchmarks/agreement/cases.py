"""What is compared with what, on which input, and how far apart the results may be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.agreement import inputs

OURS = [sys.executable, "-m", "benchmarks.agreement.ours"]

Results = Mapping[str, Any]


def no_difference(_ours: Results, _theirs: Results) -> float | None:
    return None


def of_observed(ours: Results, theirs: Results) -> float:
    """Return how far the observed disorders are apart."""
    return abs(float(ours["observed"]) - float(theirs["observed"]))


def of_value(ours: Results, theirs: Results) -> float:
    return abs(float(ours["value"]) - float(theirs["value"]))


def of_documents(ours: Results, theirs: Results) -> float:
    """Return the greatest difference of a document's value."""
    return max(abs(float(a) - float(b))
               for a, b in zip(ours["values"], theirs["values"], strict=True))


def of_accuracy(ours: Results, theirs: Results) -> float:
    return float(ours["accuracy"] - theirs["accuracy"])


@dataclass(frozen=True)
class Case:
    """One comparison. ``peer`` runs in the peers' environment, ``against`` in ours."""

    name: str
    title: str
    wanted: str
    ours: str
    make: Callable[[Path], Path]
    peer: str = ""
    against: str = ""
    cold: bool = False
    slow: bool = False
    difference: Callable[[Results, Results], float | None] = no_difference

    def input(self, folder: Path) -> Path:
        path = folder / f"{self.name}.json"
        return path if path.exists() else self.make(path)


def _gamma(annotators: int, units: int) -> Callable[[Path], Path]:
    return lambda path: inputs.continuum(path, annotators=annotators, units=units)


def _without_overlap(annotators: int, units: int, documents: int) -> Callable[[Path], Path]:
    return lambda path: inputs.continuum(path, annotators=annotators, units=units,
                                         documents=documents, overlap=False)


def _table(documents: int) -> Callable[[Path], Path]:
    return lambda path: inputs.table(path, documents=documents)


def _annotations(units: int) -> Callable[[Path], Path]:
    return lambda path: inputs.annotation_file(path, documents=2_000, units=units)


CASES = (
    *(Case(f"gamma-{m}x{n}", f"gamma, {m} annotators x {n} units", wanted, "gamma", _gamma(m, n),
           peer="gamma", slow=n == 1000 or m > 2, difference=of_observed)
      for m, n, wanted in ((2, 100, ">= 100x"), (2, 1000, ">= 100x, memory <= 1/5"),
                           (3, 100, ">= 15x"), (4, 10, ">= 15x"), (4, 20, ">= 15x"))),
    *(Case(f"gamma-cold-2x{n}", f"gamma, 2 x {n}, new process", ">= 10x", "gamma", _gamma(2, n),
           peer="gamma", cold=True, slow=n == 1000, difference=of_observed)
      for n in (100, 1000)),
    Case("gamma-6x30", "gamma, 31 continua of 6 x 30 units", "< 30 s, < 300 MB", "gamma",
         _gamma(6, 30), slow=True),
    *(Case(f"u-alpha-{n}{name}", f"u-alpha, 1,000 documents x 3 annotators x {n} units{title}",
           ">= 100x, < 1e-12", ours, _without_overlap(3, n, 1000), peer="u-alpha",
           slow=n > 10, difference=of_documents)
      for n in (10, 30, 90) for name, ours, title in (
          ("", "u-alpha", ""), ("-built", "u-alpha-from-units", ", study built too"))),
    *(Case(f"streamed-{documents}", f"alpha of a table of {documents * 90:,} rows in blocks, "
           "against all rows in memory", "less memory", "streamed", _table(documents),
           against="held", cold=True, slow=True, difference=of_value)
      for documents in (2_000, 10_000)),
    *(Case(f"jsonl-{units}", f"alpha of {units * 6_000:,} annotations in JSONL of 2,000 documents "
           "in any order, sorted on disk, against all in memory", "less memory",
           "sorted-on-disk", _annotations(units), against="in-memory", cold=True, slow=True,
           difference=of_value)
      for units in (17, 83)),
    Case("interval", "1,000 resamples over 10,000 documents, against recomputing",
         "< 2 s, >= 100x", "interval",
         _without_overlap(2, 5, 10_000),
         against="recomputed", slow=True),
    Case("alpha-bootstrap", "alpha with 1,000 resamples, 3 x 10,000", ">= 10x",
         "alpha-bootstrap", lambda path: inputs.codes(path, annotators=3, items=10_000),
         peer="alpha-bootstrap"),
    Case("mace", "MACE, 1,000 items x 5, 10 restarts", ">= 10x, equal accuracy", "mace",
         lambda path: inputs.codes(path, annotators=5, items=1000), peer="mace",
         difference=of_accuracy),
)

"""How the cost of gamma grows with units, annotators and documents."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.agreement import inputs
from benchmarks.agreement.cases import OURS

SHAPES = {
    "units": [(2, units, 1) for units in (30, 100, 300, 1000, 3000)],
    "annotators": [(annotators, 30, 1) for annotators in (2, 3, 4, 5, 6)],
    "documents": [(2, 20, documents) for documents in (1, 10, 100, 1000)],
}


def growth(folder: Path) -> list[dict[str, Any]]:
    """Return seconds by shape, each from a process of its own."""
    return list(_measured(folder))


def _measured(folder: Path) -> Iterator[dict[str, Any]]:
    for along, shapes in SHAPES.items():
        for annotators, units, documents in shapes:
            path = inputs.continuum(folder / f"grow-{annotators}-{units}-{documents}.json",
                                    annotators=annotators, units=units, documents=documents)
            done = subprocess.run([*OURS, "gamma", str(path), "1"], check=True,
                                  capture_output=True, text=True)
            found = json.loads(done.stdout)
            title = f"{annotators} annotators x {units} units x {documents} documents"
            print(title, file=sys.stderr)
            yield {"along": along, "title": title, "seconds": found["seconds"],
                   "peak_mb": found["peak_mb"], "x": {"units": units, "annotators": annotators,
                                                      "documents": documents}[along]}

"""Write small continua with the disorder that pygamma-agreement finds, for the tests of gamma.

``var/benchmarks/peers/bin/python benchmarks/agreement/peers/fixtures.py OUT.json``
"""

import json
import sys
from pathlib import Path

import numpy as np
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum

SHAPES = [(2, 6), (2, 12), (3, 4), (3, 7), (4, 4), (5, 3)]
WEIGHTS = [(3, 1), (1, 1), (1, 2)]


def main():
    rng = np.random.default_rng(20)
    found = []
    for annotators, units in SHAPES:
        for _ in range(4):
            rows = sorted({(a, int(start), int(start + length), "xyz"[label])
                           for a in range(annotators)
                           for start, length, label in zip(
                               rng.integers(0, 12 * units, units), rng.integers(2, 15, units),
                               rng.integers(0, 3, units), strict=True)})
            found.append({"length": 12 * units + 15, "units": rows,
                          "disorder": {f"{a} {b}": disorder(rows, a, b) for a, b in WEIGHTS}})
    Path(sys.argv[1]).write_text(json.dumps(found, indent=None, separators=(",", ":")) + "\n")


def disorder(rows, alpha, beta):
    continuum = Continuum()
    for annotator, start, end, label in rows:
        continuum.add(f"a{annotator}", Segment(start, end), label)
    dissimilarity = CombinedCategoricalDissimilarity(alpha=alpha, beta=beta, delta_empty=1)
    return round(float(continuum.get_best_alignment(dissimilarity).disorder), 7)


if __name__ == "__main__":
    main()

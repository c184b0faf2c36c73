"""Write continua that pygamma-agreement draws at random, with the disorder it finds in them.

``var/benchmarks/peers/bin/python benchmarks/agreement/peers/random_continua.py OUT.json``
Ten continua from each of six annotated ones; seeds are their numbers from 1 on.
"""

import json
import sys
from pathlib import Path

import numpy as np
from pyannote.core import Segment
from pygamma_agreement import (
    CombinedCategoricalDissimilarity,
    Continuum,
    StatisticalContinuumSampler,
)

DRAWN = 10
SOURCES = [
    (1, 1, ["1-5:a 6-10:b 11-15:a", "2-6:a 7-11:b 12-16:a"]),
    (1, 1, ["1-5:a 6-10:b 20-24:a 30-34:b", "2-6:a 31-35:b"]),
    (3, 1, ["4-14:A 20-30:B", "4-14:A 20-25:B", "14-24:A 40-44:B"]),
    (1, 1, ["1-5:a 10-14:b", "2-6:a 11-15:b", "1-4:a 9-14:c"]),
    (3, 1, ["2-9:1 11-17:2 24-30:5 32-36:6 36-44:6 44-60:7", "2-9:1 11-17:3 19-25:5 32-44:6"]),
    (3, 2, ["1-5:a 6-10:b 11-15:c", "2-7:a 8-12:b 11-15:a"]),
]


def main():
    found = [row for seed, source in enumerate(SOURCES, start=1) for row in drawn(seed, *source)]
    Path(sys.argv[1]).write_text(json.dumps(found, separators=(",", ":")) + "\n")


def drawn(seed, alpha, beta, lines):
    source = Continuum()
    for number, line in enumerate(lines):
        for unit in line.split():
            place, label = unit.split(":")
            source.add(f"a{number}", Segment(*map(int, place.split("-"))), label)
    np.random.seed(seed)
    sampler = StatisticalContinuumSampler()
    sampler.init_sampling(source)
    for _ in range(DRAWN):
        yield measured([[a, round(unit.segment.start, 5), round(unit.segment.end, 5),
                         unit.annotation] for a, unit in sampler.sample_from_continuum],
                       alpha, beta)


def measured(units, alpha, beta):
    continuum = Continuum()
    for annotator, start, end, label in units:
        continuum.add(annotator, Segment(start, end), label)
    dissimilarity = CombinedCategoricalDissimilarity(alpha=alpha, beta=beta, delta_empty=1)
    disorder = continuum.get_best_alignment(dissimilarity).disorder
    return {"alpha": alpha, "beta": beta, "units": units, "disorder": round(float(disorder), 7)}


if __name__ == "__main__":
    main()

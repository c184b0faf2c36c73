"""Gamma by pygamma-agreement."""

from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum


def prepare(data):
    def built(rows):
        found = Continuum()
        for _, annotator, start, end, label in rows:
            found.add(f"a{annotator}", Segment(start, end), str(label))
        return found

    dissimilarity = CombinedCategoricalDissimilarity(alpha=3, beta=1, delta_empty=1)

    def run(rows=data["units"]):
        found = built(rows).compute_gamma(dissimilarity, n_samples=30)
        return {"observed": found.observed_disorder, "value": found.gamma}

    few = [row for a in range(data["annotators"])
           for row in [r for r in data["units"] if r[1] == a][:4]]
    return run, lambda: run(few)

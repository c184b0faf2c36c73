"""Alpha of resampled items by krippendorff, a few times for a thousand."""

import krippendorff
import numpy as np


def prepare(data):
    table = np.array(data["codes"], dtype=float)
    counted = 20

    def run():
        rng = np.random.default_rng(0)
        values = [krippendorff.alpha(reliability_data=table[:, rng.integers(0, n, n)],
                                     level_of_measurement="nominal")
                  for n in [table.shape[1]] * counted]
        return {"value": float(np.mean(values)), "times": 1000 / counted}

    return run, None

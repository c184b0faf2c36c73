"""The best disjoint groups, against all choices tried one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from framing.agreement.disjoint import best_groups


def most(groups: np.ndarray, gain: np.ndarray) -> float:
    """Return the greatest gain of any disjoint choice."""
    best = 0.0
    for size in range(1, len(groups) + 1):
        for chosen in combinations(range(len(groups)), size):
            units = groups[list(chosen)]
            units = units[units >= 0]
            if len(units) == len(set(units.tolist())):
                best = max(best, float(gain[list(chosen)].sum()))
    return best


# Each group shares a unit with each other; a linear program alone takes half of every one.
RING = np.array([[0, 2, -1], [0, -1, 4], [-1, 2, 4]])


def test_a_ring_of_groups_gives_one_of_them():
    assert best_groups(RING, np.array([1.0, 1.1, 1.0])).tolist() == [1]


@pytest.mark.parametrize("rings", [1, 5])
def test_few_and_many_open_groups_are_solved_alike(rings):
    groups = np.concatenate([np.where(RING >= 0, RING + 6 * n, -1) for n in range(rings)])
    gain = np.tile([1.0, 1.1, 1.05], rings)
    assert sorted(best_groups(groups, gain)) == [3 * n + 1 for n in range(rings)]


@pytest.mark.parametrize("seed", range(20))
def test_small_random_groups_are_solved_as_by_trying_all_choices(seed):
    rng = np.random.default_rng(seed)
    groups = np.stack([rng.integers(-1, 3, 9), rng.integers(3, 6, 9),
                       rng.integers(6, 9, 9)], axis=1)
    gain = rng.random(9) + 0.5
    chosen = best_groups(groups, gain)
    units = groups[chosen][groups[chosen] >= 0]
    assert len(units) == len(set(units.tolist()))
    assert gain[chosen].sum() == pytest.approx(most(groups, gain))

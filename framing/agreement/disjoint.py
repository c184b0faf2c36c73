"""The best set of disjoint groups: settle what is certain at once, solve the rest exactly.

A group is a row of unit numbers, -1 where an annotator has none; its gain is what it saves
against its units standing alone. Groups are disjoint when no unit is in two of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from framing.agreement.columns import Ints
from framing.agreement.statistics import Array

TOLERANCE = 1e-9
FEW = 10
# What pairs of equal gain differ by, a fraction of its own for each place in their part.
TIE = 1e-11
GOLDEN = 0.6180339887498949


def best_groups(groups: Ints, gain: Array) -> Ints:
    """Return the rows of a disjoint choice with the greatest total gain; gains are positive.

    Of equally good choices between two annotators one is taken that depends on the order of
    their own units only, not on what else is solved with them.
    """
    order = np.lexsort(groups.T)
    groups, gain = groups[order], gain[order]
    chosen, open_rows = _settled(groups, gain)
    if len(open_rows):
        solved = open_rows[_solved(groups[open_rows], gain[open_rows])]
        chosen = np.sort(np.concatenate([chosen, solved]))
    return order[chosen]


def _settled(groups: Ints, gain: Array) -> tuple[Ints, Ints]:
    """Choose groups that outweigh the best others through each of their units, repeatedly.

    Whatever else a solution takes in conflict with such a group, swapping the group in does not
    lose: each conflicting group goes through one of its units. Returns the rows chosen and those
    left undecided.
    """
    row, position = np.nonzero(groups >= 0)
    unit = groups[row, position]
    order = np.lexsort((row, -gain[row], unit))
    unit, row = unit[order], row[order]
    size = (groups >= 0).sum(axis=1)
    done: list[Ints] = []
    while len(row):
        sure = _certain(unit, row, gain, size, len(groups))
        if not sure.any():
            break
        done.append(np.flatnonzero(sure))
        taken = np.zeros(int(unit.max()) + 1, dtype=bool)
        taken[unit[sure[row]]] = True
        blocked = np.zeros(len(groups), dtype=bool)
        blocked[row[taken[unit]]] = True
        kept = ~blocked[row]
        unit, row = unit[kept], row[kept]
    chosen = np.concatenate(done) if done else np.zeros(0, dtype=np.int64)
    return chosen, np.unique(row)


def _certain(unit: Ints, row: Ints, gain: Array, size: Ints, n: int) -> NDArray[np.bool_]:
    """Mark groups whose gain is no less than the sum of the best others through their units."""
    first = np.ones(len(unit), dtype=bool)
    first[1:] = unit[1:] != unit[:-1]
    leader = np.flatnonzero(first)
    best = np.repeat(gain[row[leader]], np.diff(np.append(leader, len(unit))))
    runner_up = np.zeros(len(unit))
    second = leader + 1
    inside = second < len(unit)
    inside[inside] &= ~first[second[inside]]
    runner_up[leader[inside]] = gain[row[second[inside]]]
    rival = np.where(first, runner_up, best)
    leads = np.bincount(row, first, minlength=n) == size
    present = np.bincount(row, minlength=n) > 0
    return np.asarray(present & leads & (gain >= np.bincount(row, rival, minlength=n)))


def _components(groups: Ints) -> tuple[int, Ints]:
    """Return the number of independent parts and the part of each group."""
    row, position = np.nonzero(groups >= 0)
    _, unit = np.unique(groups[row, position], return_inverse=True)
    n = len(groups)
    edges = csr_matrix((np.ones(len(row)), (row, unit + n)), shape=(n + unit.max() + 1,) * 2)
    count, part = connected_components(edges, directed=False)
    return count, part[:n]


def _solved(groups: Ints, gain: Array) -> Ints:
    """Solve independent parts, a bounded number at a time."""
    solve, rows = (_assignment, 512) if groups.shape[1] == 2 else (_programmed, 3000)
    count, part = _components(groups)
    order = np.argsort(part, kind="stable")
    batch = np.cumsum(np.bincount(part, minlength=count)) // rows
    bounds = np.flatnonzero(np.diff(batch[part[order]])) + 1
    return np.concatenate([chosen[solve(groups[chosen], gain[chosen], part[chosen])]
                           for chosen in np.split(order, bounds)])


def _assignment(pairs: Ints, gain: Array, part: Ints) -> Ints:
    """Solve pairs of units as an assignment; the pairs of a part stand together."""
    first = np.flatnonzero(np.diff(part, prepend=-1))
    number = np.arange(len(part)) - np.repeat(first, np.diff(np.append(first, len(part))))
    gain = gain + TIE * ((number + 1) * GOLDEN % 1)
    left_units, left = np.unique(pairs[:, 0], return_inverse=True)
    right_units, right = np.unique(pairs[:, 1], return_inverse=True)
    n, width = len(left_units), len(right_units)
    # Each left unit may also take a partner of its own, which means to stand alone.
    alone = float(gain.max()) + 1.0
    cost = csr_matrix((np.concatenate([alone - gain, np.full(n, alone)]),
                       (np.concatenate([left, np.arange(n)]),
                        np.concatenate([right, width + np.arange(n)]))), shape=(n, width + n))
    _, partner = min_weight_full_bipartite_matching(cost)
    return np.flatnonzero(partner[left] == right)


def _programmed(groups: Ints, gain: Array, part: Ints) -> Ints:
    """Solve larger groups by a linear program, and what it leaves open by an integer program.

    Most parts have a whole-numbered optimum. In the others the prices of the units rule out each
    group that falls short of them by more than the gap between the bound and a rounded solution.
    """
    units = _incidence(groups)
    share, price = _relaxed(units, gain)
    _, part = np.unique(part, return_inverse=True)
    between = np.minimum(share, 1 - share) > TOLERANCE
    open_part = np.bincount(part, between) > 0
    whole = np.flatnonzero((share > 0.5) & ~open_part[part])
    rest = np.flatnonzero(open_part[part])
    if not len(rest):
        return whole
    rounded = _rounded(groups, share, gain, rest)
    gap = np.bincount(part, share * gain) - np.bincount(part[rounded], gain[rounded],
                                                        minlength=len(open_part))
    shortfall = (units @ price - gain)[rest]
    able = rest[shortfall <= gap[part[rest]] + TOLERANCE]
    return np.concatenate([whole, able[_integral(units[able], gain[able])]])


def _rounded(groups: Ints, share: Array, gain: Array, rows: Ints) -> Ints:
    """Take groups by their share in the linear program while their units are free."""
    taken: set[int] = set()
    found = []
    for row in rows[np.lexsort((-gain[rows], -share[rows]))]:
        members = {int(unit) for unit in groups[row] if unit >= 0}
        if not members & taken:
            taken |= members
            found.append(row)
    return np.array(found, dtype=np.int64)


def _incidence(groups: Ints) -> csr_matrix:
    row, position = np.nonzero(groups >= 0)
    _, unit = np.unique(groups[row, position], return_inverse=True)
    return csr_matrix((np.ones(len(row)), (row, unit)))


def _relaxed(units: csr_matrix, gain: Array) -> tuple[Array, Array]:
    """Return the shares of the groups in the linear program and the price of each unit."""
    # What is certain has been settled, so that presolving only costs time here.
    found = linprog(-gain, A_ub=units.T, b_ub=np.ones(units.shape[1]), bounds=(0, None),
                    method="highs-ds", options={"presolve": False})
    _check(found)
    return found.x, -found.ineqlin.marginals


def _integral(units: csr_matrix, gain: Array) -> Ints:
    """Solve what is left; few groups faster by trying all choices than by starting a solver."""
    if len(gain) <= FEW:
        return _tried(units.toarray(), gain)
    found = milp(-gain, integrality=np.ones(len(gain)), bounds=Bounds(0, 1),
                 constraints=LinearConstraint(units.T, ub=1), options={"mip_rel_gap": 0.0})
    _check(found)
    return np.flatnonzero(found.x > 0.5)


def _tried(units: Array, gain: Array) -> Ints:
    choices = (np.arange(1 << len(gain))[:, None] >> np.arange(len(gain)) & 1).astype(float)
    able = (choices @ units[:, units.any(axis=0)] <= 1).all(axis=1)
    best = np.where(able, choices @ gain, -1.0).argmax()
    return np.flatnonzero(choices[best])


def _check(found: OptimizeResult) -> None:
    if found.x is None:
        raise ArithmeticError(f"the alignment could not be solved: {found.message}")

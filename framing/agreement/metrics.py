"""How different two values are, for each level of measurement."""

from __future__ import annotations

import numpy as np

from framing.agreement.codes import as_number
from framing.agreement.statistics import Array

LEVELS = ("nominal", "ordinal", "interval", "ratio", "masi", "jaccard")
NUMERIC = ("ordinal", "interval", "ratio")
MEMBERS = "|"
EMPTY_SET = "{}"


def squared_distance(labels: list[str], level: str, margins: Array) -> Array:
    """Return δ² between all labels, shape (rows, labels, labels) or broadcastable to it.

    Krippendorff (2011), section C; set-valued labels by MASI (Passonneau 2006) or Jaccard
    distance, used as δ² the way nltk and Passonneau do. Ordinal distances depend on ``margins``,
    shape (rows, labels), and ``labels`` must be in their order.
    """
    if level == "ordinal":
        return _ordinal(margins)
    if level in ("masi", "jaccard"):
        return _set_distance(labels, masi=level == "masi")[None]
    if level == "nominal":
            return np.asarray(1.0 - np.eye(len(labels)))[None]
    number = np.array([as_number(label) or 0.0 for label in labels])
    difference = number[:, None] - number[None, :]
    if level == "interval":
        return np.asarray(difference**2)[None]
    total = number[:, None] + number[None, :]
    share = difference / np.where(total == 0, 1.0, total)
    return np.asarray(share[None] ** 2)


def agreement_weights(labels: list[str], kind: str) -> Array:
    """Return weights 0..1 for kappa and AC2: 1 on the diagonal (Gwet 2014, ch. 3).

    ``linear`` and ``quadratic`` use the numbers that the labels spell; ``ordinal`` their ranks.
    """
    if kind == "none" or len(labels) < 2:
        return np.eye(len(labels))
    if kind == "ordinal":
        rank = np.arange(len(labels))
        apart = np.abs(rank[:, None] - rank[None, :])
        return np.asarray(1.0 - (apart + 1) * apart / (len(labels) * (len(labels) - 1)))
    number = np.array([as_number(label) or 0.0 for label in labels])
    apart = np.abs(number[:, None] - number[None, :])
    share = apart / (apart.max() or 1.0)  # 1 and 1.0 are two labels and one number
    return np.asarray(1.0 - (share if kind == "linear" else share**2))


def check_values(labels: list[str], level: str) -> str:
    """Return why these values do not fit the level, an empty sentence when they do."""
    if level in (*NUMERIC, "linear", "quadratic"):
        odd = next((label for label in labels if as_number(label) is None), None)
        if odd is not None:
            return (f"the level '{level}' needs numbers, but one value is '{odd}'; "
                    "code the values as numbers or use the nominal level")
    if level == "ratio" and any((as_number(label) or 0) < 0 for label in labels):
        return "the ratio level needs values of 0 or more"
    return ""


def members(label: str) -> frozenset[str]:
    """Return the set that ``a|b`` spells; ``{}`` is the empty set, which is not a missing one."""
    return frozenset() if label == EMPTY_SET else frozenset(label.split(MEMBERS))


def masi_distance(left: frozenset[str], right: frozenset[str]) -> float:
    """Return 1 - J·M, with M = 1, 2/3, 1/3, 0 for equal, nested, crossing, disjoint sets."""
    if left == right:
        return 0.0
    common = left & right
    nested = left <= right or right <= left
    monotonicity = 2 / 3 if nested else 1 / 3 if common else 0.0
    return 1 - len(common) / len(left | right) * monotonicity


def jaccard_distance(left: frozenset[str], right: frozenset[str]) -> float:
    """Return 1 - |A∩B| / |A∪B|; two empty sets are equal."""
    return 0.0 if left == right else 1 - len(left & right) / len(left | right)


def _set_distance(labels: list[str], *, masi: bool) -> Array:
    sets = [members(label) for label in labels]
    distance = masi_distance if masi else jaccard_distance
    return np.array([[distance(a, b) for b in sets] for a in sets]).reshape(len(sets), len(sets))


def _ordinal(margins: Array) -> Array:
    """Return (Σ_{g=c..k} n_g - (n_c + n_k) / 2)²."""
    upto = np.cumsum(margins, axis=1)
    middle = upto - margins / 2
    return np.asarray((middle[:, None, :] - middle[:, :, None]) ** 2)

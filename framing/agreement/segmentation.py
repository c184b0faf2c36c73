"""Agreement on full segmentations, where every piece of text belongs to one segment.

Fournier and Inkpen (2012), Segmentation similarity (S), and Fournier (2013), Evaluating text
segmentation using boundary edit distance (B), for boundaries one place apart (n = 2). Not for
sparse spans: text between spans is no segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

TRANSPOSED = 0.5


@dataclass(frozen=True)
class BoundaryEdits:
    """Boundaries both have, boundaries moved by one place, and boundaries only one has."""

    matches: int
    transpositions: int
    additions: int

    @property
    def cost(self) -> float:
        return self.additions + TRANSPOSED * self.transpositions


def boundary_edits(one: Sequence[int], other: Sequence[int]) -> BoundaryEdits:
    """Return the edits between two segmentations given as masses, the lengths of their segments.

    Raises ValueError when they do not cover the same length.
    """
    if sum(one) != sum(other) or not one or not other or min(*one, *other) < 1:
        raise ValueError("segmentations need segments of 1 or more and the same total length, got "
                         f"{list(one)} and {list(other)}")
    left, right = set(accumulate(one)) - {sum(one)}, set(accumulate(other)) - {sum(other)}
    matches = len(left & right)
    only_left, only_right = sorted(left - right), right - left
    moved = 0
    for place in only_left:
        partner = next((p for p in (place - 1, place + 1) if p in only_right), None)
        if partner is not None:
            only_right.remove(partner)
            moved += 1
    return BoundaryEdits(matches, moved, len(only_left) - moved + len(only_right))


def boundary_similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """B = 1 - cost / (edits + matches); two segmentations without a boundary are equal."""
    found = boundary_edits(one, other)
    total = found.additions + found.transpositions + found.matches
    return 1.0 - found.cost / total if total else 1.0


def segmentation_similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """S = 1 - cost / potential boundaries."""
    places = sum(one) - 1
    return 1.0 - boundary_edits(one, other).cost / places if places else 1.0

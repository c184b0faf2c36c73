"""Fournier (2013), boundary similarity B, and Fournier and Inkpen (2012), S."""

from __future__ import annotations

import pytest

from framing.agreement.segmentation import boundary_similarity, segmentation_similarity


@pytest.mark.parametrize(("other", "b", "s"), [
    ([5, 6], 0.5, 0.9), ([2, 3, 3, 3], 2 / 3, 0.9), ([2, 2, 7], 0.75, 0.95),
    ([1, 1, 3, 1, 5], 0.5, 0.8), ([2, 3, 6], 1.0, 1.0),
])
def test_similarity_to_the_segmentation_2_3_6(other, b, s):
    assert boundary_similarity([2, 3, 6], other) == pytest.approx(b)
    assert segmentation_similarity([2, 3, 6], other) == pytest.approx(s)
    assert boundary_similarity(other, [2, 3, 6]) == pytest.approx(b)


def test_two_texts_without_boundaries_are_equal():
    assert boundary_similarity([4], [4]) == 1.0


@pytest.mark.parametrize(("one", "other"), [([2, 2], [5]), ([], []), ([3, 0], [3])])
def test_segmentations_of_different_texts_are_refused(one, other):
    with pytest.raises(ValueError, match="same total length"):
        boundary_similarity(one, other)

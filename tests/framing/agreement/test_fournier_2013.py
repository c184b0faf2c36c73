"""Fournier (2013), boundary similarity B, and Fournier and Inkpen (2012), S."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest

from framing.agreement import Study, measure
from framing.agreement.segmentation import boundary_similarity, segmentation_similarity
from tests.framing.agreement.tables import spans


@pytest.mark.parametrize(("other", "b", "s"), [
    ([5, 6], 0.5, 0.9), ([2, 3, 3, 3], 2 / 3, 0.9), ([2, 2, 7], 0.75, 0.95),
    ([1, 1, 3, 1, 5], 0.5, 0.8), ([2, 3, 6], 1.0, 1.0),
])
def test_similarity_to_the_segmentation_2_3_6(other, b, s):
    assert boundary_similarity([2, 3, 6], other) == pytest.approx(b)
    assert segmentation_similarity([2, 3, 6], other) == pytest.approx(s)
    assert boundary_similarity(other, [2, 3, 6]) == pytest.approx(b)


def tiled(masses: list[int]) -> str:
    places = [0, *accumulate(masses)]
    return " ".join(f"{start}-{end}" for start, end in pairwise(places))


@pytest.mark.parametrize(("other", "b", "s"), [
    ([5, 6], 0.5, 0.9), ([2, 2, 7], 0.75, 0.95), ([11], 0.0, 0.8), ([2, 3, 6], 1.0, 1.0),
])
def test_units_that_tile_a_document_are_a_segmentation(other, b, s):
    study = spans(11, one=tiled([2, 3, 6]), two=tiled(other))
    assert measure(study, "boundary-similarity").value == pytest.approx(b)
    assert measure(study, "segmentation-similarity").value == pytest.approx(s)


def test_edits_of_documents_are_summed_and_pairs_averaged():
    units = [unit for name, masses in (("d", [5, 6]), ("e", [2, 2, 7]))
             for unit in spans(11, document=name, one=tiled([2, 3, 6]), two=tiled(masses)).units]
    both = Study({"d": 11, "e": 11}, frozenset(), tuple(units))
    report = measure(both, "boundary-similarity", pool="pooled,mean")
    # Costs 1 and 1/2 of 2 and 2 boundaries.
    assert report.value == pytest.approx(1 - 1.5 / 4)
    assert report.pools["mean"].value == pytest.approx((0.5 + 0.75) / 2)
    three = spans(11, a=tiled([2, 3, 6]), b=tiled([5, 6]), c=tiled([2, 3, 6]))
    assert measure(three, "boundary-similarity").value == pytest.approx((0.5 + 1 + 0.5) / 3)


@pytest.mark.parametrize(("one", "two", "reason"), [
    ("0-4 6-11", "0-11", "one leaves out characters of document 'd', [4, 6) after unit 1;"),
    ("0-11", "0-9", "two leaves out characters of document 'd', [9, 11) after unit 2;"),
    ("2-11", "0-11", "one leaves out characters of document 'd', [0, 2);"),
    ("0-11", "", "two leaves out characters of document 'd', [0, 11);"),
    ("0-6 5-11", "0-11", "one has overlapping units in document 'd', [0, 6) (unit 1) and [5, 11)"),
])
@pytest.mark.parametrize("id", ["boundary-similarity", "segmentation-similarity"])
def test_units_that_do_not_tile_are_refused_with_their_place(id, one, two, reason):
    report = measure(spans(11, one=one, two=two), id)
    assert report.refused
    assert report.undefined.startswith(reason)


def test_two_texts_without_boundaries_are_equal():
    assert boundary_similarity([4], [4]) == 1.0


@pytest.mark.parametrize(("one", "other"), [([2, 2], [5]), ([], []), ([3, 0], [3])])
def test_segmentations_of_different_texts_are_refused(one, other):
    with pytest.raises(ValueError, match="same total length"):
        boundary_similarity(one, other)

"""Passonneau (2006), MASI: how far apart two sets of labels are."""

from __future__ import annotations

import pytest

from framing.agreement import measure
from framing.agreement.metrics import jaccard_distance, masi_distance
from tests.framing.agreement.tables import coded


@pytest.mark.parametrize(("left", "right", "masi", "jaccard"), [
    ("12", "1234", 0.6666667, 0.5),
    ("123", "234", 0.8333333, 0.5),
    ("1", "2", 1.0, 1.0),
    ("12", "12", 0.0, 0.0),
    ("", "", 0.0, 0.0),
    ("", "1", 1.0, 1.0),
])
def test_distances_between_sets(left, right, masi, jaccard):
    sets = frozenset(left), frozenset(right)
    assert masi_distance(*sets) == pytest.approx(masi, abs=1e-7)
    assert jaccard_distance(*sets) == pytest.approx(jaccard)


def test_nested_sets_agree_more_than_disjoint_ones():
    nested = coded("a a|b c b", "a|b a|b c b")
    disjoint = coded("a c c b", "b a|b c b")
    for level in ("masi", "jaccard"):
        assert measure(nested, "alpha", level=level).value > measure(
            disjoint, "alpha", level=level).value


def test_the_empty_set_is_a_value_and_a_missing_one_is_not():
    empty = coded("a {} b", "a {} b")
    missing = coded("a * b", "a {} b")
    assert measure(empty, "alpha", level="masi").n_documents == 3
    assert measure(missing, "alpha", level="masi").n_documents == 2

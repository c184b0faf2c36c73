"""Krippendorff (2011), Computing Krippendorff's alpha-reliability, and examples after it."""

from __future__ import annotations

import pytest

from framing.agreement import measure
from tests.framing.agreement.tables import coded

FOUR_OBSERVERS = coded(
    "1 2 3 3 2 1 4 1 2 * * *",
    "1 2 3 3 2 2 4 1 2 5 * 3",
    "* 3 3 3 2 3 4 2 2 5 1 *",
    "1 2 3 3 2 4 4 1 2 5 1 *",
)
THREE_OBSERVERS = coded(
    "* * * * * 3 4 1 2 1 1 3 3 * 3",
    "1 * 2 1 3 3 4 3 * * * * * * *",
    "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
)


@pytest.mark.parametrize(("codes", "level", "expected"), [
    (FOUR_OBSERVERS, "nominal", 0.743421052631579),
    (FOUR_OBSERVERS, "ordinal", 0.8153875037548814),
    (FOUR_OBSERVERS, "interval", 0.8491071428571428),
    (FOUR_OBSERVERS, "ratio", 0.7974027747116121),
    (THREE_OBSERVERS, "nominal", 0.691358024691358),
    (THREE_OBSERVERS, "ordinal", 0.8067214199413153),
    (THREE_OBSERVERS, "interval", 0.8108448928121059),
    (THREE_OBSERVERS, "ratio", 0.8089436707842471),
    (coded("0100000010", "1110010000"), "nominal", 0.09523809523809534),
    (coded("aabbdcccedda", "babbbccceddd"), "nominal", 0.6919642857142858),
])
def test_alpha_of_the_printed_examples(codes, level, expected):
    assert measure(codes, "alpha", level=level, resamples=0).value == pytest.approx(
        expected, abs=1e-12)


def test_the_binary_example_has_the_printed_disagreements():
    report = measure(coded("0100000010", "1110010000"), "alpha", resamples=0)
    assert report.observed == pytest.approx(0.400)
    assert report.expected == pytest.approx(0.442, abs=5e-4)


@pytest.mark.parametrize("rows", [("YY", "NN", "N*"), ("YY*", "NN*", "N*N")])
def test_an_item_with_one_rating_does_not_count(rows):
    assert measure(coded(*rows), "alpha", resamples=0).value == pytest.approx(-1 / 3, abs=1e-12)


def test_a_missing_cell_is_not_a_label():
    assert measure(coded("112", "11-", "-12", missing="-"), "alpha").value == 1.0
    as_label = coded("112", "11-", "-12", missing="*")
    assert measure(as_label, "alpha").value == pytest.approx(1 / 3, abs=1e-7)

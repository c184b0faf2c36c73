"""Fleiss (1971), Measuring nominal scale agreement among many raters."""

from __future__ import annotations

import pytest

from framing.agreement import Codes, measure
from tests.framing.agreement.tables import coded

DIAGNOSES = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 "
    "144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 "
    "111155 224444 133333 555555"
)
COUNTS = (
    "0 0 0 0 14; 0 2 6 4 2; 0 0 3 5 6; 0 3 9 2 0; 2 2 8 1 1; 7 7 0 0 0; 3 2 6 3 0; 2 5 3 2 2; "
    "6 5 2 1 0; 0 2 2 3 7"
)


def rated(items: list[str]) -> Codes:
    return coded(*("".join(item[rater] for item in items) for rater in range(len(items[0]))))


def counted(text: str) -> Codes:
    return rated(["".join(str(label) * int(count)
                          for label, count in enumerate(row.split(), start=1))
                  for row in text.split(";")])


def test_kappa_of_the_psychiatric_diagnoses():
    assert measure(rated(DIAGNOSES.split()), "fleiss").value == pytest.approx(0.43024452006014074,
                                                                      abs=1e-12)


@pytest.mark.parametrize(("id", "expected"), [
    ("fleiss", 0.20993070442195522),
    ("s", 0.2225274725274725),
])
def test_fourteen_raters_on_ten_items(id, expected):
    assert measure(counted(COUNTS), id).value == pytest.approx(expected, abs=1e-12)


def test_unequal_numbers_of_ratings_are_said_not_guessed():
    report = measure(coded("aab", "abb", "*bb"), "fleiss")
    assert report.value is None
    assert "different numbers of ratings" in report.undefined

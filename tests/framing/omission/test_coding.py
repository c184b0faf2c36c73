"""Answers on ledger cells become codes for the measures of agreement."""

import pytest

from framing.agreement import Cell, DataError, Ledger, measure
from framing.omission.coding import Answer, presence_codes, salience_codes
from framing.spans import Span


def cell(claim: str, annotator: str, answer: str, kind: str = "", at: int | None = None) -> Cell:
    return Cell("a", claim, annotator, Answer(answer), kind,
                None if at is None else Span(at, at))


ADA = [cell("1", "ada", "omitted", "om.actor", 12), cell("2", "ada", "omitted", "om.source"),
       cell("3", "ada", "omitted", "om.context"), cell("4", "ada", "reported"),
       cell("5", "ada", "not_applicable")]
BEN = [cell("1", "ben", "omitted", "om.actor", 3), cell("2", "ben", "omitted", "om.context"),
       cell("3", "ben", "partly"), cell("4", "ben", "reported"), cell("5", "ben", "omitted")]


def test_the_four_answers_go_into_the_ledger_of_agreement() -> None:
    ledger = Ledger((*ADA, *BEN), {"a": [0, 10, 20]})
    assert ledger.codes().labels == ("not_applicable", "omitted", "partly", "reported")
    assert measure(ledger.codes(), "alpha", level="nominal", resamples=0).value is not None
    assert {c.item for c in ledger.kind_codes().codes} == {"a · 1", "a · 2"}
    apart = measure(ledger, "anchor-distance", resamples=0)
    assert apart.value == 1.0


def test_presence_is_ordered_and_leaves_out_what_does_not_apply() -> None:
    codes = presence_codes([*ADA, *BEN])
    assert codes.labels == ("0", "1", "2")
    assert [(c.item, c.annotator) for c in codes.codes if c.item == "a · 5"] == [("a · 5", "ben")]


def test_salience_counts_where_two_call_the_cell_omitted() -> None:
    salience = {ADA[0]: "3", BEN[0]: "2", ADA[1]: "1", ADA[2]: "1", BEN[3]: "2"}
    codes = salience_codes([*ADA, *BEN], salience)
    assert {(c.item, c.annotator, c.value) for c in codes.codes} == {
        ("a · 1", "ada", "3"), ("a · 1", "ben", "2")}


def test_a_cell_answered_twice_and_an_unknown_answer_are_refused() -> None:
    with pytest.raises(DataError):
        presence_codes([ADA[0], ADA[0]])
    with pytest.raises(ValueError, match="perhaps"):
        presence_codes([Cell("a", "1", "ada", "perhaps")])

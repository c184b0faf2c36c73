"""Copies of one text are found, and are one source."""

from dataclasses import replace

import pytest

from framing.duplicates import Kind, copies, sources
from tests.framing.event import HARBOUR, REPRINT, A, B, C, document

LONG = HARBOUR + "\n\n" + " ".join(f"The port lists item {n} in its table." for n in range(30))


@pytest.mark.parametrize(("first", "second", "kind"), [
    (A, document("x", HARBOUR, "Other"), Kind.IDENTICAL),
    (A, document("x", HARBOUR.upper().replace("\n\n", "\n"), "Other"), Kind.IDENTICAL),
    (A, REPRINT, Kind.NEAR),
    (A, document("x", LONG, "Other"), Kind.PART),
    (A, B, None),
    (A, C, None),
    (A, document("x", "", "Other"), None),
    (document("x", "Lisk.", "One"), document("y", "Lisk!", "Two"), Kind.IDENTICAL),
    (document("x", "", "One"), document("y", "", "Two"), None),
])
def test_copies_are_told_from_articles_on_the_same_event(first, second, kind) -> None:
    found = copies([first, second])
    assert [(c.first, c.second, c.kind) for c in found] == (
        [(first.id, second.id, kind)] if kind else [])


def test_many_reprints_are_one_source_and_cost_no_square() -> None:
    reprints = [document(str(n), f"{HARBOUR} Edition {n}.", f"Paper {n}") for n in range(80)]
    found = copies(reprints)
    assert len(found) < 80 * 79 / 2
    assert set(sources(reprints, found).values()) == {"0"}


def test_one_outlet_is_one_source_and_an_unknown_outlet_is_its_own() -> None:
    documents = [A, replace(B, outlet="lisk herald "), replace(C, outlet=""),
                 replace(C, id="d", outlet="")]
    assert sources(documents, []) == {"a": "a", "b": "a", "c": "c", "d": "d"}

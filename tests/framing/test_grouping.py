"""Articles of one story are proposed as one event."""

from dataclasses import replace

from framing.documents import Document
from framing.grouping import propose_events
from tests.framing.event import A, B, C, document

BUDGET = document("m", "Mayor Per Lund cut the budget of the Orlen library by half. Readers of the "
                  "library in Orlen protested against Per Lund.", "M")
LIBRARY = document("n", "Readers protested in Orlen because Per Lund, the mayor, wants the library "
                   "to get half its budget.", "N")
OTHER = document("z", "A comet will pass the moon tonight. Bring gloves.", "Z")


def groups(*documents: Document) -> list[tuple[str, ...]]:
    return [p.documents for p in propose_events(documents)]


def test_stories_are_told_apart() -> None:
    found = propose_events([A, BUDGET, B, OTHER, LIBRARY, C])
    assert [p.documents for p in found] == [("a", "b", "c"), ("m", "n")]
    assert all(0 < p.score <= 1 for p in found)
    assert "'Lisk', 'Brandt', 'Friday'" in found[0].reason


def test_distant_days_and_other_languages_are_not_joined() -> None:
    assert groups(A, replace(B, published="2022-03-20"), OTHER) == []
    assert groups(A, replace(B, language="de"), OTHER) == []
    assert groups(A, replace(B, published=""), OTHER) == [("a", "b")]
    assert groups(A, replace(B, published="soon"), OTHER) == [("a", "b")]


def test_nothing_and_empty_texts_are_no_error() -> None:
    assert groups() == []
    assert groups(document("x", "", "X"), document("y", "", "Y"), A) == []

"""Half-open spans: what they hold, what they share, how they are joined and trimmed."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from framing.spans import Span, merged, trimmed

places = st.integers(0, 40)
spans = st.tuples(places, places).map(lambda pair: Span(min(pair), max(pair)))


def held(*some: Span) -> set[int]:
    return {place for span in some for place in range(span.start, span.end)}


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
def test_an_impossible_span_cannot_be_made(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start <= end"):
        Span(start, end)


def test_an_anchor_is_a_thing_although_it_holds_nothing() -> None:
    assert Span(4, 4)
    assert len(Span(4, 4)) == 0
    assert Span(4, 4).quote("abcdef") == ""


@pytest.mark.parametrize(("one", "other", "overlap", "jaccard"), [
    (Span(0, 4), Span(0, 4), 4, 1.0),
    (Span(0, 4), Span(2, 6), 2, 2 / 6),
    (Span(0, 4), Span(4, 6), 0, 0.0),
    (Span(0, 9), Span(3, 6), 3, 3 / 9),
    (Span(3, 3), Span(3, 3), 0, 1.0),
    (Span(3, 3), Span(4, 4), 0, 0.0),
    (Span(3, 3), Span(0, 9), 0, 0.0),
])
def test_overlap_and_jaccard(one: Span, other: Span, overlap: int, jaccard: float) -> None:
    assert one.overlap(other) == other.overlap(one) == overlap
    assert one.jaccard(other) == other.jaccard(one) == pytest.approx(jaccard)


@given(spans, spans)
def test_spans_share_what_sets_of_places_share(one: Span, other: Span) -> None:
    both, either = held(one) & held(other), held(one) | held(other)
    assert one.overlap(other) == len(both)
    if either:
        assert one.jaccard(other) == len(both) / len(either)


@given(spans, spans)
def test_a_span_contains_what_holds_no_other_place(one: Span, other: Span) -> None:
    assume(len(other) > 0)
    assert one.contains(other) == (held(other) <= held(one))


@pytest.mark.parametrize(
    ("anchor", "inside"), [(1, False), (2, True), (3, True), (4, True), (5, False)]
)
def test_an_anchor_lies_in_a_span_up_to_both_of_its_ends(anchor: int, inside: bool) -> None:
    assert Span(2, 4).contains(Span(anchor, anchor)) is inside


@given(st.lists(spans, max_size=8))
def test_merged_spans_hold_the_same_places_and_lie_apart(some: list[Span]) -> None:
    result = merged(some)
    assert held(*result) == held(*some)
    assert all(a.end < b.start for a, b in pairwise(result))
    assert merged(result) == result
    assert merged(reversed(some)) == result


def test_touching_spans_join() -> None:
    assert merged([Span(4, 6), Span(0, 4)]) == [Span(0, 6)]


@pytest.mark.parametrize(("text", "span", "result"), [
    (" dam ", Span(0, 5), Span(1, 4)),
    ("dam", Span(0, 3), Span(0, 3)),
    ("a\r\n\u00a0b", Span(0, 4), Span(0, 1)),
    ("a   b", Span(1, 4), Span(1, 1)),
    ("a b", Span(1, 1), Span(1, 1)),
])
def test_white_space_is_trimmed_from_both_ends(text: str, span: Span, result: Span) -> None:
    assert trimmed(span, text) == result


@given(st.text(" a\n😀", max_size=12), st.data())
def test_a_trimmed_span_quotes_the_stripped_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert trimmed(span, text).quote(text) == span.quote(text).strip()
    assert span.contains(trimmed(span, text))

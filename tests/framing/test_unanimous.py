"""What all readers set is kept, as far as they share it; everything else is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from framing.annotations import Annotation, Part
from framing.spans import Span
from framing.unanimous import unanimous

TEXT = "Critics say the firm ignored a mere dozen warnings."


def mark(
    *quotes: tuple[str, str], label: str = "lt.scale", device: str = "loaded_terms"
) -> Annotation:
    parts = [
        Part(role, Span(TEXT.index(quote), TEXT.index(quote) + len(quote)), quote)
        for role, quote in quotes
    ]
    return Annotation("x", "d", "ada", device, label, tuple(parts))


def quotes(found: list[Annotation]) -> list[list[tuple[str, str]]]:
    for annotation in found:
        for part in annotation.parts:
            assert part.quote == part.span.quote(TEXT)
    return [[(p.role, p.quote) for p in a.parts] for a in found]


def test_a_label_of_all_keeps_the_words_they_share() -> None:
    found = unanimous([
        [mark(("span", "a mere dozen"))],
        [mark(("span", "mere dozen"))],
        [mark(("span", "mere"))],
    ])  # fmt: skip
    assert quotes(found) == [[("span", "mere")]]


def test_what_one_reader_lacks_or_calls_otherwise_is_no_label_of_all() -> None:
    mere = mark(("span", "mere"))
    assert unanimous([[mere], [], [mere]]) == []
    assert unanimous([[mere], [mark(("span", "mere"), label="lt.hedge")]]) == []


def test_a_shared_source_does_not_make_two_relations_one() -> None:
    whole = mark(("source", "Critics"), ("cue", "say"), ("content", "the firm ignored"),
                 device="attribution", label="at.attribution")  # fmt: skip
    other = mark(("source", "Critics"), ("cue", "ignored"),
                 device="attribution", label="at.attribution")  # fmt: skip
    found = unanimous([[other, whole], [whole]])
    assert quotes(found) == [[("source", "Critics"), ("cue", "say"),
                              ("content", "the firm ignored")]]  # fmt: skip


def test_one_label_answers_to_one_label() -> None:
    long, left, right = (
        mark(("span", words)) for words in ("a mere dozen warnings", "mere", "warnings")
    )
    assert quotes(unanimous([[long], [left, right]])) == [[("span", "warnings")]]


def test_a_part_one_reader_left_out_is_left_out() -> None:
    both = mark(("source", "Critics"), ("cue", "say"))
    assert quotes(unanimous([[both], [mark(("cue", "say"))]])) == [[("cue", "say")]]


def test_gaps_agree_at_one_place_only() -> None:
    def gap(at: int) -> Annotation:
        part = Part("anchor", Span(at, at), "")
        return Annotation("x", "d", "", "omission", "om.source", (part,))

    assert unanimous([[gap(7)], [gap(7)]]) == [gap(7)]
    assert unanimous([[gap(7)], [gap(8)]]) == []


def test_parts_in_different_articles_share_nothing() -> None:
    one, two = (
        Annotation("x", "d", "", "omission", "om.source", (Part("evidence", Span(0, 2), "ab", at),))
        for at in ("s1", "s2")
    )
    assert unanimous([[one], [two]]) == []


def test_a_single_reader_agrees_with_nobody() -> None:
    assert unanimous([[mark(("span", "mere"))]]) == []
    assert unanimous([]) == []


spans = st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda p: Span(p[0], p[0] + p[1]))
readings = st.lists(
    st.tuples(st.sampled_from(["lt.scale", "lt.hedge"]), spans).map(
        lambda p: Annotation("x", "d", "", "loaded_terms", p[0],
                             (Part("span", p[1], p[1].quote(TEXT)),))
    ),
    max_size=4,
)  # fmt: skip


@given(st.lists(readings, min_size=2, max_size=4))
def test_every_reader_has_what_all_have(readers: list[list[Annotation]]) -> None:
    found = unanimous(readers)
    assert all(len(found) <= len(rows) for rows in readers)
    for annotation in found:
        (span,) = annotation.spans("span")
        assert annotation.parts[0].quote == span.quote(TEXT)
        for rows in readers:
            assert any(
                row.label == annotation.label and row.spans("span")[0].contains(span)
                for row in rows
            )


@given(readings)
def test_who_agrees_with_oneself_agrees_wholly(rows: list[Annotation]) -> None:
    assert sorted(unanimous([rows, rows]), key=repr) == sorted(rows, key=repr)

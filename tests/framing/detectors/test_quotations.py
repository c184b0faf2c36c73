import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.detectors.chunks import paragraphs
from framing.detectors.quotations import Quotation, quotations


def found(text: str) -> list[Quotation]:
    return quotations(text, paragraphs(text))


@pytest.mark.parametrize(("text", "expected"), [
    ('"We knew," Oduya said. "But no."', ['"We knew,"', '"But no."']),
    ("“We knew,” he said; the firms’ plan", ["“We knew,”"]),
    ("‘We knew,’ he said; the firms’ plan", ["‘We knew,’"]),
    ("He said 'it is a lie' about the firms' plan", ["'it is a lie'"]),
    ("``We knew,'' he said", ["``We knew,''"]),
    ("„Wir wussten“, sagte sie", ["„Wir wussten“"]),
    ("«Nous savions», dit-elle", ["«Nous savions»"]),
    ("« Nous savions », dit-elle (« enfin »)", ["« Nous savions »", "« enfin »"]),
    ("Sie sagte: »Nein.« Er: »Ja«, »doch«", ["»Nein.«", "»Ja«", "»doch«"]),
    ("市长说：「大坝是安全的。」『是』", ["「大坝是安全的。」", "『是』"]),
    ("the \"reform\" and the \"order\"", ['"reform"', '"order"']),
    ("“We knew,\" he said", ["“We knew,\""]),
    ('say:"We knew"and left', ['"We knew"']),
    ("It's the '90s, he's said", []),
    ('A 6" pipe and a 12" pipe', []),
    ('"""""', []),
    ('" "', []),
    ("“”", []),
    ("no marks at all", []),
    ("", []),
])
def test_pairs_marks(text: str, expected: list[str]) -> None:
    assert [q.span.quote(text) for q in found(text) if q.depth == 0] == expected


@pytest.mark.parametrize("text", [
    "“He said ‘don’t go’ to me,” she added",
    "\"He said 'do not go' to me,\" she added",
    "“A “B” C” d",
    "‘He said “go” to me,’ she added",
])
def test_keeps_an_inner_quotation_apart(text: str) -> None:
    assert [q.depth for q in found(text)] == [0, 1]


def test_speech_left_open_runs_to_the_end_of_its_paragraph() -> None:
    text = '"We knew.\n\n"And we said no," he added.'
    assert [(q.span.quote(text), q.closed) for q in found(text)] == [
        ('"We knew.', False), ('"And we said no,"', True)]


def test_an_open_mark_before_another_pair_is_nobody_s() -> None:
    text = '"We knew, Oduya said. "We did nothing."'
    assert [q.span.quote(text) for q in found(text)] == ['"We did nothing."']


def test_marks_do_not_pair_across_paragraphs() -> None:
    text = 'The "Blue hall\nis open" today'
    assert [(q.span.quote(text), q.closed) for q in found(text)] == [('"Blue hall', False)]


@given(st.text(alphabet="ab ,.\n\"'“”‘’«»„`", max_size=80))
def test_every_quotation_lies_in_the_text_and_holds_a_word(text: str) -> None:
    for quote in found(text):
        assert quote.span.contains(quote.inner)
        assert any(char.isalnum() for char in quote.inner.quote(text))
        assert quote.span.end <= len(text)


@given(st.text(alphabet="ab ,.\n\"'“”‘’«»„`", max_size=80))
def test_quotations_nest_and_never_cross(text: str) -> None:
    quotes = found(text)
    for one in quotes:
        for two in quotes:
            shared = one.span.overlap(two.span)
            assert shared in (0, len(one.span), len(two.span))

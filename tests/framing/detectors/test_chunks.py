import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.detectors.chunks import chunks, is_wrapped, paragraphs


@given(st.text(alphabet="ab .\n\r\t\"“”!é😀", max_size=300), st.integers(1, 40))
def test_pieces_hold_every_code_point_once_and_keep_to_the_limit(text: str, limit: int) -> None:
    pieces = chunks(text, limit=limit)
    assert "".join(piece.quote(text) for piece in pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)


@given(st.text(max_size=300))
def test_paragraphs_are_contiguous(text: str) -> None:
    parts = paragraphs(text)
    assert [p.start for p in parts[1:]] == [p.end for p in parts[:-1]]
    assert "".join(p.quote(text) for p in parts) == text


@pytest.mark.parametrize(("text", "expected"), [
    ("One.\nTwo.", ["One.\n", "Two."]),
    ("One.\r\nTwo.", ["One.\r\n", "Two."]),
    ("One.\n\n\nTwo.\n", ["One.\n\n\n", "Two.\n"]),
    ("", []),
    ("\n\n", ["\n\n"]),
    ("One.\u2029Two.", ["One.\u2029", "Two."]),
])
def test_each_line_is_a_paragraph(text: str, expected: list[str]) -> None:
    assert [p.quote(text) for p in paragraphs(text)] == expected


def test_lines_wrapped_by_hand_make_one_paragraph() -> None:
    line = "the council met on Monday to talk about the bridge over the river\n"
    text = line * 6 + "and went home.\n\nThe end.\n"
    assert is_wrapped(text)
    assert len(paragraphs(text)) == 2


def test_short_paragraphs_are_not_wrapped_lines() -> None:
    assert not is_wrapped("The council met on Monday to talk about the bridge again.\n" * 8)

"""Places in other units: one table that Python and the browser share, and round trips."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.offsets import OffsetMap, fingerprint, reanchor
from framing.spans import Span

TABLE = json.loads(Path(__file__).parents[1].joinpath("offsets.json").read_text("utf-8"))

# Whole texts of pieces that offsets stumble over, besides arbitrary characters.
PIECES = ["a", " ", "\r\n", "é", "e\u0301", "“x”", "😀", "👍🏽", "👨\u200d👩\u200d👧", "🇩🇪", "שלום",
          "كَتَبَ", "\u200f", "大坝", "\U00020bb7", "1\ufe0f\u20e3", "\u2028"]
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)


@pytest.mark.parametrize("row", TABLE["places"], ids=lambda r: f"{r['name']}@{r['codepoint']}")
def test_a_place_is_the_same_in_all_units(row: dict[str, Any]) -> None:
    places = OffsetMap(row["text"])
    assert places.to_utf16(row["codepoint"]) == row["utf16"]
    assert places.from_utf16(row["utf16"]) == row["codepoint"]
    assert places.to_bytes(row["codepoint"]) == row["utf8"]
    assert places.from_bytes(row["utf8"]) == row["codepoint"]


@pytest.mark.parametrize("row", TABLE["spans"], ids=lambda r: f"{r['name']}: {r['quote']!r}")
def test_a_span_quotes_the_same_words_in_all_units(row: dict[str, Any]) -> None:
    text, places = row["text"], OffsetMap(row["text"])
    assert Span(*row["codepoint"]).quote(text) == row["quote"]
    assert [places.to_utf16(place) for place in row["codepoint"]] == row["utf16"]
    assert [places.to_bytes(place) for place in row["codepoint"]] == row["utf8"]
    start, end = row["utf8"]
    assert text.encode()[start:end].decode() == row["quote"]


@pytest.mark.parametrize("row", TABLE["inside"], ids=lambda r: f"{r['name']} ({r['unit']})")
def test_a_place_that_no_code_point_has_is_refused(row: dict[str, Any]) -> None:
    places = OffsetMap(row["text"])
    convert = {"utf16": places.from_utf16, "utf8": places.from_bytes}[row["unit"]]
    with pytest.raises(ValueError, match=r"inside a character|outside"):
        convert(row["place"])


@pytest.mark.parametrize("place", [-1, 3])
def test_a_code_point_outside_the_text_is_refused(place: int) -> None:
    with pytest.raises(ValueError, match=f"code point {place} is outside a text of 2"):
        OffsetMap("😀b").to_utf16(place)


@given(texts)
def test_places_round_trip_through_both_units(text: str) -> None:
    places = OffsetMap(text)
    for place in range(len(text) + 1):
        assert places.from_utf16(places.to_utf16(place)) == place
        assert places.from_bytes(places.to_bytes(place)) == place


@given(texts)
def test_the_units_are_those_of_the_encodings(text: str) -> None:
    places = OffsetMap(text)
    assert places.to_utf16(len(text)) * 2 == len(text.encode("utf-16-le"))
    assert places.to_bytes(len(text)) == len(text.encode("utf-8"))


@given(texts)
def test_a_place_of_another_unit_is_exact_or_refused(text: str) -> None:
    places, units = OffsetMap(text), text.encode("utf-16-le")
    for place in range(len(units) // 2 + 1):
        try:
            before = units[:place * 2].decode("utf-16-le")
        except UnicodeDecodeError:
            with pytest.raises(ValueError, match="inside a character"):
                places.from_utf16(place)
        else:
            assert places.from_utf16(place) == len(before)


@given(texts, st.data())
def test_a_quote_that_has_not_moved_is_found_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = reanchor(text, text[start:end], near=start)
    assert found == (Span(start, end) if start < end else None)


@pytest.mark.parametrize(("near", "start"), [(0, 0), (2, 0), (3, 4), (5, 4), (99, 8)])
def test_the_nearest_of_several_occurrences_is_taken(near: int, start: int) -> None:
    assert reanchor("dam dam dam", "dam", near=near) == Span(start, start + 3)


def test_overlapping_occurrences_are_seen_too() -> None:
    assert reanchor("aaaa", "aa", near=1) == Span(1, 3)


def test_a_quote_that_is_gone_is_not_placed() -> None:
    assert reanchor("The gate opened.", "dam") is None


def test_the_fingerprint_is_the_sha256_of_the_utf8_bytes() -> None:
    assert fingerprint("") == hashlib.sha256(b"").hexdigest()
    assert fingerprint("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()
    assert fingerprint("é") != fingerprint("e\u0301")


def test_half_a_surrogate_pair_has_no_fingerprint() -> None:
    with pytest.raises(UnicodeEncodeError):
        fingerprint("\ud83d")

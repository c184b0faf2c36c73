"""Phrases of the parse: what the grow key takes, and that no text makes impossible ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.detectors.constituents import compact, constituents
from framing.detectors.layer import text_layer
from framing.detectors.model import blank_model
from framing.detectors.pipeline import Pipeline

TABLE = json.loads(Path(__file__).parents[2].joinpath("constituents.json").read_text("utf-8"))

# A text, and phrases that must or must not be among its constituents.
PHRASES = [
    ("Nine members voted for the wall.", "Nine members", True),
    ("Nine members voted for the wall.", "for the wall", True),
    ("Nine members voted for the wall.", "members voted", False),
    ('He called it a "mere accident" and left.', 'a "mere accident"', True),
    ('He called it a "mere accident" and left.', 'a "mere accident', False),
    ('"We knew," Tor said.', "We knew", True),
    ("The plan, they said, would fail.", "The plan", True),
    ("The plan, they said, would fail.", "The plan,", False),
    ("The dam broke  \n  and the firm left.", "the firm", True),
]
RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(2, 40)), unique=True).map(
    lambda pairs: sorted((start, start + length) for start, length in pairs)
)


def words(pipeline: Pipeline, text: str) -> set[str]:
    doc = pipeline.parse(text)
    tokens = text_layer(doc).tokens
    return {text[tokens[a][0] : tokens[b - 1][1]] for a, b in constituents(doc)}


@pytest.mark.parametrize("article", TABLE["articles"], ids=lambda article: article["text"][:20])
def test_the_table_of_the_page_is_what_the_parser_gives(pipeline: Pipeline, article: dict) -> None:
    layer = pipeline.layer(pipeline.parse(article["text"]))
    assert layer.constituents == article["constituents"]
    assert [list(token) for token in layer.tokens] == article["tokens"]
    assert [list(sentence) for sentence in layer.sentences] == article["sentences"]


@pytest.mark.parametrize(("text", "phrase", "is_one"), PHRASES)
def test_a_phrase_is_one_that_a_reader_would_mark(
    pipeline: Pipeline, text: str, phrase: str, is_one: bool
) -> None:
    assert (phrase in words(pipeline, text)) is is_one


@given(text=st.text(alphabet='ab the of,.“”"() \n🔥', max_size=120))
def test_phrases_are_sorted_unique_and_inside_of_any_text(pipeline: Pipeline, text: str) -> None:
    doc = pipeline.parse(text)
    found = constituents(doc)
    assert found == sorted(set(found))
    count = len(text_layer(doc).tokens)
    assert all(start >= 0 and start + 2 <= end <= count for start, end in found)


@given(ranges=RANGES)
def test_the_compact_form_holds_every_range(ranges: list[tuple[int, int]]) -> None:
    flat = compact(ranges)
    read, start = [], 0
    for step, length in zip(flat[::2], flat[1::2], strict=True):
        start += step
        read.append((start, start + length))
    assert read == ranges


def test_without_a_parse_there_are_none() -> None:
    assert text_layer(blank_model("en")("The wall is a scheme.")).constituents is None

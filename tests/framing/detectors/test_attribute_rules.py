"""The remembering ruler says what spaCy's own says, of every word."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from framing.detectors.attribute_rules import (
    NAME,
    RememberedRules,
    can_be_remembered,
    remember,
)
from framing.detectors.model import DEFAULT_MODEL
from framing.detectors.pipeline import Pipeline

ARTICLES = Path(__file__).parents[3] / "annotator" / "demo" / "articles"
SENTENCES = [
    "They ain't gonna talk, and she's gotta go: let's see what y'all have.",
    "There is nothin' left. There's a wall, and there were guards. Nothing's lost.",
    "It is not what I had done; did they have it? You and I saw him do it to me.",
    "That if because though, but whether it will be: he asked that.",
    "   \n\t Two  spaces \u00a0and “marks” — done…\n",
    "C'm on, y' all! THERE ARE 12,000 of them. I'd say he'd've gone.",
]
NAMED = [
    "there", "is", "gon", "na", "got", "ta", "let", "'s", "it", "have", "had", "not", "I", "you",
    "y'", "all", "ain't", "that", "but", ".", "“", "\n", "did",
]  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> Language:
    """The pipeline as it comes."""
    return spacy.load(DEFAULT_MODEL, exclude=["ner"])


def said(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in doc]


def test_the_shipped_pipeline_remembers(pipeline: Pipeline) -> None:
    assert isinstance(pipeline.nlp.get_pipe(NAME), RememberedRules)
    assert pipeline.nlp.pipe_names.index(NAME) == pipeline.nlp.pipe_names.index("lemmatizer") - 1


@pytest.mark.parametrize("others", [[], ["sentencizer"]])
def test_it_takes_the_place_of_the_rulers_own(others: list[str]) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe(NAME)
    ruler.add([[{"LOWER": "dam"}]], {"POS": "NOUN"})  # type: ignore[attr-defined]
    for name in others:
        nlp.add_pipe(name)
    remember(nlp)
    assert nlp.pipe_names == [NAME, *others]
    assert [token.pos_ for token in nlp("a dam")] == ["", "NOUN"]


@pytest.mark.parametrize("text", SENTENCES)
def test_every_kind_of_pattern_gives_the_same(
    pipeline: Pipeline, plain: Language, text: str
) -> None:
    assert said(pipeline.nlp(text)) == said(plain(text))


def test_whole_articles_read_the_same(pipeline: Pipeline, plain: Language) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    assert len(texts) > 4
    for ours, theirs in zip(pipeline.nlp.pipe(texts), plain.pipe(texts), strict=True):
        assert said(ours) == said(theirs)


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(NAMED), max_size=12))
def test_any_order_of_the_words_that_patterns_name_reads_the_same(
    pipeline: Pipeline, plain: Language, words: list[str]
) -> None:
    text = " ".join(words)
    assert said(pipeline.nlp(text)) == said(plain(text))


@pytest.mark.parametrize(
    ("pattern", "attrs", "can"),
    [
        ([{"TAG": "NN"}], {"POS": "NOUN"}, True),
        ([{"LOWER": {"REGEX": "^x+$"}, "TAG": "NN"}], {"LEMMA": "x"}, True),
        ([{"DEP": "expl"}, {"LOWER": "is"}], {"POS": "VERB"}, True),
        ([{"TAG": "DT"}, {"TAG": "NN"}], {"POS": "NOUN"}, False),
        ([{"SHAPE": "Xxx"}], {"POS": "PROPN"}, False),
        ([{"LOWER": {"NOT_IN": ["a"]}}], {"POS": "NOUN"}, False),
        ([{"TAG": "NN"}], {"ENT_TYPE": "ORG"}, False),
    ],
)
def test_patterns_that_look_elsewhere_are_left_to_spacy(
    pattern: list[dict[str, object]], attrs: dict[str, str], can: bool
) -> None:
    ruler = AttributeRuler(spacy.blank("en").vocab)
    ruler.add([pattern], attrs)  # type: ignore[list-item]
    assert can_be_remembered(ruler) is can

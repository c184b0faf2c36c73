"""The remembering lemmatiser says what spaCy's own says, of every word, however often."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from framing.detectors.lemmas import NAME, RememberedLemmas, remember
from framing.detectors.model import DEFAULT_MODEL
from framing.detectors.pipeline import Pipeline

ARTICLES = Path(__file__).parents[3] / "annotator" / "demo" / "articles"
WORDS = ["left", "Left", "lies", "saw", "better", "best", "dams", "'s", "n't", "ed", "—", " ", "9"]
CLASSES = ["NOUN", "VERB", "ADJ", "ADV", "PROPN", "PUNCT", "SPACE", "AUX", "X"]
FEATURES = ["", "Number=Sing", "Number=Plur", "VerbForm=Inf", "Tense=Past|VerbForm=Fin",
            "Degree=Pos", "Degree=Cmp"]  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(DEFAULT_MODEL, exclude=["ner"])


def test_the_shipped_pipeline_remembers(pipeline: Pipeline) -> None:
    assert isinstance(pipeline.nlp.get_pipe(NAME), RememberedLemmas)
    assert pipeline.nlp.pipe_names[-1] == NAME


def test_whole_articles_read_the_same_and_the_second_time_too(
    pipeline: Pipeline, plain: Language
) -> None:
    for path in sorted(ARTICLES.glob("*.txt"))[:4]:
        text = path.read_text(encoding="utf-8")
        expected = [token.lemma_ for token in plain(text)]
        for _ in range(2):
            assert [token.lemma_ for token in pipeline.nlp(text)] == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(*map(st.sampled_from, (WORDS, CLASSES, FEATURES))), min_size=1))
def test_any_word_class_and_features_read_the_same(
    pipeline: Pipeline, plain: Language, drawn: list[tuple[str, str, str]]
) -> None:
    def lemmas(nlp: Language) -> list[str]:
        words, classes, features = map(list, zip(*drawn, strict=True))
        doc = Doc(nlp.vocab, words=words, pos=classes, morphs=features)
        return [token.lemma_ for token in nlp.get_pipe(NAME)(doc)]

    assert lemmas(pipeline.nlp) == lemmas(plain)


def test_a_lemmatizer_that_looks_words_up_is_left_alone() -> None:
    nlp = spacy.blank("en")
    own = nlp.add_pipe(NAME, config={"mode": "lookup"})
    remember(nlp)
    assert nlp.get_pipe(NAME) is own

"""The gold sentences for attribution, one test a row, and the score of the whole table."""

import pytest

from framing.detectors.attribution.detector import AttributionDetector
from framing.detectors.pipeline import Pipeline
from tests.framing.detectors.gold import Sentence, attribution_sentences, news_passages
from tests.framing.detectors.scoring import alike, wrong

SENTENCES = attribution_sentences()
DETECTOR = AttributionDetector()

KNOWN_MISSES: frozenset[str] = frozenset()
"""Texts that the rules get wrong today. The list may only shrink."""


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s.text[:60])
def test_gold_sentences(pipeline: Pipeline, sentence: Sentence) -> None:
    problems = wrong(sentence, list(DETECTOR.detect(pipeline.parse(sentence.text))))
    if sentence.text in KNOWN_MISSES:
        assert problems, "this is right now: take it off the list of known misses"
    else:
        assert not problems


def test_the_table_holds_every_value_and_enough_near_misses() -> None:
    values = {value for s in SENTENCES for r in s.relations for value in r.values}
    assert values >= {
        "named_person", "institution", "document", "anonymous", "generic_group", "unattributed",
        "author", "other_media", "direct", "indirect", "mixed", "neutral", "endorsing",
        "distancing", "charged", "none"}
    assert len(SENTENCES) >= 150
    assert sum(not s.relations for s in SENTENCES) >= 30
    assert len(KNOWN_MISSES) <= len(SENTENCES) // 10


def test_known_misses_are_rows_of_the_table() -> None:
    assert {s.text for s in SENTENCES} >= KNOWN_MISSES


def test_passages_that_no_rule_was_fitted_to(pipeline: Pipeline) -> None:
    """A floor for content by characters (Jaccard of at least one half, one to one)."""
    hits = gold = found = 0
    for passage in news_passages():
        left = list(DETECTOR.detect(pipeline.parse(passage.text)))
        gold, found = gold + len(passage.relations), found + len(left)
        for relation in passage.relations:
            match = next((s for s in left if alike(passage.text, relation, s)), None)
            if match is not None:
                left.remove(match)
                hits += 1
    assert hits / found >= 0.93
    assert hits / gold >= 0.9

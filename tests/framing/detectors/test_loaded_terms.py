"""The gold sentences for loaded terms, one test a row, and the rules beyond the words."""

from pathlib import Path

import pytest

from framing.detectors.loaded_terms.detector import LoadedTermDetector
from framing.detectors.loaded_terms.finding import SUBTYPES
from framing.detectors.loaded_terms.ranker import SHIPPED, weights_from
from framing.detectors.loaded_terms.senses import judges_alone
from framing.detectors.logistic import Weights, save
from framing.detectors.pipeline import Pipeline
from tests.framing.detectors.gold import LoadedSentence, loaded_sentences

SENTENCES = loaded_sentences()
RULES = LoadedTermDetector(ranker_score=2)
"""The table is about rules; what the ranker proposes is a matter of rates."""

KNOWN_MISSES = frozenset({
    "The fact that the wall leaks changes nothing.",  # right 1 time in 18, so not proposed
})
"""Texts that the rules get wrong today. The list may only shrink."""


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s.text[:60])
def test_gold_sentences(pipeline: Pipeline, sentence: LoadedSentence) -> None:
    suggestions = RULES.detect(pipeline.parse(sentence.text))
    found = {(s.label, s.parts[0].span) for s in suggestions}
    if sentence.text in KNOWN_MISSES:
        assert found != sentence.terms, "this is right now: take it off the list"
    else:
        assert found == sentence.terms


def test_the_table_holds_every_subtype_and_enough_near_misses() -> None:
    for label in SUBTYPES:
        assert sum(label in {name for name, _ in s.terms} for s in SENTENCES) >= 6
    assert len(SENTENCES) >= 150
    assert sum(not s.terms for s in SENTENCES) >= 60
    assert len(KNOWN_MISSES) <= len(SENTENCES) // 10


def test_known_misses_are_rows_of_the_table() -> None:
    assert {s.text for s in SENTENCES} >= KNOWN_MISSES


@pytest.mark.parametrize(("text", "voice"), [
    ("The reckless plan passed.", "author"),
    ("Critics say the reckless plan passed.", "source"),
    ("“It is a reckless plan,” Tor said.", "source"),
    ("It is feared that the reckless plan passed.", "mixed"),
])
def test_voice_says_whose_words_they_are(pipeline: Pipeline, text: str, voice: str) -> None:
    found = RULES.detect(pipeline.parse(text))
    assert [(s.parts[0].quote, s.attributes["voice"]) for s in found] == [("reckless", voice)]


def test_a_neutral_wording_is_proposed_where_the_table_has_one(pipeline: Pipeline) -> None:
    found = RULES.detect(pipeline.parse("Farmers oppose the council's land grab."))
    assert found[0].attributes["neutral_alternative"] == "compulsory purchase"
    assert "land grab" in found[0].reason


def test_the_rate_is_capped_and_the_best_are_kept(pipeline: Pipeline) -> None:
    text = "The reckless, shameful, absurd, dismal, brutal plan met a mere nine people. " * 10
    few = LoadedTermDetector(per_100_words=5, at_least=2, ranker_score=2)
    found = few.detect(pipeline.parse(text))
    words = sum(token.is_alpha for token in pipeline.parse(text))
    assert len(found) == -(-words * 5 // 100)
    assert [s.parts[0].quote for s in found].count("mere") == len(found)


def test_a_sentence_on_its_own_is_not_capped(pipeline: Pipeline) -> None:
    text = "The reckless, shameful, absurd, dismal, brutal, draconian plan met a mere nine people."
    assert len(RULES.detect(pipeline.parse(text))) == 7
    few = LoadedTermDetector(per_100_words=1, at_least=0, ranker_score=2)
    assert len(few.detect(pipeline.parse(text))) == 7


def test_every_reason_names_the_words(pipeline: Pipeline) -> None:
    for sentence in SENTENCES[:40]:
        for s in RULES.detect(pipeline.parse(sentence.text)):
            assert s.parts[0].quote in s.reason


def test_the_ranker_proposes_words_that_no_rule_knows(pipeline: Pipeline) -> None:
    text = "The squalid camps and the hateful, deluded bosses shocked decent people."
    by_rule = {s.parts[0].quote for s in RULES.detect(pipeline.parse(text))}
    found = LoadedTermDetector().detect(pipeline.parse(text))
    more = [s for s in found if s.parts[0].quote not in by_rule]
    assert more
    assert all(s.rule == "loaded_terms.ranker.words" and s.parts[0].quote in s.reason
               for s in more)


def test_the_ranker_is_quieter_in_articles_than_in_excerpts(pipeline: Pipeline) -> None:
    sentence = "The council met residents on Monday to talk about the squalid state of the camp. "
    once = LoadedTermDetector(excerpt_score=0.2, ranker_score=0.9)
    assert "squalid" in {s.parts[0].quote for s in once.detect(pipeline.parse(sentence))}
    assert "squalid" not in {s.parts[0].quote for s in once.detect(pipeline.parse(sentence * 8))}


def test_the_ranker_rarely_speaks_in_plain_sentences(pipeline: Pipeline) -> None:
    text = " ".join(s.text for s in SENTENCES if not s.terms)
    found = LoadedTermDetector().detect(pipeline.parse(text))
    words = sum(token.is_alpha for token in pipeline.parse(text))
    assert sum(s.rule == "loaded_terms.ranker.words" for s in found) <= 0.01 * words


@pytest.mark.parametrize(("text", "word", "probability", "judges"), [
    ("The squalid camp was closed.", "squalid", 0.55, True),
    ("The council closed the camp.", "council", 0.55, False),  # neither sure nor loaded by itself
    ("I am squalid.", "squalid", 0.55, False),
    ("The camp was half-squalid.", "squalid", 0.55, False),
    ("The union denounced the abomination.", "abomination", 0.55, True),
    ("He desecrated the agreement.", "desecrated", 0.65, True),
    ("He desecrated the stones.", "desecrated", 0.65, False),
])
def test_a_word_that_only_the_ranker_knows_must_judge_by_its_surroundings(
    pipeline: Pipeline, text: str, word: str, probability: float, judges: bool
) -> None:
    doc = pipeline.parse(text)
    assert judges_alone(next(t for t in doc if t.text == word), probability) is judges


def test_weights_name_their_data_and_fit_the_features() -> None:
    about = weights_from(SHIPPED).about
    assert "MBIC" in str(about["data"])
    assert about["held back f1"] >= 0.46  # type: ignore[operator]


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    save(Weights(0.0, {"lemma=x": 1.0}, {"features": "0"}), path)
    with pytest.raises(ValueError, match=r"old\.json was made for other features"):
        LoadedTermDetector(weights=path)

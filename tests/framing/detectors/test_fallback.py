"""Languages without rules: quotation marks only, and every place says so."""

import pytest
import spacy

from framing.detectors.fallback import QuotationDetector
from framing.detectors.languages import primary, shortcoming
from framing.detectors.model import ModelUnavailable, load_model
from framing.detectors.pipeline import Pipeline, make_pipeline
from framing.detectors.sentences import starts

GERMAN = "»Der Damm ist sicher«, sagte Ilse Tor. Er wirkte „ruhig“.\n\nDie Wache schwieg."


@pytest.fixture(scope="module")
def german() -> Pipeline:
    return make_pipeline(language="de")


def test_only_quotations_are_proposed_and_the_reason_says_so(german: Pipeline) -> None:
    doc = german.parse(GERMAN)
    [one] = german.detect(doc)
    assert [(p.role, p.quote) for p in one.parts] == [("content", "»Der Damm ist sicher«")]
    assert one.rule == "attribution.marks"
    assert "no rules for 'de'" in one.reason
    assert one.attributes == {"quote_type": "direct"}


def test_the_runs_say_what_is_missing(german: Pipeline) -> None:
    runs = {run.detector: run for run in german.runs}
    assert {d: run.version for d, run in runs.items()} == {
        "loaded_terms": "without rules", "attribution": "quotations 1.0"}
    assert all(run.model.startswith("de_blank-") for run in runs.values())
    assert "only quotation marks" in shortcoming("attribution", german.model)
    assert "nothing is proposed" in shortcoming("loaded_terms", german.model)


def test_words_and_sentences_are_still_found(german: Pipeline) -> None:
    layer = german.layer(german.parse(GERMAN))
    assert [GERMAN[a:b] for a, b in layer.sentences] == [
        "»Der Damm ist sicher«, sagte Ilse Tor.", "Er wirkte „ruhig“.", "Die Wache schwieg."]
    assert german.ghosts(german.parse(GERMAN)) == []


@pytest.mark.parametrize(("language", "model"), [
    ("de", "de_blank-"), ("zz", "xx_blank-"), ("oc", "xx_blank-"), ("zh-Hant", "zh_blank-"),
    ("EN-gb", "en_core_web_sm"), ("fr_CA", "fr_core_news_sm-"), ("", "en_core_web_sm"),
])
def test_a_language_tag_chooses_the_pipeline(language: str, model: str) -> None:
    assert make_pipeline(language=language).model.startswith(model)


@pytest.mark.parametrize(("detector", "model", "says"), [
    ("attribution", "en_core_web_sm-3.8.0", ""),
    ("loaded_terms", "en_core_web_sm-3.8.0", ""),
    ("attribution", "fr_core_news_sm-3.8.0", ""),
    ("loaded_terms", "fr_core_news_sm-3.8.0", "no rules for loaded terms in the language 'fr'"),
    ("omission", "fr_core_news_sm-3.8.0", "Articles in the language 'fr' are not compared"),
    ("attribution", "fr_blank-3.8.18", "no attribution rules for the language 'fr'"),
    ("attribution", "de_core_news_sm-3.8.0", "no attribution rules for the language 'de'"),
    ("attribution", "xx_blank-3.8.18", "no attribution rules for this language"),
    ("a_project_s_own", "de_blank-3.8.18", ""),
])
def test_what_cannot_be_done_is_one_sentence(detector: str, model: str, says: str) -> None:
    assert says in shortcoming(detector, model)
    assert bool(says) == bool(shortcoming(detector, model))


@pytest.mark.parametrize(("tag", "language"), [
    ("en", "en"), ("fr-CA", "fr"), ("pt_BR", "pt"), (" DE ", "de"), ("", "en"),
])
def test_the_language_of_a_tag(tag: str, language: str) -> None:
    assert primary(tag) == language


@pytest.mark.parametrize("text", [
    "市长说：「大坝是安全的，没有人需要离开。」", "Мэр сказал: «Плотина цела, и никто не уедет».",
    "قال العمدة: \"السد آمن ولا داعي للقلق\".", "", "“”" * 200, "«" * 500,
])
def test_any_script_gives_parts_that_quote_the_text(text: str) -> None:
    pipeline = make_pipeline(language="oc")
    for suggestion in pipeline.detect(pipeline.parse(text)):
        [part] = suggestion.parts
        assert part.quote == text[part.span.start : part.span.end] != ""


def test_a_learned_version_does_not_take_the_place_of_missing_rules(german: Pipeline) -> None:
    english = make_pipeline().detectors[0]
    assert german.having(english).runs == german.runs


def test_a_pipeline_without_a_parser_is_refused_with_what_it_lacks(tmp_path: object) -> None:
    spacy.blank("de").to_disk(str(tmp_path))
    with pytest.raises(ModelUnavailable, match="has no tagger and no parser and no lemmatizer"):
        load_model(str(tmp_path))


@pytest.mark.filterwarnings("ignore:.*was trained with spaCy")
def test_a_pipeline_of_another_spacy_is_refused_with_both_versions(tmp_path: object) -> None:
    blank = spacy.blank("fr")
    blank.meta["spacy_version"] = ">=2.0,<2.1"
    blank.to_disk(str(tmp_path))
    with pytest.raises(ModelUnavailable, match=r"needs spaCy >=2\.0,<2\.1, but 3\."):
        load_model(str(tmp_path))


def test_short_marks_are_no_utterance() -> None:
    nlp = make_pipeline(language="de")
    found = QuotationDetector(language="de").detect(nlp.parse("Die „Reform“ kam im Mai."))
    assert found == []


@pytest.mark.parametrize(("words", "begins"), [
    ("Oui . Non .", [0, 2]),
    ("« Oui . » Il part .", [0, 4]),
    ("dit-il . « Non »", [0, 2]),
    ("M. Duval part .", [0]),
    ("Quoi ? dit-il .", [0]),
    ("Non … Enfin !", [0, 2]),
    ("( Oui . ) Bien .", [0, 4]),
    ("", []),
])
def test_sentences_begin_behind_their_marks(words: str, begins: list[int]) -> None:
    split = words.split()
    assert [n for n, b in enumerate(starts(split, [True] * len(split))) if b] == begins

"""The gold sentences for French attribution, one test a row, and what the seams promise."""

import time

import pytest

from framing.detectors.attribution.french.lexicon import FORMS, SURE, forms_of
from framing.detectors.base import Suggestion
from framing.detectors.pipeline import Pipeline, make_pipeline
from tests.framing.detectors.gold import Sentence, attribution_sentences, fresh_french
from tests.framing.detectors.scoring import alike, wrong

SENTENCES = attribution_sentences("attribution_fr.toml")


@pytest.fixture(scope="module")
def french() -> Pipeline:
    return make_pipeline(language="fr")


def found(french: Pipeline, text: str) -> list[Suggestion]:
    return french.detect(french.parse(text))


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: s.text[:60])
def test_gold_sentences(french: Pipeline, sentence: Sentence) -> None:
    assert not wrong(sentence, found(french, sentence.text))


def test_the_table_is_large_and_has_near_misses() -> None:
    assert len(SENTENCES) >= 80
    assert sum(not s.relations for s in SENTENCES) >= 12
    values = {value for s in SENTENCES for r in s.relations for value in r.values}
    assert values >= {
        "named_person", "institution", "document", "anonymous", "generic_group", "unattributed",
        "author", "other_media", "direct", "indirect", "neutral", "endorsing", "distancing",
        "charged", "none"}


def test_sentences_that_were_written_after_the_rules(french: Pipeline) -> None:
    """A floor for content by characters (Jaccard of at least one half, one to one)."""
    hits = gold = proposed = 0
    for sentence in fresh_french():
        left = found(french, sentence.text)
        gold, proposed = gold + len(sentence.relations), proposed + len(left)
        for relation in sentence.relations:
            match = next((s for s in left if alike(sentence.text, relation, s)), None)
            if match is not None:
                left.remove(match)
                hits += 1
    assert hits / proposed >= 0.9
    assert hits / gold >= 0.9


def test_the_parse_keeps_the_articles_own_marks(french: Pipeline) -> None:
    text = "« L’usine ferme », dit-elle. “Non”, répond-il.\n\nUn autre paragraphe."
    doc = french.parse(text)
    assert doc.text == text
    assert {"«", "»", "L’"} <= {token.text for token in doc}
    layer = french.layer(doc)
    assert [text[a:b] for a, b in layer.sentences] == [
        "« L’usine ferme », dit-elle.", "“Non”, répond-il.", "Un autre paragraphe."]


def test_attitudes_are_read(french: Pipeline) -> None:
    attitudes = [found(french, text)[0].attributes["attitude"] for text in (
        "Le maire a dit que le pont fermait.",
        "Le maire promet de fermer le pont.",
        "Le maire craint que le pont ne tombe.",
        "Le maire demande que le pont soit fermé.",
        "Le maire déplore la fermeture du pont.",
        "Le maire refuse de fermer le pont.")]
    assert attitudes == ["assertion", "intention", "belief", "decree", "feeling_about", "refusal"]


@pytest.mark.parametrize(("text", "name"), [
    ("Claire Duval est arrivée mardi. Elle a dit que le pont fermait.", "Claire Duval"),
    ("Marc Delon est arrivé avec Claire Duval. Il a dit que le pont fermait.", "Marc Delon"),
    ("Mme Duval est arrivée. M. Delon est resté. Elle a dit que le pont fermait.", "Duval"),
    ("Le conseil de Sorvelle a voté. Il a dit que le pont fermait.", ""),
    ("Le pont est fermé. Elle a dit que le bac fermait.", ""),
])
def test_a_pronoun_stands_for_the_nearest_named_subject(
        french: Pipeline, text: str, name: str) -> None:
    assert found(french, text)[-1].attributes.get("source_entity", "") == name


def test_a_marked_cue_gets_its_parts(french: Pipeline) -> None:
    text = "La préfète a reconnu que les secours étaient arrivés trop tard."
    ghosts = french.ghosts(french.parse(text))
    parts = {text[g.cue.start : g.cue.end]: [(role, span.quote(text)) for role, span in g.parts]
             for g in ghosts}
    assert parts["a reconnu"] == [
        ("source", "La préfète"), ("content", "les secours étaient arrivés trop tard")]


def test_loaded_terms_are_not_proposed_in_french(french: Pipeline) -> None:
    doc = french.parse("Des agitateurs ont pris d’assaut le barrage « sûr » de la firme honteuse.")
    assert [s.device for s in french.detect(doc)] == []


@pytest.mark.parametrize(("infinitive", "forms"), [
    ("annoncer", {"annonce", "annonçait", "annonça", "annoncé", "annonceront"}),
    ("juger", {"juge", "jugeait", "jugea", "jugèrent"}),
    ("révéler", {"révèle", "révèlent", "révélé", "révélera"}),
    ("rappeler", {"rappelle", "rappellera", "rappelé", "rappelait"}),
    ("relever", {"relève", "relèvera", "relevé"}),
    ("marteler", {"martèle", "martelé"}),
    ("dire", set()),
])
def test_forms_are_spelt_as_they_are_written(infinitive: str, forms: set[str]) -> None:
    assert forms <= set(forms_of(infinitive))


def test_a_form_that_is_a_noun_too_needs_the_tagger() -> None:
    assert FORMS["annonce"] == "annoncer"
    assert "annonce" not in SURE
    assert "dénonce" in SURE


HOSTILE = {
    "incises": "« Oui, dit-il, non, dit-elle, a-t-il dit, " * 800,
    "que": "le maire a dit que la ville dit que le maire affirme que " * 500,
    "openers": "selon le maire de la ville " * 1000,
    "additions": "ajoutant que le maire estimant que " * 800,
    "left open": "« " + "le maire dit la ville annonce " * 1500,
    "speakers": "Duval : " * 3000,
    "only marks": "« » " * 2000 + "«" * 500,
    "markup": "<p>« Le <b>pont</b> est fermé », a dit&nbsp;la maire.</p>" * 50,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_gives_parts_that_quote_it_in_linear_time(french: Pipeline, text: str) -> None:
    before = time.process_time()
    doc = french.parse(text)
    assert doc.text == text
    for suggestion in french.detect(doc):
        for part in suggestion.parts:
            assert part.quote == text[part.span.start : part.span.end]
            assert part.quote.strip() == part.quote != ""
    assert time.process_time() - before < 6

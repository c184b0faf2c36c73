"""Running detectors on an article: once each, whole or not at all, errors kept where they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from annotator.corpus.models import Article
from annotator.labeling import detection, outbox
from annotator.labeling.models import Suggestion, SuggestionRun, TextLayer
from framing.annotations import Part
from framing.spans import Span
from tests.annotator.labeling.pipelines import Detector, Pipeline, capitals

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
State = SuggestionRun.State


class Clock:
    """A second passes each time somebody looks."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def article(make_article: Any) -> Article:
    return make_article("The Dam 🌊 Held.")


@pytest.fixture
def detect(article: Article) -> Callable[..., int]:
    def run(pipeline: Pipeline, *, of: Article = article, clock: Any = None) -> int:
        outbox.plan(pipeline.runs)
        return detection.detect_articles(
            {of.pk: pipeline}, clock=clock or Clock(), draw=lambda: 0.5
        )

    return run


def broken(text: str) -> Any:
    raise LookupError("no such word")


def test_suggestions_are_stored_with_what_made_them(article: Article, detect: Any) -> None:
    assert detect(Pipeline()) == 1
    run = SuggestionRun.objects.get()
    assert (run.state, run.tries, run.seconds, run.model) == (State.DONE, 1, 1.0, "test-1.0")
    assert [s.parts for s in run.suggestions.all()] == [
        [{"role": "span", "start": at, "end": at + 1, "quote": letter, "article": article.pk}]
        for at, letter in [(0, "T"), (4, "D"), (10, "H")]
    ]


def test_running_again_changes_nothing(detect: Any) -> None:
    pipeline = Pipeline()
    detect(pipeline)
    before = list(Suggestion.objects.values())
    assert detect(pipeline) == 0
    assert list(Suggestion.objects.values()) == before
    assert pipeline.parses == 1


def test_one_parse_serves_all_detectors(article: Article, detect: Any) -> None:
    pipeline = Pipeline([Detector("first"), Detector("second")])
    assert detect(pipeline) == 2
    assert pipeline.parses == 1
    assert TextLayer.objects.get(article=article).model == "test-1.0"


def test_the_layer_follows_the_model(article: Article, detect: Any) -> None:
    detect(Pipeline())
    detect(Pipeline(model="test-2.0", version="2"))
    assert TextLayer.objects.get(article=article).model == "test-2.0"


def test_a_broken_detector_harms_no_other(detect: Any) -> None:
    assert detect(Pipeline([Detector("bad", find=broken), Detector("good")])) == 1
    assert dict(SuggestionRun.objects.values_list("detector", "state")) == {
        "bad": State.PENDING,
        "good": State.DONE,
    }


def test_an_error_waits_longer_after_each_try_and_is_given_up_after_five(
    article: Article, detect: Any
) -> None:
    pipeline = Pipeline([Detector("bad", find=broken)])
    waits = []
    for _ in range(outbox.MOST_TRIES):
        detect(pipeline, clock=lambda: NOW)
        run = SuggestionRun.objects.get()
        waits.append(run.not_before and (run.not_before - NOW).total_seconds())
        SuggestionRun.objects.filter(state=State.PENDING).update(not_before=None)
    assert waits[:4] == [2.0, 4.0, 8.0, 16.0]
    assert (run.state, run.error) == (State.FAILED, "LookupError: no such word")
    assert pipeline.detectors[0].calls == 5


def test_a_run_is_not_tried_before_its_time(detect: Any) -> None:
    pipeline = Pipeline([Detector("bad", find=broken)])
    detect(pipeline, clock=lambda: NOW)
    detect(pipeline, clock=lambda: NOW + timedelta(seconds=1))
    assert pipeline.detectors[0].calls == 1


def test_a_suggestion_that_does_not_hold_its_quote_fails_the_run_at_once(detect: Any) -> None:
    def shifted(text: str) -> Any:
        good = capitals(text)[0]
        return [good, type(good)(**{**vars(good), "parts": (Part("span", Span(1, 2), "X"),)})]

    detect(Pipeline([Detector("shifted", find=shifted)]))
    run = SuggestionRun.objects.get()
    assert run.state == State.FAILED
    assert "does not hold the text it quotes" in run.error
    assert not Suggestion.objects.exists()


def test_a_score_outside_0_to_1_leaves_nothing_behind(detect: Any) -> None:
    def too_sure(text: str) -> Any:
        return [type(s)(**{**vars(s), "score": 1.5}) for s in capitals(text)]

    detect(Pipeline([Detector("sure", find=too_sure)]))
    assert SuggestionRun.objects.get().state == State.PENDING
    assert not Suggestion.objects.exists()


def test_an_article_too_long_to_parse_says_so_without_being_tried_again(
    make_article: Any, detect: Any
) -> None:
    long = make_article("A" * (detection.LONGEST + 1))
    pipeline = Pipeline()
    detect(pipeline, of=long)
    run = SuggestionRun.objects.get(article=long)
    assert (run.state, pipeline.parses) == (State.FAILED, 0)
    assert "500,001 characters" in run.error


def test_whoever_lost_the_claim_meanwhile_stores_nothing(article: Article, detect: Any) -> None:
    def robbed(text: str) -> Any:
        outbox.release(now=NOW)
        return capitals(text)

    assert detect(Pipeline([Detector("slow", find=robbed)])) == 0
    assert SuggestionRun.objects.get().state == State.PENDING
    assert not Suggestion.objects.exists()


def test_an_article_deleted_meanwhile_is_no_error(article: Article, detect: Any) -> None:
    missing = article.pk
    article.delete()
    assert detection.detect_articles(
        {missing: Pipeline()}, clock=Clock(), draw=lambda: 0.0
    ) == 0


def test_a_missing_language_model_is_one_sentence(settings: Any) -> None:
    settings.SPACY_MODELS = {"en": "no_such_model"}
    detection.loaded.cache_clear()
    with pytest.raises(detection.NoPipeline, match="no_such_model"):
        detection.pipeline()

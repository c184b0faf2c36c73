"""Parts that the machine would propose for a cue: stored with the words, shown as the arm says."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from annotator.corpus.models import Article
from annotator.labeling import detection, outbox
from annotator.labeling.models import Assignment, SuggestionRun, TextLayer
from annotator.labeling.sheets import sheet
from framing.detectors.ghosts import Ghost
from tests.annotator.labeling.pipelines import Pipeline

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
Arm = Assignment.Arm


class Speechless(Pipeline):
    """A pipeline whose proposals fail."""

    def ghosts(self, doc: str) -> list[Ghost]:
        raise LookupError("no such word")


@pytest.fixture
def parsed(article: Article) -> Article:
    return parse(article, Pipeline())


def parse(article: Article, pipeline: Pipeline) -> Article:
    outbox.plan(pipeline.runs)
    detection.detect_articles({article.pk: pipeline}, clock=lambda: NOW, draw=lambda: 0.5)
    return article


def test_they_are_stored_with_the_words(parsed: Article) -> None:
    cue = [0, len("Agitators")]
    said = ["content", len("Agitators "), len(parsed.text)]
    assert TextLayer.objects.get(article=parsed).ghosts == [{"cue": cue, "parts": [said]}]


def test_an_error_in_them_costs_neither_words_nor_suggestions(
    article: Article, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        parse(article, Speechless())
    layer = TextLayer.objects.get(article=article)
    assert (layer.ghosts, layer.tokens) == (None, [[0, len(article.text)]])
    assert SuggestionRun.objects.get().state == SuggestionRun.State.DONE
    assert "no such word" in caplog.text


@pytest.mark.parametrize(("arm", "seen"), [(Arm.SHOWN, 1), (Arm.HIDDEN, None), (Arm.AFTER, None)])
def test_they_go_out_only_where_the_arm_shows_suggestions(
    parsed: Article, assign: Any, arm: Arm, seen: int | None
) -> None:
    layer = sheet(assign(parsed, arm=arm))["layer"]
    assert (layer["ghosts"] and len(layer["ghosts"])) == seen
    assert layer["tokens"]


def test_after_the_first_reading_they_come_with_the_suggestions(
    parsed: Article, assign: Any
) -> None:
    mine = assign(parsed, arm=Arm.AFTER)
    for device in ("loaded_terms", "attribution", "omission"):
        mine.completions.create(device=device, at=NOW)
    assert sheet(mine)["layer"]["ghosts"]


def test_an_older_layer_has_none(parsed: Article, assign: Any) -> None:
    TextLayer.objects.update(ghosts=None)
    assert sheet(assign(parsed))["layer"]["ghosts"] is None


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("dov", 404), ("cy", 404)])
def test_only_the_annotator_of_the_sheet_gets_them(
    parsed: Article, assign: Any, signed_in: Any, who: str, status: int
) -> None:
    client: Client = signed_in(who)
    answer = client.get(f"/api/v1/assignments/{assign(parsed).pk}/suggestions/")
    assert answer.status_code == status
    assert (b'"ghosts":[{' in answer.content) == (status == 200)

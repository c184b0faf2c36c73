"""What the worker's clock does: publish with bounds, plan with or without a language model."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from annotator import queueing
from annotator.corpus.models import Article
from annotator.labeling import comparing, detection, outbox, tasks, vitals
from annotator.labeling.models import Pulse, SuggestionRun
from tests.annotator.labeling import comparers as lines
from tests.annotator.labeling.pipelines import Pipeline


class Queue:
    """A queue that only counts."""

    def __init__(self) -> None:
        self.waiting = 0
        self.sent: list[tuple[int, ...]] = []
        self.soon: tuple[int, ...] = ()

    def send(self, task: str, *article_ids: int, soon: bool) -> None:
        assert task == tasks.detect.name
        self.sent.append(article_ids)
        self.soon += article_ids if soon else ()

    def length(self, _: str) -> int:
        return self.waiting


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    made = Queue()
    monkeypatch.setattr(queueing, "send", made.send)
    monkeypatch.setattr(queueing, "length", made.length)
    return made


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    made = Pipeline()
    monkeypatch.setattr(detection, "reader", lambda _: made)
    monkeypatch.setattr(comparing, "comparer", lines.comparer)
    return made


def test_planning_publishes_what_it_planned(
    article: Article, queue: Queue, pipeline: Pipeline
) -> None:
    assert tasks.plan() == 1
    assert (queue.sent, queue.soon) == ([(article.pk,)], ())


def test_the_language_model_stays_unloaded_while_every_article_has_its_runs(
    article: Article, queue: Queue, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.plan()
    monkeypatch.setattr(detection, "reader", lambda _: pytest.fail("it was loaded"))
    assert tasks.plan() == 0


def test_a_new_version_is_found_by_the_full_planning(
    article: Article, queue: Queue, pipeline: Pipeline
) -> None:
    tasks.plan()
    SuggestionRun.objects.update(state="done")
    pipeline.version = "2"
    assert (tasks.plan(), tasks.plan(1)) == (0, 1)


def test_without_a_language_model_people_are_told(
    article: Article, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: str) -> None:
        raise detection.NoPipeline("The language model 'x' is not installed.")

    monkeypatch.setattr(detection, "reader", missing)
    assert tasks.plan() == 0
    assert Pulse.objects.filter(name=vitals.NO_MODEL).exists()


def test_a_frozen_workers_queue_is_not_piled_up(
    make_article: Any, queue: Queue, pipeline: Pipeline
) -> None:
    for number in range(5):
        make_article(f"Article {number} " + "goes on. " * (outbox.LENGTH // 10))
    queue.waiting = tasks.ROOM
    tasks.plan()
    assert queue.sent == []
    queue.waiting = tasks.ROOM - 2
    assert tasks.sweep() == 2
    assert tasks.sweep() == 2
    assert len(set(queue.sent)) == 4


def test_without_redis_the_rows_stay_due(
    article: Article, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise queueing.Unreachable("away")

    monkeypatch.setattr(queueing, "length", away)
    tasks.plan()
    assert tasks.sweep() == 0
    assert SuggestionRun.objects.get().published_at is None


def test_a_message_for_an_article_that_is_done_does_nothing(
    article: Article, queue: Queue, pipeline: Pipeline
) -> None:
    tasks.plan()
    tasks.detect(article.pk)
    tasks.detect(article.pk)
    assert (pipeline.parses, SuggestionRun.objects.get().state) == (1, outbox.State.DONE)


def test_what_a_killed_worker_held_is_told_again_one_by_one(
    make_article: Any, queue: Queue, pipeline: Pipeline
) -> None:
    articles = [make_article(text).pk for text in ("One goes.", "Two go.")]
    tasks.plan()
    outbox.claim(dict.fromkeys(articles, pipeline.runs), now=timezone.now())
    tasks.give_back(articles)
    assert queue.sent == [(*articles,), *((article,) for article in articles)]
    tasks.detect(*articles)
    assert pipeline.parses == 0
    for article in articles:
        tasks.detect(article)
    assert {run.state for run in SuggestionRun.objects.all()} == {outbox.State.DONE}


def test_a_killed_worker_and_redis_away_leave_the_rows_due(
    make_article: Any, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise queueing.Unreachable("away")

    monkeypatch.setattr(queueing, "send", away)
    articles = [make_article(text).pk for text in ("One goes.", "Two go.")]
    tasks.plan_all()
    outbox.claim(dict.fromkeys(articles, pipeline.runs), now=timezone.now())
    tasks.give_back(articles)
    assert outbox.due(timezone.now()).count() == 2


@pytest.mark.django_db
def test_the_pulse_is_the_workers_sign_of_life() -> None:
    tasks.pulse()
    assert vitals.last_sign() == Pulse.objects.get(name=vitals.WORKER).at

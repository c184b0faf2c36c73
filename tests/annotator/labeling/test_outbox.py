"""The table of runs: planned once, claimed by one, given back by the dead, given up in the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from annotator.corpus.models import Article
from annotator.labeling import outbox
from annotator.labeling.models import Assignment, SuggestionRun
from annotator.labeling.outbox import Message
from framing.detectors.pipeline import Run

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
RUN = Run("first", "1", "loaded_terms", "0" * 16, "test-1.0")
OTHER = Run("second", "1", "attribution", "1" * 16, "test-1.0")
State = SuggestionRun.State


@pytest.fixture
def article(make_article: Any) -> Article:
    return make_article("The Dam held.")


def run_of(article: Article) -> SuggestionRun:
    return SuggestionRun.objects.get(article=article)


def test_planning_twice_makes_each_run_once(article: Article, make_article: Any) -> None:
    assert outbox.plan([RUN, OTHER]) == 2
    make_article("Another one.")
    assert outbox.plan([RUN, OTHER]) == 2
    assert outbox.plan([RUN, OTHER]) == 0
    assert SuggestionRun.objects.count() == 4


def test_planning_some_articles_leaves_the_others_unplanned(
    article: Article, make_article: Any
) -> None:
    make_article("Another one.")
    assert outbox.plan([RUN], articles=Article.objects.filter(pk=article.pk)) == 1
    assert outbox.unplanned()
    outbox.plan([RUN])
    assert not outbox.unplanned()


def test_a_new_version_is_planned_beside_what_the_old_one_finished(article: Article) -> None:
    outbox.plan([RUN])
    SuggestionRun.objects.update(state=State.DONE)
    newer = Run("first", "2", "loaded_terms", "2" * 16, "test-1.0")
    assert outbox.plan([newer]) == 1
    assert sorted(SuggestionRun.objects.values_list("version", "state")) == [
        ("1", "done"),
        ("2", "pending"),
    ]


def test_unfinished_runs_of_a_version_that_is_gone_are_dropped(article: Article) -> None:
    outbox.plan([RUN])
    outbox.plan([Run("first", "2", "loaded_terms", "2" * 16, "test-1.0")])
    assert list(SuggestionRun.objects.values_list("version", flat=True)) == ["2"]


def test_only_one_of_two_workers_gets_a_run(article: Article) -> None:
    outbox.plan([RUN])
    assert list(outbox.claim({article.pk: [RUN]}, now=NOW)[article.pk]) == [RUN]
    assert outbox.claim({article.pk: [RUN]}, now=NOW) == {}


def test_a_worker_takes_no_run_of_a_detector_it_does_not_have(article: Article) -> None:
    outbox.plan([RUN])
    assert outbox.claim({article.pk: [OTHER]}, now=NOW) == {}
    assert run_of(article).state == State.PENDING


@pytest.mark.parametrize(
    ("fields", "is_due"),
    [
        ({"state": "pending"}, True),
        ({"state": "pending", "not_before": NOW}, True),
        ({"state": "pending", "not_before": NOW + timedelta(seconds=1)}, False),
        ({"state": "running", "claimed_at": NOW - timedelta(seconds=100)}, False),
        ({"state": "running", "claimed_at": NOW - outbox.CLAIM - timedelta(seconds=1)}, True),
        ({"state": "running", "claimed_at": NOW - timedelta(days=1), "tries": 5}, False),
        ({"state": "done"}, False),
        ({"state": "failed"}, False),
    ],
)
def test_what_is_due(article: Article, fields: dict[str, Any], is_due: bool) -> None:
    outbox.plan([RUN])
    SuggestionRun.objects.update(**fields)
    assert outbox.due(NOW).exists() is is_due


def test_a_claim_outlives_the_time_limit_of_the_task(settings: Any) -> None:
    assert timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT) < outbox.CLAIM


def test_articles_that_somebody_has_open_are_published_first(
    make_article: Any, people: dict[str, Any]
) -> None:
    articles = [make_article(text) for text in ("One.", "Two.", "Three.")]
    outbox.plan([RUN, OTHER])
    Assignment.objects.create(
        article=articles[2], annotator=people["ada"], position=1, seed=1,
        state=Assignment.State.OPEN, assigned_by=people["rhea"],
    )  # fmt: skip
    published = outbox.to_publish(NOW, room=2, empty=False)
    first, second, third = (article.pk for article in articles)
    assert published == [Message((third,), urgent=True), Message((first, second))]


@pytest.mark.parametrize("room", [0, -3])
def test_a_full_queue_gets_nothing(article: Article, room: int) -> None:
    outbox.plan([RUN])
    assert outbox.to_publish(NOW, room=room, empty=True) == []


def test_what_was_published_is_published_again_only_after_a_while(article: Article) -> None:
    outbox.plan([RUN])
    outbox.mark_published([Message((article.pk,))], now=NOW)
    early, late = (NOW + timedelta(seconds=seconds) for seconds in (29, 31))
    assert outbox.to_publish(early, room=9, empty=False) == []
    assert outbox.to_publish(late, room=9, empty=False) == [Message((article.pk,))]


def test_an_empty_queue_is_told_again_at_once(article: Article) -> None:
    outbox.plan([RUN])
    outbox.mark_published([Message((article.pk,))], now=NOW)
    assert outbox.to_publish(NOW, room=9, empty=True) == [Message((article.pk,))]


def test_what_a_dead_worker_held_is_due_at_once(article: Article) -> None:
    outbox.plan([RUN])
    held = outbox.claim({article.pk: [RUN]}, now=NOW)[article.pk][RUN]
    assert outbox.release(now=NOW, article_id=article.pk + 1) == 0
    assert outbox.release(now=NOW, article_id=article.pk) == 1
    assert outbox.to_publish(NOW, room=9, empty=False) == [Message((article.pk,))]
    assert not outbox.held(held).exists()


def test_an_article_that_kills_every_worker_is_given_up_with_a_reason(article: Article) -> None:
    outbox.plan([RUN])
    for _ in range(outbox.MOST_TRIES):
        assert outbox.claim({article.pk: [RUN]}, now=NOW)
        outbox.release(now=NOW)
    run = run_of(article)
    assert (run.state, run.tries, run.error) == (State.FAILED, 5, outbox.GAVE_OUT)
    assert not outbox.due(NOW).exists()


def test_the_sweep_gives_up_what_ran_out_of_time_too_often(article: Article) -> None:
    outbox.plan([RUN])
    SuggestionRun.objects.update(state=State.RUNNING, tries=5, claimed_at=NOW)
    assert outbox.give_up(now=NOW + timedelta(seconds=5)) == 0
    assert outbox.give_up(now=NOW + outbox.CLAIM + timedelta(seconds=5)) == 1
    assert run_of(article).state == State.FAILED


def test_failed_runs_are_tried_anew_on_request(article: Article) -> None:
    outbox.plan([RUN])
    SuggestionRun.objects.update(state=State.FAILED, tries=5, error="broken")
    assert outbox.retry_failed(Article.objects.all()) == 1
    assert outbox.due(NOW).exists()

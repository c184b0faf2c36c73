"""Progress adds up, and people are warned exactly when suggestions wait in vain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from annotator.corpus.models import Article, Project
from annotator.labeling import outbox, vitals
from annotator.labeling.models import SuggestionRun
from framing.detectors.pipeline import Run

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
RUNS = [
    Run("first", "1", "loaded_terms", "0" * 16, "test-1.0"),
    Run("second", "1", "attribution", "1" * 16, "test-1.0"),
]


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("states", "counted"),
    [
        ((), "waiting"),
        (("pending", "pending"), "waiting"),
        (("done", "pending"), "waiting"),
        (("failed", "pending"), "waiting"),
        (("running", "pending"), "running"),
        (("done", "done"), "done"),
        (("done", "failed"), "failed"),
    ],
)
def test_an_article_counts_once(
    article: Article, project: Project, states: tuple[str, ...], counted: str
) -> None:
    outbox.plan(RUNS[: len(states)])
    for run, state in zip(RUNS, states, strict=False):
        SuggestionRun.objects.filter(outbox.same(run)).update(state=state)
    counts = vars(vitals.progress(project))
    assert counts == {
        "articles": 1, "done": 0, "running": 0, "waiting": 0, "failed": 0, counted: 1
    }  # fmt: skip


def test_the_progress_of_an_empty_project_is_finished(project: Project) -> None:
    assert vitals.progress(project).finished


@pytest.mark.parametrize(
    ("seen", "waiting", "words"),
    [
        (10, 300, ""),
        (75, 300, "no worker has answered for 75 s"),
        (None, 300, "no worker has answered yet"),
        (None, 5, ""),
        (75, None, ""),
    ],
)
def test_the_banner_warns_when_runs_wait_and_nobody_works(
    article: Article, seen: float | None, waiting: float | None, words: str
) -> None:
    if waiting is not None:
        outbox.plan(RUNS)
        SuggestionRun.objects.update(created_at=ago(waiting))
    if seen is not None:
        vitals.beat(vitals.WORKER, now=ago(seen))
    warning = vitals.warning(now=NOW)
    assert words in warning
    assert bool(warning) is bool(words)


def test_the_banner_names_a_missing_language_model(project: Project) -> None:
    vitals.beat(vitals.NO_MODEL, now=ago(20))
    assert "doctor" in vitals.warning(now=NOW)
    assert vitals.warning(now=NOW + timedelta(minutes=10)) == ""


@pytest.mark.parametrize(
    ("pulse", "claimed", "age", "overdue"),
    [
        (10, None, 500, None),
        (61, None, 500, 61),
        (61, 5, 500, None),
        (100, 90, 500, None),
        (200, 140, 500, 140),
        (None, None, 30, None),
        (None, None, 90, 90),
        (500, None, 20, None),
    ],
)
def test_a_worker_hangs_when_it_is_silent_longer_than_its_work_may_take(
    article: Article, pulse: float | None, claimed: float | None, age: float, overdue: float | None
) -> None:
    """``pulse`` and ``claimed``: seconds since each; ``age``: seconds since the worker began."""
    if pulse is not None:
        vitals.beat(vitals.WORKER, now=ago(pulse))
    if claimed is not None:
        outbox.plan(RUNS)
        SuggestionRun.objects.update(state="running", claimed_at=ago(claimed))
    silent = vitals.overdue(now=NOW, age=timedelta(seconds=age))
    assert (silent and silent.total_seconds()) == overdue

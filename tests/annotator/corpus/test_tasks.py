"""The worker's part of an import: due batches are found, hopeless ones given up with a reason."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotator import queueing
from annotator.corpus import importing, tasks
from annotator.corpus.models import ImportBatch, Project

State = ImportBatch.State


@pytest.fixture
def batch(project: Project, settings: Any, tmp_path: Any) -> ImportBatch:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    stream = io.BytesIO(b"The dam held.")
    return importing.do_receive(
        project=project, user=project.created_by, name="one.txt", stream=stream
    )


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    messages: list[tuple[Any, ...]] = []
    monkeypatch.setattr(queueing, "send", lambda *message: messages.append(message))
    monkeypatch.setattr(queueing, "length", lambda _: 0)
    return messages


def test_a_batch_is_imported_once_and_its_articles_are_planned(batch: Any, sent: Any) -> None:
    tasks.import_batch(batch.pk)
    tasks.import_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.articles.count()) == (State.DONE, 1)
    assert ("annotator.labeling.tasks.plan",) in sent


def test_without_redis_the_import_is_done_all_the_same(
    batch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise queueing.Unreachable("away")

    monkeypatch.setattr(queueing, "send", away)
    tasks.import_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == State.DONE


@pytest.mark.parametrize(
    ("state", "lease", "published"),
    [
        (State.PENDING, None, 1),
        (State.PENDING, timedelta(seconds=60), 0),
        (State.RUNNING, timedelta(seconds=60), 0),
        (State.RUNNING, timedelta(seconds=-1), 1),
        (State.DONE, None, 0),
        (State.FAILED, None, 0),
    ],
)
def test_the_sweep_publishes_what_nobody_holds(
    batch: ImportBatch, sent: Any, state: str, lease: timedelta | None, published: int
) -> None:
    ImportBatch.objects.update(state=state, not_before=lease and timezone.now() + lease)
    assert tasks.sweep() == published
    assert sent == [(tasks.import_batch.name, batch.pk)] * published


def test_while_an_import_waits_in_the_queue_no_copy_is_added(
    batch: ImportBatch, sent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queueing, "length", lambda _: 1)
    assert (tasks.sweep(), sent) == (0, [])


def test_an_import_that_never_ends_is_given_up_with_its_place(batch: Any, sent: Any) -> None:
    ImportBatch.objects.update(state=State.RUNNING, tries=5, rows_seen=17)
    tasks.sweep()
    batch.refresh_from_db()
    assert (batch.state, sent) == (State.FAILED, [])
    assert "after row 17" in batch.error

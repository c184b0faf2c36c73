"""What a watcher of the site is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from annotator import health
from annotator.labeling import vitals
from annotator.supervisor import redis_server


def test_healthz_answers_anybody_without_the_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize(("redis", "worker"), [(True, True), (True, False), (False, True)])
def test_without_redis_or_worker_the_site_is_ready_but_degraded(
    client: Client, monkeypatch: pytest.MonkeyPatch, redis: bool, worker: bool
) -> None:
    monkeypatch.setattr(redis_server, "run_id", lambda _: "life" if redis else "")
    if worker:
        vitals.beat(vitals.WORKER, now=timezone.now())
    answer = client.get("/readyz")
    body = answer.json()
    assert (answer.status_code, body["ready"]) == (200, True)
    assert (body["redis"], body["worker"], body["degraded"]) == (
        redis, worker, not (redis and worker)
    )  # fmt: skip


@pytest.mark.django_db
def test_a_database_that_cannot_be_written_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(vitals, "beat", full)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "disk is full" in answer.json()["database"]


@pytest.mark.django_db
def test_missing_migrations_are_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_migrated", lambda: False)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "manage.py migrate" in answer.json()["database"]

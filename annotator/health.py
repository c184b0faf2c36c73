"""Two addresses for whatever watches the site: is the process there, and can it work."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotator.labeling import vitals
from annotator.supervisor import redis_server

WEB = "web"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer, and do nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer 200 when labels can be saved, else 503.

    Without Redis or worker people can still annotate: that is 200 with ``degraded``.
    """
    database = database_problem()
    if database:
        return JsonResponse({"ready": False, "database": database}, status=503)
    signs = vitals.vitals(now=timezone.now())
    redis = bool(redis_server.run_id(settings.CELERY_BROKER_URL))
    worker = signs.worker_age is not None and signs.worker_age <= vitals.SILENCE.total_seconds()
    body: dict[str, Any] = {
        "ready": True,
        "degraded": not (redis and worker),
        "database": "ok",
        "redis": redis,
        "worker": worker,
        "worker_age": signs.worker_age,
        "pending": signs.pending,
        "oldest_pending": signs.oldest_pending,
    }
    return JsonResponse(body)


def database_problem() -> str:
    """Write one row, and see that no migration is missing; return what is wrong, if anything."""
    try:
        if not _migrated():
            return "migrations are missing: run manage.py migrate"
        vitals.beat(WEB, now=timezone.now())
    except DatabaseError as error:
        return f"cannot be written: {error}"
    return ""


def _migrated() -> bool:
    try:
        return _all_applied()
    except _Missing:
        return False


class _Missing(Exception):
    """Raised so that only the good answer is kept."""


@cache
def _all_applied() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _Missing
    return True

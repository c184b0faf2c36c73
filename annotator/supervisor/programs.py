"""The command lines of the three programs that make up the site."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from annotator.supervisor import redis_server
from annotator.supervisor.child import Child

MEMORY = Path("/dev/shm")  # noqa: S108  # gunicorn makes its file there with a random name
WEB = (
    "-m gunicorn annotator.wsgi:application --worker-class gthread --timeout 30 "
    "--graceful-timeout 5 --no-control-socket --log-level warning"
)
WORKER = "-m celery -A annotator worker --beat --without-gossip --without-mingle --loglevel INFO"


def redis(*, socket: Path, var: Path) -> Child:
    """Return our own Redis; its folders are made private. Raises CannotStart."""
    folder = var / "redis"
    redis_server.prepare(socket=socket, folder=folder)
    argv = redis_server.arguments(redis_server.find_server(), socket=socket, folder=folder)
    return Child("Redis", argv, log=var / "log" / "redis.log", env=_environment(), grace=5)


def worker(*, var: Path, processes: int) -> Child:
    argv = [sys.executable, *WORKER.split(), "--concurrency", str(processes)]
    env = {
        **_environment(),
        # Celery warns whoever runs it as root; it takes nothing but JSON from a private socket.
        "PYTHONWARNINGS": "ignore::RuntimeWarning:celery.platforms",
        # Django's checks would load every page and what those need: 70 MB for nothing.
        "CELERY_SKIP_CHECKS": "1",
        # Each process has a processor's worth of work; more threads would only get in the way.
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
    }
    return Child("worker", argv, log=var / "log" / "worker.log", env=env, grace=10)


def web(*, var: Path, host: str, port: int, workers: int, threads: int) -> Child:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    argv = [
        *(sys.executable, *WEB.split(), "--bind", address),
        *("--workers", str(workers), "--threads", str(threads)),
        # The worker's sign of life is a file; on a slow disk it would look dead.
        *("--worker-tmp-dir", str(MEMORY if MEMORY.is_dir() else var / "run")),
    ]
    return Child("web server", argv, log=var / "log" / "web.log", env=_environment(), grace=10)


def _environment() -> Mapping[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}

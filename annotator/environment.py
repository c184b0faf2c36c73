"""Typed readers of environment variables that fail at start with the variable's name."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

SOCKET_LIMIT = 107  # bytes of a Unix socket's path, on Linux


class SettingError(ValueError):
    """An environment variable cannot be used; the message says which and why."""


def text(name: str, *, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, str(default)).strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise SettingError(f"{name}={value!r} is not a yes or no. Use 1 or 0.")


def number(name: str, *, default: int, minimum: int = 0) -> int:
    value = os.environ.get(name, str(default)).strip()
    if not value.isdigit() or int(value) < minimum:
        raise SettingError(f"{name}={value!r} is not a whole number from {minimum} up.")
    return int(value)


def items(name: str, *, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def some_of(name: str, *, default: str, options: tuple[str, ...]) -> list[str]:
    found = items(name, default=default)
    if unknown := [item for item in found if item not in options]:
        raise SettingError(f"{name} names {unknown[0]!r}. Name some of: {', '.join(options)}.")
    return found


def pairs(name: str, *, default: str) -> dict[str, str]:
    """Return ``a=b,c=d`` as a mapping; raises SettingError for what is no pair."""
    found = [item.partition("=") for item in items(name, default=default)]
    for key, sign, value in found:
        if not (key.strip() and sign and value.strip()):
            raise SettingError(f"{name}: {key + sign + value!r} is no pair such as fr=NAME.")
    return {key.strip(): value.strip() for key, _, value in found}


def secret(name: str, *, file: Path) -> str:
    """Return the variable, else the file's content, made with mode 0600 on first use.

    Raises SettingError when others may read the file: a leaked key forges every session.
    """
    if value := os.environ.get(name):
        return value
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(50))
    if file.stat().st_mode & 0o077:
        raise SettingError(f"{file} may be read by others. Run: chmod 600 {file}")
    return file.read_text(encoding="ascii")


def socket_path(path: Path) -> Path:
    """Return ``path``, or a short one among the temporary files where sockets cannot have it.

    The short one depends on ``path`` alone, so that every process finds the same.
    """
    if len(os.fsencode(path)) <= SOCKET_LIMIT:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
    return Path(tempfile.gettempdir(), f"framing-{os.getuid()}-{name}", path.name)

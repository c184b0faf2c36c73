"""Get schemes in and out: from TOML, from the shipped files, to and from plain data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from framing.problems import Problem
from framing.scheme import rules
from framing.scheme.model import Scheme, UnknownNameError
from framing.scheme.reading import read

_FOLDER = files("framing") / "schemes"


class SchemeError(ValueError):
    """A scheme that cannot be used; ``problems`` holds every reason, each with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def parse(text: str) -> Scheme:
    """Read a scheme from TOML. Raises SchemeError with all problems, not only the first."""
    return from_dict(_plain(text))


def reopen(text: str) -> Scheme:
    """Read a scheme that was checked when it was stored.

    Rules made since, such as a key that became reserved, do not apply to it: its annotations must
    stay readable. Raises SchemeError when it cannot be built at all.
    """
    scheme, problems = read(_plain(text))
    if scheme is None:
        raise SchemeError(problems)
    return scheme


def _plain(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    # ValueError is more than TOMLDecodeError: a number of 5,000 digits is one, too.
    except (ValueError, RecursionError) as error:
        reason = str(error) or "nested too deeply"
        raise SchemeError([Problem("", f"this is not TOML: {reason}.",
                                   "Correct the file at that place.")]) from error


def from_dict(data: Mapping[str, Any]) -> Scheme:
    """Read a scheme from plain data such as ``as_dict`` gives. Raises SchemeError."""
    scheme, problems = read(data)
    if scheme is not None:
        problems = rules.problems(scheme)
    if scheme is None or problems:
        raise SchemeError(problems)
    return scheme


def as_dict(scheme: Scheme) -> dict[str, Any]:
    """Return plain data for JSON; the names are the field names of the dataclasses."""
    plain: dict[str, Any] = _lists(asdict(scheme))
    return plain


def shipped() -> tuple[str, ...]:
    """Return the ids of the schemes that come with the package."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def source(id: str) -> str:
    """Return the TOML of a shipped scheme. Raises UnknownNameError."""
    if id not in shipped():
        raise UnknownNameError(f"unknown scheme {id!r}; shipped are: {', '.join(shipped())}")
    return (_FOLDER / f"{id}.toml").read_text(encoding="utf-8")


@cache
def load(id: str = "framing-1") -> Scheme:
    """Return a shipped scheme. Raises UnknownNameError."""
    return parse(source(id))


def _lists(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _lists(value) for name, value in data.items()}
    return [_lists(item) for item in data] if isinstance(data, tuple | list) else data

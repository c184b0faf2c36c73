"""The named values of one row, taken out with their checks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from re import compile as pattern
from urllib.parse import urlsplit

from framing.documents import Document
from framing.formats.decoding import TEXT_LIMIT, checked, forbidden, lf
from framing.offsets import fingerprint
from framing.problems import Problem

FIELD_LIMIT = 1_000
"""Characters of a value that is not a text: an id, a title, an outlet."""

DOCUMENT_FIELDS = ("id", "text", "title", "outlet", "event", "published", "url", "language")

_DAY = pattern(r"\d{4}-\d\d-\d\d")


class RefusedError(Exception):
    """A value that cannot be taken over; carries the Problem. Stays inside ``formats``."""

    def __init__(self, place: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.problem = Problem(place, message, remedy)


class Fields:
    """The values of one row, remembering which were asked for. null counts as missing.

    Every method raises RefusedError with the place and the field's name.
    """

    def __init__(self, values: Mapping[str, object], *, place: str) -> None:
        self.values = {key: value for key, value in values.items() if value is not None}
        self.place = place
        self.used: set[str] = set()

    def at(self, key: str) -> str:
        return f"{self.place}, {key}"

    def refuse(self, key: str, message: str, remedy: str) -> RefusedError:
        return RefusedError(self.at(key), message, remedy)

    def get(self, key: str) -> object:
        self.used.add(key)
        return self.values.get(key)

    def raw(self, key: str) -> str:
        """Return a string of any length, empty when missing."""
        value = self.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.refuse(key, f"{shown(value)} is not a string.", "Put it in quotes.")
        return value

    def line(self, key: str, *, limit: int = FIELD_LIMIT) -> str:
        """Return a storable string, empty when missing."""
        value = self.raw(key)
        if len(value) <= limit and value.isprintable():
            return value  # It holds no newline and nothing forbidden, and most values are such.
        value = lf(value)
        if len(value) > limit:
            raise self.refuse(
                key, f"the value has {len(value):,} characters, more than {limit:,}.", "Shorten it."
            )
        if problem := forbidden(value, place=self.at(key)):
            raise RefusedError(problem.place, problem.message, problem.remedy)
        return value

    def name(self, key: str) -> str:
        """Return a string without tabs, newlines and surrounding white space, empty if missing."""
        value = self.line(key).strip()
        if "\n" in value or "\t" in value:
            raise self.refuse(key, f"{shown(value)} has a tab or a newline.", "Remove it.")
        return value

    def required(self, key: str) -> str:
        value = self.name(key)
        if not value:
            raise self.refuse(key, f"{key!r} is missing.", f"Give every row its {key!r}.")
        return value

    def count(self, key: str) -> int:
        value = self.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            found = "nothing" if value is None else shown(value)
            raise self.refuse(
                key, f"a whole number from 0 is needed, got {found}.", "Count code points."
            )
        return value

    def score(self, key: str) -> float | None:
        value = self.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
            raise self.refuse(key, f"{shown(value)} is not a finite number.", "Give 0 to 1.")
        return float(value)

    def pairs(self, key: str) -> dict[str, str]:
        """Return an object whose values are all strings."""
        value = self.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.refuse(key, f"{shown(value)} is not an object.", 'Write {"name": "value"}.')
        inner = Fields(value, place=self.at(key))
        return {name: inner.line(name, limit=TEXT_LIMIT) for name in inner.values}

    def ignored(self) -> tuple[str, ...]:
        """Name what nobody asked for, as notes."""
        return tuple(f"ignored: {key}" for key in sorted(self.values.keys() - self.used))


def document(fields: Fields) -> Document:
    """Build an article; its id, when missing, is the first 12 digits of its fingerprint."""
    text = checked(fields.raw("text"), place=fields.at("text"))
    if isinstance(text, Problem):
        raise RefusedError(text.place, text.message, text.remedy)
    return Document(
        id=fields.name("id") or fingerprint(text)[:12],
        text=text,
        title=fields.line("title"),
        outlet=fields.name("outlet"),
        event=fields.name("event"),
        published=_published(fields),
        url=_url(fields),
        language=fields.name("language"),
    )


def shown(value: object) -> str:
    """Show a value of a file in a sentence, shortened."""
    text = repr(value) if not isinstance(value, int) else "a number"
    return text if len(text) <= 40 else text[:40] + "…"


def _published(fields: Fields) -> str:
    value = fields.name("published")
    if not value:
        return ""
    try:
        date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        if _DAY.match(value):
            return value
    except ValueError:
        pass
    raise fields.refuse(
        "published", f"{shown(value)} is no ISO 8601 date.", "Write 2026-05-04 or 2026-05-04T18:30."
    )


def _url(fields: Fields) -> str:
    value = fields.line("url", limit=2_000).strip()
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        if parts.scheme in ("http", "https") and parts.hostname and not _spaced(value):
            return value
    except ValueError:
        pass
    remedy = "Give an address that begins with http:// or https://, or leave it empty."
    raise fields.refuse("url", f"{shown(value)} is no web address.", remedy)


def _spaced(value: str) -> bool:
    return any(char.isspace() for char in value)


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False

"""A news article as data: its text, where it came from, and the event it covers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from framing.offsets import fingerprint


@dataclass(frozen=True)
class Document:
    """One article. ``text`` is the only thing that offsets refer to, and it never changes.

    ``title`` may also stand in the text as its first line; when it does not, it is shown but
    cannot be annotated. ``published`` is an ISO 8601 date or date-time, ``language`` a BCP 47 tag;
    both are empty when unknown.
    """

    id: str
    text: str
    title: str = ""
    outlet: str = ""
    event: str = ""
    published: str = ""
    url: str = ""
    language: str = ""

    @cached_property
    def sha256(self) -> str:
        return fingerprint(self.text)

"""Where a place in a text is in other units, and which text it is.

Code points are the unit of the project. UTF-16 units are what browsers count, bytes what some
corpora print; both are converted at the edge and nowhere else.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from framing.spans import Span


def fingerprint(text: str) -> str:
    """Return the hexadecimal SHA-256 of the text's UTF-8 bytes.

    Raises UnicodeEncodeError for lone surrogates, which no stored text may hold.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class OffsetMap:
    """Convert places of one text between code points, UTF-16 units and UTF-8 bytes.

    A place between the halves of a surrogate pair, inside a byte sequence or outside the text
    raises ValueError: rounding would move somebody's annotation.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _utf16(self) -> list[int]:
        return _prefix(self.text, lambda char: 2 if ord(char) > 0xFFFF else 1)

    @cached_property
    def _utf8(self) -> list[int]:
        return _prefix(self.text, lambda char: len(char.encode("utf-8")))

    def to_utf16(self, place: int) -> int:
        return _forward(self._utf16, place, "code point")

    def from_utf16(self, place: int) -> int:
        return _backward(self._utf16, place, "UTF-16 unit")

    def to_bytes(self, place: int) -> int:
        return _forward(self._utf8, place, "code point")

    def from_bytes(self, place: int) -> int:
        return _backward(self._utf8, place, "UTF-8 byte")


def reanchor(text: str, quote: str, *, near: int = 0) -> Span | None:
    """Return the occurrence of ``quote`` that starts closest to ``near``, None if there is none."""
    if not quote:
        return None
    best: int | None = None
    found = text.find(quote)
    while found >= 0:
        if best is None or abs(found - near) < abs(best - near):
            best = found
        found = text.find(quote, found + 1)
    return None if best is None else Span(best, best + len(quote))


def _prefix(text: str, width: Callable[[str], int]) -> list[int]:
    table = [0]
    for char in text:
        table.append(table[-1] + width(char))
    return table


def _forward(table: list[int], place: int, unit: str) -> int:
    if not 0 <= place < len(table):
        raise ValueError(f"{unit} {place} is outside a text of {len(table) - 1} code points")
    return table[place]


def _backward(table: list[int], place: int, unit: str) -> int:
    index = bisect_right(table, place) - 1
    if index < 0 or place > table[-1]:
        raise ValueError(f"{unit} {place} is outside a text of {table[-1]} such units")
    if table[index] != place:
        raise ValueError(f"{unit} {place} lies inside a character")
    return index

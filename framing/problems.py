"""What is wrong with an input, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal a person can act on. ``place`` is a row, a file or a field, as people count."""

    place: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        sentence = f"{self.place}: {self.message}" if self.place else self.message
        return f"{sentence} {self.remedy}".rstrip()

"""What a detector can learn from; a page may name it without loading spaCy."""

from __future__ import annotations

from dataclasses import dataclass

from framing.annotations import Annotation


class TooLittle(ValueError):
    """There is not enough to learn from; the message says what is missing."""


@dataclass(frozen=True)
class Lesson:
    """A document with what each of its readers marked; a single reader stands for gold.

    ``labels`` is what a detector should find in it. ``group`` is never split between learning and
    comparing.
    """

    document: str
    group: str
    text: str
    readers: tuple[tuple[Annotation, ...], ...]
    labels: tuple[Annotation, ...]

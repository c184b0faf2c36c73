"""Sentence encoders to try beside words alone; `minilm` needs requirements-minilm.txt."""

from __future__ import annotations

from collections.abc import Callable

from framing.alignment.vectors import Encoder
from framing.encoders import MiniLM

ENCODERS: dict[str, Callable[[], Encoder]] = {"minilm": MiniLM}


def make(name: str) -> Encoder | None:
    """Return the named encoder, or None for no name."""
    return ENCODERS[name]() if name else None

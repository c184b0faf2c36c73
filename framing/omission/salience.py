"""How much a claim weighs, by where other coverage puts it."""

from __future__ import annotations

from collections.abc import Iterable

HEAD = 3
"""Headline and first three sentences: what stands there is of salience 3."""


def salience(places: Iterable[int], sources: int) -> int:
    """Return 1 to 3 (codebook, section 3) from the sentences before each passage.

    ``sources`` counts the independent ones. Whether a claim changes who seems responsible, which
    would also make it 3, is for people to say.
    """
    if any(place <= HEAD for place in places):
        return 3
    return 2 if sources > 1 else 1

"""How much an omission weighs, and how many of an article a person is asked about first."""

from __future__ import annotations

from collections.abc import Iterable

HEAD = 3
"""Headline and first three sentences: what stands there is of salience 3."""
WORDS_EACH = 400
"""One proposal for so many words is asked first: 1.5 for an article of 600."""
STEP = 0.15
"""What a step of salience adds to a score of 1."""


def salience(places: Iterable[int], sources: int) -> int:
    """Return 1 to 3 (codebook, section 3) from the sentences before each passage.

    ``sources`` counts the independent ones. Whether a claim changes who seems responsible, which
    would also make it 3, is for people to say.
    """
    if any(place <= HEAD for place in places):
        return 3
    return 2 if sources > 1 else 1


def weight(score: float, salience: int) -> float:
    """Return what proposals are ranked by: likely ones first, salience between equals."""
    return score * (1 + STEP * salience)


def asked_first(words: int) -> int:
    """Return how many proposals of an article of that length are shown without being asked for."""
    return max(1, round(words / WORDS_EACH))

"""Word lists as people read them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a list separated by white space."""
    return frozenset(text.split())

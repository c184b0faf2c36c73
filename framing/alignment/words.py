"""What of a word counts when two sentences are compared: its stem, or the number it spells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_SUFFIXES = (
    "isation", "ization", "ational", "ations", "ation", "ators", "ator", "orate", "ating", "ated",
    "ments", "ment", "ances", "ance", "ences", "ence", "ities", "ity", "ness", "ables", "able",
    "ibles", "ible", "ously", "ous", "ions", "ion", "ings", "ing", "ures", "ure", "ists", "ist",
    "isms", "ism", "ships", "ship", "ants", "ant", "ents", "ent", "ates", "ate", "ers", "er",
    "ors", "or", "als", "al", "ed", "es", "ly", "s", "y", "e",
)  # fmt: skip
_LEAST_STEM = 4

NUMBERS: Mapping[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
POWERS: Mapping[str, float] = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "m": 1e6,
                               "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_WORD = re.compile(r"\d[\d.,]*\d|\w+")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@cache
def stem(word: str) -> str:
    """Return what a lower-case word shares with the words derived from it.

    Endings are cut twice at most, so that ``inspectorate`` meets ``inspect``; four letters stay.
    """
    for _ in range(2):
        word = _cut(word)
    return word


def _cut(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
            return word[: -len(suffix)]
    return word


def number(word: str) -> float | None:
    """Return the value of digits or of a number word, None for any other word."""
    if _DIGITS.fullmatch(word):
        return float(word.replace(",", ""))
    return NUMBERS.get(word)


def spelt(stemmed: str, text: str) -> str:
    """Return the first word of the text that has this stem or spells this number, for people."""
    for match in _WORD.finditer(text):
        word = match.group()
        value = number(word.lower())
        if stem(word.lower()) == stemmed or (value is not None and f"{value:g}" == stemmed):
            return word
    return stemmed

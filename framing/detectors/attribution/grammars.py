"""Which languages have a grammar."""

from __future__ import annotations

from collections.abc import Mapping

from framing.detectors.attribution.english.grammar import EnglishGrammar
from framing.detectors.attribution.french.grammar import FrenchGrammar
from framing.detectors.attribution.grammar import Grammar

GRAMMARS: Mapping[str, Grammar] = {"en": EnglishGrammar(), "fr": FrenchGrammar()}


def grammar_of(language: str) -> Grammar:
    """Return the grammar of a language; raises ValueError when there is none."""
    if language not in GRAMMARS:
        raise ValueError(f"There are no attribution rules for the language '{language}'. "
                         f"There are for: {', '.join(GRAMMARS)}.")
    return GRAMMARS[language]

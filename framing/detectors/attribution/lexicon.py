"""The cue words and source words, read once from the tables beside the code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

TABLES = Path(__file__).parent.parent / "lexicons"


@dataclass(frozen=True, slots=True)
class Cue:
    """What one word does as a cue; ``frames`` are the letters explained in the table."""

    stance: str
    attitude: str
    frames: str = ""
    prepositions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lexicon:
    """Cues by lemma. A lemma can have several entries, one for each way of carrying content."""

    verbs: Mapping[str, tuple[Cue, ...]]
    phrases: Mapping[tuple[str, ...], Cue]
    adjectives: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    openers: Mapping[tuple[str, ...], Cue]
    adverbs: Mapping[str, Cue]
    views: Mapping[str, Cue]

    @cached_property
    def phrases_of(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The fixed words by their first, the longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self.phrases, key=len, reverse=True):
            found.setdefault(words[0], []).append(words)
        return {first: tuple(rest) for first, rest in found.items()}

    @cached_property
    def openers_of(self) -> Mapping[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
        """The openers by their first word."""
        firsts = {fixed[0] for fixed in self.openers}
        return {first: tuple((fixed, cue) for fixed, cue in self.openers.items()
                             if fixed[0] == first) for first in firsts}

    def verb(self, lemma: str, frame: str) -> Cue | None:
        """Return the entry under which a verb carries content in this frame."""
        return next((cue for cue in self.verbs.get(lemma, ()) if frame in cue.frames), None)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / name).read_text(encoding="utf-8"))


def _cue(group: Mapping[str, Any]) -> Cue:
    return Cue(group["stance"], group["attitude"], group.get("frames", ""),
               frozenset(group.get("prepositions", "").split()))


def _single(groups: list[dict[str, Any]]) -> dict[str, Cue]:
    return {word: _cue(group) for group in reversed(groups) for word in group["words"].split()}


def _several(groups: list[dict[str, Any]]) -> dict[tuple[str, ...], Cue]:
    return {tuple(words.split()): _cue(group) for group in groups for words in group["words"]}


def _verbs(groups: list[dict[str, Any]]) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for group in groups:
        for word in group["words"].split():
            found.setdefault(word, []).append(_cue(group))
    return {word: tuple(cues) for word, cues in found.items()}


def _lexicon() -> Lexicon:
    table = _table("cues.toml")
    return Lexicon(
        verbs=_verbs(table["verbs"]),
        phrases=_several(table["phrases"]),
        adjectives=_single(table["adjectives"]),
        nouns=_single(table["nouns"]),
        openers=_several(table["openers"]),
        adverbs=_single(table["adverbs"]),
        views=_single(table["views"]),
    )


def _words(table: Mapping[str, Mapping[str, str]], kind: str) -> frozenset[str]:
    return frozenset(table[kind]["words"].split())


CUES = _lexicon()
_SOURCES = _table("sources.toml")
SOURCES: Mapping[str, frozenset[str]] = {kind: _words(_SOURCES, kind) for kind in _SOURCES}
ANONYMOUS_PHRASES = frozenset(_SOURCES["anonymous"]["phrases"].split())

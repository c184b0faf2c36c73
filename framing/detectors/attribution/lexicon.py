"""Cue words and source words as tables: what a language's files hold, and how they are read."""

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


def read_table(name: str) -> dict[str, Any]:
    """Return a file of word lists."""
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


def cue_words(table: Mapping[str, Any]) -> Lexicon:
    """Return the cues of a file; a language without one kind of cue leaves it out."""
    return Lexicon(
        verbs=_verbs(table["verbs"]),
        phrases=_several(table.get("phrases", [])),
        adjectives=_single(table.get("adjectives", [])),
        nouns=_single(table.get("nouns", [])),
        openers=_several(table.get("openers", [])),
        adverbs=_single(table.get("adverbs", [])),
        views=_single(table.get("views", [])),
    )


def source_words(table: Mapping[str, Mapping[str, str]]) -> Mapping[str, frozenset[str]]:
    """Return the words of each kind of source."""
    return {kind: frozenset(group["words"].split()) for kind, group in table.items()}

"""Read the gold sentences: marked parts as spans of the bare text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from framing.spans import Span

HERE = Path(__file__).parent
_MARK = re.compile(r"\{([SCK])(\d?) |(\})")
ROLES = {"S": "source", "C": "cue", "K": "content"}


@dataclass
class Relation:
    """One gold attribution; ``values`` are source type, quote type and stance."""

    parts: dict[str, list[Span]] = field(default_factory=dict)
    values: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class Sentence:
    group: str
    text: str
    relations: tuple[Relation, ...]


def attribution_sentences(name: str = "attribution.toml") -> list[Sentence]:
    table = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    return [_sentence(group["name"], *row) for group in table["groups"] for row in group["rows"]]


def _sentence(group: str, marked: str, values: str) -> Sentence:
    text, relations = _unmarked(marked)
    given = [tuple(v.split()) for v in values.split("|")] if values else []
    assert len(given) == len(relations), f"{marked}: {len(given)} values"
    for relation, three in zip(relations, given, strict=True):
        relation.values = three
    return Sentence(group, text, tuple(relations))


def _unmarked(marked: str) -> tuple[str, list[Relation]]:
    text, at = "", 0
    found: dict[str, Relation] = {}
    opened: list[tuple[str, str, int]] = []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group(3):
            role, number, start = opened.pop()
            relation = found.setdefault(number, Relation())
            relation.parts.setdefault(ROLES[role], []).append(Span(start, len(text)))
        else:
            opened.append((mark.group(1), mark.group(2), len(text)))
    assert not opened, f"{marked}: a part is not closed"
    return text + marked[at:], [found[number] for number in sorted(found)]


LABELS = {
    "sq": "lt.scare_quote", "ep": "lt.epithet", "dy": "lt.dysphemism", "eu": "lt.euphemism",
    "cv": "lt.charged_verb", "ps": "lt.presupposing", "he": "lt.hedge", "sc": "lt.scale",
    "me": "lt.metaphor", "ev": "lt.evaluative",
}  # fmt: skip
_TERM = re.compile(r"\{(\w\w) ([^}]*)\}")


@dataclass(frozen=True)
class LoadedSentence:
    group: str
    text: str
    terms: frozenset[tuple[str, Span]]


def loaded_sentences() -> list[LoadedSentence]:
    table = tomllib.loads((HERE / "loaded_terms.toml").read_text(encoding="utf-8"))
    return [_loaded(group["name"], row) for group in table["groups"] for row in group["rows"]]


def _loaded(group: str, marked: str) -> LoadedSentence:
    text, at, terms = "", 0, set()
    for mark in _TERM.finditer(marked):
        text += marked[at : mark.start()]
        terms.add((LABELS[mark.group(1)], Span(len(text), len(text) + len(mark.group(2)))))
        text += mark.group(2)
        at = mark.end()
    return LoadedSentence(group, text + marked[at:], frozenset(terms))


def news_passages() -> list[Sentence]:
    """Return the passages that estimate performance; their relations have no values."""
    table = tomllib.loads((HERE / "attribution_news.toml").read_text(encoding="utf-8"))
    return [Sentence(group["name"], *_passage(row))
            for group in table["groups"] for row in group["rows"]]


def _passage(marked: str) -> tuple[str, tuple[Relation, ...]]:
    text, relations = _unmarked(marked)
    return text, tuple(relations)


def fresh_french() -> list[Sentence]:
    """Return the French sentences that estimate performance; their relations have no values."""
    table = tomllib.loads((HERE / "attribution_fr.toml").read_text(encoding="utf-8"))
    return [Sentence("fresh", *_passage(row)) for row in table["fresh"]["rows"]]

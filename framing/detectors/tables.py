"""The word lists and weights that ship with the detectors, with what they say about themselves."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.detectors.attribution.lexicon import TABLES
from framing.detectors.logistic import from_dict

WEIGHTS = tuple(TABLES.parent / "loaded_terms" / name
                for name in ("weights.json", "weights_minilm.json"))


@dataclass(frozen=True)
class WordList:
    """A file of words; ``about`` is its opening comment, where its sources stand."""

    name: str
    entries: int
    about: tuple[str, ...]


@dataclass(frozen=True)
class ModelCard:
    """A table of trained weights and what it was made from."""

    name: str
    weights: int
    about: Mapping[str, str | int | float]


def word_lists() -> tuple[WordList, ...]:
    """Return the word lists in the order of their names."""
    return tuple(_word_list(path) for path in sorted(TABLES.glob("*.toml")))


def model_cards() -> tuple[ModelCard, ...]:
    """Return what each shipped table of weights says about itself."""
    return tuple(map(_card, WEIGHTS))


def _card(path: Path) -> ModelCard:
    """Read one file; beside named weights it may have some for an encoder's numbers."""
    data = json.loads(path.read_text(encoding="utf-8"))
    named = from_dict(data.get("plain", data), name=path.name)
    return ModelCard(path.name, len(named.weights) + len(data.get("dense", ())), named.about)


def _word_list(path: Path) -> WordList:
    text = path.read_text(encoding="utf-8")
    return WordList(path.name, sum(1 for _ in _entries(tomllib.loads(text))), _opening(text))


def _opening(text: str) -> tuple[str, ...]:
    lines = text.splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return tuple(line.removeprefix("#").strip() for line in lines[:end])


def _entries(table: Any, key: str = "") -> Iterator[str]:
    """Yield the words of a table: a string of them, or a list of rows."""
    if isinstance(table, Mapping):
        for name, inner in table.items():
            yield from _entries(inner, name)
    elif isinstance(table, list):
        for inner in table:
            yield from [inner] if isinstance(inner, str) else _entries(inner)
    elif isinstance(table, str) and key in ("words", "phrases"):
        yield from table.split()

"""How like the words that readers marked a word means: a table made by an encoder, used without."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from framing.detectors.attribution.lexicon import TABLES


def _levels() -> Mapping[str, int]:
    table = tomllib.loads((TABLES / "likeness.toml").read_text(encoding="utf-8"))
    return {word: int(level) for level, group in table["level"].items()
            for word in group["words"].split()}


LEVELS = _levels()
"""Levels from 1 to 8 by lemma; what is not there has 0."""

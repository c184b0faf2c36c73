"""The English cue words and source words, read once."""

from __future__ import annotations

from framing.detectors.attribution.lexicon import cue_words, read_table, source_words

CUES = cue_words(read_table("cues.toml"))
_SOURCES = read_table("sources.toml")
SOURCES = source_words(_SOURCES)
ANONYMOUS_PHRASES = frozenset(_SOURCES["anonymous"]["phrases"].split())

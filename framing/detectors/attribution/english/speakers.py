"""Tell who can speak from what cannot: "the incident underscores" hands nothing over."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.english.lexicon import SOURCES
from framing.detectors.words import words

CARRIED = words("""
suggest indicate show mean demonstrate prove imply illustrate reveal signal underscore underline
highlight expose require dictate provide stipulate confirm establish support back challenge favour
favor
""")
"""Verbs that people and papers have in common with things and events."""
_PERSONAL = frozenset({"i", "we", "you", "he", "she", "they", "who", "someone", "everyone",
                       "nobody", "anyone", "somebody", "everybody", "his", "her", "their", "my",
                       "our", "him", "them", "us"})
_AGENTIVE = ("er", "or", "ee", "ist", "man", "woman", "people", "ian", "crat", "ant", "folk")
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ism", "sis")
_BODIES = words("""
community majority minority delegation population management establishment federation faction
generation prosecution fraternity congregation leadership
""")
_THINGS = words("""
incident trend check construct attack rise fall change move crisis price issue fact thing way idea
event war problem case success failure process system day year time number storm fire flood drop
gain loss cut jump sale cost rate dollar market lack delay death virus disease history effort need
weather temperature bomb gun car house street building road effect result drought blast bridge
""")


def is_carrier(token: Token) -> bool:
    """Tell whether a word is listed as something that carries content, or names somebody."""
    if token.pos_ == "PROPN" or token.lower_ in _PERSONAL:
        return True
    lemma = token.lemma_.lower()
    return any(lemma in known for known in SOURCES.values()) or (
        token.pos_ == "NOUN" and lemma.endswith(_AGENTIVE) and lemma not in _THINGS)


def can_speak(token: Token) -> bool:
    """Tell whether nothing speaks against a word's being a source."""
    if is_carrier(token):
        return True
    lemma = token.lemma_.lower()
    if token.lower_ in ("this", "that", "these", "which", "there", "what"):
        return token.tag_ in ("WDT", "WP") and token.lower_ != "what"
    return lemma in _BODIES or (lemma not in _THINGS and not lemma.endswith(_ABSTRACT))

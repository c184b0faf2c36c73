"""Decide what kind of source a French phrase names."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.french.lexicon import SOURCES
from framing.detectors.attribution.french.trees import infinitive_of, plain
from framing.detectors.attribution.page import Page

_PERSONAL = frozenset({"il", "elle", "-il", "-elle", "lui", "celui-ci", "celle-ci", "qui"})
_DEFINITE = frozenset({"le", "la", "l'", "son", "sa", "notre", "leur", "ce", "cet", "cette"})
_SEVERAL = frozenset({"les", "des", "ses", "leurs", "ces", "plusieurs", "certains", "quelques"})
_HIDDEN = frozenset({"anonyme", "anonymat", "proche", "proches", "requis"})


def source_type(page: Page, draft: Draft) -> str:
    """Return the kind of source; the order of the tests is the codebook's."""
    head = draft.person
    if not draft.sources or head is None:
        return "unattributed"
    phrase = list(page.doc[draft.sources[0][0] : draft.sources[0][1]])
    inner = {plain(t) for t in phrase}
    if plain(head).lstrip("-") in SOURCES["author"]:
        return "author"
    if plain(head) in _PERSONAL:
        return "named_person"
    if draft.head is not None and infinitive_of(draft.head) == "titrer":
        return "other_media"
    if head.pos_ == "PRON" or inner & SOURCES["generic"]:
        return "generic_group"
    front = {plain(t) for t in phrase if t.i <= head.i}
    return _named(head, phrase, inner, front) or _described(head, inner, front)


def _named(head: Token, phrase: list[Token], inner: set[str], front: set[str]) -> str:
    """Return the kind of a source with a name in it, empty when there is none.

    ``front`` holds its words up to the head.
    """
    names = [t for t in phrase if t.text[:1].isupper() and (
        t.pos_ == "PROPN" or not t.is_sent_start) and plain(t) not in _DEFINITE | _SEVERAL]
    if inner & SOURCES["other_media"] and not inner & SOURCES["person"]:
        return "other_media"
    if not names:
        return ""
    if plain(head) in SOURCES["document"]:
        return "document"
    if inner & (SOURCES["person"] | SOURCES["title"]):
        return "named_person"
    short = any(t.is_upper and len(t) > 1 for t in names)
    body = bool(front & SOURCES["institution"]) or short or plain(phrase[0]) in _DEFINITE
    return "institution" if body else "named_person"


def _described(head: Token, inner: set[str], front: set[str]) -> str:
    """Read a source without a name; ``front`` holds its words up to the head."""
    word = plain(head)
    singular = word[:-1] if word.endswith(("s", "x")) and word not in SOURCES["person"] else word
    known = {word, singular}
    several = bool(front & _SEVERAL) or "Plur" in head.morph.get("Number", [])
    if known & SOURCES["anonymous"] and (inner & _HIDDEN or "source" in known):
        return "anonymous"
    if known & SOURCES["document"]:
        return "document"
    if known & SOURCES["institution"]:
        return "generic_group" if several else "institution"
    if several:
        return "generic_group"
    if known & SOURCES["office"] and front & _DEFINITE:
        return "named_person"
    if known & SOURCES["person"]:
        return "named_person" if front & _DEFINITE else "anonymous"
    return "institution"

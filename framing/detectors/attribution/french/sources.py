"""Decide what kind of source a French phrase names."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.french.lexicon import SOURCES
from framing.detectors.attribution.french.trees import infinitive_of, plain
from framing.detectors.attribution.page import Page

_PERSONAL = frozenset({"il", "elle", "-il", "-elle", "lui", "celui-ci", "celle-ci", "qui"})
_HIS = frozenset({"sa", "son", "ses"})
_DEFINITE = frozenset({"le", "la", "l'", "son", "sa", "notre", "leur", "ce", "cet", "cette"})
_SEVERAL = frozenset({"les", "des", "ses", "leurs", "ces", "plusieurs", "certains", "quelques"})
_TITLES = frozenset({"M.", "Mme", "Maître", "Madame", "Monsieur", "Me"})
_BACK = 150
_WIDE = 12
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
    if plain(head) in _PERSONAL | _HIS:
        return "named_person"
    if draft.head is not None and infinitive_of(draft.head) == "titrer":
        return "other_media"
    if head.pos_ == "PRON" or plain(head) in ("leur", "leurs") or inner & SOURCES["generic"]:
        return "generic_group"
    front = {plain(t) for t in phrase if t.i <= head.i}
    if phrase[0].i and plain(page.doc[phrase[0].i - 1]) in ("du", "au"):
        front.add("le")
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


def source_entity(page: Page, draft: Draft) -> str:
    """Return the name that "il" or "elle" stands for: the nearest named subject of that gender."""
    head = draft.person
    pronoun = plain(head).lstrip("-") if head is not None and draft.sources else ""
    if head is None or pronoun not in ("il", "elle"):
        return ""
    for index in range(head.i - 1, max(-1, head.i - _BACK), -1):
        token = page.doc[index]
        if token.dep_ in ("nsubj", "nsubj:pass") and not page.quoted(index):
            name = _person_in(page, token)
            if name and _gender(token) in ("", pronoun):
                return name
    return ""


def _person_in(page: Page, head: Token) -> str:
    """Return the longest run of names in a subject, empty for a body or a place."""
    phrase = [t for t in head.subtree if abs(t.i - head.i) < _WIDE]
    if {plain(t) for t in phrase} & SOURCES["institution"] or any(
            t.is_upper and len(t) > 1 for t in phrase):
        return ""
    runs: list[list[str]] = [[]]
    for token in phrase:
        if token.pos_ == "PROPN" and token.text[:1].isupper():
            runs[-1].append(token.text)
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=len)
    surname = longest[-1] if longest else ""
    titled = any(t.text in _TITLES for t in phrase)
    bare = head.pos_ == "PROPN" and plain(page.doc[head.left_edge.i]) not in _DEFINITE
    plain_name = len(longest) > 1 or (surname and (titled or bare))
    return _full(page, surname, longest) if plain_name else ""


def _full(page: Page, surname: str, known: list[str]) -> str:
    """Return the fullest form under which the article names this surname."""
    best = known
    for token in page.doc:
        if token.text == surname and token.i and token.nbor(-1).pos_ == "PROPN" and len(best) < 2:
            best = [token.nbor(-1).text, surname]
    return " ".join(word for word in best if word not in _TITLES)


def _gender(head: Token) -> str:
    """Return the pronoun that fits a subject, empty when nothing tells."""
    marks = {plain(t) for t in head.subtree if t.i <= head.i} | {
        g for t in head.subtree if t.pos_ in ("NOUN", "DET") for g in t.morph.get("Gender", [])}
    if marks & {"mme", "madame", "la", "une", "elle"}:
        return "elle"
    return "il" if marks & {"m.", "monsieur", "le", "un", "il"} else ""


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

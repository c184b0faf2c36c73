"""Decide the attributes of an attribution: kind of source, of quotation, stance, attitude."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.lexicon import ANONYMOUS_PHRASES, SOURCES
from framing.detectors.attribution.page import Page, Range
from framing.detectors.words import words

_PLURAL = ("NNS", "NNPS")
_COLLECTIVE = words("""people public many some others most few media everyone nobody
""")


def attributes(page: Page, draft: Draft) -> dict[str, str]:
    """Return the attributes of the codebook that the text decides."""
    found = {
        "quote_type": quote_type(page, draft.contents),
        "source_type": source_type(page, draft),
        "cue_stance": draft.entry.stance if draft.cue and draft.entry else "none",
        "attitude": draft.entry.attitude if draft.entry else "assertion",
    }
    entity = source_entity(page, draft)
    return {**found, "source_entity": entity} if entity else found


def quote_type(page: Page, contents: list[Range]) -> str:
    words = [i for a, b in contents for i in range(a, b)
             if not (page.doc[i].is_punct or page.doc[i].is_space or page.doc[i].is_quote)]
    marked = sum(page.quoted(i) for i in words)
    if not marked:
        return "indirect"
    return "direct" if marked == len(words) else "mixed"


def source_type(page: Page, draft: Draft) -> str:
    """Return the kind of source; the order of the tests is the codebook's."""
    person = draft.person
    if not draft.sources or person is None:
        return "unattributed"
    words = [page.doc[i] for i in range(*draft.sources[0])]
    lower = {w.lower_ for w in words}
    lemma = person.lemma_.lower()
    if person.lower_ in SOURCES["author"]:
        return "author"
    if person.pos_ == "PRON":
        return _pronoun(person)
    if _is_media(words, person):
        return "other_media"
    if lemma in SOURCES["document"] and person.pos_ != "PROPN":
        return "document"
    if _is_anonymous(words, lower, person):
        return "anonymous"
    return _people_or_body(words, lower, person)


def _people_or_body(words: list[Token], lower: set[str], person: Token) -> str:
    lemma = person.lemma_.lower()
    if lemma in SOURCES["institution"] or person.lower_ in SOURCES["place"]:
        return "generic_group" if person.tag_ in _PLURAL and not _names(words) else "institution"
    if person.pos_ == "PROPN":
        return _named(words, lower)
    if _names(words) and person.tag_ not in _PLURAL:
        return "named_person"
    if person.tag_ in _PLURAL or lemma in _COLLECTIVE:
        return "generic_group"
    definite = "the" in lower or any(w.dep_ == "poss" for w in words)
    if lemma in SOURCES["office"] and definite:
        return "named_person"
    return "named_person" if lemma in SOURCES["person"] and definite else "anonymous"


def _names(words: list[Token]) -> bool:
    return any(w.pos_ == "PROPN" and not w.is_upper for w in words[1:]) or (
        words[0].pos_ == "PROPN")


def _named(words: list[Token], lower: set[str]) -> str:
    names = [w for w in words if w.pos_ == "PROPN"]
    if lower & SOURCES["title"]:
        return "named_person"
    bodies = SOURCES["institution"] | SOURCES["place"]
    if any(w.lower_ in bodies for w in names) or words[0].lower_ == "the":
        return "institution"
    if any(w.is_upper and len(w) > 1 for w in names):
        return "institution"
    return "named_person"


def _is_media(words: list[Token], person: Token) -> bool:
    named = any(w.pos_ == "PROPN" and w.lower_ in SOURCES["other_media"] for w in words)
    plain = person.lemma_.lower() in SOURCES["other_media"] and person.pos_ != "PROPN"
    return (named and person.pos_ == "PROPN" and person.lower_ in SOURCES["other_media"]) or (
        plain and person.lemma_.lower() not in SOURCES["document"])


def _is_anonymous(words: list[Token], lower: set[str], person: Token) -> bool:
    if person.pos_ == "PROPN" or any(w.pos_ == "PROPN" and w.dep_ in ("appos", "compound")
                                     for w in words):
        return False
    hidden = {w.lemma_.lower() for w in words} | lower
    if person.lemma_.lower() in ("source", "insider", "whistleblower"):
        return True
    return person.lemma_.lower() in SOURCES["anonymous"] and bool(hidden & ANONYMOUS_PHRASES)


def _pronoun(person: Token) -> str:
    if person.lower_ in ("he", "she"):
        return "named_person"
    if person.lower_ == "it":
        return "institution"
    if person.lower_ in ("who", "which", "that"):
        return "named_person"
    return "generic_group"


def source_entity(page: Page, draft: Draft) -> str:
    """Return the fullest name that a pronoun or a surname stands for, empty when unclear."""
    person = draft.person
    if person is None or not draft.sources:
        return ""
    if person.lower_ in ("he", "she"):
        return _name_before(page, draft.sources[0][0])
    return ""


def _name_before(page: Page, index: int) -> str:
    """Return the nearest subject before that is a person's name."""
    first = max(0, index - 120)
    for at in range(index - 1, first - 1, -1):
        token = page.doc[at]
        if token.pos_ == "PROPN" and token.dep_ in ("nsubj", "nsubjpass", "pobj", "appos"):
            name = [t for t in token.subtree if t.pos_ == "PROPN" and t.i <= token.i
                    and t.dep_ in ("compound", token.dep_)]
            words = {t.lower_ for t in name}
            if token.dep_ != "pobj" and not words & (SOURCES["institution"] | SOURCES["place"]):
                return " ".join(t.text for t in name)
    return ""

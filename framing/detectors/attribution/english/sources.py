"""Decide what kind of source a phrase names, and whom a pronoun or surname stands for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.lexicon import ANONYMOUS_PHRASES, SOURCES
from framing.detectors.attribution.page import Page

_PLURAL = ("NNS", "NNPS")
_COLLECTIVE = frozenset({"people", "public", "many", "some", "others", "most", "few", "everyone"})
_AGENTIVE = ("er", "or", "ee", "ist", "man", "woman", "person", "eer", "ian", "master", "mistress")
COMPASS = frozenset({"north", "south", "new", "east", "west", "great", "san", "los", "united",
                     "saudi", "hong", "sri", "costa", "el", "las"})
"""First words of places that have two."""
_BACK = 150
"""How many tokens before a pronoun are searched for a name."""


def source_type(page: Page, draft: Draft) -> str:
    """Return the kind of source; the order of the tests is the codebook's."""
    head = draft.person
    if not draft.sources or head is None:
        return "unattributed"
    phrase = list(page.doc[draft.sources[0][0] : draft.sources[0][1]])
    if head.lower_ in SOURCES["author"]:
        return "author"
    if head.pos_ == "PRON":
        return _pronoun(page, head, phrase)
    if head.tag_ in ("NNP", "NNPS") and head.lower_.removesuffix("s") in SOURCES["person"] and (
            head.lower_.endswith("s")):
        return "generic_group"  # a headline's "Dock Workers"
    if _is_name(head) or head.text in _people(page):
        return _named(page, head, phrase, draft)
    return _described(head, phrase)


def _pronoun(page: Page, head: Token, phrase: list[Token]) -> str:
    if len(phrase) > 1 and any(_is_name(t) for t in phrase):
        return "named_person"
    if head.lower_ in ("he", "she", "his", "her", "who"):
        return "named_person"
    if head.lower_ in ("it", "its", "which"):
        return _antecedent_type(page, head)
    return "anonymous" if head.lower_ in ("one", "another", "someone") else "generic_group"


def _antecedent_type(page: Page, head: Token) -> str:
    """Return document when the last thing that could speak was a paper, otherwise a body."""
    for index in range(head.i - 1, max(-1, head.i - 60), -1):
        token = page.doc[index]
        if token.dep_ in ("nsubj", "nsubjpass", "pobj") and token.pos_ == "NOUN":
            if token.lemma_.lower() in SOURCES["document"]:
                return "document"
            if token.lemma_.lower() in SOURCES["institution"]:
                return "institution"
    return "institution"


def _is_name(token: Token) -> bool:
    """Tell whether a word is written as a name, whatever the tagger made of it."""
    if token.pos_ == "PROPN":
        return token.text[:1].isupper() or token.lower_ in SOURCES["place"]
    listed = any(token.lemma_.lower() in known for known in SOURCES.values())
    return (token.text[:1].isupper() and not token.is_sent_start and token.pos_ in ("NOUN", "ADJ")
            and not listed)


def _named(page: Page, head: Token, phrase: list[Token], draft: Draft) -> str:
    # What follows the name tells more than what it looks like: "Corvane Power, which ...".
    clause = next((t.lower_ for t in phrase if t.i > head.i and t.lower_ in ("who", "which")), "")
    if clause == "who":
        return "named_person"
    front = [t for t in phrase if t.i <= head.i]
    if _is_outlet(head, front, draft):
        return "other_media"
    if clause == "which":
        return "institution"
    plain = {t.lemma_.lower() for t in front if t.text[:1].islower()}
    titled = {t.lower_.rstrip(".") for t in front} & SOURCES["title"]
    if head.lower_ in SOURCES["document"] and not titled:
        return "document"
    if titled or plain & SOURCES["person"]:
        return "named_person"
    return "institution" if _is_body(page, head, front, plain) else "named_person"


def _is_body(page: Page, head: Token, front: list[Token], plain: set[str]) -> bool:
    names = [t for t in front if _is_name(t)]
    bodies = SOURCES["institution"] | SOURCES["place"] | SOURCES["company"]
    if plain & SOURCES["institution"]:
        return True
    if head.text in _people(page) and "the" not in {t.lower_ for t in front}:
        return False
    if any(t.lower_ in bodies for t in names) or any(t.is_upper and len(t) > 1 for t in names):
        return True
    return "the" in {t.lower_ for t in front} or head.tag_ == "NNPS"


def _is_outlet(head: Token, front: list[Token], draft: Draft) -> bool:
    """An outlet has a press word in its name, or an article and a verb of reporting."""
    if head.lower_ in SOURCES["other_media"]:
        return True
    verb = draft.head.lemma_ if draft.head is not None else ""
    if verb in ("report", "write", "publish") and front[0].lower_ == "the" and len(front) <= 4:
        return all(_is_name(t) for t in front[1:])
    return False


def _described(head: Token, phrase: list[Token]) -> str:
    lemma, inner = head.lemma_.lower(), {t.lower_ for t in phrase} | {t.lemma_ for t in phrase}
    own = {c.lower_ for c in head.children if c.dep_ in ("det", "poss", "predet")}
    definite = "the" in own or any(c.dep_ == "poss" for c in head.children)
    if lemma in SOURCES["document"] and lemma not in SOURCES["other_media"]:
        return "document"
    if lemma in SOURCES["other_media"]:
        return "other_media"
    if _is_hidden(lemma, inner):
        return "anonymous"
    if lemma == "police" or lemma in SOURCES["institution"]:
        several = head.tag_ in _PLURAL and lemma != "police"
        return "generic_group" if several else "institution"
    if any(_is_name(t) and t.dep_ in ("appos", "compound") for t in phrase) and (
            head.tag_ not in _PLURAL):
        return "named_person" if lemma in SOURCES["person"] else "institution"
    if lemma in SOURCES["thing"]:
        return "document"
    if head.tag_ in _PLURAL or lemma in _COLLECTIVE or head.pos_ == "ADJ":
        return "generic_group"
    if lemma in SOURCES["person"] | SOURCES["office"] or lemma.endswith(_AGENTIVE):
        # A headline drops the article of an office that only one person holds.
        bare = not own and head.tag_ == "NN" and lemma in SOURCES["office"]
        return "named_person" if definite or bare else "anonymous"
    return "institution"


def _is_hidden(lemma: str, inner: set[str]) -> bool:
    """Tell whether the phrase says that the name is withheld."""
    if lemma in ("source", "insider", "whistleblower", "informant"):
        return True
    people = SOURCES["anonymous"] | SOURCES["person"]
    return lemma in people and bool(inner & ANONYMOUS_PHRASES)


@lru_cache(maxsize=1)
def _people(page: Page) -> dict[str, str]:
    """Return surname -> fullest name for the people of an article."""
    found: dict[str, str] = {}
    for name in _names(page):
        ends = [n for n, t in enumerate(name) if t.lower_.rstrip(".") in SOURCES["title"]]
        words = [t.text for t in name[ends[-1] + 1 if ends else 0 :]]
        bodies = SOURCES["institution"] | SOURCES["company"]
        if len(words) < 2 or words[0].lower() in SOURCES["place"] | COMPASS or any(
                w.lower() in bodies or w.isupper() for w in words):
            continue
        if name[0].i == 0 or page.doc[name[0].i - 1].lower_ != "the":
            found[words[-1]] = max(found.get(words[-1], ""), " ".join(words), key=len)
    return found


def _names(page: Page) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in page.doc:
        if token.pos_ == "PROPN" and token.text[:1].isupper() and len(run) < 5:
            run.append(token)
        else:
            if run:
                yield run
            run = []
    if run:
        yield run


def source_entity(page: Page, draft: Draft) -> str:
    """Return the fullest name that a pronoun or surname stands for, empty when unclear."""
    head = draft.person
    if head is None or not draft.sources:
        return ""
    if head.lower_ in ("he", "she"):
        return _name_before(page, head.i)
    width = draft.sources[0][1] - draft.sources[0][0]
    full = _people(page).get(head.text, "")
    return full if _is_name(head) and width == 1 and full != head.text else ""


def _name_before(page: Page, index: int) -> str:
    """Return the nearest subject before a pronoun that is a person's name."""
    people = _people(page)
    for at in range(index - 1, max(-1, index - _BACK), -1):
        token = page.doc[at]
        if token.pos_ != "PROPN" or page.quoted(at):
            continue
        known = token.text in people and token.dep_ in ("nsubj", "nsubjpass", "appos")
        if known or (token.dep_ == "nsubj" and _starts_alone(token)):
            return people.get(token.text, token.text)
    return ""


def _starts_alone(token: Token) -> bool:
    bodies = SOURCES["institution"] | SOURCES["place"] | SOURCES["company"] | SOURCES["other_media"]
    alone = token.left_edge.i == token.i and not token.is_upper
    return alone and token.lower_ not in bodies

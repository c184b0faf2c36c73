"""Propose words of the table of loaded terms where their surroundings allow it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from framing.detectors.attribution.lexicon import TABLES
from framing.detectors.attribution.page import Page
from framing.detectors.loaded_terms.finding import Finding
from framing.detectors.loaded_terms.senses import NEEDS

_ABOUT_RULE = {
    "lt.epithet": "names someone by a verdict",
    "lt.dysphemism": "is a harsher name for something that has a plain one",
    "lt.euphemism": "is a softer name for something that has a plain one",
    "lt.charged_verb": "adds force or motive to the act",
    "lt.hedge": "adds doubt",
    "lt.metaphor": "is a figure from a bad or violent domain",
    "lt.evaluative": "states a judgement as if it described",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the table: lemmas in a row and what they do."""

    label: str
    words: tuple[str, ...]
    score: float
    polarity: str
    alternative: str
    pos: frozenset[str]
    needs: str


def _terms() -> Mapping[str, tuple[Term, ...]]:
    table = tomllib.loads((TABLES / "loaded.toml").read_text(encoding="utf-8"))
    found: dict[str, list[Term]] = {}
    for group in table["terms"]:
        for row in group["words"]:
            words, _, plain = row.partition("=")
            term = Term(group["label"], tuple(words.split()), group["score"],
                        group["polarity"], plain.strip(), frozenset(group.get("pos", "").split()),
                        group.get("needs", ""))
            found.setdefault(term.words[0], []).append(term)
    return {first: tuple(sorted(terms, key=lambda t: -len(t.words)))
            for first, terms in found.items()}


TERMS = _terms()


def lexical(page: Page) -> Iterator[Finding]:
    """Yield each place where a term of the table stands and its test holds."""
    for token in page.doc:
        for term in _candidates(token):
            end = _matched(page, token, term)
            if end and _fits(page, token, page.doc[end - 1], term):
                yield _finding(page, token.i, end, term)
                break


def _candidates(token: Token) -> tuple[Term, ...]:
    lemma, lower = token.lemma_.lower(), token.lower_
    found = TERMS.get(lemma, ())
    if lower != lemma:
        found = (*found, *TERMS.get(lower, ()))
    return (*found, *_hyphenated(token))


def _hyphenated(token: Token) -> tuple[Term, ...]:
    """Terms written with a hyphen, which the tokenizer cuts in three."""
    doc = token.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].text not in ("-", "‑") or token.whitespace_:
        return ()
    joined = f"{token.lower_}-{doc[token.i + 2].lower_}"
    singular = f"{token.lower_}-{doc[token.i + 2].lemma_.lower()}"
    return TERMS.get(joined, ()) or TERMS.get(singular, ())


def _matched(page: Page, token: Token, term: Term) -> int:
    """Return where a term that begins at this token ends, 0 when it does not stand there."""
    at = token.i
    for word in term.words:
        size = 1 + 2 * word.count("-") if "-" in word and page.doc[at].lower_ != word else 1
        if at + size > len(page.doc) or not _same(page, at, size, word):
            return 0
        at += size
    return at


def _same(page: Page, at: int, size: int, word: str) -> bool:
    if size == 1:
        token = page.doc[at]
        return word in (token.lower_, token.lemma_.lower())
    *front, last = page.doc[at : at + size]
    start = "".join(t.lower_ for t in front).replace("‑", "-")
    return word in (start + last.lower_, start + last.lemma_.lower())


def _fits(page: Page, first: Token, last: Token, term: Term) -> bool:
    tested = first if "VERB" in term.pos else last
    if term.pos and tested.pos_ not in term.pos and not _headline_verb(page, tested, term):
        return False
    if len(term.words) == 1 and tested.pos_ == "PROPN" and _in_name(tested):
        return False
    if tested.pos_ == "ADJ" and _has_object(tested):
        return False
    return NEEDS[term.needs](last)


def _has_object(token: Token) -> bool:
    """Tell whether an adjective of the parse is a verb: "delete or corrupt the files"."""
    doc, at = token.doc, token.i
    return (0 < at < len(doc) - 1 and doc[at - 1].pos_ in ("CCONJ", "PART")
            and doc[at + 1].pos_ in ("DET", "PRON"))


def _in_name(token: Token) -> bool:
    """Tell whether a capitalised word is a piece of a longer name."""
    doc = token.doc
    if not token.text[0].isupper():
        return False
    near = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
    return not token.is_sent_start and any(t.pos_ == "PROPN" and t.text[0].isupper() for t in near)


def _headline_verb(page: Page, token: Token, term: Term) -> bool:
    """A headline's present tense is often taken for a noun: "Agitators storm dam"."""
    if "VERB" not in term.pos or page.paragraph(token.i) > 0 or token.i == 0:
        return False
    before = page.doc[token.i - 1]
    return (before.tag_ in ("NNS", "NNPS", "NNP") and token.pos_ == "NOUN"
            and page.doc[page.paragraphs[0][1] - 1].text != ".")


def _finding(page: Page, start: int, end: int, term: Term) -> Finding:
    while page.doc[end - 1].lower_ in ("to", "of", "on") and end - 1 > start:
        end -= 1  # The word that gave it away carries nothing itself.
    words = page.span((start, end)).quote(page.text)
    why = f"'{words}' {_ABOUT_RULE[term.label]}"
    if term.alternative:
        why += f"; plainer: '{term.alternative}'"
    return Finding(term.label, (start, end), term.score,
                   f"{term.label.removeprefix('lt.')}.table", why, term.polarity, term.alternative)

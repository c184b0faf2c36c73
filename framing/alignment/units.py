"""Cut a parsed article into the clauses that can state a fact, each with what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from framing.alignment.words import POWERS, number, stem
from framing.detectors.words import words
from framing.spans import Span, trimmed

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "X", "INTJ"})
LEAST_TERMS = 3
"""Content words that a clause needs to stand alone."""

LAST_NAME = 0.8
FIRST_NAME = 0.3
"""A name of several words is one thing in common, and two claims often share a speaker."""

_EMPTY = words("""
be have do say tell add get make go come take give let use can will would could should may might
must shall also still just already only even yet again now then there here very more most much many
other another such own same so too well else however meanwhile mr mrs ms dr
""")
_CLAUSES = frozenset({"conj", "ccomp", "parataxis", "advcl", "dep"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a clause of one that could stand alone.

    ``terms`` maps what the unit is about to a weight before rarity is known: ``=word`` (stems),
    ``#n`` (numbers), ``@name`` (names).
    ``place`` counts the sentences before it.
    """

    document: str
    place: int
    span: Span
    terms: Mapping[str, float]


def units(doc: Doc, document: str) -> list[Unit]:
    """Return the units of an article in text order; white space and bare marks are none."""
    found = []
    text = doc.text  # joined anew each time it is asked for
    for place, sentence in enumerate(doc.sents):
        for tokens in _clauses(sentence):
            terms = _terms(tokens)
            if terms:
                span = trimmed(Span(tokens.start_char, tokens.end_char), text)
                found.append(Unit(document, place, span, terms))
    return found


def spelling(doc: Doc, span: Span, term: str) -> str:
    """Return the word of a unit that a term stands for, empty when the unit has no such term."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    for token in tokens if tokens is not None else ():
        if term.startswith("#"):
            value = number(token.lower_)
            if value is not None and f"#{value:g}" == term:
                return token.text
        elif _counts(token) and any(found == term for found, _ in _word_terms(token)):
            return token.text
    return ""


def _clauses(sentence: Tokens) -> Iterator[Tokens]:
    """Cut before a coordinated clause that has its own subject, and after a semicolon."""
    doc = sentence.doc
    start = sentence.start
    for token in sentence:
        cut = _cut_before(token, sentence)
        if cut is not None and _weight(doc, start, cut) >= LEAST_TERMS <= _weight(
                doc, cut, sentence.end):
            yield doc[start:cut]
            start = cut
    yield doc[start : sentence.end]


def _cut_before(token: Token, sentence: Tokens) -> int | None:
    if token.text == ";":
        return token.i + 1 if token.i + 1 < sentence.end else None
    if token.dep_ != "cc" or token.head.pos_ not in {"VERB", "AUX"}:
        return None
    after = [c for c in token.head.children if c.dep_ == "conj" and c.i > token.i]
    if after and any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in after[0].children):
        return token.i
    return None


def _weight(doc: Doc, start: int, end: int) -> int:
    return sum(_counts(token) for token in doc[start:end])


def _counts(token: Token) -> bool:
    if token.like_num or token.lower_ in POWERS:
        return True
    return (token.pos_ in CONTENT and not token.is_stop and token.is_alpha
            and token.lemma_.lower() not in _EMPTY)


def _terms(tokens: Tokens) -> dict[str, float]:
    found: dict[str, float] = dict(_numbers(tokens))
    for token in tokens:
        if not _counts(token) or token.like_num or token.lower_ in POWERS:
            continue
        for term, weight in _word_terms(token):
            found[term] = max(weight, found.get(term, 0.0))
    return found


def _word_terms(token: Token) -> Iterator[tuple[str, float]]:
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN":
        yield f"@{token.lower_}", FIRST_NAME if _name_goes_on(token) else LAST_NAME
        return
    yield f"={stem(lemma)}", 1.0


def _name_goes_on(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN"


def _numbers(tokens: Tokens) -> Iterator[tuple[str, float]]:
    """Yield the numbers of a unit; ``forty-one`` and ``4.1 million`` are one number each."""
    value: float | None = None
    for token in tokens:
        power = POWERS.get(token.lower_)
        if power is not None:
            value = (1.0 if value is None else value) * power
            continue
        if token.text == "-" and value is not None:
            continue
        found = number(token.lower_)
        if found is not None and value is not None and found < 10 <= value < 100:
            value += found
        elif found is not None and found == 12 and token.lower_ == "dozen":
            value = 12.0 * (value or 1.0)
        else:
            if value is not None:
                yield _number_term(value)
            value = found
    if value is not None:
        yield _number_term(value)


def _number_term(value: float) -> tuple[str, float]:
    return f"#{value:g}", 0.4 if value <= 2 else 1.0

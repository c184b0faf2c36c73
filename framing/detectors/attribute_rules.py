"""Word classes from tags, remembered: spaCy tries some two hundred patterns at each word.

Nearly all of them look at one word: its tag, its relation, its form. What they say of it is known
once it was asked, and the parse as a whole costs a quarter less. Nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from spacy.tokens.morphanalysis import MorphAnalysis

NAME = "attribute_ruler"
COMPONENT = "framing_attribute_rules"
_SEEN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
_SET = frozenset({"POS", "MORPH", "LEMMA", "TAG", "DEP"})

Conditions = Mapping[str, Any]
Answer = tuple[int, MorphAnalysis, int, int, int]
"""Word class, features, lemma, tag and relation."""


class RememberedRules:
    """Keep what a ruler says of single words; a text that may hold several in a row goes to it."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.take(ruler)

    def take(self, ruler: AttributeRuler) -> None:
        """Go by the patterns of this ruler from now on."""
        patterns = list(_patterns(ruler))
        self._ruler = ruler
        self._forms = _Forms([one["LOWER"] for pattern in patterns for one in pattern
                              if "LOWER" in one])
        openings = [pattern[0] for pattern in patterns if len(pattern) > 1]
        self._first_forms = _Forms([one["LOWER"] for one in openings if "LOWER" in one])
        self._first_relations = {
            ruler.vocab.strings[word] for one in openings if "LOWER" not in one
            for word in _listed(one["DEP"])}
        self._form_of: dict[int, tuple[int, bool]] = {}
        self._known: dict[tuple[int, int, int, bool], Answer] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set what the patterns say; the words of the text and their tags must be set."""
        forms, known, answers = self._form_of, self._known, []
        for token in doc:
            lower, dep = token.lower, token.dep
            if lower not in forms:
                forms[lower] = self._form(token)
            form, opens = forms[lower]
            if opens or dep in self._first_relations:
                return self._ruler(doc)
            key = (form, token.tag, dep, token.is_space)
            if key not in known:
                known[key] = self._ask(token)
            answers.append(known[key])
        for token, (pos, morph, lemma, tag, dep) in zip(doc, answers, strict=True):
            token.pos = pos
            token.morph = morph
            if lemma:
                token.lemma = lemma
            if token.tag != tag:
                token.tag = tag
            if token.dep != dep:
                token.dep = dep
        return doc

    def _form(self, token: Token) -> tuple[int, bool]:
        """Return the form, 0 for one that no pattern names, and whether it opens a longer one."""
        named = self._forms.holds(token.lower_)
        return token.lower if named else 0, self._first_forms.holds(token.lower_)

    def _ask(self, token: Token) -> Answer:
        """Let the ruler read the word alone."""
        alone = Doc(token.vocab, words=[token.text], spaces=[False])
        word = alone[0]
        word.tag, word.dep = token.tag, token.dep
        self._ruler(alone)
        return word.pos, word.morph, word.lemma, word.tag, word.dep


class _Forms:
    """The words that patterns name, as a list or by an expression."""

    def __init__(self, conditions: list[Any]) -> None:
        self._words = {word for one in conditions for word in _listed(one)}
        self._expressions = [re.compile(one["REGEX"]) for one in conditions
                             if isinstance(one, Mapping) and "REGEX" in one]

    def holds(self, word: str) -> bool:
        return word in self._words or any(one.search(word) for one in self._expressions)


def remember(nlp: Language) -> None:
    """Put a remembering ruler in the place of the pipeline's own, if its patterns allow that."""
    ruler = nlp.get_pipe(NAME) if NAME in nlp.pipe_names else None
    if isinstance(ruler, AttributeRuler) and can_be_remembered(ruler):
        place = nlp.component_names.index(NAME)
        nlp.remove_pipe(NAME)
        last = place == len(nlp.component_names)
        own = nlp.add_pipe(COMPONENT, name=NAME, before=None if last else place)
        own.take(ruler)  # type: ignore[attr-defined]  # spaCy takes components for functions


def can_be_remembered(ruler: AttributeRuler) -> bool:
    """Tell whether all patterns go by what we look at, and longer ones begin with known words."""
    sets = {name for one in _rules(ruler) for name in one["attrs"]}
    return sets <= _SET and all(map(_is_plain, _patterns(ruler)))


def _is_plain(pattern: list[Conditions]) -> bool:
    first = pattern[0]
    if not set(first) <= _SEEN or not _is_named(first.get("LOWER", "")):
        return False
    return len(pattern) == 1 or "LOWER" in first or bool(_listed(first.get("DEP")))


def _is_named(form: Any) -> bool:
    return isinstance(form, str) or (
        isinstance(form, Mapping) and set(form) in ({"IN"}, {"REGEX"}))


def _listed(condition: Any) -> list[str]:
    """Return the words of a condition that lists them."""
    if isinstance(condition, str):
        return [condition]
    return list(condition.get("IN", ())) if isinstance(condition, Mapping) else []


def _patterns(ruler: AttributeRuler) -> Iterator[list[Conditions]]:
    for one in _rules(ruler):
        yield from one["patterns"]


def _rules(ruler: AttributeRuler) -> list[dict[str, Any]]:
    rules: Any = ruler.patterns  # spaCy types them too loosely
    return list(rules)


@Language.factory(COMPONENT)
def _make(nlp: Language, name: str) -> RememberedRules:  # noqa: ARG001
    return RememberedRules(AttributeRuler(nlp.vocab))

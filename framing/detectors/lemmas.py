"""Lemmas by rule, remembered: spaCy looks most of them up anew at each word.

The rules look at a word's form, its class and its features and at nothing beside it, so what they
say once holds for good.
"""

from __future__ import annotations

from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokens import Doc

NAME = "lemmatizer"
COMPONENT = "framing_lemmas"


class RememberedLemmas:
    """Keep what a lemmatiser by rule says of each form with its class and features."""

    def __init__(self, lemmatizer: EnglishLemmatizer) -> None:
        self.take(lemmatizer)

    def take(self, lemmatizer: EnglishLemmatizer) -> None:
        """Go by the rules of this lemmatiser from now on."""
        self._lemmatizer = lemmatizer
        self._known: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of the words that have none; classes and features must be set."""
        known, overwrite = self._known, self._lemmatizer.overwrite
        for token in doc:
            if overwrite or not token.lemma:
                key = (token.orth, token.pos, token.morph.key)  # type: ignore[attr-defined]
                if key not in known:
                    [lemma, *_] = self._lemmatizer.lemmatize(token)
                    known[key] = doc.vocab.strings.add(lemma)
                token.lemma = known[key]
        return doc


def remember(nlp: Language) -> None:
    """Put a remembering lemmatiser in the place of an English one that goes by rules."""
    own = nlp.get_pipe(NAME) if NAME in nlp.pipe_names else None
    if type(own) is EnglishLemmatizer and own.mode == "rule":
        place = nlp.component_names.index(NAME)
        nlp.remove_pipe(NAME)
        last = place == len(nlp.component_names)
        made = nlp.add_pipe(COMPONENT, name=NAME, before=None if last else place)
        made.take(own)  # type: ignore[attr-defined]  # spaCy takes components for functions


@Language.factory(COMPONENT)
def _make(nlp: Language, name: str) -> RememberedLemmas:  # noqa: ARG001
    return RememberedLemmas(EnglishLemmatizer(nlp.vocab, None))

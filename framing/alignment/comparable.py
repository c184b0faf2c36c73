"""Which articles of an event can be compared at all, and why not the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from framing.detectors.languages import ENGLISH, primary
from framing.documents import Document
from framing.problems import Problem

LEAST_STOP_SHARE = 0.15
"""Running text has far more function words than this: about 45 % in English news."""
LEAST_WORDS = 30


def comparable(docs: Mapping[str, Doc],
               documents: Sequence[Document]) -> tuple[list[Document], list[Problem]]:
    """Return the articles that can be compared, and a problem for each of the others."""
    kept: list[Document] = []
    problems: list[Problem] = []
    for document in documents:
        found = next(_refusals(document, docs, kept), None)
        if found is None:
            kept.append(document)
        else:
            problems.append(found)
    return kept, problems


def _refusals(document: Document, docs: Mapping[str, Doc],
              kept: Sequence[Document]) -> Iterator[Problem]:
    if primary(document.language) != ENGLISH:
        yield Problem(document.id, f"this article is in '{document.language}' and the comparison "
                      "reads English.", "Compare articles in English.")
    doc = docs.get(document.id)
    if doc is None:
        yield Problem(document.id, "this article has not been parsed.", "Run the detectors first.")
        return
    if doc.text != document.text:
        yield Problem(document.id, "the parse belongs to another text.", "Parse the article again.")
    if not document.text.strip():
        yield Problem(document.id, "this article is empty.", "Take it out of the event.")
    for other in kept:
        if other.id == document.id:
            yield Problem(document.id, "this article stands in the event twice.",
                          "It is compared once.")
    if doc.lang_ != ENGLISH:
        yield Problem(document.id, f"this article was parsed as '{doc.lang_}' and the comparison "
                      "reads English.", "Parse it with an English pipeline.")
    if _reads_foreign(doc):
        yield Problem(document.id, f"this article is marked '{document.language}' and does not "
                      "read so: hardly a word is one that every text needs.",
                      "Check its language.")


def _reads_foreign(doc: Doc) -> bool:
    words = [token for token in doc if token.is_alpha]
    return len(words) >= LEAST_WORDS and (
        sum(token.is_stop for token in words) < LEAST_STOP_SHARE * len(words))

"""TF-IDF alone: what every other method is shown beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from sklearn.feature_extraction.text import TfidfVectorizer
from spacy.tokens import Doc

from framing.annotations import Part
from framing.documents import Document
from framing.spans import Span, trimmed

SIMILAR = 0.5


def proposals(docs: Mapping[str, Doc], documents: Sequence[Document]) -> dict[
        str, list[list[Part]]]:
    """Return evidence by article: sentences of two siblings that are each other's nearest, at
    least SIMILAR, while no sentence of the article is SIMILAR to either."""
    sentences = [
        (document.id, trimmed(Span(s.start_char, s.end_char), document.text))
        for document in documents for s in docs[document.id].sents if s.text.strip()
    ]
    quotes = [span.quote(docs[id].text) for id, span in sentences]
    rows = TfidfVectorizer(stop_words="english").fit_transform(quotes)
    likeness = (rows @ rows.T).toarray()
    of = {d.id: [i for i, (id, _) in enumerate(sentences) if id == d.id] for d in documents}
    found: dict[str, list[list[Part]]] = {d.id: [] for d in documents}
    for target in found:
        for a, b in combinations([id for id in found if id != target], 2):
            for i in of[a]:
                j = max(of[b], key=lambda k, i=i: likeness[i, k])
                mutual = max(of[a], key=lambda k, j=j: likeness[k, j]) == i
                here = max((max(likeness[i, k], likeness[j, k]) for k in of[target]), default=0.0)
                if mutual and likeness[i, j] >= SIMILAR > here:
                    found[target].append([
                        Part("evidence", sentences[k][1], quotes[k], sentences[k][0])
                        for k in (i, j)])
    return found

"""What `detect` does with articles that share an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from framing.detectors.base import EventDetector, Suggestion
from framing.documents import Document
from framing.problems import Problem

Found = tuple[Document, EventDetector, tuple[Suggestion, ...]]


class Events:
    """The parsed articles of each event, kept small (~10 kB each) until all have been read."""

    def __init__(self, detectors: Sequence[EventDetector], vocab: Vocab) -> None:
        self._detectors = tuple(detectors)
        self._vocab = vocab
        self._documents: dict[str, list[Document]] = {}
        self._docs: dict[str, DocBin] = {}
        self.notes: list[Problem] = []
        """Why nothing can be proposed for an event or an article; nobody's mistake."""

    def add(self, document: Document, doc: Doc) -> None:
        """Keep an article that names an event."""
        if not document.event or not self._detectors:
            return
        self._documents.setdefault(document.event, []).append(document)
        attributes = ["ORTH", "SPACY", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START"]
        self._docs.setdefault(document.event, DocBin(attributes)).add(doc)

    def found(self) -> Iterator[Found]:
        """Yield each article of each event with what each detector proposes for it."""
        for event, documents in self._documents.items():
            parsed = self._docs[event].get_docs(self._vocab)
            docs = {d.id: doc for d, doc in zip(documents, parsed, strict=True)}
            for detector in self._detectors:
                findings = detector.detect(docs, documents)
                self.notes += [_placed(problem, event) for problem in findings.problems]
                for document in documents:
                    if document.id in findings.suggestions:
                        yield document, detector, findings.suggestions[document.id]


def _placed(problem: Problem, event: str) -> Problem:
    place = f"event '{event}'" + (f", {problem.place}" if problem.place not in ("", event) else "")
    return Problem(place, problem.message, problem.remedy)

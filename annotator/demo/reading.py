"""Read the demo corpus: articles, what two annotators marked and answered, what was planted.

The files name a place by its words, not by its offset, so that people can read and edit them.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.annotations import Annotation, Part, Reading, State
from framing.documents import Document
from framing.spans import Span

FOLDER = Path(__file__).parent
DEVICES = ("loaded_terms", "attribution", "omission")
PLANTED = "planted"

# Annotation ids are drawn from this, so that loading the demo twice gives the same ids.
_NAMESPACE = uuid.UUID("6f0d3a0e-5a43-4c0e-9d0f-3c6e0f5b8a11")

Table = Mapping[str, Any]
Texts = Mapping[str, str]


class DemoError(ValueError):
    """A demo file that cannot be used; the sentence names the file, the article and the quote."""


@dataclass(frozen=True)
class Answered:
    """One annotator's answer to a claim; ``details`` are kind, salience and the like."""

    annotator: str
    document: str
    answer: str
    anchor: Part | None
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Added:
    """A claim that whoever gave the first answer added to the ledger."""

    statement: str
    evidence: tuple[Part, ...]
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Demo:
    """The whole demo. ``planted`` is what the author of the texts meant to be found in them;
    all six articles are complete in it, which ``planted_readings`` says."""

    documents: tuple[Document, ...]
    annotations: tuple[Annotation, ...]
    readings: tuple[Reading, ...]
    planted: tuple[Annotation, ...]
    planted_readings: tuple[Reading, ...]
    claims: tuple[Added, ...]


@dataclass(frozen=True)
class _Place:
    """Where in the demo files we are, for the sentence that a mistake needs."""

    file: str
    article: str
    label: str

    def refuse(self, message: str) -> DemoError:
        return DemoError(f"{self.file}, article {self.article}, {self.label}: {message}")


def load(folder: Path = FOLDER) -> Demo:
    """Return the demo with all offsets resolved. Raises DemoError for a quote that is not there."""
    documents = tuple(_documents(folder))
    texts = {document.id: document.text for document in documents}
    labels = _toml(folder / "labels.toml")
    key = _toml(folder / "planted.toml")
    return Demo(
        documents=documents,
        annotations=tuple(_annotations(labels, "labels.toml", texts)),
        readings=tuple(_readings(labels)),
        planted=tuple(_annotations(key, "planted.toml", texts)),
        planted_readings=tuple(Reading(d.id, PLANTED, device)
                               for d in documents for device in DEVICES),
        claims=tuple(_claims(_toml(folder / "ledger.toml"), texts)),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DemoError(f"{path.name}: cannot be read: {error}") from error


def _documents(folder: Path) -> Iterator[Document]:
    for event in _toml(folder / "corpus.toml")["events"]:
        for article in event["articles"]:
            text = _text(folder / "articles" / f"{article['id']}.txt")
            yield Document(text=text, title=text.partition("\n")[0], event=event["name"], **article)


def _text(path: Path) -> str:
    # Bytes, because reading as text would change the line ends.
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DemoError(f"{path.name}: cannot be read: {error}") from error


def _readings(data: Table) -> Iterator[Reading]:
    for row in data["readings"]:
        for device in row["done"]:
            yield Reading(row["article"], row["annotator"], device)
        for device in row.get("open", ()):
            yield Reading(row["article"], row["annotator"], device, State.OPEN)


def _annotations(data: Table, file: str, texts: Texts) -> Iterator[Annotation]:
    seen = set[str]()
    named = dict[tuple[str, str, str], str]()
    for device in DEVICES:
        for row in data.get(device, ()):
            try:
                place = _Place(file, row["article"], row["label"])
                annotation = _annotation(device, row, place, texts, named)
            except KeyError as error:
                raise DemoError(f"{file}: {error} is missing in the row {dict(row)}") from error
            if annotation.id in seen:
                raise place.refuse(f"{annotation.annotator} marks the same parts twice")
            seen.add(annotation.id)
            if "name" in row:
                named[annotation.annotator, place.article, row["name"]] = annotation.id
            yield annotation


def _annotation(device: str, row: Table, place: _Place, texts: Texts,
                named: Mapping[tuple[str, str, str], str]) -> Annotation:
    """Resolve one row; ``inside`` names the attribution, further up, whose content it is in."""
    annotator = row.get("annotator", PLANTED)
    parts = tuple(_part(part, place, texts) for part in row["parts"])
    attributes = dict(row.get("attributes", {}))
    if "inside" in row:
        outer = named.get((annotator, place.article, row["inside"]))
        if outer is None:
            raise place.refuse(f"no attribution further up has the name {row['inside']!r}")
        attributes["parent"] = outer
    identity = [annotator, place.article, device, place.label,
                *(f"{p.role} {p.document} {p.span.start} {p.span.end}" for p in parts)]
    return Annotation(
        id=str(uuid.uuid5(_NAMESPACE, "|".join(identity))),
        document=place.article, annotator=annotator, device=device, label=place.label,
        parts=parts, attributes=attributes, note=row.get("note", ""),
        confidence=row.get("confidence", ""), flag=row.get("flag", ""),
    )


def _claims(data: Table, texts: Texts) -> Iterator[Added]:
    for row in data["claims"]:
        try:
            yield _claim(row, texts)
        except KeyError as error:
            raise DemoError(f"ledger.toml: {error} is missing in the row {dict(row)}") from error


def _claim(row: Table, texts: Texts) -> Added:
    answers = tuple(_answered(answer, texts) for answer in row["answers"])
    place = _Place("ledger.toml", answers[0].document, row["statement"])
    evidence = (_part({"role": "evidence", **part}, place, texts) for part in row["evidence"])
    return Added(row["statement"], tuple(evidence), answers)


def _answered(row: Table, texts: Texts) -> Answered:
    named = {"annotator", "article", "answer", "anchor"}
    place = _Place("ledger.toml", row["article"], row["answer"])
    anchor = row.get("anchor")
    return Answered(
        annotator=row["annotator"], document=row["article"], answer=row["answer"],
        anchor=_part({"role": "anchor", **anchor}, place, texts) if anchor else None,
        details={name: value for name, value in row.items() if name not in named},
    )


def _part(part: Table, place: _Place, texts: Texts) -> Part:
    """Resolve ``quote``, or ``after`` for the gap behind these words."""
    document = part.get("article", "")
    text = texts.get(document or place.article)
    if text is None:
        raise place.refuse(f"there is no article {document or place.article!r} in corpus.toml")
    words = part.get("quote") or part["after"]
    found = list(_occurrences(text, words))
    nth = part.get("nth", 1)
    if not 1 <= nth <= len(found):
        raise place.refuse(f"the quote {words!r} occurs {len(found)} times; number {nth} is named")
    span = found[nth - 1]
    if "after" in part:
        span = Span(span.end, span.end)
    return Part(part["role"], span, span.quote(text), document)


def _occurrences(text: str, words: str) -> Iterator[Span]:
    """Yield the places of whole words: the "he" in "then" is none."""
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)" if words else r"(?!)", text):
        yield Span(*match.span())

"""Who is heard in an article, and who is heard elsewhere and silent here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from framing.detectors.base import Detector, Suggestion
from framing.omission.lexicon import ANSWERS, GENERIC
from framing.spans import Span

NAMED = frozenset({"named_person", "institution"})


@dataclass(frozen=True)
class Voice:
    """Someone who is made to say something. ``key`` is the last word of the name, or the head of
    a phrase without a name; ``span`` covers the whole attribution."""

    key: str
    name: str
    is_named: bool
    span: Span


def voices(doc: Doc, detector: Detector) -> list[Voice]:
    """Return the persons and bodies that the attribution detector hears, in text order."""
    return [voice for found in detector.detect(doc) for voice in _voices(doc, found)]


def silent(doc: Doc, heard: Iterable[Voice], elsewhere: Mapping[str, Sequence[Voice]]) -> Iterator[
        tuple[str, bool, dict[str, Voice]]]:
    """Yield who speaks in other articles and not in this one.

    Each comes as name, whether the article mentions them, and their first words by article. Who
    is said not to have answered is heard (boundary ruling 2 of the codebook); a body is taken as
    heard where an unnamed company or office of any kind speaks.
    """
    own = {voice.key for voice in heard}
    generic = bool(own & GENERIC)
    answered = _answered(doc)
    mentioned = {token.lower_ for token in doc if token.pos_ == "PROPN"}
    found: dict[str, dict[str, Voice]] = {}
    for document, others in elsewhere.items():
        for voice in others:
            if voice.is_named:
                found.setdefault(voice.key, {}).setdefault(document, voice)
    for key, by_document in found.items():
        first = next(iter(by_document.values()))
        is_body = not _is_person(first)
        if key not in own | answered and not (is_body and generic):
            yield first.name, key in mentioned, by_document


def _voices(doc: Doc, found: Suggestion) -> Iterator[Voice]:
    kind = found.attributes.get("source_type", "")
    source = next((p.span for p in found.parts if p.role == "source"), None)
    if kind not in NAMED or source is None:
        return
    tokens = doc.char_span(source.start, source.end, alignment_mode="expand")
    if tokens is None:
        return
    name = _name(tokens)
    entity = found.attributes.get("source_entity", "")
    span = Span(min(p.span.start for p in found.parts), max(p.span.end for p in found.parts))
    if entity:
        yield Voice(entity.split()[-1].lower(), entity, True, span)
    elif name:
        yield Voice(name[-1].lower_, " ".join(t.text for t in name), True, span)
    else:
        yield Voice(tokens.root.lemma_.lower(), tokens.text, False, span)


def _name(tokens: Tokens) -> list[Token]:
    """Return the last run of names before a relative clause."""
    run: list[Token] = []
    last: list[Token] = []
    for token in tokens:
        if token.lower_ in {"who", "which", "whose"}:
            break
        if token.pos_ == "PROPN":
            run.append(token)
            last = run
        else:
            run = []
    return last


def _is_person(voice: Voice) -> bool:
    return len(voice.name.split()) >= 2 and not set(voice.name.lower().split()) & GENERIC


def _answered(doc: Doc) -> frozenset[str]:
    """Return the names in sentences that say who declined to comment or could not be reached."""
    return frozenset(
        token.lower_ for sentence in doc.sents
        if any(token.lemma_.lower() in ANSWERS for token in sentence)
        for token in sentence if token.pos_ == "PROPN"
    )

"""Propose what an article leaves out, with evidence from the other articles of its event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc

from framing.alignment.aligning import align
from framing.alignment.ledger import Carries, Ledger, LedgerRow, Passage
from framing.alignment.vectors import Encoder
from framing.annotations import Annotation, Part
from framing.detectors.attribution.detector import AttributionDetector
from framing.detectors.base import EventFindings, Suggestion
from framing.documents import Document
from framing.omission.actors import Deed, agentless, deeds, matches
from framing.omission.evidence import Witnesses
from framing.omission.kinds import kind_of
from framing.omission.ranking import salience, weight
from framing.omission.validity import Check, Verdict, check_omission, in_words
from framing.omission.voices import Voice, silent, voices
from framing.problems import Problem
from framing.spans import Span, trimmed

CLAIM = "omission.claim"


class OmissionDetector:
    """Find claims, doers and speakers that other outlets have and an article lacks.

    ``least_outlets`` independent other outlets must carry a claim (rule E4 asks for two), with at
    least ``least_score`` as the probability that they say the same.
    """

    id = "omission"
    version = "1.2"
    device = "omission"

    def __init__(self, *, least_outlets: int = 2, least_score: float = 0.6,
                 most_sources: int = 2, encode: Encoder | None = None,
                 encoder_name: str = "") -> None:
        self.config: Mapping[str, str | int | float | bool] = {
            "least_outlets": least_outlets, "least_score": least_score,
            "most_sources": most_sources, "encoder": encoder_name}
        self._least_outlets = least_outlets
        self._least_score = least_score
        self._most_sources = most_sources
        self._encode = encode

    def detect(self, docs: Mapping[str, Doc], documents: Sequence[Document]) -> EventFindings:
        """Return the proposals for each article of one event, best first (`ranking.weight`).

        Every article that could be compared has an entry, also an empty one; ``problems`` say
        what could not be compared and why.
        """
        return self.propose(align(docs, documents, encode=self._encode), docs, documents)

    def propose(self, ledger: Ledger, docs: Mapping[str, Doc],
                documents: Sequence[Document]) -> EventFindings:
        """Return the proposals that follow from a ledger of these articles."""
        compared = [document for document in documents if document.id in ledger.documents]
        event = _Event(ledger, docs, Witnesses.of(_once(compared)))
        few = list(self._too_few(event.witnesses))
        found = {id: () if few else tuple(self._of_article(event, id)) for id in ledger.documents}
        return EventFindings(found, (*ledger.problems, *few))

    def _too_few(self, witnesses: Witnesses) -> Iterator[Problem]:
        number = len(set(witnesses.source.values()))
        if number > self._least_outlets:
            return
        copied = len(witnesses.documents) - number
        extra = f" ({copied} more are copies or of the same outlet)" if copied else ""
        name = next((d.event for d in witnesses.documents if d.event), "event")
        counted = "1 independent article" if number == 1 else f"{number} independent articles"
        yield Problem(name, f"{counted}{extra} can be compared, and an omission needs "
                      f"{self._least_outlets} other outlets that carry what is missing.",
                      "Add articles of other outlets to the event.")

    def _of_article(self, event: _Event, document: str) -> list[Suggestion]:
        found = list(self._actors(event, document))
        taken = _evidence_of(found)
        found += [s for s in self._claims(event, document) if not _meet(s.parts, taken)]
        found += self._sources(event, document, _evidence_of(found))
        ranked = sorted(found, key=lambda s: (-weight(s.score, int(s.attributes["salience"])),
                                              s.parts[-1].document, s.parts[-1].span))
        return [replace(s, reason=f"{s.reason}. {in_words(_checks(event, document, s))}")
                for s in ranked]

    def _claims(self, event: _Event, document: str) -> Iterator[Suggestion]:
        names = {voice.key for voice in event.voices[document]}
        for row in event.ledger.rows:
            cell = row.cell(document)
            outlets = event.witnesses.independent(document, row.documents)
            score = row.score * (1 - cell.probability)
            if cell.carries is not Carries.ABSENT or len(outlets) < self._least_outlets or (
                    row.score < self._least_score):
                continue
            evidence = [row.of(id)[0] for id in outlets]
            yield Suggestion(
                device="omission", label=self._kind(event, evidence, names),
                parts=(*event.anchor(document, evidence), *map(_evidence, evidence)),
                score=round(score, 4), rule=CLAIM,
                reason=event.claim_reason(row, outlets),
                judged=event.whole(document),
                attributes={"salience": event.salience(evidence),
                            "absence_check": f"ledger row {row.id}"})

    def _kind(self, event: _Event, evidence: Sequence[Passage], heard: set[str]) -> str:
        speakers = [event.speaker(passage) for passage in evidence]
        is_silent = all(s is not None and s.is_named and s.key not in heard for s in speakers)
        lead = evidence[0]
        return kind_of(event.docs[lead.document], lead.span, speaker_is_silent=is_silent)

    def _actors(self, event: _Event, document: str) -> Iterator[Suggestion]:
        others = [id for id in event.ledger.documents if id != document]
        for deed in agentless(event.deeds[document]):
            near = event.words_near(document, deed)
            named = {id: found for id in others
                     if (found := next((d for d in event.deeds[id]
                                        if matches(deed, d) and d.actor not in near), None))}
            outlets = event.witnesses.independent(document, named)
            if not outlets:
                continue
            yield _actor(event, document, deed, {id: named[id] for id in outlets})

    def _sources(self, event: _Event, document: str, taken: Sequence[Part]) -> list[Suggestion]:
        elsewhere = {id: event.voices[id] for id in event.ledger.documents if id != document}
        found = []
        for name, mentioned, by_document in silent(
                event.docs[document], event.voices[document], elsewhere):
            outlets = event.witnesses.independent(document, by_document)
            if len(outlets) < self._least_outlets:
                continue
            heard = {id: by_document[id] for id in outlets}
            proposal = _source(event, document, name, mentioned, heard)
            if not _meet(proposal.parts, taken):
                found.append(proposal)
        return sorted(found, key=lambda s: -s.score)[: self._most_sources]


@dataclass(frozen=True)
class _Event:
    """What one run knows of its event; voices and deeds are read once an article."""

    ledger: Ledger
    docs: Mapping[str, Doc]
    witnesses: Witnesses

    @cached_property
    def texts(self) -> dict[str, str]:
        """Return each text; ``Doc.text`` joins all tokens anew each time it is asked."""
        return {id: self.docs[id].text for id in self.ledger.documents}

    @cached_property
    def voices(self) -> dict[str, list[Voice]]:
        detector = AttributionDetector()
        return {id: voices(self.docs[id], detector) for id in self.ledger.documents}

    @cached_property
    def deeds(self) -> dict[str, list[Deed]]:
        return {id: deeds(self.docs[id]) for id in self.ledger.documents}

    @cached_property
    def carried(self) -> dict[str, list[tuple[int, LedgerRow]]]:
        """Return the rows of each article by the place of its passages."""
        found: dict[str, list[tuple[int, LedgerRow]]] = {}
        for row in self.ledger.rows:
            for passage in row.passages:
                found.setdefault(passage.document, []).append((passage.place, row))
        return found

    def whole(self, document: str) -> Span:
        return Span(0, len(self.texts[document]))

    def part(self, document: str, role: str, span: Span, *, sibling: bool) -> Part:
        return Part(role, span, span.quote(self.texts[document]), document if sibling else "")

    def words_near(self, document: str, deed: Deed) -> set[str]:
        """Return the words of the deed's sentence and the one before: a doer there is no secret."""
        doc = self.docs[document]
        before = [s for s in doc.sents if s.end_char <= deed.sentence.start][-1:]
        own = doc.char_span(deed.sentence.start, deed.sentence.end, alignment_mode="expand")
        return {t.lemma_.lower() for part in (*before, own) if part is not None for t in part}

    def speaker(self, passage: Passage) -> Voice | None:
        return next((voice for voice in self.voices[passage.document]
                     if voice.span.overlap(passage.span)), None)

    def anchor(self, document: str, evidence: Sequence[Passage]) -> Iterator[Part]:
        """Yield the gap behind the passage that stands before the evidence where both have it."""
        for passage in evidence:
            before = [row for place, row in self.carried[passage.document]
                      if 0 < passage.place - place <= 2 and row.of(document)]
            if before:
                end = before[-1].of(document)[-1].span.end
                yield self.part(document, "anchor", Span(end, end), sibling=False)
                return

    def salience(self, evidence: Sequence[Passage]) -> str:
        sources = {self.witnesses.source[passage.document] for passage in evidence}
        return str(salience((passage.place for passage in evidence), len(sources)))

    def claim_reason(self, row: LedgerRow, outlets: Sequence[str]) -> str:
        names = ", ".join(map(self.witnesses.outlet, outlets))
        return f"{len(outlets)} other outlets carry this ({names}): {row.reason}"


def _checks(event: _Event, document: str, found: Suggestion) -> list[Check]:
    """Check a proposal; where a doer or speaker is missing, its claim may well be reported here."""
    omission = Annotation("", document, "", found.device, found.label, found.parts)
    checks = check_omission(omission, event.witnesses, event.ledger)
    if found.rule == CLAIM:
        return checks
    unasked = Check("E3", Verdict.UNKNOWN, "What is missing is who, not what.")
    return [unasked if check.rule == "E3" else check for check in checks]


def _evidence(passage: Passage) -> Part:
    return Part("evidence", passage.span, passage.quote, passage.document)


def _actor(event: _Event, document: str, deed: Deed, named: Mapping[str, Deed]) -> Suggestion:
    """Score a doer low: agentless passives are a weak hint on their own."""
    parts = [event.part(document, "anchor", deed.place, sibling=False)]
    parts += [event.part(id, "evidence", d.sentence, sibling=True) for id, d in named.items()]
    who = ", ".join(f"{event.witnesses.outlet(id)}: '{d.phrase}'" for id, d in named.items())
    return Suggestion(
        device="omission", label="om.actor", parts=tuple(parts),
        score=0.5 if len(named) > 1 else 0.35, rule="omission.actor",
        reason=f"'{parts[0].quote}' names no doer; others do ({who})", judged=event.whole(document),
        attributes={"salience": "3", "absence_check": "doers of the same kind of harm"})


def _source(event: _Event, document: str, name: str, mentioned: bool,
            heard: Mapping[str, Voice]) -> Suggestion:
    parts = []
    for id, voice in heard.items():
        span = trimmed(voice.span, event.texts[id])
        parts.append(event.part(id, "evidence", span, sibling=True))
    outlets = ", ".join(map(event.witnesses.outlet, heard))
    here = "is mentioned here and not heard" if mentioned else "does not occur here"
    return Suggestion(
        device="omission", label="om.source", parts=tuple(parts),
        score=0.6 if mentioned else 0.4, rule="omission.source",
        reason=f"{name} speaks in {outlets} and {here}", judged=event.whole(document),
        attributes={"salience": "2", "absence_check": f"speakers: {name}"})


def _evidence_of(found: Iterable[Suggestion]) -> list[Part]:
    return [part for s in found for part in s.parts if part.role == "evidence"]


def _meet(parts: Iterable[Part], taken: Sequence[Part]) -> bool:
    """One missing fact is one proposal: the kind that the codebook puts first keeps it."""
    return any(part.document == other.document and part.span.overlap(other.span)
               for part in parts if part.role == "evidence" for other in taken)


def _once(documents: Iterable[Document]) -> list[Document]:
    return list({document.id: document for document in documents}.values())

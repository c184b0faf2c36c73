"""Check an omission against the validity rules E1 to E4 of the codebook (section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from framing.alignment.ledger import Carries, Cell, Ledger, LedgerRow, Passage
from framing.annotations import Annotation, Part
from framing.omission.evidence import Witnesses


class Verdict(StrEnum):
    """What the machine can say about a rule."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule on one omission; ``reason`` is a sentence for the annotator."""

    rule: str
    verdict: Verdict
    reason: str


_HELD = {"E1": "other outlets and no copies", "E2": "none later", "E3": "not said here",
         "E4": "two independent outlets"}


def check_omission(omission: Annotation, witnesses: Witnesses, ledger: Ledger) -> list[Check]:
    """Return the verdict on each rule, E1 to E4, in that order.

    The ledger should hold the claims of single articles too (``align(..., least=1)``), or evidence
    that only one article gives leaves E3 unknown. Evidence that points nowhere fails E1.
    """
    if omission.document not in witnesses.by_id:
        place = f"The article '{omission.document}' is not in this event."
        return [Check(rule, Verdict.UNKNOWN, place) for rule in ("E1", "E2", "E3", "E4")]
    evidence = [part for part in omission.parts if part.document]
    return [_e1(omission, evidence, witnesses), _e2(omission, evidence, witnesses),
            _e3(omission, evidence, ledger), _e4(omission, evidence, witnesses, ledger)]


def in_words(checks: Iterable[Check]) -> str:
    """Return what holds in a few words each, and what does not with its sentence."""
    kept = list(checks)
    held = ", ".join(f"{_HELD[c.rule]} ({c.rule})" for c in kept if c.verdict is Verdict.HOLDS)
    others = [f"{c.rule} {c.verdict}: {c.reason}" for c in kept if c.verdict is not Verdict.HOLDS]
    return " ".join([f"Checked: {held}." if held else "Checked.", *others])


def _e1(omission: Annotation, evidence: list[Part], witnesses: Witnesses) -> Check:
    if not evidence:
        return Check("E1", Verdict.FAILS, "No passage of another article is given as evidence.")
    faults = [fault for part in evidence for fault in _foreign(omission, part, witnesses)]
    if faults:
        return Check("E1", Verdict.FAILS, " ".join(faults))
    return Check("E1", Verdict.HOLDS, "The evidence comes from another outlet and is no copy.")


def _foreign(omission: Annotation, part: Part, witnesses: Witnesses) -> Iterator[str]:
    if part.document not in witnesses.by_id:
        yield (f"The evidence points to '{part.document}', which is not in this event: it was "
               "moved, replaced or deleted.")
    elif part.span.quote(witnesses.by_id[part.document].text) != part.quote:
        name = witnesses.outlet(part.document)
        yield f"The evidence in {name} does not read as quoted: the text was replaced."
    elif witnesses.source[part.document] == witnesses.source[omission.document]:
        copy = witnesses.copy_of(part.document, omission.document)
        name = witnesses.outlet(part.document)
        yield (f"The evidence in {name} is a copy of this text ({copy.kind}, "
               f"{copy.containment:.0%} contained)." if copy else
               f"The evidence comes from the same outlet or agency text ({name}).")


def _e2(omission: Annotation, evidence: list[Part], witnesses: Witnesses) -> Check:
    known = [part.document for part in evidence if part.document in witnesses.by_id]
    late = [id for id in known if witnesses.is_late(omission.document, id)]
    if late:
        return Check("E2", Verdict.FAILS, f"late_evidence: {_names(late, witnesses)} came out "
                     "after this article and does not count.")
    undated = [id for id in (omission.document, *known) if not witnesses.by_id[id].published]
    if undated or not known:
        return Check("E2", Verdict.UNKNOWN, "There is no date of publication for "
                     f"{_names(undated, witnesses) or 'the evidence'}.")
    return Check("E2", Verdict.HOLDS, "The evidence came out no later than this article.")


def _e3(omission: Annotation, evidence: list[Part], ledger: Ledger) -> Check:
    cells = list(_cells(omission.document, evidence, ledger))
    if not cells:
        return Check("E3", Verdict.UNKNOWN, "The evidence stands in no row of the ledger.")
    best = max(cells, key=lambda cell: cell.probability)
    if best.carries is Carries.ABSENT:
        return Check("E3", Verdict.HOLDS, "No passage of this article says the same "
                     f"(nearest with probability {best.probability:.2f}).")
    quote = best.nearest.quote if best.nearest else ""
    return Check("E3", Verdict.FAILS, f"This article seems to say it: “{quote}” "
                 f"({best.carries}, probability {best.probability:.2f}).")


def _e4(omission: Annotation, evidence: list[Part], witnesses: Witnesses,
        ledger: Ledger) -> Check:
    carrying = {part.document for part in evidence if part.document in witnesses.by_id}
    for row in _rows(evidence, ledger):
        carrying |= set(row.documents) & set(witnesses.by_id)
    ordered = [document.id for document in witnesses.documents if document.id in carrying]
    outlets = witnesses.independent(omission.document, ordered)
    names = ", ".join(map(witnesses.outlet, outlets)) or "none"
    if len(outlets) >= 2:
        return Check("E4", Verdict.HOLDS, f"corroborated: independent outlets carry it ({names}).")
    return Check("E4", Verdict.FAILS, f"not corroborated: independent outlets that carry it: "
                 f"{names}.")


def _cells(document: str, evidence: list[Part], ledger: Ledger) -> Iterator[Cell]:
    if document in ledger.documents:
        yield from (row.cell(document) for row in _rows(evidence, ledger))


def _rows(evidence: list[Part], ledger: Ledger) -> list[LedgerRow]:
    """Return the claims that the evidence stands in, each once."""
    found = (row for part in evidence for passage, row in ledger.passages_of.get(part.document, ())
             if _touches(passage, part))
    return list({row.id: row for row in found}.values())


def _names(documents: Iterable[str], witnesses: Witnesses) -> str:
    return ", ".join(dict.fromkeys(map(witnesses.outlet, documents)))


def _touches(passage: Passage, part: Part) -> bool:
    return 2 * passage.span.overlap(part.span) >= min(len(passage.span), len(part.span))

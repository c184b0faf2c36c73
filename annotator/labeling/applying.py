"""What each kind of operation does to a sheet. Only `operations` calls this, in a transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from annotator.accounts.refusals import Invalid
from annotator.corpus.codebooks import scheme_of
from annotator.labeling import records
from annotator.labeling.access import siblings
from annotator.labeling.models import Annotation, Assignment, Decision, Operation, Suggestion
from annotator.labeling.suggesting import visible_suggestions
from framing.problems import Problem
from framing.validation import problems as find_problems

Kind = Operation.Kind


@dataclass(frozen=True)
class Requested:
    """One operation as the page asks for it."""

    id: UUID
    kind: str
    at: datetime | None = None
    annotation: Mapping[str, Any] | None = None
    annotation_id: UUID | None = None
    suggestion: int | None = None
    device: str = ""
    undoes: UUID | None = None


@dataclass(frozen=True)
class Change:
    """What an operation did, as history keeps it."""

    annotation_id: UUID | None = None
    device: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


@dataclass
class Sheet:
    """An assignment inside the transaction that changes it."""

    assignment: Assignment
    revision: int
    now: datetime
    texts: dict[str, str] = field(default_factory=dict)


def apply(sheet: Sheet, requested: Requested) -> Change:
    """Carry out one operation; raises Invalid with its problems and leaves the rest to rollback."""
    return APPLIERS[requested.kind](sheet, requested)


def _create(sheet: Sheet, requested: Requested) -> Change:
    content = _content(requested)
    existing = Annotation.objects.filter(pk=content["id"]).first()
    if existing and (existing.assignment_id != sheet.assignment.pk or not existing.deleted_at):
        raise _invalid(requested, "annotation.id", "is taken.", "Make a new id.")
    row = existing or Annotation(pk=content["id"], assignment=sheet.assignment)
    return _write(sheet, requested, row, content, before=None)


def _update(sheet: Sheet, requested: Requested) -> Change:
    content = _content(requested)
    row = _annotation(sheet, requested, content["id"])
    return _write(sheet, requested, row, content, before=records.as_json(row, row.parts.all()))


def _delete(sheet: Sheet, requested: Requested) -> Change:
    row = _annotation(sheet, requested, requested.annotation_id)
    return _remove(sheet, row)


def _accept(sheet: Sheet, requested: Requested) -> Change:
    suggestion = _suggestion(sheet, requested)
    if Decision.objects.filter(suggestion=suggestion, assignment=sheet.assignment).exists():
        raise _invalid(requested, "suggestion", "is decided already.", "Reopen it first.")
    content = {**_content(requested), "suggestion": suggestion.pk}
    content["edited"] = _differs(content, suggestion)
    change = _create(sheet, Requested(**{**vars(requested), "annotation": content}))
    verdict = Decision.Verdict.EDITED if content["edited"] else Decision.Verdict.ACCEPTED
    _decide(sheet, suggestion, verdict, annotation_id=change.annotation_id)
    return change


def _reject(sheet: Sheet, requested: Requested) -> Change:
    suggestion = _suggestion(sheet, requested)
    if Decision.objects.filter(suggestion=suggestion, assignment=sheet.assignment).exists():
        raise _invalid(requested, "suggestion", "is decided already.", "Reopen it first.")
    _decide(sheet, suggestion, Decision.Verdict.REJECTED, annotation_id=None)
    return Change(device=suggestion.device)


def _reopen(sheet: Sheet, requested: Requested) -> Change:
    suggestion = _suggestion(sheet, requested)
    decision = Decision.objects.filter(suggestion=suggestion, assignment=sheet.assignment).first()
    if decision is None:
        raise _invalid(requested, "suggestion", "is not decided.", "There is nothing to reopen.")
    row = decision.annotation
    decision.delete()
    if row is None or row.deleted_at:
        return Change(device=suggestion.device)
    return _remove(sheet, row)


def _complete(sheet: Sheet, requested: Requested) -> Change:
    _device(sheet, requested)
    sheet.assignment.completions.get_or_create(device=requested.device, defaults={"at": sheet.now})
    return Change(device=requested.device)


def _uncomplete(sheet: Sheet, requested: Requested) -> Change:
    _device(sheet, requested)
    sheet.assignment.completions.filter(device=requested.device).delete()
    return Change(device=requested.device)


APPLIERS: Mapping[str, Callable[[Sheet, Requested], Change]] = {
    Kind.CREATE: _create,
    Kind.UPDATE: _update,
    Kind.DELETE: _delete,
    Kind.ACCEPT: _accept,
    Kind.REJECT: _reject,
    Kind.REOPEN: _reopen,
    Kind.COMPLETE: _complete,
    Kind.UNCOMPLETE: _uncomplete,
}


def _write(
    sheet: Sheet,
    requested: Requested,
    row: Annotation,
    content: Mapping[str, Any],
    *,
    before: dict[str, Any] | None,
) -> Change:
    _check(sheet, requested, content)
    for name in ("device", "label", "note", "confidence", "flag"):
        setattr(row, name, content[name])
    row.attributes = dict(content["attributes"])
    if requested.kind == Kind.ACCEPT:
        row.suggestion_id, row.edited = content["suggestion"], content["edited"]
    elif row.suggestion is not None:
        _follow(sheet, row, edited=_differs(content, row.suggestion))
    row.deleted_at, row.revision = None, sheet.revision
    row.save()
    row.parts.all().delete()
    parts = row.parts.bulk_create(records.part_rows(row, content["parts"]))
    after = records.as_json(row, parts)
    return Change(annotation_id=row.pk, device=row.device, before=before, after=after)


def _remove(sheet: Sheet, row: Annotation) -> Change:
    before = records.as_json(row, row.parts.all())
    row.deleted_at, row.revision = sheet.now, sheet.revision
    row.save(update_fields=["deleted_at", "revision"])
    return Change(annotation_id=row.pk, device=row.device, before=before)


def _check(sheet: Sheet, requested: Requested, content: Mapping[str, Any]) -> None:
    article = sheet.assignment.article
    if not sheet.texts:
        sheet.texts[str(article.pk)] = article.text
    foreign = {part["article"] for part in content["parts"]} - {int(key) for key in sheet.texts}
    if foreign:
        found = siblings(article).filter(pk__in=foreign).values_list("pk", "text")
        sheet.texts.update({str(pk): text for pk, text in found})
    scheme = scheme_of(article.project.codebook)
    record = records.as_record(content, article=article.pk)
    found_problems = find_problems(record, scheme, sheet.texts)
    if found_problems:
        raise Invalid(
            str(found_problems[0]),
            problems=[_problem(requested, problem) for problem in found_problems],
        )


def _content(requested: Requested) -> Mapping[str, Any]:
    if requested.annotation is None:
        raise _invalid(requested, "annotation", "is missing.", "Send the whole annotation.")
    return requested.annotation


def _annotation(sheet: Sheet, requested: Requested, pk: Any) -> Annotation:
    row = sheet.assignment.annotations.filter(pk=pk, deleted_at=None).first()
    if row is None:
        raise _invalid(
            requested, "annotation", f"{pk} does not stand in this article.", "Reload the page."
        )
    return row


def _suggestion(sheet: Sheet, requested: Requested) -> Suggestion:
    visible = visible_suggestions(sheet.assignment)
    suggestion = visible.filter(pk__in=[requested.suggestion]).first()
    if suggestion is None:
        raise _invalid(
            requested,
            "suggestion",
            f"{requested.suggestion} is not shown here.",
            "Reload the page.",
        )
    return suggestion


def _device(sheet: Sheet, requested: Requested) -> None:
    known = [device.id for device in scheme_of(sheet.assignment.article.project.codebook).devices]
    if requested.device not in known:
        raise _invalid(
            requested,
            "device",
            f"{requested.device!r} is not in the codebook.",
            f"It has {', '.join(known)}.",
        )


def _decide(
    sheet: Sheet, suggestion: Suggestion, verdict: str, *, annotation_id: UUID | None
) -> None:
    Decision.objects.create(
        suggestion=suggestion,
        assignment=sheet.assignment,
        verdict=verdict,
        annotation_id=annotation_id,
        at=sheet.now,
    )


def _follow(sheet: Sheet, row: Annotation, *, edited: bool) -> None:
    """Let the verdict say what stands now: editing an accepted label makes it edited."""
    row.edited = edited
    verdict = Decision.Verdict.EDITED if edited else Decision.Verdict.ACCEPTED
    sheet.assignment.decisions.filter(annotation=row).update(verdict=verdict)


def _differs(content: Mapping[str, Any], suggestion: Suggestion) -> bool:
    return (
        content["label"] != suggestion.label
        or dict(content["attributes"]) != suggestion.attributes
        or _places(content["parts"]) != _places(suggestion.parts)
    )


def _places(parts: Any) -> list[tuple[str, int, int, int]]:
    return sorted((part["role"], part["start"], part["end"], part["article"]) for part in parts)


def _invalid(requested: Requested, place: str, message: str, remedy: str) -> Invalid:
    problem = Problem(place, message, remedy)
    return Invalid(str(problem), problems=[_problem(requested, problem)])


def _problem(requested: Requested, problem: Problem) -> dict[str, str]:
    return {
        "operation": str(requested.id),
        "place": problem.place,
        "message": problem.message,
        "remedy": problem.remedy,
    }

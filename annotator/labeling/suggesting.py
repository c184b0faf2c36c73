"""Which suggestions an annotator gets to see, by the arm the sheet was drawn into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from annotator.corpus.codebooks import scheme_of
from annotator.labeling.models import Assignment, Suggestion, SuggestionRun
from framing.omission.ranking import asked_first

LEDGER_ROW = "ledger row "
"""How the check of a proposal begins that is a claim of the ledger, and not a doer or speaker."""


def current_runs(article_id: int) -> QuerySet[SuggestionRun]:
    """Return the newest run of each detector on an article."""
    return newest(SuggestionRun.objects.filter(article=article_id)).order_by("detector")


def newest(runs: QuerySet[SuggestionRun]) -> QuerySet[SuggestionRun]:
    """Return the newest run of each article and detector; older ones are kept, not shown.

    Nor are versions in whose place a person put another.
    Of a comparison only what was planned for the event's articles as they are now.
    """
    alone_or_valid = Q(members="") | Q(members=F("article__event__ledger__members"))
    valid = runs.filter(alone_or_valid, replaced=False).order_by()
    last = valid.values("article", "detector").annotate(last=Max("pk")).values("last")
    return SuggestionRun.objects.filter(pk__in=last)


def visible_suggestions(assignment: Assignment) -> QuerySet[Suggestion]:
    """Return what the arm shows, and whatever this annotator decided already.

    Of the best-first proposals of a comparison only as many as suit the article's length: the
    ledger asks about every claim, and the rest is there.
    """
    decided = Q(decisions__assignment=assignment)
    first = Q(run__members="") | Q(position__lt=asked_first(assignment.article.words))
    current = first & Q(run__in=current_runs(assignment.article_id))
    shown = current if arm_shows(assignment) else Q(pk=None)
    return (
        Suggestion.objects.filter(article=assignment.article_id)
        .filter(decided | shown)
        .exclude(pk__in=_asked_before(assignment))
        .select_related("run")
        .distinct()
    )


def left_to_ledger(assignment: Assignment) -> int:
    """Count the claims proposed as missing that only the ledger asks about, and still asks.

    0 in an arm that shows no suggestions.
    """
    if not arm_shows(assignment):
        return 0
    answered = assignment.cells.exclude(answer="").values_list("claim__row", flat=True)
    later = Suggestion.objects.filter(
        run__in=current_runs(assignment.article_id),
        position__gte=asked_first(assignment.article.words),
        attributes__absence_check__startswith=LEDGER_ROW,
    ).exclude(run__members="")
    known = [f"{LEDGER_ROW}{row}" for row in answered]
    fresh = later.exclude(attributes__absence_check__in=known)
    return fresh.exclude(decisions__assignment=assignment).count()


def arm_shows(assignment: Assignment) -> bool:
    if assignment.arm == Assignment.Arm.AFTER:
        devices = {device.id for device in scheme_of(assignment.article.project.codebook).devices}
        return devices <= set(assignment.completions.values_list("device", flat=True))
    return assignment.arm == Assignment.Arm.SHOWN


def _asked_before(assignment: Assignment) -> list[int]:
    """Return suggestions of a comparison that repeat what was decided before the event changed.

    Nobody is asked twice about one omission because an article joined the event.
    """
    compared = Suggestion.objects.filter(article=assignment.article_id).exclude(run__members="")
    decided = compared.filter(decisions__assignment=assignment)
    answered = list(decided.values_list("run", "rule", "parts"))
    if not answered:
        return []
    fresh = compared.exclude(decisions__assignment=assignment)
    return [
        pk
        for pk, run, rule, parts in fresh.values_list("pk", "run", "rule", "parts")
        if any(run != old and rule == by and _meet(parts, theirs) for old, by, theirs in answered)
    ]


def _meet(parts: list[Mapping[str, Any]], others: list[Mapping[str, Any]]) -> bool:
    """Tell whether two suggestions rest on a passage in common; texts never change."""
    return bool(_evidence(parts) & _evidence(others))


def _evidence(parts: list[Mapping[str, Any]]) -> set[tuple[int, int, int]]:
    found = (part for part in parts if part["role"] == "evidence")
    return {(part["article"], part["start"], part["end"]) for part in found}

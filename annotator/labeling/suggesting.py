"""Which suggestions an annotator gets to see, by the arm the sheet was drawn into."""

from __future__ import annotations

from django.db.models import Max, Q, QuerySet

from annotator.corpus.codebooks import scheme_of
from annotator.labeling.models import Assignment, Suggestion, SuggestionRun


def current_runs(article_id: int) -> QuerySet[SuggestionRun]:
    """Return the newest run of each detector; older versions are kept but no longer shown."""
    newest = (
        SuggestionRun.objects.filter(article=article_id)
        .values("detector")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return SuggestionRun.objects.filter(pk__in=newest).order_by("detector")


def visible_suggestions(assignment: Assignment) -> QuerySet[Suggestion]:
    """Return what the arm shows, and whatever this annotator decided already."""
    decided = Q(decisions__assignment=assignment)
    shown = Q(run__in=current_runs(assignment.article_id)) if arm_shows(assignment) else Q(pk=None)
    return (
        Suggestion.objects.filter(article=assignment.article_id)
        .filter(decided | shown)
        .select_related("run")
        .distinct()
    )


def arm_shows(assignment: Assignment) -> bool:
    if assignment.arm == Assignment.Arm.AFTER:
        devices = {device.id for device in scheme_of(assignment.article.project.codebook).devices}
        return devices <= set(assignment.completions.values_list("device", flat=True))
    return assignment.arm == Assignment.Arm.SHOWN

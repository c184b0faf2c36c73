"""What is still open before a sheet can be submitted."""

from __future__ import annotations

from annotator.corpus.codebooks import scheme_of
from annotator.labeling import records
from annotator.labeling.models import Assignment
from annotator.labeling.suggesting import visible_suggestions
from framing.validation import open_points as scheme_points


def open_points(assignment: Assignment) -> list[dict[str, str | int]]:
    """Return every open point with what it is about: a device, a suggestion, an annotation."""
    return [*_devices(assignment), *_suggestions(assignment), *_annotations(assignment)]


def _devices(assignment: Assignment) -> list[dict[str, str | int]]:
    done = set(assignment.completions.values_list("device", flat=True))
    return [
        {
            "device": device.id,
            "place": device.name,
            "message": "is not marked as read.",
            "remedy": f"Press {device.complete_key} when you have read the article for it.",
        }
        for device in scheme_of(assignment.article.project.codebook).devices
        if device.id not in done
    ]


def _suggestions(assignment: Assignment) -> list[dict[str, str | int]]:
    undecided = visible_suggestions(assignment).exclude(
        pk__in=assignment.decisions.values("suggestion")
    )
    return [
        {
            "suggestion": suggestion.pk,
            "place": f"suggestion “{_quote(suggestion.parts)}”",
            "message": "is not decided.",
            "remedy": "Accept or reject it.",
        }
        for suggestion in undecided
    ]


def _annotations(assignment: Assignment) -> list[dict[str, str | int]]:
    project = assignment.article.project
    scheme = scheme_of(project.codebook)
    points: list[dict[str, str | int]] = []
    for content in records.standing(assignment):
        record = records.as_record(content, article=assignment.article_id)
        for problem in scheme_points(record, scheme, preset=project.preset):
            points.append(
                {
                    "annotation": record.id,
                    "attribute": problem.place.rpartition(".")[2],
                    "place": f"“{_quote(content['parts'])}”",
                    "message": problem.message,
                    "remedy": problem.remedy,
                }
            )
    return points


def _quote(parts: list[dict[str, str]]) -> str:
    # A gap has no words of its own.
    quote = next((part["quote"] for part in parts if part["quote"]), "")
    return quote if len(quote) <= 40 else f"{quote[:39]}…"

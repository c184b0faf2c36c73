"""What annotators make of suggestions, written straight into the tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from annotator.corpus.models import Article
from annotator.labeling.models import Annotation, Assignment, Decision, Suggestion

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
TEXT = "Agitators stormed the dam. A mere dozen guards fled."


def part(article: Article, quote: str) -> dict[str, Any]:
    start = article.text.index(quote)
    return {"role": "span", "start": start, "end": start + len(quote), "quote": quote,
            "article": article.pk}  # fmt: skip


def mark(sheet: Assignment, quote: str, label: str = "lt.epithet", **fields: Any) -> Annotation:
    annotation = Annotation.objects.create(
        assignment=sheet, device="loaded_terms", label=label, revision=1, **fields
    )
    place = part(sheet.article, quote)
    annotation.parts.create(**{**place, "article": sheet.article}, position=0)
    return annotation


def decide(sheet: Assignment, suggestion: Suggestion, verdict: str) -> Annotation | None:
    """Return the label that an acceptance makes."""
    label = None
    if verdict != "rejected":
        quote, edited = suggestion.parts[0]["quote"], verdict == "edited"
        label = mark(sheet, quote, suggestion=suggestion, edited=edited)
    Decision.objects.create(
        assignment=sheet, suggestion=suggestion, verdict=verdict, annotation=label, at=NOW
    )
    return label

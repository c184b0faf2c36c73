"""Adjudication in the admin."""

from __future__ import annotations

from django.contrib import admin

from annotator.readonly import ReadOnlyAdmin, ReadOnlyInline
from annotator.review import models


class GoldPartInline(ReadOnlyInline):
    model = models.GoldPart


@admin.register(models.ReviewDecision)
class ReviewDecisionAdmin(ReadOnlyAdmin[models.ReviewDecision]):
    list_display = ["article", "device", "kind", "reviewer", "at", "superseded_by"]
    list_filter = ["kind", "device", "reviewer", "article__project"]
    search_fields = ["article__title", "note"]
    list_select_related = ["article", "reviewer", "superseded_by__article"]
    date_hierarchy = "at"


@admin.register(models.GoldAnnotation)
class GoldAnnotationAdmin(ReadOnlyAdmin[models.GoldAnnotation]):
    list_display = ["label", "device", "article", "decision"]
    list_filter = ["device", "label", "article__project"]
    search_fields = ["article__title", "parts__quote"]
    list_select_related = ["article", "decision__article"]
    inlines = [GoldPartInline]

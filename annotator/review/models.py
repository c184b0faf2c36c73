"""Adjudication: what a reviewer decided about a cluster of labels, and the gold it made.

The annotators' own labels are never touched; gold lives in rows of its own.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from annotator.corpus.models import Article, CodebookVersion
from annotator.labeling.models import Annotation, PartBase


class ReviewDecision(models.Model):
    """One reviewer's answer to one cluster: take a version, the majority, another, or none."""

    class Kind(models.TextChoices):
        TAKE = "take", "took one annotator's version"
        MAJORITY = "majority", "took the majority"
        OWN = "own", "made another version"
        NONE = "none", "none of these is right"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="review_decisions")
    device = models.CharField(max_length=32)
    kind = models.CharField(max_length=8, choices=Kind)
    considered = models.ManyToManyField(Annotation, related_name="review_decisions")
    codebook = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(max_length=4000, blank=True)
    at = models.DateTimeField()
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.article}"


class GoldAnnotation(models.Model):
    """One adjudicated label and where it came from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="gold")
    decision = models.OneToOneField(ReviewDecision, on_delete=models.PROTECT, related_name="gold")
    taken_from = models.ForeignKey(
        Annotation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    device = models.CharField(max_length=32)
    label = models.CharField(max_length=64)
    attributes = models.JSONField(default=dict, blank=True)
    note = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ["article", "pk"]

    def __str__(self) -> str:
        return f"gold {self.label} in {self.article}"


class GoldPart(PartBase):
    gold = models.ForeignKey(GoldAnnotation, on_delete=models.CASCADE, related_name="parts")

    class Meta(PartBase.Meta):
        ordering = ["gold", "position"]
        constraints = [
            *PartBase.Meta.constraints,
            models.UniqueConstraint(fields=["gold", "position"], name="goldpart_position"),
        ]

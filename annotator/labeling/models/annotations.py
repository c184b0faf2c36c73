"""What annotators marked, and what they made of suggestions."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from annotator.corpus.models import Article
from annotator.labeling.models.assignments import Assignment
from annotator.labeling.models.suggestions import Suggestion


class Annotation(models.Model):
    """One framing device that one annotator marked. Rows are kept after deletion."""

    class Flag(models.TextChoices):
        NONE = "", "none"
        DISCUSS = "discuss", "discuss"
        DISCARD = "discard", "discard"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="annotations"
    )
    device = models.CharField(max_length=32)
    label = models.CharField(max_length=64)
    attributes = models.JSONField(default=dict, blank=True)
    note = models.TextField(max_length=4000, blank=True)
    confidence = models.CharField(max_length=16, blank=True)
    flag = models.CharField(max_length=8, choices=Flag, blank=True, default=Flag.NONE)
    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited = models.BooleanField(default=False, help_text="Differs from what was suggested.")
    revision = models.PositiveIntegerField(help_text="Sheet revision of the last change.")
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.label} by {self.assignment.annotator}"


class PartBase(models.Model):
    """One span in one role; ``article`` is the annotated one or, for evidence, a sibling."""

    role = models.CharField(max_length=32)
    position = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(blank=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lt=F("end")) | Q(role="anchor", start=F("end")),
                name="%(class)s_start_before_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} [{self.start}, {self.end})"


class AnnotationPart(PartBase):
    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="parts")

    class Meta(PartBase.Meta):
        ordering = ["annotation", "position"]
        constraints = [
            *PartBase.Meta.constraints,
            models.UniqueConstraint(
                fields=["annotation", "position"], name="annotationpart_position"
            ),
        ]


class Decision(models.Model):
    """What an annotator made of a suggestion. Reopening removes the row; history keeps it."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "accepted"
        EDITED = "edited", "accepted with an edit"
        REJECTED = "rejected", "rejected"

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="decisions")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="decisions"
    )
    verdict = models.CharField(max_length=8, choices=Verdict)
    annotation = models.ForeignKey(
        Annotation, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "assignment"], name="one_decision_each"),
            models.CheckConstraint(
                condition=Q(verdict="rejected", annotation=None)
                | Q(verdict__in=["accepted", "edited"], annotation__isnull=False),
                name="acceptance_makes_an_annotation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.suggestion}"

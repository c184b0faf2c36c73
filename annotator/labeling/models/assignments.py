"""Who reads what, under which rules, and how far they are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from annotator.corpus.models import Article


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, user: Any) -> AssignmentQuerySet:
        """The person's own queue in its drawn order, of projects they are still a member of."""
        return self.filter(
            annotator=user.pk, withdrawn_at=None, article__project__memberships__user=user.pk
        ).order_by("position", "pk")

    def unfinished(self) -> AssignmentQuerySet:
        return self.exclude(state=Assignment.State.SUBMITTED)


class Assignment(models.Model):
    """One annotator's sheet for one article: the rules, the state and the revision of the work."""

    class State(models.TextChoices):
        QUEUED = "queued", "not begun"
        OPEN = "open", "begun"
        SUBMITTED = "submitted", "submitted"

    class Arm(models.TextChoices):
        SHOWN = "shown", "suggestions shown"
        HIDDEN = "hidden", "suggestions hidden"
        AFTER = "after", "shown after the first pass"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="assignments")
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    position = models.PositiveIntegerField(help_text="Place in the annotator's queue.")
    seed = models.PositiveIntegerField(help_text="The seed that drew place and arm.")
    arm = models.CharField(max_length=6, choices=Arm, default=Arm.SHOWN)
    blind = models.BooleanField(default=True)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    revision = models.PositiveIntegerField(default=0)
    ledger_revision = models.PositiveIntegerField(
        default=0, help_text="Counts the changes to its ledger cells, apart from its labels."
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the labels as last submitted."
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "annotator"], name="one_sheet_each"),
        ]

    def __str__(self) -> str:
        return f"{self.annotator}: {self.article}"

    def get_absolute_url(self) -> str:
        return reverse("workbench", args=[self.pk])


class Completion(models.Model):
    """The annotator has read the article for this device; there may be nothing of it."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="completions"
    )
    device = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "device"], name="one_completion_each"),
        ]

    def __str__(self) -> str:
        return f"{self.device} of {self.assignment}"

"""Detector versions that a project's own labels made."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from annotator.corpus.models import Project


class LearnedVersion(models.Model):
    """One training: what was asked, the weights, the model card. Used only after a person's click.

    ``card`` says what the weights were made from and how they compare with ``base``, the version
    that was in use, on the held-back articles.
    """

    class State(models.TextChoices):
        PENDING = "pending", "waiting for a worker"
        RUNNING = "running", "being trained"
        DONE = "done", "trained"
        FAILED = "failed", "failed"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="learned")
    number = models.PositiveIntegerField()
    detector = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    base = models.CharField(max_length=32, blank=True)
    weights = models.JSONField(null=True, blank=True)
    threshold = models.FloatField(null=True, blank=True)
    card = models.JSONField(default=dict, blank=True)
    better = models.BooleanField(default=False)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    used_from = models.DateTimeField(null=True, blank=True)
    in_use = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_number_each"),
            models.UniqueConstraint(
                fields=["project", "detector"], condition=Q(in_use=True), name="one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(in_use=False)
                | Q(state="done", better=True, weights__isnull=False, threshold__isnull=False),
                name="only_better_ones_are_used",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.detector} {self.name}"

    @property
    def name(self) -> str:
        """What stands behind the plus in the version of its suggestions."""
        return f"p{self.project_id}.{self.number}"

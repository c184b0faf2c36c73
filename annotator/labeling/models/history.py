"""Every change ever made to a sheet."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from annotator.labeling.models.assignments import Assignment


class Operation(models.Model):
    """History: one row a change, append-only by a trigger. Undo is another operation."""

    class Kind(models.TextChoices):
        CREATE = "create", "marked"
        UPDATE = "update", "changed"
        DELETE = "delete", "deleted"
        ACCEPT = "accept", "accepted a suggestion"
        REJECT = "reject", "rejected a suggestion"
        REOPEN = "reopen", "reopened a suggestion"
        COMPLETE = "complete", "read for a device"
        UNCOMPLETE = "uncomplete", "took back: read for a device"
        SUBMIT = "submit", "submitted"
        UNSUBMIT = "unsubmit", "reopened the article"

    id = models.UUIDField(primary_key=True)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="operations"
    )
    revision = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    annotation_id = models.UUIDField(null=True, blank=True, db_index=True)
    suggestion_id = models.BigIntegerField(null=True, blank=True)
    device = models.CharField(max_length=32, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    undoes = models.UUIDField(null=True, blank=True)
    arm = models.CharField(max_length=6, choices=Assignment.Arm)
    tab = models.CharField(max_length=64, blank=True)
    client_time = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["assignment", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "revision"], name="one_op_a_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_kind_display()}"

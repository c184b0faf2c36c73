"""What people and detectors say about articles, with its full history."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from annotator.corpus.models import Article


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, user: Any) -> AssignmentQuerySet:
        """The person's own queue, in its drawn order."""
        return self.filter(annotator=user.pk, withdrawn_at=None).order_by("position", "pk")

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


class TextLayer(models.Model):
    """Words, sentences and entities of an article from one parse; the page snaps to them.

    Each is a list of ``[start, end]`` code points (entities add their type).
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="layer")
    model = models.CharField(max_length=120)
    tokens = models.JSONField()
    sentences = models.JSONField()
    entities = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"layer of {self.article}"


class RunQuerySet(models.QuerySet["SuggestionRun"]):
    def unfinished(self) -> RunQuerySet:
        return self.filter(state__in=["pending", "running"])


class SuggestionRun(models.Model):
    """One detector on one article: the record of what is due, and the outbox of the queue."""

    class State(models.TextChoices):
        PENDING = "pending", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="runs")
    detector = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    config_hash = models.CharField(max_length=16)
    model = models.CharField(max_length=120, help_text="spaCy pipeline, name-version.")
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "detector", "version", "config_hash"], name="one_run_each"
            ),
        ]
        indexes = [
            # The sweep asks for what is due every few seconds.
            models.Index(
                fields=["not_before"], name="run_due", condition=Q(state__in=["pending", "running"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.detector} {self.version} on {self.article}"


class Suggestion(models.Model):
    """What a detector proposes. It never becomes a label unseen and is never changed."""

    run = models.ForeignKey(SuggestionRun, on_delete=models.CASCADE, related_name="suggestions")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="suggestions")
    position = models.PositiveIntegerField()
    device = models.CharField(max_length=32)
    label = models.CharField(max_length=64)
    parts = models.JSONField(help_text="role, start, end, quote, article.")
    attributes = models.JSONField(default=dict, blank=True)
    score = models.FloatField()
    rule = models.CharField(max_length=80)
    reason = models.TextField()
    judged_start = models.PositiveIntegerField()
    judged_end = models.PositiveIntegerField()

    class Meta:
        ordering = ["run", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="one_suggestion_each"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="suggestion_score_0_1"
            ),
            models.CheckConstraint(
                condition=Q(judged_start__lte=F("judged_end")), name="suggestion_judged_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.score:.2f}"


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


class Pulse(models.Model):
    """When each part of the machinery was last seen alive; pages warn from it."""

    name = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"

"""What detectors propose, and the record of which of them is due."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from annotator.corpus.models import Article
from framing.detectors.languages import shortcoming


class TextLayer(models.Model):
    """Words, sentences and entities of an article from one parse; the page snaps to them.

    Each is a list of ``[start, end]`` code points (entities add their type). ``constituents`` are
    phrases as `framing.detectors.constituents.compact` writes them, ``ghosts`` the parts that each
    possible cue would take; None in layers made before there were any.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="layer")
    model = models.CharField(max_length=120)
    tokens = models.JSONField()
    sentences = models.JSONField()
    entities = models.JSONField()
    constituents = models.JSONField(null=True, blank=True)
    ghosts = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"layer of {self.article}"


class RunQuerySet(models.QuerySet["SuggestionRun"]):
    def unfinished(self) -> RunQuerySet:
        return self.filter(state__in=["pending", "running"])


class SuggestionRun(models.Model):
    """One detector on one article: the record of what is due, and the outbox of the queue.

    ``members`` names the articles of the event that the article was compared with; it is empty
    for a detector that reads one article alone.
    """

    class State(models.TextChoices):
        PENDING = "pending", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="runs")
    detector = models.CharField(max_length=64)
    version = models.CharField(max_length=32)
    config_hash = models.CharField(max_length=16)
    members = models.CharField(max_length=16, blank=True)
    model = models.CharField(max_length=120, help_text="spaCy pipeline, name-version.")
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    error = models.TextField(blank=True)
    replaced = models.BooleanField(default=False, help_text="A person chose another version.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "detector", "version", "config_hash", "members"],
                name="one_run_each",
            ),
        ]
        indexes = [
            # The sweep asks for what is due every few seconds. Not partial: SQLite cannot see that
            # a state given as a parameter meets the index's condition.
            models.Index(fields=["state", "not_before"], name="run_state"),
        ]

    def __str__(self) -> str:
        return f"{self.detector} {self.version} on {self.article}"

    @property
    def note(self) -> str:
        """What the detector cannot do in the article's language; empty when it has its rules."""
        return shortcoming(self.detector, self.model)


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


class Pulse(models.Model):
    """When each part of the machinery was last seen alive; pages warn from it."""

    name = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"

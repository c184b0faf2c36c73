"""How articles came to be grouped: searches for events, what they proposed, every change."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class EventSearch(models.Model):
    """One look through a project for articles that tell one story."""

    class State(models.TextChoices):
        PENDING = "pending", "waiting for a worker"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    project = models.ForeignKey(
        "corpus.Project", on_delete=models.CASCADE, related_name="event_searches"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    loose = models.PositiveIntegerField(default=0, help_text="Articles without an event.")
    compared = models.PositiveIntegerField(default=0, help_text="With those of the events.")
    remembered = models.PositiveIntegerField(default=0, help_text="Groups rejected before.")
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "event searches"

    def __str__(self) -> str:
        return f"search of {self.asked_at:%Y-%m-%d %H:%M}"


class EventProposal(models.Model):
    """Articles that may tell one story, until a person says so.

    ``event`` is the event that they would join, None when they would make a new one.
    """

    class State(models.TextChoices):
        OPEN = "open", "to decide"
        CONFIRMED = "confirmed", "confirmed"
        REJECTED = "rejected", "rejected"
        REPLACED = "replaced", "replaced by a later search"

    search = models.ForeignKey(EventSearch, on_delete=models.CASCADE, related_name="proposals")
    project = models.ForeignKey(
        "corpus.Project", on_delete=models.CASCADE, related_name="event_proposals"
    )
    articles = models.JSONField(help_text="Articles without an event, by number.")
    event = models.ForeignKey(
        "corpus.Event", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    score = models.FloatField(help_text="Mean likeness.")
    reason = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{len(self.articles)} articles, {self.get_state_display()}"


class EventChange(models.Model):
    """History of the grouping. What happened is never rewritten: a trigger refuses it.

    ``before`` and ``after`` are names of events as they were then, empty for none.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", "moved"
        RENAMED = "renamed", "renamed"
        CONFIRMED = "confirmed", "confirmed a proposal"
        REJECTED = "rejected", "rejected a proposal"
        REOPENED = "reopened", "took a rejection back"

    project = models.ForeignKey(
        "corpus.Project", on_delete=models.CASCADE, related_name="event_changes"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    article = models.ForeignKey(
        "corpus.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=500, blank=True, help_text="Of the article.")
    proposal = models.ForeignKey(
        EventProposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes"
    )
    source = models.ForeignKey(
        "corpus.Event", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    target = models.ForeignKey(
        "corpus.Event", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title or self.before}: {self.get_kind_display()}"

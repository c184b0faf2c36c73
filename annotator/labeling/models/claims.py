"""The claims of an event's ledger as people judge them: rows that outlive every comparison."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotator.corpus.models import Article, Event


class Claim(models.Model):
    """One row of the ledger: a fact that articles of the event report or leave out.

    `EventLedger` is what the machine found last and is rebuilt at will; a claim stays. After each
    comparison `following.do_follow` gives it the row that continues it (``row``, empty when none
    does). A claim that a person made, or judged in any article, keeps its statement and is never
    closed by the machine while a passage of it still stands in the event. An inactive claim is
    asked of nobody any more; answers to it are kept. ``made_from`` are the claims from which a
    reviewer merged or split it; those are inactive.
    """

    class Origin(models.TextChoices):
        MACHINE = "machine", "found by comparing the articles"
        ANNOTATOR = "annotator", "added by an annotator"
        MERGED = "merged", "merged by a reviewer"
        SPLIT = "split", "split by a reviewer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="claims")
    origin = models.CharField(max_length=9, choices=Origin)
    statement = models.TextField(max_length=1000)
    active = models.BooleanField(default=True)
    row = models.CharField(
        max_length=16, blank=True, help_text="Its row in the event's ledger, if it has one now."
    )
    made_from = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="made_into"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin="machine", created_by=None)
                | ~Q(origin="machine") & Q(created_by__isnull=False),
                name="claims_of_people_have_a_maker",
            ),
            models.UniqueConstraint(
                fields=["event", "row"], condition=~Q(row=""), name="one_claim_a_row"
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class ClaimPassage(models.Model):
    """Where an article of the event makes the claim.

    ``picked_by`` is empty for a passage that the machine found; those are replaced at every
    comparison. The quote stays when the article is deleted.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveSmallIntegerField()
    article = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many sentences come before, where that is known."
    )
    quote = models.TextField()
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["claim", "position"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="claimpassage_position"),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="claimpassage_start_before_end"
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}) of {self.claim_id}"


class ClaimChange(models.Model):
    """History of claims: one row a change, append-only by a trigger.

    ``before`` and ``after`` hold the claim as `claims.as_json` gives it; ``actor`` is empty for the
    machine. What a merge, a split or the undoing of one did to several claims shares one ``batch``.
    """

    class Kind(models.TextChoices):
        ADD = "add", "added"
        FOLLOW = "follow", "followed a new comparison"
        CLOSE = "close", "closed"
        REOPEN = "reopen", "opened again"
        MERGE = "merge", "merged"
        SPLIT = "split", "split"
        UNDO = "undo", "taken back"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="claim_changes")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="changes")
    batch = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=6, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(max_length=4000, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.claim_id}"

"""What annotators answer about the claims of an event, article by article."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotator.labeling.models.assignments import Assignment
from annotator.labeling.models.claims import Claim


class JudgedCell(models.Model):
    """One annotator's answer to one claim in one article. Rows are kept when the answer is undone.

    An empty ``answer`` means that it was taken back. Only an omission has a kind, an anchor,
    salience and favours. The anchor is a span of the judged article, or a gap where start and end
    are the same, or the whole article where both are empty. ``is_check`` marks a claim that the
    article makes as far as the machine can tell, asked to see how carefully people answer: it is
    set when the cell is first answered, stays, and is never told to annotators.
    """

    class Answer(models.TextChoices):
        REPORTED = "reported", "reported"
        PARTLY = "partly", "partly"
        OMITTED = "omitted", "omitted"
        NOT_APPLICABLE = "not_applicable", "not applicable"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="cells")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="cells")
    answer = models.CharField(max_length=14, choices=Answer, blank=True)
    kind = models.CharField(max_length=64, blank=True, help_text="Label of the codebook, om.*")
    anchor_start = models.PositiveIntegerField(null=True, blank=True)
    anchor_end = models.PositiveIntegerField(null=True, blank=True)
    anchor_quote = models.TextField(blank=True)
    salience = models.PositiveSmallIntegerField(null=True, blank=True)
    favours = models.CharField(max_length=1000, blank=True)
    favours_polarity = models.CharField(max_length=16, blank=True)
    note = models.TextField(max_length=4000, blank=True)
    confidence = models.CharField(max_length=16, blank=True)
    is_check = models.BooleanField(
        "asked as a check",
        default=False,
        help_text="The article makes the claim as far as the machine can tell.",
    )
    revision = models.PositiveIntegerField(help_text="Ledger revision of the last change.")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "claim"], name="one_cell_each"),
            models.CheckConstraint(
                condition=Q(answer="omitted")
                | Q(
                    kind="", anchor_start=None, anchor_end=None, salience=None,
                    favours="", favours_polarity="",
                ),
                name="only_omissions_have_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(anchor_start=None, anchor_end=None)
                | Q(anchor_start__lte=F("anchor_end")),
                name="cell_anchor_range",
            ),
            models.CheckConstraint(
                condition=Q(salience=None) | Q(salience__gte=1, salience__lte=3),
                name="cell_salience_1_3",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_answer_display() or 'open'}: {self.claim_id}"


class CellOperation(models.Model):
    """History of a ledger sheet: one row a change, append-only by a trigger.

    ``revision`` counts within the assignment's ledger and is not that of its labels
    (`Operation.revision`). ``before`` and ``after`` hold the cell as `cells.as_json` gives it.
    """

    class Kind(models.TextChoices):
        JUDGE = "judge", "answered"
        CLEAR = "clear", "took the answer back"
        ADD = "add", "added a claim"
        WITHDRAW = "withdraw", "took an added claim back"

    id = models.UUIDField(primary_key=True)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="cell_operations"
    )
    revision = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="operations")
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    undoes = models.UUIDField(null=True, blank=True)
    tab = models.CharField(max_length=64, blank=True)
    client_time = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["assignment", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "revision"], name="one_cell_op_a_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_kind_display()}"

"""What the articles of an event say alike, as the worker last found it."""

from __future__ import annotations

from django.db import models

from annotator.corpus.models import Event


class EventLedger(models.Model):
    """The claims of one event by article. Rebuilt whenever its members or a detector change.

    ``members`` names the articles that runs are planned for, ``filled`` those that ``rows`` are
    about; while the two differ, the worker has still to compare them.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="ledger")
    members = models.CharField(
        max_length=16, blank=True, help_text="Of the articles now; empty when there are not two."
    )
    filled = models.CharField(max_length=16, blank=True, help_text="Of the articles compared.")
    model = models.CharField(max_length=120, blank=True, help_text="spaCy pipeline, name-version.")
    articles = models.JSONField(default=list, blank=True, help_text="Those that were compared.")
    rows = models.JSONField(default=list, blank=True, help_text="Claims with their passages.")
    copies = models.JSONField(default=list, blank=True, help_text="Articles with one text.")
    problems = models.JSONField(default=list, blank=True, help_text="What could not be compared.")
    seconds = models.FloatField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"ledger of {self.event}"

"""What researchers keep: agreement runs and releases, both frozen when made."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from annotator.corpus.models import CodebookVersion, Project


class AgreementRun(models.Model):
    """Agreement as it was at one moment: the numbers and a fingerprint of the data behind them.

    A trigger refuses to change what was kept.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="agreement_runs")
    codebook = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    data_sha256 = models.CharField(max_length=64, help_text="Fingerprint of the exported data.")
    parameters = models.JSONField(default=dict)
    reports = models.JSONField(help_text="Reports as framing.agreement gives them.")
    ledger = models.JSONField(
        default=dict,
        blank=True,
        help_text="What `ledger.summary` gives; empty for runs kept before ledgers were.",
    )
    ledger_sha256 = models.CharField(
        max_length=64, blank=True, default="", help_text="Fingerprint of the exported ledger."
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.project}, {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("agreement-run", args=[self.project.slug, self.pk])


class Release(models.Model):
    """A frozen dataset: its files' hashes, and what it was made from."""

    class State(models.TextChoices):
        PENDING = "pending", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="releases")
    name = models.CharField(max_length=120)
    version = models.CharField(max_length=32)
    codebook = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        AgreementRun, on_delete=models.PROTECT, null=True, blank=True, related_name="releases"
    )
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    manifest = models.JSONField(default=dict, help_text="File name to SHA-256 and size.")
    stored = models.CharField(max_length=80, blank=True)
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="release_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

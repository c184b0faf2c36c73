"""Projects and what they are about: codebook, people, outlets, events, articles, imports."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from annotator.corpus.event_models import EventChange, EventProposal, EventSearch

__all__ = [
    "Article", "CodebookVersion", "Event", "EventChange", "EventProposal", "EventSearch",
    "ImportBatch", "ImportRow", "Membership", "Outlet", "Project", "ProjectQuerySet",
]  # fmt: skip


class CodebookVersion(models.Model):
    """One scheme file, word for word. Annotations refer to it, so it is superseded, not edited."""

    scheme_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    source = models.TextField(help_text="The scheme as TOML.")
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["scheme_id", "-version"]

    def __str__(self) -> str:
        return f"{self.scheme_id} version {self.version}"


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: Any) -> ProjectQuerySet:
        """Projects of which the person is a member; all of them for a site administrator."""
        if user.is_superuser:
            return self
        return self.filter(memberships__user=user.pk).distinct()


class Project(models.Model):
    """One study: a codebook, articles, people and the rules by which they meet."""

    class Preset(models.TextChoices):
        CORE = "core", "core: what every project needs"
        FULL = "full", "full: every starred attribute, for training and expert studies"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.TextField(max_length=4000, blank=True)
    codebook = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="projects")
    preset = models.CharField(max_length=8, choices=Preset, default=Preset.CORE)
    language = models.CharField(max_length=16, default="en")
    redundancy = models.PositiveSmallIntegerField(
        default=2, help_text="How many annotators read each article."
    )
    blind = models.BooleanField(
        "hide outlets", default=True, help_text="Hide outlet, byline and address from annotators."
    )
    may_reopen = models.BooleanField(
        "annotators may reopen",
        default=True,
        help_text="Let annotators reopen what they submitted.",
    )
    share_shown = models.PositiveSmallIntegerField(
        "suggestions shown, %", default=100, help_text="Share of assignments that see suggestions."
    )
    share_after = models.PositiveSmallIntegerField(
        "shown after the first pass, %",
        default=0,
        help_text="Share that sees suggestions once every device is read. The rest never does.",
    )
    share_checks = models.PositiveSmallIntegerField(
        "checks in the ledger, %",
        default=20,
        help_text="Share of the claims an article does report that its annotators are asked about, "
        "to see how carefully they answer.",
    )
    by_uncertainty = models.BooleanField(
        "least certain first",
        default=False,
        help_text="Let annotators read first what the detectors are least sure about.",
    )
    seed = models.PositiveIntegerField(default=1, help_text="Draws orders, arms and checks.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(redundancy__gte=1, redundancy__lte=50), name="project_redundancy"
            ),
            models.CheckConstraint(
                condition=Q(share_shown__lte=100 - F("share_after")), name="project_arm_shares"
            ),
            models.CheckConstraint(
                condition=Q(share_checks__lte=100), name="project_share_of_checks"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.slug])


class Membership(models.Model):
    """What a person may do in a project. One person may hold one role in each."""

    class Role(models.TextChoices):
        ANNOTATOR = "annotator", "annotator"
        RESEARCHER = "researcher", "researcher"
        ADMIN = "admin", "admin"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=12, choices=Role)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["project", "user"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_role_a_project"),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.project}"


class Outlet(models.Model):
    """Who published an article, as the import named it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="outlets")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="outlet_once_a_project"),
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One story that several outlets cover; the unit in which articles are assigned."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="events")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="event_once_a_project"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """One file that was handed in, and what became of each of its rows."""

    class State(models.TextChoices):
        PENDING = "pending", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="batches")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=200, help_text="The file's name as it was handed in.")
    stored = models.CharField(max_length=80, help_text="Where the original bytes are kept.")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    event_name = models.CharField(
        max_length=200, blank=True, help_text="Event for articles that name none."
    )
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    rows_seen = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return f"{self.name}, {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("import-batch", args=[self.project.slug, self.pk])


class Article(models.Model):
    """One news article. The text never changes: a trigger in the database refuses it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="articles")
    event = models.ForeignKey(
        Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    outlet = models.ForeignKey(
        Outlet, on_delete=models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    external_id = models.CharField(max_length=200, help_text="The id in the imported file.")
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField(help_text="In code points.")
    words = models.PositiveIntegerField()
    published = models.CharField(max_length=40, blank=True, help_text="ISO 8601, as imported.")
    url = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=16, default="en")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], name="article_text_once"),
            models.UniqueConstraint(fields=["project", "external_id"], name="article_id_once"),
            models.CheckConstraint(condition=Q(length__gt=0), name="article_has_text"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.project.slug, self.pk])

    @property
    def name(self) -> str:
        """The title, or the first words of a text that has none."""
        return self.title or shorten(self.text[:400], width=80, placeholder=" …")


class ImportRow(models.Model):
    """What became of one row or file of a batch."""

    class Outcome(models.TextChoices):
        ADDED = "added", "added"
        KNOWN = "known", "already there"
        REFUSED = "refused", "refused"
        SKIPPED = "skipped", "left out"

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="Position in the file, from 1.")
    place = models.CharField(max_length=300, help_text="Row or file name, as people count.")
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.TextField(blank=True)
    article = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_outcome_display()}"

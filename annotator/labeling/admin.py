"""Labels, suggestions and history in the admin, with the bulk actions that services offer."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from annotator.accounts.refusals import Conflict
from annotator.labeling import models
from annotator.labeling.assigning import do_withdraw
from annotator.readonly import ReadOnlyAdmin, ReadOnlyInline


class CompletionInline(ReadOnlyInline):
    model = models.Completion


@admin.register(models.Assignment)
class AssignmentAdmin(ReadOnlyAdmin[models.Assignment]):
    list_display = ["article", "annotator", "state", "arm", "position", "revision", "submitted_at"]
    list_filter = ["state", "arm", "article__project", "annotator"]
    search_fields = ["article__title", "annotator__username"]
    list_select_related = ["article", "annotator"]
    date_hierarchy = "created_at"
    inlines = [CompletionInline]
    actions = ["withdraw"]

    @admin.action(description="Withdraw from the annotators’ queues", permissions=["view"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[models.Assignment]) -> None:
        if not request.user.has_perm("labeling.change_assignment"):
            self.message_user(request, "You may look, not withdraw.", messages.ERROR)
            return
        withdrawn = 0
        for assignment in queryset.filter(withdrawn_at=None):
            try:
                do_withdraw(assignment=assignment, now=timezone.now())
            except Conflict as refusal:
                self.message_user(request, f"{assignment}: {refusal.detail}", messages.WARNING)
            else:
                withdrawn += 1
        self.message_user(request, f"Withdrawn: {withdrawn}.", messages.SUCCESS)


class PartInline(ReadOnlyInline):
    model = models.AnnotationPart


@admin.register(models.Annotation)
class AnnotationAdmin(ReadOnlyAdmin[models.Annotation]):
    list_display = ["label", "quote", "annotator", "article", "flag", "edited", "created_at"]
    list_filter = [
        "device",
        "label",
        "flag",
        ("deleted_at", admin.EmptyFieldListFilter),
        "assignment__article__project",
        "assignment__annotator",
    ]
    search_fields = ["note", "parts__quote", "assignment__article__title"]
    date_hierarchy = "created_at"
    inlines = [PartInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Annotation]:
        rows = super().get_queryset(request)
        return rows.select_related("assignment__annotator", "assignment__article").prefetch_related(
            "parts"
        )

    @admin.display
    def quote(self, row: models.Annotation) -> str:
        return " … ".join(part.quote for part in row.parts.all())[:80]

    @admin.display(ordering="assignment__annotator")
    def annotator(self, row: models.Annotation) -> str:
        return row.assignment.annotator.name

    @admin.display(ordering="assignment__article")
    def article(self, row: models.Annotation) -> str:
        return str(row.assignment.article)


@admin.register(models.Operation)
class OperationAdmin(ReadOnlyAdmin[models.Operation]):
    list_display = ["at", "actor", "kind", "device", "assignment", "revision", "arm"]
    list_filter = ["kind", "device", "arm", "actor", "assignment__article__project"]
    search_fields = ["=annotation_id", "assignment__article__title"]
    list_select_related = ["actor", "assignment__article", "assignment__annotator"]
    date_hierarchy = "at"


@admin.register(models.SuggestionRun)
class SuggestionRunAdmin(ReadOnlyAdmin[models.SuggestionRun]):
    list_display = ["article", "detector", "version", "state", "tries", "seconds", "finished_at"]
    list_filter = ["state", "detector", "version", "article__project"]
    search_fields = ["article__title", "error"]
    list_select_related = ["article"]


@admin.register(models.Suggestion)
class SuggestionAdmin(ReadOnlyAdmin[models.Suggestion]):
    list_display = ["label", "quote", "score", "rule", "article"]
    list_filter = ["device", "label", "run__detector", "run__version", "article__project"]
    search_fields = ["reason", "rule", "article__title"]
    list_select_related = ["article"]

    @admin.display
    def quote(self, row: models.Suggestion) -> str:
        return " … ".join(part["quote"] for part in row.parts)[:80]


@admin.register(models.Decision)
class DecisionAdmin(ReadOnlyAdmin[models.Decision]):
    list_display = ["suggestion", "verdict", "assignment", "at"]
    list_filter = ["verdict", "suggestion__device", "assignment__annotator"]
    list_select_related = ["suggestion", "assignment__article", "assignment__annotator"]
    date_hierarchy = "at"


@admin.register(models.Completion)
class CompletionAdmin(ReadOnlyAdmin[models.Completion]):
    list_display = ["assignment", "device", "at"]
    list_filter = ["device", "assignment__annotator"]
    list_select_related = ["assignment__article", "assignment__annotator"]


@admin.register(models.TextLayer)
class TextLayerAdmin(ReadOnlyAdmin[models.TextLayer]):
    list_display = ["article", "model", "created_at"]
    list_filter = ["model"]
    search_fields = ["article__title"]
    list_select_related = ["article"]


@admin.register(models.LearnedVersion)
class LearnedVersionAdmin(ReadOnlyAdmin[models.LearnedVersion]):
    list_display = ["project", "name", "detector", "state", "better", "in_use", "asked_by"]
    list_filter = ["project", "state", "in_use"]
    list_select_related = ["project", "asked_by"]
    date_hierarchy = "asked_at"


@admin.register(models.EventLedger)
class EventLedgerAdmin(ReadOnlyAdmin[models.EventLedger]):
    list_display = ["event", "model", "seconds", "finished_at"]
    list_filter = ["event__project"]
    search_fields = ["event__name"]
    list_select_related = ["event"]


class ClaimPassageInline(ReadOnlyInline):
    model = models.ClaimPassage


@admin.register(models.Claim)
class ClaimAdmin(ReadOnlyAdmin[models.Claim]):
    list_display = ["statement", "event", "origin", "active", "created_by", "created_at"]
    list_filter = ["origin", "active", "event__project"]
    search_fields = ["statement", "event__name"]
    list_select_related = ["event", "created_by"]
    inlines = [ClaimPassageInline]


@admin.register(models.ClaimChange)
class ClaimChangeAdmin(ReadOnlyAdmin[models.ClaimChange]):
    list_display = ["at", "actor", "kind", "claim", "event"]
    list_filter = ["kind", "actor", "event__project"]
    search_fields = ["claim__statement", "note"]
    list_select_related = ["actor", "claim", "event"]
    date_hierarchy = "at"


@admin.register(models.JudgedCell)
class JudgedCellAdmin(ReadOnlyAdmin[models.JudgedCell]):
    list_display = ["claim", "answer", "kind", "assignment", "is_check", "changed_at"]
    list_filter = ["answer", "kind", "is_check", "assignment__article__project"]
    search_fields = ["claim__statement", "note"]
    list_select_related = ["claim", "assignment__article", "assignment__annotator"]
    date_hierarchy = "changed_at"


@admin.register(models.CellOperation)
class CellOperationAdmin(ReadOnlyAdmin[models.CellOperation]):
    list_display = ["at", "actor", "kind", "claim", "assignment", "revision"]
    list_filter = ["kind", "actor", "assignment__article__project"]
    search_fields = ["claim__statement"]
    list_select_related = ["actor", "claim", "assignment__article", "assignment__annotator"]
    date_hierarchy = "at"


@admin.register(models.Pulse)
class PulseAdmin(ReadOnlyAdmin[models.Pulse]):
    list_display = ["name", "at"]

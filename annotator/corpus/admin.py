"""Projects and articles in the admin. Texts and what became of imports can only be read."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import ModelChoiceField, ModelForm
from django.http import HttpRequest

from annotator.corpus import models
from annotator.readonly import ReadOnlyAdmin, ReadOnlyInline


class MembershipInline(ReadOnlyInline):
    model = models.Membership
    fields = ["user", "role"]


@admin.register(models.Project)
class ProjectAdmin(admin.ModelAdmin[models.Project]):
    list_display = ["name", "codebook", "preset", "redundancy", "blind", "articles", "created_at"]
    list_filter = ["preset", "blind", "codebook", "language"]
    search_fields = ["name", "slug", "description"]
    list_select_related = ["codebook"]
    readonly_fields = ["created_at"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Project]:
        return super().get_queryset(request).annotate(size=Count("articles"))

    @admin.display(ordering="size")
    def articles(self, project: models.Project) -> int:
        return int(getattr(project, "size", 0))


@admin.register(models.Membership)
class MembershipAdmin(admin.ModelAdmin[models.Membership]):
    list_display = ["user", "project", "role", "created_at"]
    list_filter = ["role", "project"]
    search_fields = ["user__username", "user__display_name", "project__name"]
    list_select_related = ["user", "project"]


@admin.register(models.Article)
class ArticleAdmin(admin.ModelAdmin[models.Article]):
    """The text is fixed for good; event, outlet and title may be corrected."""

    list_display = ["title_or_id", "project", "event", "outlet", "words", "published", "created_at"]
    list_filter = ["project", "language", "outlet", "event"]
    search_fields = ["title", "external_id", "sha256"]
    list_select_related = ["project", "event", "outlet"]
    list_per_page = 50
    date_hierarchy = "created_at"
    fields = [
        "project", "title", "event", "outlet", "published", "url", "language", "external_id",
        "batch", "sha256", "length", "words", "created_at", "text",
    ]  # fmt: skip
    readonly_fields = [
        "project", "external_id", "batch", "sha256", "length", "words", "created_at", "text",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Article]:
        rows = super().get_queryset(request)
        match = request.resolver_match
        # A list of long texts would be read for nothing.
        is_list = match is not None and (match.url_name or "").endswith("_changelist")
        return rows.defer("text") if is_list else rows

    def save_model(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: models.Article,
        form: ModelForm[models.Article],
        change: bool,  # noqa: ARG002
    ) -> None:
        """Write the changed columns only: the database refuses to be given the text again."""
        obj.save(update_fields=form.changed_data)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Article | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm[models.Article]]:
        """Offer the events and outlets of the article's own project only."""
        form = super().get_form(request, obj, change, **kwargs)
        for name in ("event", "outlet"):
            field = form.base_fields.get(name)
            if obj and isinstance(field, ModelChoiceField) and field.queryset is not None:
                field.queryset = field.queryset.filter(project=obj.project_id)
        return form

    @admin.display(description="article", ordering="title")
    def title_or_id(self, article: models.Article) -> str:
        return str(article)


class NamedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # of outlets and of events
    list_display = ["name", "project", "articles"]
    list_filter = ["project"]
    search_fields = ["name"]
    list_select_related = ["project"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Outlet | models.Event]:
        rows = super().get_queryset(request).annotate(size=Count("articles"))
        return cast("QuerySet[models.Outlet | models.Event]", rows)

    @admin.display(ordering="size")
    def articles(self, named: models.Outlet | models.Event) -> int:
        return int(getattr(named, "size", 0))


admin.site.register([models.Event, models.Outlet], NamedAdmin)


class ImportRowInline(ReadOnlyInline):
    model = models.ImportRow
    fields = ["number", "place", "outcome", "reason"]
    max_num = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.ImportRow]:
        """Show what needs a person; the other rows have a list of their own."""
        rows: QuerySet[models.ImportRow] = super().get_queryset(request)
        return rows.filter(outcome=models.ImportRow.Outcome.REFUSED)


@admin.register(models.ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin[models.ImportBatch]):
    list_display = ["name", "project", "state", "rows_seen", "size", "tries", "created_by",
                    "created_at"]  # fmt: skip
    list_filter = ["state", "project"]
    search_fields = ["name", "sha256", "error"]
    list_select_related = ["project", "created_by"]
    date_hierarchy = "created_at"
    inlines = [ImportRowInline]


@admin.register(models.ImportRow)
class ImportRowAdmin(ReadOnlyAdmin[models.ImportRow]):
    list_display = ["place", "batch", "outcome", "reason"]
    list_filter = ["outcome", "batch__project"]
    search_fields = ["place", "reason"]
    list_select_related = ["batch"]


@admin.register(models.CodebookVersion)
class CodebookVersionAdmin(ReadOnlyAdmin[models.CodebookVersion]):
    list_display = ["scheme_id", "version", "sha256", "created_at"]
    list_filter = ["scheme_id"]
    search_fields = ["scheme_id", "sha256", "source"]


@admin.register(models.EventSearch)
class EventSearchAdmin(ReadOnlyAdmin[models.EventSearch]):
    list_display = ["asked_at", "project", "asked_by", "state", "loose", "compared", "finished_at"]
    list_filter = ["state", "project"]
    list_select_related = ["project", "asked_by"]


@admin.register(models.EventProposal)
class EventProposalAdmin(ReadOnlyAdmin[models.EventProposal]):
    list_display = ["search", "project", "state", "score", "reason", "event"]
    list_filter = ["state", "project"]
    search_fields = ["reason"]
    list_select_related = ["search", "project", "event"]


@admin.register(models.EventChange)
class EventChangeAdmin(ReadOnlyAdmin[models.EventChange]):
    list_display = ["at", "project", "kind", "title", "before", "after", "actor"]
    list_filter = ["kind", "project"]
    search_fields = ["title", "before", "after"]
    list_select_related = ["project", "actor"]
    date_hierarchy = "at"

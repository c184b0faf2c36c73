"""Agreement runs and releases in the admin."""

from __future__ import annotations

from django.contrib import admin

from annotator.readonly import ReadOnlyAdmin
from annotator.research import models


@admin.register(models.AgreementRun)
class AgreementRunAdmin(ReadOnlyAdmin[models.AgreementRun]):
    list_display = ["project", "created_at", "created_by", "codebook", "data_sha256"]
    list_filter = ["project", "created_by"]
    search_fields = ["data_sha256", "project__name"]
    list_select_related = ["project", "created_by", "codebook"]
    date_hierarchy = "created_at"


@admin.register(models.Release)
class ReleaseAdmin(ReadOnlyAdmin[models.Release]):
    list_display = ["name", "version", "project", "state", "created_by", "created_at"]
    list_filter = ["state", "project"]
    search_fields = ["name", "version"]
    list_select_related = ["project", "created_by"]
    date_hierarchy = "created_at"

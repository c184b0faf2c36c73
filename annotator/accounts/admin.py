"""People in the Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from annotator.accounts.models import User

admin.site.site_header = "Framing Annotator"
admin.site.site_title = "Framing Annotator"
admin.site.index_title = "Everything that is stored"


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("username", "display_name", "pseudonym", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "theme")
    search_fields = ("username", "display_name", "email", "pseudonym")
    readonly_fields = ("pseudonym", "keys", "last_login", "date_joined")

    def get_fieldsets(self, request: Any, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        own = {"fields": ("display_name", "pseudonym", "theme", "keys", "profile")}
        return (*fieldsets, ("In this site", own))

"""People in the Django admin."""

from __future__ import annotations

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from annotator.accounts.models import User

admin.site.site_header = "Framing Annotator"
admin.site.site_title = "Framing Annotator"
admin.site.index_title = "Everything that is stored"
# The libraries' own pages: there is no e-mail here, and a secret is shown to nobody.
for model in (EmailAddress, Authenticator, Group):
    admin.site.unregister(model)


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("username", "display_name", "pseudonym", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "theme")
    search_fields = ("username", "display_name", "email", "pseudonym")
    filter_horizontal = ()  # the library's double list names its parts for nobody who cannot see
    readonly_fields = ("pseudonym", "keys", "last_login", "date_joined")

    def get_fieldsets(self, request: Any, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        own = {"fields": ("display_name", "pseudonym", "theme", "keys", "profile")}
        return (*fieldsets, ("In this site", own))


@admin.register(Group)
class PermissionsAdmin(GroupAdmin):
    filter_horizontal = ()


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # the model has no types
    """A lost second factor is taken away here, so that its person can set up another."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    fields = list_display

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

"""Admin pages of records that people and detectors made: to look at, not to edit.

Labels change only through the operations that keep history; an admin form would go around them.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


class _OnlyLooked:
    """Refuse adding, changing and deleting, to site administrators too."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


class ReadOnlyAdmin(_OnlyLooked, admin.ModelAdmin[M]):
    """List, filter, search and open; nothing else."""


class ReadOnlyInline(_OnlyLooked, admin.TabularInline[Any, Any]):
    """A table of the rows that belong to a record; the library's has headers without a word."""

    template = "admin/read_only_inline.html"
    extra = 0

"""The page that explains the API, for people who write scripts."""

from __future__ import annotations

from functools import lru_cache

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from annotator.api_schema import Schema


@lru_cache(maxsize=1)
def schema() -> Schema:
    """Return the API's schema; the addresses do not change while a process lives."""
    document = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]  # has none
    return Schema(document)


@require_safe
@login_required
def api_docs(request: HttpRequest) -> HttpResponse:
    known = schema()
    context = {
        "here": "api",
        "about": known.about,
        "tags": known.by_tag(),
        "shapes": known.shapes(),
        "root": request.build_absolute_uri("/").rstrip("/"),
        "secure": request.is_secure(),
    }
    return render(request, "api.html", context)

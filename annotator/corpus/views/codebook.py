"""The codebook as a text to read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from annotator.corpus.access import project_for
from annotator.corpus.codebooks import scheme_of
from annotator.corpus.pages import show


@require_safe
@login_required
def codebook(request: HttpRequest, slug: str) -> HttpResponse:
    """Render the scheme of the project, for everybody in it."""
    project = project_for(request.user, slug)
    scheme = scheme_of(project.codebook)
    return show(
        request,
        "corpus/codebook.html",
        project,
        here="codebook",
        scheme=scheme,
        preset=scheme.preset(project.preset),
    )


@require_safe
@login_required
def codebook_source(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the scheme as the TOML file it was loaded from."""
    project = project_for(request.user, slug)
    version = project.codebook
    answer = HttpResponse(version.source, content_type="application/toml; charset=utf-8")
    name = f"{version.scheme_id}-version-{version.version}.toml"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

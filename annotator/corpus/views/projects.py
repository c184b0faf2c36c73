"""The list of projects, a new one, and the rules of one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from annotator.corpus import projects as studies
from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.forms import NewProjectForm, ProjectForm
from annotator.corpus.models import Membership, Project
from annotator.corpus.pages import show


@require_safe
@login_required
def projects(request: HttpRequest) -> HttpResponse:
    user = person(request.user)
    roles = dict(Membership.objects.filter(user=user).values_list("project", "role"))
    rows = [
        (project, roles.get(project.pk, "site administrator"))
        for project in Project.objects.visible_to(user).select_related("codebook")
    ]
    context = {"rows": rows, "here": "projects", "may_create": studies.may_create_projects(user)}
    return render(request, "corpus/projects.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_new(request: HttpRequest) -> HttpResponse:
    user = person(request.user)
    if not studies.may_create_projects(user):
        raise PermissionDenied
    form = NewProjectForm(request.POST or None)
    if form.is_valid():
        project = studies.do_create_project(user=user, **form.cleaned_data)
        messages.success(request, f"“{project}” is ready. Import its articles next.")
        return redirect("import", slug=project.slug)
    context = {"form": form, "here": "projects"}
    return render(request, "corpus/project_new.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_settings(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, roles=LEADS)
    # The form writes into its instance before it is known to be valid: give it one of its own.
    own = Project.objects.get(pk=project.pk)
    form = ProjectForm(request.POST or None, instance=own)
    if form.is_valid():
        studies.do_change_project(project=project, **form.cleaned_data)
        messages.success(request, "Saved. What is already handed out keeps its rules.")
        return redirect("project-settings", slug=slug)
    status = 400 if form.errors else 200
    return show(
        request, "corpus/project_settings.html", project, here="settings", status=status, form=form
    )

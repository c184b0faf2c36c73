"""Who takes part in a project."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotator.accounts import people as accounts
from annotator.accounts.forms import NewPersonForm
from annotator.accounts.models import User
from annotator.accounts.refusals import Refusal
from annotator.corpus import projects as studies
from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.forms import MemberForm, RoleForm
from annotator.corpus.models import Project
from annotator.corpus.pages import show


class InviteForm(NewPersonForm, MemberForm):
    """An account that is made for somebody, with a role in this project."""

    field_order = ("username", "display_name", "role")


@require_safe
@login_required
def project_people(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, project_for(request.user, slug, roles=LEADS))


@require_POST
@login_required
def member_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody in who has an account."""
    project = project_for(request.user, slug, roles=LEADS)
    form = MemberForm(request.POST, prefix="add", roles=_roles(request, project))
    if not form.is_valid():
        return _page(request, project, add=form)
    user = User.objects.filter(username=form.cleaned_data["username"], is_active=True).first()
    if user is None:
        form.add_error("username", "Nobody has this user name. Make an account on the right.")
        return _page(request, project, add=form)
    try:
        studies.do_add_member(
            project=project, user=user, role=form.cleaned_data["role"], by=person(request.user)
        )
    except Refusal as refusal:
        form.add_error(None, refusal.detail)
        return _page(request, project, add=form)
    messages.success(request, f"{user.name} is in.")
    return redirect("project-people", slug=slug)


@require_POST
@login_required
def member_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an account and show its password, once."""
    project = project_for(request.user, slug, roles=LEADS)
    form = InviteForm(request.POST, prefix="new", roles=_roles(request, project))
    if not form.is_valid():
        return _page(request, project, new=form)
    password = accounts.new_password()
    data = form.cleaned_data
    try:
        with transaction.atomic():
            user = accounts.do_create_person(
                username=data["username"], display_name=data["display_name"], password=password
            )
            studies.do_add_member(
                project=project, user=user, role=data["role"], by=person(request.user)
            )
    except Refusal as refusal:
        form.add_error(None, refusal.detail)
        return _page(request, project, new=form)
    return _page(request, project, made={"user": user, "password": password})


@require_POST
@login_required
def member_password(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Replace a lost password and show the new one, once."""
    project = project_for(request.user, slug, roles=LEADS)
    user = get_object_or_404(project.memberships.select_related("user"), pk=pk).user
    try:
        studies.check_may_give_password(project=project, user=user, by=person(request.user))
    except Refusal as refusal:
        messages.error(request, refusal.detail)
        return redirect("project-people", slug=slug)
    password = accounts.new_password()
    accounts.do_give_password(user=user, password=password)
    return _page(request, project, made={"user": user, "password": password})


@require_POST
@login_required
def member_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project = project_for(request.user, slug, roles=LEADS)
    membership = get_object_or_404(project.memberships.select_related("user", "project"), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "There is no such role. Choose one of the list.")
        return redirect("project-people", slug=slug)
    try:
        studies.do_change_role(
            membership=membership, role=form.cleaned_data["role"], by=person(request.user)
        )
    except Refusal as refusal:
        messages.error(request, refusal.detail)
    else:
        name = membership.user.name
        messages.success(request, f"{name} is now {membership.get_role_display()}.")
    return redirect("project-people", slug=slug)


@require_POST
@login_required
def member_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project = project_for(request.user, slug, roles=LEADS)
    membership = get_object_or_404(project.memberships.select_related("user", "project"), pk=pk)
    try:
        studies.do_remove_member(membership=membership, by=person(request.user))
    except Refusal as refusal:
        messages.error(request, refusal.detail)
    else:
        messages.success(request, f"{membership.user.name} is out. What they labelled stays.")
    return redirect("project-people", slug=slug)


@never_cache
def _page(request: HttpRequest, project: Project, **context: Any) -> HttpResponse:
    roles = _roles(request, project)
    forms = {
        "add": MemberForm(prefix="add", roles=roles),
        "new": InviteForm(prefix="new", roles=roles),
        "roles": roles,
        "members": project.memberships.select_related("user").order_by("role", "user__username"),
    }
    status = 400 if {"add", "new"} & context.keys() else 200
    return show(
        request, "corpus/people.html", project, here="people", status=status, **(forms | context)
    )


def _roles(request: HttpRequest, project: Project) -> list[tuple[str, str]]:
    return studies.grantable_roles(project=project, by=person(request.user))

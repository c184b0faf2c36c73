"""The only way to a project: asking whether this person may have it."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from annotator.accounts.models import User
from annotator.corpus.models import Membership, Project

Role = Membership.Role
LEADS = (Role.RESEARCHER, Role.ADMIN)


def person(user: AbstractBaseUser | AnonymousUser) -> User:
    """Return the signed-in person; raises PermissionDenied for a visitor."""
    if not isinstance(user, User) or not user.is_active:
        raise PermissionDenied
    return user


def role_in(user: User, project: Project) -> str | None:
    """Return the person's role, None for a stranger; a site administrator is admin everywhere."""
    if user.is_superuser:
        return Role.ADMIN
    return project.memberships.filter(user=user).values_list("role", flat=True).first()


def project_for(
    user: AbstractBaseUser | AnonymousUser, slug: str, *, roles: tuple[str, ...] = ()
) -> Project:
    """Return the project for a member.

    Raises Http404 for strangers, so that they cannot learn which projects exist, and
    PermissionDenied for members whose role is not among ``roles`` (empty: any role).
    """
    someone = person(user)
    visible = Project.objects.visible_to(someone).select_related("codebook")
    project = get_object_or_404(visible, slug=slug)
    if roles and role_in(someone, project) not in roles:
        raise PermissionDenied
    return project

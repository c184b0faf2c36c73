"""Set up and change a study: its codebook, its rules, its people."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict, Forbidden, Invalid
from annotator.corpus.access import LEADS, role_in
from annotator.corpus.models import CodebookVersion, Membership, Project
from framing import scheme as schemes

RESERVED_SLUGS = {"new"}
CHANGEABLE = (
    "name",
    "description",
    "preset",
    "language",
    "redundancy",
    "blind",
    "may_reopen",
    "share_shown",
    "share_after",
    "share_checks",
    "by_uncertainty",
    "seed",
)
_NEEDS_A_LEAD = "A project keeps at least one researcher or admin. Name another one first."


def may_create_projects(user: User) -> bool:
    """Tell whether the person may start a study: site administrators and those who lead one."""
    return (
        user.has_perm("corpus.add_project")
        or Membership.objects.filter(user=user, role__in=LEADS).exists()
    )


def do_load_codebook(*, source: str) -> CodebookVersion:
    """Return the stored version of a scheme file, storing it first if it is new.

    Raises Invalid with every problem when the file is no usable scheme.
    """
    try:
        scheme = schemes.parse(source)
    except schemes.SchemeError as error:
        problems = [{"place": p.place, "message": p.message, "remedy": p.remedy}
                    for p in error.problems]
        raise Invalid("This codebook cannot be used.", problems=problems) from error
    version, _ = CodebookVersion.objects.get_or_create(
        sha256=hashlib.sha256(source.encode()).hexdigest(),
        defaults={"scheme_id": scheme.id, "version": scheme.version, "source": source},
    )
    return version


@transaction.atomic
def do_create_project(
    *, user: User, name: str, scheme_id: str = "framing-1", role: str = Membership.Role.ADMIN,
    **settings: Any,
) -> Project:
    """Start a study on a shipped codebook, led by the person who makes it.

    ``settings`` are fields of the model named in CHANGEABLE. Raises Forbidden.
    """
    if not may_create_projects(user):
        raise Forbidden("Only researchers and administrators start projects.")
    project = Project.objects.create(
        name=name,
        slug=free_slug(name),
        codebook=do_load_codebook(source=schemes.source(scheme_id)),
        created_by=user,
        **_known(settings),
    )
    Membership.objects.create(project=project, user=user, role=role)
    return project


@transaction.atomic
def do_change_project(*, project: Project, **settings: Any) -> Project:
    """Change the rules of a study; sheets that are already handed out keep theirs."""
    changed = _known(settings)
    for field, value in changed.items():
        setattr(project, field, value)
    project.save(update_fields=list(changed))
    return project


@transaction.atomic
def do_add_member(*, project: Project, user: User, role: str, by: User) -> Membership:
    """Let a person into a study; raises Conflict when they are in it, Forbidden by role."""
    check_may_grant(project=project, role=role, by=by)
    try:
        with transaction.atomic():
            return Membership.objects.create(project=project, user=user, role=role)
    except IntegrityError as error:
        raise Conflict(f"{user.name} is already in this project.") from error


@transaction.atomic
def do_change_role(*, membership: Membership, role: str, by: User) -> Membership:
    """Give a member another role; raises Forbidden by role, Conflict for the last lead."""
    check_may_grant(project=membership.project, role=membership.role, by=by)
    check_may_grant(project=membership.project, role=role, by=by)
    if role not in LEADS:
        check_not_last_lead(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def do_remove_member(*, membership: Membership, by: User) -> None:
    """Take a person out of a study. What they labelled stays."""
    check_may_grant(project=membership.project, role=membership.role, by=by)
    check_not_last_lead(membership)
    membership.delete()


def check_may_grant(*, project: Project, role: str, by: User) -> None:
    """Researchers invite annotators; only an admin makes or unmakes researchers and admins."""
    own = role_in(by, project)
    if own == Membership.Role.ADMIN or (
        own == Membership.Role.RESEARCHER and role == Membership.Role.ANNOTATOR
    ):
        return
    raise Forbidden("Only an admin of the project may do that. Ask one of them.")


def grantable_roles(*, project: Project, by: User) -> list[tuple[str, str]]:
    """Return the roles that this person may give, as choices of a form."""
    if role_in(by, project) == Membership.Role.ADMIN:
        return list(Membership.Role.choices)
    annotator = Membership.Role.ANNOTATOR
    return [(annotator.value, annotator.label)]


def check_not_last_lead(membership: Membership) -> None:
    """Raise Conflict when nobody would be left to run the project."""
    if membership.role not in LEADS:
        return
    others = membership.project.memberships.filter(role__in=LEADS).exclude(pk=membership.pk)
    if not others.exists():
        raise Conflict(_NEEDS_A_LEAD)


def check_may_give_password(*, project: Project, user: User, by: User) -> None:
    """A lead may replace a lost password only where it opens nothing the lead could not see.

    So not for staff, not for other leads, and not for people who are also in other projects.
    """
    elsewhere = user.memberships.exclude(project=project)
    if (
        user.is_staff
        or user.is_superuser
        or role_in(user, project) != Membership.Role.ANNOTATOR
        or role_in(by, project) not in LEADS
        or elsewhere.exists()
    ):
        raise Forbidden(
            f"The password of {user.name} opens more than this project. "
            "A site administrator can replace it in the Django admin."
        )


def free_slug(name: str) -> str:
    """Return an address for a project that no other has: from its name, numbered if needed."""
    base = slugify(name)[:50].strip("-") or "project"
    taken = set(Project.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _known(settings: dict[str, Any]) -> dict[str, Any]:
    unknown = settings.keys() - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not a setting of a project: {', '.join(sorted(unknown))}")
    return settings

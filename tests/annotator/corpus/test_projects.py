"""Who may start, change and staff a study."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict, Forbidden, Invalid
from annotator.corpus import projects
from annotator.corpus.models import CodebookVersion, Membership, Project
from framing import scheme

Role = Membership.Role


def member(project: Project, user: User) -> Membership:
    return Membership.objects.get(project=project, user=user)


def test_a_lead_starts_another_project_and_leads_it(
    people: dict[str, User], project: Project
) -> None:
    made = projects.do_create_project(user=people["rhea"], name="Ferry strike", redundancy=3)
    assert made.slug == "ferry-strike"
    assert made.redundancy == 3
    assert member(made, people["rhea"]).role == Role.ADMIN
    assert made.codebook.source == scheme.source("framing-1")


@pytest.mark.parametrize("name", ["ada", "cy"])
def test_who_leads_nothing_starts_nothing(
    people: dict[str, User], project: Project, name: str
) -> None:
    with pytest.raises(Forbidden):
        projects.do_create_project(user=people[name], name="Mine")
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Dam", "dam-2"), ("New", "new-2"), ("東京", "project"), ("!" * 120, "project"), ("é", "e")],
)
def test_every_project_gets_an_address_of_its_own(project: Project, name: str, slug: str) -> None:
    assert projects.free_slug(name) == slug


def test_the_same_codebook_is_stored_once(db: None) -> None:
    first = projects.do_load_codebook(source=scheme.source("framing-1"))
    assert projects.do_load_codebook(source=scheme.source("framing-1")) == first
    assert CodebookVersion.objects.count() == 1


def test_a_broken_codebook_is_refused_with_its_problems(db: None) -> None:
    with pytest.raises(Invalid) as refused:
        projects.do_load_codebook(source='id = "x"\nversion = 0\n')
    assert refused.value.body["problems"]
    assert not CodebookVersion.objects.exists()


def test_a_setting_nobody_knows_is_a_mistake_of_the_caller(project: Project) -> None:
    with pytest.raises(TypeError, match="slug"):
        projects.do_change_project(project=project, slug="mine")


# by whom, which role is given, whether it may be
GRANTS = [
    ("ben", Role.ADMIN, True),
    ("ben", Role.ANNOTATOR, True),
    ("rhea", Role.ANNOTATOR, True),
    ("rhea", Role.RESEARCHER, False),
    ("rhea", Role.ADMIN, False),
    ("ada", Role.ANNOTATOR, False),
    ("cy", Role.ANNOTATOR, False),
]


@pytest.mark.parametrize(("by", "role", "may"), GRANTS)
def test_roles_are_given_by_those_who_may(
    people: dict[str, User], project: Project, by: str, role: str, may: bool
) -> None:
    new = User.objects.create_user("new")
    if may:
        assert projects.do_add_member(project=project, user=new, role=role, by=people[by])
    else:
        with pytest.raises(Forbidden):
            projects.do_add_member(project=project, user=new, role=role, by=people[by])
    assert Membership.objects.filter(project=project, user=new).exists() == may


def test_nobody_is_added_twice(people: dict[str, User], project: Project) -> None:
    with pytest.raises(Conflict, match="already"):
        projects.do_add_member(
            project=project, user=people["ada"], role=Role.ANNOTATOR, by=people["ben"]
        )


def test_a_researcher_cannot_unmake_an_admin(people: dict[str, User], project: Project) -> None:
    ben = member(project, people["ben"])
    with pytest.raises(Forbidden):
        projects.do_change_role(membership=ben, role=Role.ANNOTATOR, by=people["rhea"])
    with pytest.raises(Forbidden):
        projects.do_remove_member(membership=ben, by=people["rhea"])


def test_the_last_lead_stays(people: dict[str, User], project: Project) -> None:
    member(project, people["rhea"]).delete()
    ben = member(project, people["ben"])
    with pytest.raises(Conflict, match="at least one"):
        projects.do_remove_member(membership=ben, by=people["ben"])
    with pytest.raises(Conflict, match="at least one"):
        projects.do_change_role(membership=ben, role=Role.ANNOTATOR, by=people["ben"])


def test_a_lost_password_is_replaced_only_where_it_opens_nothing_else(
    people: dict[str, User], project: Project
) -> None:
    def check(whose: str, by: str) -> Any:
        return projects.check_may_give_password(
            project=project, user=people[whose], by=people[by]
        )

    check("ada", "rhea")
    for whose, by in [("ben", "rhea"), ("rhea", "rhea"), ("ada", "dov"), ("cy", "rhea")]:
        with pytest.raises(Forbidden):
            check(whose, by)
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=people["ben"]
    )
    Membership.objects.create(project=other, user=people["ada"], role=Role.ANNOTATOR)
    with pytest.raises(Forbidden, match="opens more"):
        check("ada", "rhea")

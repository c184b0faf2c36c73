"""The page on which people are let in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotator.accounts.models import User
from annotator.corpus.models import Membership, Project


def at(name: str, project: Project, *args: object) -> str:
    return reverse(name, args=[project.slug, *args])


def pk_of(project: Project, user: User) -> int:
    return Membership.objects.get(project=project, user=user).pk


def shown_password(text: str) -> str:
    found = re.search(r"password <code>([^<]+)</code>", text)
    assert found
    return found[1]


def test_a_new_account_shows_its_password_once_and_it_works(
    signed_in: Any, project: Project
) -> None:
    rhea = signed_in("rhea")
    data = {"new-username": "mina", "new-display_name": "Mina", "new-role": "annotator"}
    answer = rhea.post(at("member-create", project), data)
    assert "no-store" in answer.headers["Cache-Control"]
    password = shown_password(answer.content.decode())
    assert password not in rhea.get(at("project-people", project)).content.decode()
    assert Client().login(username="mina", password=password)
    assert Membership.objects.get(user__username="mina").role == "annotator"


def test_a_researcher_cannot_make_an_admin_account(signed_in: Any, project: Project) -> None:
    data = {"new-username": "mina", "new-display_name": "", "new-role": "admin"}
    answer = signed_in("rhea").post(at("member-create", project), data)
    assert answer.status_code == 400
    assert not User.objects.filter(username="mina").exists()


@pytest.mark.parametrize(
    ("username", "sentence"),
    [
        ("ada", "is taken"),
        ("", "This field is required."),
        ("two words", "Enter a valid username."),
        ("n\x00l", "Null characters"),
        ("x" * 61, "at most 60"),
    ],
)
def test_a_user_name_that_cannot_be_is_refused_in_words(
    signed_in: Any, project: Project, username: str, sentence: str
) -> None:
    before = User.objects.count()
    data = {"new-username": username, "new-display_name": "", "new-role": "annotator"}
    answer = signed_in("rhea").post(at("member-create", project), data)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert User.objects.count() == before


def test_somebody_with_an_account_is_added(signed_in: Any, project: Project) -> None:
    data = {"add-username": "cy", "add-role": "annotator"}
    signed_in("rhea").post(at("member-add", project), data)
    assert Membership.objects.get(project=project, user__username="cy").role == "annotator"


@pytest.mark.parametrize(
    ("username", "sentence"), [("nobody", "Nobody has this user name"), ("ada", "already")]
)
def test_who_cannot_be_added_is_told_why(
    signed_in: Any, project: Project, username: str, sentence: str
) -> None:
    data = {"add-username": username, "add-role": "annotator"}
    answer = signed_in("rhea").post(at("member-add", project), data)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_an_admin_changes_roles_and_a_researcher_does_not(
    signed_in: Any, project: Project, people: dict[str, User]
) -> None:
    url = at("member-role", project, pk_of(project, people["ada"]))
    answer = signed_in("rhea").post(url, {"role": "researcher"}, follow=True)
    assert "Only an admin" in answer.content.decode()
    assert pk_of(project, people["ada"])
    signed_in("ben").post(url, {"role": "researcher"})
    assert Membership.objects.get(project=project, user=people["ada"]).role == "researcher"
    answer = signed_in("ben").post(url, {"role": "emperor"}, follow=True)
    assert "no such role" in answer.content.decode()


def test_a_lost_password_is_replaced_and_the_old_one_ends(
    signed_in: Any, project: Project, people: dict[str, User]
) -> None:
    ada = signed_in("ada")
    url = at("member-password", project, pk_of(project, people["ada"]))
    password = shown_password(signed_in("rhea").post(url).content.decode())
    assert Client().login(username="ada", password=password)
    assert ada.get(reverse("home")).status_code == 302


def test_the_password_of_a_lead_is_not_replaced_here(
    signed_in: Any, project: Project, people: dict[str, User]
) -> None:
    before = people["ben"].password
    url = at("member-password", project, pk_of(project, people["ben"]))
    answer = signed_in("rhea").post(url, follow=True)
    assert "opens more than this project" in answer.content.decode()
    people["ben"].refresh_from_db()
    assert people["ben"].password == before


def test_a_member_of_another_project_is_out_of_reach(
    signed_in: Any, project: Project, people: dict[str, User]
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=people["ben"]
    )
    theirs = Membership.objects.create(project=other, user=people["cy"], role="annotator")
    for name in ("member-role", "member-remove", "member-password"):
        assert signed_in("ben").post(at(name, project, theirs.pk)).status_code == 404


def test_who_is_removed_is_out_and_the_last_lead_is_not(
    signed_in: Any, project: Project, people: dict[str, User]
) -> None:
    ben = signed_in("ben")
    for name in ("ada", "rhea"):
        ben.post(at("member-remove", project, pk_of(project, people[name])))
    answer = ben.post(at("member-remove", project, pk_of(project, people["ben"])), follow=True)
    assert "at least one" in answer.content.decode()
    assert set(project.memberships.values_list("user__username", flat=True)) == {"dov", "ben"}

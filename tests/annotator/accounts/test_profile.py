"""What people say about themselves, and how they see the site."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from annotator.accounts.models import User
from annotator.accounts.people import new_password
from annotator.accounts.questionnaire import QUESTIONS

NO_ANSWERS = {question.id: "" for question in QUESTIONS}
PROFILE = {"display_name": "Ada L.", "theme": "dark", **NO_ANSWERS}


def ada_now() -> User:
    return User.objects.get(username="ada")


def test_a_profile_is_saved_with_the_answers_that_were_given(signed_in: Any) -> None:
    signed_in("ada").post(reverse("profile"), {**PROFILE, "age": "25-34"})
    ada = ada_now()
    assert (ada.display_name, ada.theme, ada.profile) == ("Ada L.", "dark", {"age": "25-34"})


def test_an_answer_can_be_taken_back(signed_in: Any) -> None:
    client = signed_in("ada")
    client.post(reverse("profile"), {**PROFILE, "age": "25-34"})
    client.post(reverse("profile"), PROFILE)
    assert ada_now().profile == {}


@pytest.mark.parametrize(
    "change",
    [{"theme": "neon"}, {"age": "-1"}, {"display_name": "n\x00l"}, {"display_name": "x" * 81}],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    signed_in: Any, change: dict[str, str]
) -> None:
    answer = signed_in("ada").post(reverse("profile"), {**PROFILE, **change})
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert ada_now().display_name == "Ada"


def test_a_profile_cannot_be_used_to_become_staff(signed_in: Any) -> None:
    data = {**PROFILE, "is_staff": "1", "is_superuser": "1", "pseudonym": "mine"}
    signed_in("ada").post(reverse("profile"), data)
    assert not ada_now().is_staff
    assert ada_now().pseudonym != "mine"


@pytest.mark.parametrize(
    ("before", "sent", "after"),
    [
        ("system", "dark", "dark"),
        ("dark", "light", "light"),
        ("dark", "toggle", "light"),
        ("system", "toggle", "dark"),
        ("light", "<script>", "dark"),
    ],
)
def test_the_theme_button_is_remembered(
    signed_in: Any, before: str, sent: str, after: str
) -> None:
    client = signed_in("ada")
    User.objects.filter(username="ada").update(theme=before)
    client.post(reverse("theme"), {"theme": sent})
    assert ada_now().theme == after
    assert f'data-theme="{after}"' in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    ("referrer", "target"),
    [
        ("http://testserver/projects/", "http://testserver/projects/"),
        ("https://elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_the_theme_button_leads_back_to_its_page_and_nowhere_else(
    signed_in: Any, referrer: str, target: str
) -> None:
    headers = {"Referer": referrer, "Accept": "text/html"}
    answer = signed_in("ada").post(reverse("theme"), {"theme": "dark"}, headers=headers)
    assert answer.headers["Location"] == target


def test_passwords_that_are_made_are_long_and_never_the_same() -> None:
    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    assert {len(password) for password in made} == {19}

"""Signing in and out, and what is not offered: sign-up and passwords by e-mail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from annotator.accounts.models import User

PASSWORD = "correct horse 7 battery"


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def ada_with_password(people: dict[str, User]) -> User:
    ada = people["ada"]
    ada.set_password(PASSWORD)
    ada.save()
    return ada


def sign_in(client: Client, name: str, password: str, **data: str) -> Any:
    form = {"login": name, "password": password, **data}
    return client.post(reverse("account_login"), form)


def test_a_visitor_is_sent_to_sign_in_and_back(client: Client, ada_with_password: User) -> None:
    sent = client.get(reverse("profile"))
    assert sent.headers["Location"] == "/accounts/login/?next=/profile/"
    answer = sign_in(client, "ada", PASSWORD, next="/profile/")
    assert answer.headers["Location"] == "/profile/"


@pytest.mark.parametrize(
    ("name", "password"),
    [("ada", "wrong"), ("nobody", PASSWORD), ("", ""), ("a\x00da", PASSWORD), ("x" * 999, "y")],
)
def test_a_wrong_name_or_password_is_told_without_saying_which(
    client: Client, ada_with_password: User, name: str, password: str
) -> None:
    answer = sign_in(client, name, password)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_is_sent_to_another_site(client: Client, ada_with_password: User) -> None:
    answer = sign_in(client, "ada", PASSWORD, next="https://elsewhere.example/")
    assert answer.headers["Location"] == reverse("home")


def test_signing_out_ends_the_session(signed_in: Any) -> None:
    ada = signed_in("ada")
    ada.post(reverse("account_logout"))
    assert ada.get(reverse("home")).status_code == 302


def test_nobody_makes_an_account_by_themselves(client: Client, db: None) -> None:
    data = {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("account_signup"), data).status_code == 200
    assert not User.objects.filter(username="eve").exists()


@pytest.mark.parametrize("path", ["password/reset/", "email/", "login/code/", "confirm-email/"])
def test_pages_that_would_send_mail_are_not_there(client: Client, db: None, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_a_password_is_changed_by_who_knows_the_old_one(
    client: Client, ada_with_password: User
) -> None:
    client.force_login(ada_with_password)
    new = "another good 8 phrase"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), {**data, "oldpassword": "wrong"})
    assert Client().login(username="ada", password=PASSWORD)
    client.post(reverse("account_change_password"), data)
    assert Client().login(username="ada", password=new)


@pytest.mark.parametrize("name", ["mfa_index", "account_change_password"])
def test_pages_about_signing_in_open_in_our_frame(
    client: Client, ada_with_password: User, name: str
) -> None:
    sign_in(client, "ada", PASSWORD)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "css/pages.css" in answer.content.decode()


def test_a_second_factor_is_set_up_after_the_password_was_given_again(
    client: Client, ada_with_password: User
) -> None:
    sign_in(client, "ada", PASSWORD)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "css/pages.css" in asked.content.decode()
    where = asked.redirect_chain[-1][0]
    answer = client.post(where, {"password": PASSWORD}, follow=True)
    assert "Authenticator secret" in answer.content.decode()


def test_too_many_tries_get_a_page_that_says_wait(client: Client, ada_with_password: User) -> None:
    answers = [sign_in(client, "ada", "wrong") for _ in range(8)]
    assert any(b"Too many" in answer.content for answer in answers)
    sign_in(client, "ada", PASSWORD)
    assert "_auth_user_id" not in client.session


def test_errors_have_a_page_with_a_way_back(signed_in: Any, project: Any) -> None:
    ada = signed_in("ada")
    assert "your home page" in ada.get("/nowhere/").content.decode()
    refused = ada.get(reverse("project", args=[project.slug]))
    assert refused.status_code == 403
    assert "Not yours to open" in refused.content.decode()


def test_a_form_from_elsewhere_changes_nothing(people: dict[str, User]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["ada"])
    answer = client.post(reverse("profile"), {"display_name": "Eve", "theme": "dark"})
    assert answer.status_code == 403
    assert "Please send it again" in answer.content.decode()
    assert User.objects.get(username="ada").display_name == "Ada"


def test_no_page_allows_foreign_or_inline_script(signed_in: Any) -> None:
    policy = signed_in("ada").get(reverse("home")).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy

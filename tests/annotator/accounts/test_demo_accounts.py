"""The demo's people: made once, with passwords that only this machine knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.accounts import demo_accounts
from annotator.accounts.models import User

pytestmark = pytest.mark.django_db


def test_four_people_are_made_with_drawn_passwords(tmp_path: Path) -> None:
    passwords = demo_accounts.ensure_people(tmp_path)
    assert set(passwords) == {"admin", "rhea", "ada", "dov"}
    assert len(set(passwords.values())) == 4
    for name, password in passwords.items():
        assert User.objects.get(username=name).check_password(password)
    assert list(User.objects.filter(is_staff=True).values_list("username", flat=True)) == ["admin"]


def test_the_file_is_private_and_says_the_same(tmp_path: Path) -> None:
    passwords = demo_accounts.ensure_people(tmp_path)
    file = tmp_path / demo_accounts.FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert demo_accounts.read_sign_ins(tmp_path) == passwords


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    first = demo_accounts.ensure_people(tmp_path)
    assert demo_accounts.ensure_people(tmp_path) == first
    assert User.objects.count() == 4


def test_two_machines_have_different_passwords(tmp_path: Path) -> None:
    assert demo_accounts.draw_password() != demo_accounts.draw_password()


def test_a_password_that_was_changed_is_no_longer_shown(tmp_path: Path) -> None:
    demo_accounts.ensure_people(tmp_path)
    ada = User.objects.get(username="ada")
    ada.set_password("her own words")
    ada.save()
    assert set(demo_accounts.working_sign_ins(tmp_path)) == {"admin", "rhea", "dov"}


def test_without_the_file_nobody_is_shown(tmp_path: Path) -> None:
    assert demo_accounts.working_sign_ins(tmp_path) == {}

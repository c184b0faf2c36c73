"""Make accounts, change what people say about themselves, give new passwords."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict

# No letters or digits that look alike: people copy these from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """Return a password of 80 random bits that can be read aloud: four groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def do_create_person(
    *, username: str, display_name: str, password: str, email: str = ""
) -> User:
    """Make an account; raises Conflict when the user name is taken."""
    try:
        with transaction.atomic():
            return User.objects.create_user(
                username=username, email=email, password=password, display_name=display_name
            )
    except IntegrityError as error:
        raise Conflict(f"The user name “{username}” is taken. Choose another.") from error


def do_give_password(*, user: User, password: str) -> None:
    """Replace a lost password; every session of the person ends."""
    user.set_password(password)
    user.save(update_fields=["password"])


def do_change_profile(
    *, user: User, display_name: str, theme: str, answers: Mapping[str, str]
) -> None:
    """Store how the person is called, sees the site and answered the questionnaire."""
    user.display_name = display_name
    user.theme = theme
    user.profile = {question: answer for question, answer in answers.items() if answer}
    user.save(update_fields=["display_name", "theme", "profile"])


def do_choose_theme(*, user: User, theme: str) -> None:
    user.theme = theme
    user.save(update_fields=["theme"])


def do_note_guided(*, user: User) -> None:
    user.guided = True
    user.save(update_fields=["guided"])


def do_store_keys(*, user: User, keys: Mapping[str, str]) -> None:
    """Store keys that were checked against a codebook."""
    user.keys = dict(keys)
    user.save(update_fields=["keys"])

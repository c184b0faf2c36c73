"""The demo's people. Their passwords are drawn on this machine and kept in one private file."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from annotator.accounts.models import User

FILE = "sign-ins.txt"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
PEOPLE = {
    "admin": "Site administrator",
    "rhea": "Rhea, researcher",
    "ada": "Ada, annotator",
    "dov": "Dov, annotator",
}


def ensure_people(var_dir: Path) -> dict[str, str]:
    """Create those of the demo's people who are missing and return username -> password.

    Passwords come from the file ``sign-ins.txt`` and are drawn into it, mode 0600, when it lacks
    them. Who exists already keeps the password they have.
    """
    known = read_sign_ins(var_dir)
    passwords = {name: known.get(name) or draw_password() for name in PEOPLE}
    if passwords != known:
        _write(var_dir / FILE, passwords)
    with transaction.atomic():
        for name, password in passwords.items():
            if not User.objects.filter(username=name).exists():
                _create(name, password)
    return passwords


def read_sign_ins(var_dir: Path) -> dict[str, str]:
    """Return what the file holds: one ``username password`` a line."""
    file = var_dir / FILE
    if not file.exists():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {pair[0]: pair[1] for pair in pairs if len(pair) >= 2}


def working_sign_ins(var_dir: Path) -> dict[str, str]:
    """Return those of the file's passwords that still open the door."""
    return {
        name: password
        for name, password in read_sign_ins(var_dir).items()
        if (user := User.objects.filter(username=name, is_active=True).first())
        and user.check_password(password)
    }


def draw_password() -> str:
    """Return twelve random letters in three groups: 59 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def _create(name: str, password: str) -> None:
    display = PEOPLE[name].partition(",")[0]
    if name == "admin":
        User.objects.create_superuser(name, password=password, display_name=display)
    else:
        User.objects.create_user(name, password=password, display_name=display)


def _write(file: Path, passwords: Mapping[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        os.fchmod(handle, 0o600)
        stream.write("# The demo's sign-ins. Delete this file once everybody has a password.\n")
        stream.writelines(f"{name} {password}\n" for name, password in passwords.items())

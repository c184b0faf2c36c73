"""A person's own keys: stored with the person, so that they are there on every machine."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from annotator.accounts.models import User
from annotator.accounts.people import do_store_keys
from annotator.accounts.refusals import Invalid
from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Project
from annotator.labeling.keymap import bindings, find_problem
from framing.scheme import Scheme


def do_change_keys(
    *, user: User, scheme: Scheme, changes: Mapping[str, str | None]
) -> dict[str, str]:
    """Give commands other keys ("" for none, None for the codebook's) and return what is stored.

    Keys for other codebooks stay. Raises Invalid with what is wrong, and nothing is changed.
    """
    usual = {binding.id: binding.key for binding in bindings(scheme)}
    with transaction.atomic():
        stored = User.objects.select_for_update().get(pk=user.pk)
        keys = {
            id: key
            for id, key in {**stored.keys, **changes}.items()
            if key is not None and key != usual.get(id)
        }
        if problem := find_problem(scheme, keys, changed=changes):
            raise Invalid(problem)
        do_store_keys(user=stored, keys=keys)
    return keys


def do_reset_keys(*, user: User, ids: Collection[str]) -> None:
    """Give commands the codebook's keys again, in every codebook of the person's projects.

    Raises Invalid when another own key stands in the way, and nothing is changed.
    """
    with transaction.atomic():
        stored = User.objects.select_for_update().get(pk=user.pk)
        keys = {id: key for id, key in stored.keys.items() if id not in ids}
        for scheme in schemes_of(stored):
            if problem := find_problem(scheme, keys, changed=ids):
                raise Invalid(problem)
        do_store_keys(user=stored, keys=keys)


def schemes_of(user: User) -> list[Scheme]:
    """Return the codebooks that the person works with, each once."""
    projects = Project.objects.visible_to(user).select_related("codebook").order_by("pk")
    return list({row.codebook_id: scheme_of(row.codebook) for row in projects}.values())

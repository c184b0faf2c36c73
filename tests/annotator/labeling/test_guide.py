"""The walk through the workbench: offered until a person took or declined it, on any machine."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from annotator.accounts.models import User
from annotator.labeling.models import Assignment

OFFER = 'data-guide="offer"'


def test_the_walk_is_offered_until_it_was_answered(sheet: Assignment, signed_in: Any) -> None:
    client, page = signed_in("ada"), reverse("workbench", args=[sheet.pk])
    assert OFFER in client.get(page).content.decode()
    assert client.post(reverse("guided")).status_code == 204
    assert OFFER not in client.get(page).content.decode()
    assert list(User.objects.filter(guided=True).values_list("username", flat=True)) == ["ada"]

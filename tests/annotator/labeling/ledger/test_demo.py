"""The demo's answers go through the service, and its pages have something to show."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import timezone

from annotator.accounts.models import User
from annotator.labeling.demo import do_load_demo
from annotator.labeling.invariants import breaches
from annotator.labeling.models import Claim, JudgedCell


def test_two_annotators_have_added_claims_and_answered_each_others(people: Any) -> None:
    admin = User.objects.create_superuser("admin")
    do_load_demo(people={**people, "admin": admin}, now=timezone.now())
    assert Counter(claim.created_by.username for claim in Claim.objects.all()) == {
        "ada": 3, "dov": 2,
    }  # fmt: skip
    cells = JudgedCell.objects.values_list("assignment__annotator__username", flat=True)
    assert Counter(cells) == {"ada": 8, "dov": 8}
    assert list(breaches()) == []

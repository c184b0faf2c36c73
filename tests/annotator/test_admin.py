"""The admin opens for every model of ours, searches, and changes no label and no history."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from annotator.accounts.models import User
from annotator.labeling.demo import do_load_demo
from annotator.labeling.models import Annotation, Assignment, Operation

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model.__module__.startswith("annotator.")]
READ_ONLY = [model for model in OURS if model._meta.app_label in {"labeling", "review", "research"}]


@pytest.fixture
def administrator(people: dict[str, User]) -> Client:
    admin_user = User.objects.create_superuser("admin")
    do_load_demo(people={**people, "admin": admin_user}, now=timezone.now())
    client = Client()
    client.force_login(admin_user)
    return client


def address(model: type[Model], *rest: object) -> str:
    steps = "".join(f"{step}/" for step in rest)
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{steps}"


def test_every_model_of_ours_is_in_the_admin() -> None:
    ours = {
        model
        for model in admin.site._registry
        if model._meta.app_label in {"accounts", "corpus", "labeling", "review", "research"}
    }
    assert len(ours) >= 20


def test_every_list_opens_searches_and_sorts(administrator: Client) -> None:
    for model in OURS:
        for query in ("", "?q=dam", "?o=1"):
            answer = administrator.get(address(model) + query, follow=True)
            assert answer.status_code == 200, (model, query)


def test_every_row_opens(administrator: Client) -> None:
    for model in OURS:
        row = model._default_manager.first()
        if row is not None:
            assert administrator.get(address(model, row.pk, "change")).status_code == 200, model


def test_what_people_and_detectors_made_is_only_looked_at(administrator: Client) -> None:
    assert len(READ_ONLY) >= 10
    for model in READ_ONLY:
        row = model._default_manager.first()
        attempts = [administrator.get(address(model, "add"))]
        if row is not None:
            attempts += [
                administrator.post(address(model, row.pk, "change"), {}),
                administrator.post(address(model, row.pk, "delete"), {"post": "yes"}),
            ]
        assert {answer.status_code for answer in attempts} == {403}, model


def test_withdrawing_in_bulk_goes_through_the_service(administrator: Client) -> None:
    chosen = [str(pk) for pk in Assignment.objects.values_list("pk", flat=True)]
    before = Annotation.objects.count(), Operation.objects.count()
    answer = administrator.post(
        address(Assignment), {"action": "withdraw", "_selected_action": chosen}, follow=True
    )
    assert "counts as read" in answer.content.decode()
    assert not Assignment.objects.filter(withdrawn_at=None, state__in=["queued", "open"]).exists()
    assert Assignment.objects.filter(withdrawn_at=None, state="submitted").exists()
    assert (Annotation.objects.count(), Operation.objects.count()) == before


@pytest.mark.parametrize("name", ["ada", "rhea", "ben", "cy"])
def test_the_admin_is_closed_to_everybody_else(signed_in: Any, name: str) -> None:
    assert signed_in(name).get(address(Annotation)).status_code == 302

"""Who reaches the coverage matrix, and from where."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from annotator.corpus.models import Article, Event, Project


@pytest.fixture
def event(make_article: Any) -> dict[str, Article]:
    texts = {"Post": "Dam gate shut.", "Wire": "Dam gate barred."}
    return {name: make_article(text, event="Dam", outlet=name) for name, text in texts.items()}


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("dov", 403), ("cy", 404)])
def test_the_matrix_is_for_those_who_lead(
    who: str, status: int, event: Any, project: Project, signed_in: Any
) -> None:
    address = reverse("coverage", args=[project.slug, event["Post"].event_id])
    assert signed_in(who).get(address).status_code == status


def test_another_projects_event_is_not_there(event: Any, project: Project, signed_in: Any) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=project.created_by
    )
    elsewhere = Event.objects.create(project=other, name="Elsewhere")
    address = reverse("coverage", args=[project.slug, elsewhere.pk])
    assert signed_in("rhea").get(address).status_code == 404


def test_the_event_and_the_list_lead_here(event: Any, project: Project, signed_in: Any) -> None:
    client = signed_in("rhea")
    pk = event["Post"].event_id
    address = reverse("coverage", args=[project.slug, pk])
    for page in (reverse("events", args=[project.slug]), reverse("event", args=[project.slug, pk])):
        assert f'href="{address}"' in client.get(page).content.decode()

"""Whole events go to the same people, each beginning with another outlet, by the seed alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from annotator.accounts.models import User
from annotator.corpus.models import Article, Membership, Project
from annotator.labeling.assigning import do_assign, plan
from annotator.labeling.models import Assignment

OUTLETS = ("Courier", "Post", "Wire")


@pytest.fixture
def event(make_article: Any) -> list[Article]:
    return [make_article(f"{name} on the dam.", event="Dam", outlet=name) for name in OUTLETS]


@pytest.fixture
def readers(people: dict[str, User], project: Project) -> list[User]:
    """Three annotators."""
    Membership.objects.create(project=project, user=people["cy"], role=Membership.Role.ANNOTATOR)
    Project.objects.filter(pk=project.pk).update(redundancy=3)
    project.refresh_from_db()
    return [people[name] for name in ("ada", "cy", "dov")]


def hand_out(project: Project, annotators: list[User], articles: list[Article]) -> None:
    pairs = plan(project=project, annotators=annotators, articles=articles)
    do_assign(project=project, pairs=pairs, actor=project.created_by)


def reads(person: User) -> list[str]:
    rows = Assignment.objects.filter(annotator=person).order_by("position")
    return [row.article.outlet.name if row.article.outlet else "" for row in rows]


def test_each_outlet_is_read_first_by_one_of_as_many_readers(
    project: Project, readers: list[User], event: list[Article]
) -> None:
    hand_out(project, readers, event)
    orders = [reads(person) for person in readers]
    assert {order[0] for order in orders} == set(OUTLETS)
    first = orders[0]
    rotations = {tuple(first[n:] + first[:n]) for n in range(3)}
    assert {tuple(order) for order in orders} == rotations


def test_handing_out_one_by_one_gives_the_same_rotation(
    project: Project, readers: list[User], event: list[Article]
) -> None:
    for person in readers:
        hand_out(project, [person], event)
    assert {reads(person)[0] for person in readers} == set(OUTLETS)


def test_the_seed_draws_the_order(
    project: Project, readers: list[User], event: list[Article]
) -> None:
    seen = set()
    for seed in range(12):
        Project.objects.filter(pk=project.pk).update(seed=seed)
        project.refresh_from_db()
        hand_out(project, readers, event)
        once = reads(readers[0])
        Assignment.objects.all().delete()
        hand_out(project, readers, event)
        assert reads(readers[0]) == once
        Assignment.objects.all().delete()
        seen.add(tuple(once))
    assert len(seen) > 2


def test_the_articles_of_an_event_stand_in_one_block(
    project: Project, readers: list[User], event: list[Article], make_article: Any
) -> None:
    ferry = [make_article(f"{name} on it.", event="Ferry", outlet=name) for name in OUTLETS]
    mixed = [one for pair in zip(event, ferry, strict=True) for one in pair]
    hand_out(project, readers, mixed)
    for person in readers:
        rows = Assignment.objects.filter(annotator=person).order_by("position")
        events = [row.article.event_id for row in rows]
        assert events[:3] == [events[0]] * 3
        assert events[3:] == [events[3]] * 3


def test_who_has_begun_an_event_reads_the_rest_of_it(
    project: Project, readers: list[User], event: list[Article], make_article: Any
) -> None:
    Project.objects.filter(pk=project.pk).update(redundancy=1)
    project.refresh_from_db()
    busy = readers[1]
    hand_out(project, [busy], event[:1])
    hand_out(project, readers, event)
    assert len(reads(busy)) == 3


def test_one_event_is_handed_out_as_a_whole(
    project: Project, signed_in: Any, event: list[Article], make_article: Any,
    people: dict[str, User],
) -> None:  # fmt: skip
    make_article("The ferry.", event="Ferry")
    client: Client = signed_in("rhea")
    chosen = {"annotators": [people["ada"].pk], "event": event[0].event_id}
    shown = client.post("/projects/dam/assign/", {**chosen, "do": "plan"}).content.decode()
    assert "3 readings would be handed out: Ada 3." in " ".join(shown.split())
    client.post("/projects/dam/assign/", {**chosen, "do": "hand out"})
    assert sorted(reads(people["ada"])) == sorted(OUTLETS)
    refused = client.post("/projects/dam/assign/", {**chosen, "event": "999", "do": "hand out"})
    assert "This event is not in the project." in refused.content.decode()
    assert Assignment.objects.count() == 3


@pytest.mark.parametrize("blind", [True, False])
def test_an_assignment_hides_outlets_as_the_project_says(
    blind: bool, project: Project, event: list[Article], people: dict[str, User], signed_in: Any
) -> None:
    Project.objects.filter(pk=project.pk).update(blind=blind)
    project.refresh_from_db()
    hand_out(project, [people["ada"]], event)
    sheet = Assignment.objects.filter(annotator=people["ada"]).order_by("position").first()
    assert sheet is not None
    for path in ("", "ledger/"):
        told = signed_in("ada").get(f"/api/v1/assignments/{sheet.pk}/{path}").json()
        named = {one["outlet"] for one in [told["article"], *told["siblings"]]}
        assert bool(named & set(OUTLETS)) is not blind

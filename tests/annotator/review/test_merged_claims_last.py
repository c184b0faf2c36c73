"""A merged claim outlives the next comparison, and its sources do not come back."""

from __future__ import annotations

from typing import Any

from annotator.corpus.models import Event, Project
from annotator.labeling.invariants import breaches
from annotator.labeling.models import Claim
from annotator.review.ledger_rows import do_merge
from tests.annotator.labeling.comparers import NOW, Site


def test_a_new_article_changes_nothing_of_a_merge(make_article: Any, project: Project) -> None:
    site = Site()
    shared = "Guards fired at people.\nShots fell at the gate."
    for outlet in ("Post", "Wire"):
        make_article(f"{outlet} tells it.\n{shared}", event="Dam", outlet=outlet)
    site.work()
    sources = list(Claim.objects.filter(active=True))
    assert len(sources) == 2
    made = do_merge(
        event=Event.objects.get().pk, sources=[claim.pk for claim in sources],
        statement="Guards fired shots.", actor=project.created_by, now=NOW,
    )  # fmt: skip
    make_article(f"Late news.\n{shared}", event="Dam", outlet="Globe")
    site.work()
    [left] = Claim.objects.filter(active=True)
    assert (left, left.statement) == (made, "Guards fired shots.")
    assert made.passages.filter(picked_by=project.created_by).count() == 4
    assert list(breaches()) == []


def test_nor_do_the_sources_of_what_was_merged_again(make_article: Any, project: Project) -> None:
    site = Site()
    lines = ["Guards fired at people.", "Shots fell at the gate.", "It rained all day."]
    for outlet in ("Post", "Wire"):
        make_article("\n".join([f"{outlet} tells it.", *lines]), event="Dam", outlet=outlet)
    site.work()
    first, second, third = Claim.objects.filter(active=True).order_by("statement")
    event, who = Event.objects.get().pk, project.created_by
    pair = do_merge(event=event, sources=[first.pk, second.pk], statement="A.", actor=who, now=NOW)
    whole = do_merge(event=event, sources=[pair.pk, third.pk], statement="B.", actor=who, now=NOW)
    make_article("\n".join(["Late news.", *lines]), event="Dam", outlet="Globe")
    site.work()
    assert list(Claim.objects.filter(active=True)) == [whole]
    assert list(breaches()) == []

"""The order of a queue follows how unsure the detectors are, where a project asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.corpus.models import Article, Project
from annotator.labeling import sheets
from annotator.labeling.home import queue
from annotator.labeling.models import Assignment, Decision, Suggestion, SuggestionRun
from annotator.labeling.uncertainty import in_order, means

State = Assignment.State
Scored = Callable[..., Article]


@pytest.fixture
def follow(project: Project) -> Project:
    project.by_uncertainty = True
    project.save()
    return project


@pytest.fixture
def scored(make_article: Any, suggest: Any) -> Scored:
    """Return a maker of articles whose suggestions have these scores."""

    def made(name: str, *scores: float, event: str = "") -> Article:
        article: Article = make_article(f"{name} dam.", event=event)
        for score in scores:
            one = suggest(article, "dam")
            Suggestion.objects.filter(pk=one.pk).update(score=score)
        return article

    return made


def names(found: Any) -> list[str]:
    return [sheet.article.title.removesuffix(" dam.") for sheet in found]


def of(annotator: str) -> list[Assignment]:
    mine = Assignment.objects.filter(annotator__username=annotator)
    return list(mine.select_related("article__project"))


@pytest.mark.parametrize(
    ("scores", "mean"),
    [((), 0), ((0.5,), 1), ((1.0, 0.0), 0), ((0.5, 1.0), 0.5), ((0.8, 0.2), 0.4)],
)
def test_a_half_is_a_guess_and_both_ends_are_sure(
    follow: Project, scored: Scored, assign: Any, scores: tuple[float, ...], mean: float
) -> None:
    sheet = assign(scored("A", *scores))
    assert means([sheet]) == {sheet.pk: mean}


def test_the_least_certain_comes_first_and_the_drawn_order_decides_between_equals(
    follow: Project, scored: Scored, assign: Any
) -> None:
    for name, scores in {"sure": [0.9], "B": [0.6], "none": [], "A": [0.4], "half": [0.5]}.items():
        assign(scored(name, *scores))
    assert names(in_order(of("ada"))) == ["half", "B", "A", "sure", "none"]


def test_without_the_setting_the_drawn_order_stands(
    project: Project, scored: Scored, assign: Any
) -> None:
    assert not project.by_uncertainty
    for name, score in [("sure", 0.9), ("half", 0.5)]:
        assign(scored(name, score))
    assert names(in_order(of("ada"))) == ["sure", "half"]


def test_an_event_stays_together_and_one_that_is_begun_is_finished_first(
    follow: Project, scored: Scored, assign: Any
) -> None:
    assign(scored("done", 0.5, event="Ferry"), state=State.SUBMITTED)
    assign(scored("half", 0.5, event="Dam"))
    assign(scored("ferry", 0.9, event="Ferry"))
    assign(scored("sure", 0.95, event="Dam"))
    assign(scored("loose", 0.6))
    assert names(in_order(of("ada"))) == ["done", "ferry", "half", "sure", "loose"]


def test_what_is_decided_no_longer_counts(follow: Project, scored: Scored, assign: Any) -> None:
    first, second = assign(scored("A", 0.5, 0.9)), assign(scored("B", 0.7))
    assert names(in_order(of("ada"))) == ["A", "B"]
    guess = Suggestion.objects.get(article=first.article, score=0.5)
    Decision.objects.create(
        suggestion=guess, assignment=first, verdict="rejected", at=timezone.now()
    )
    assert means([first, second]) == {first.pk: 0.2, second.pk: 0.6}
    assert names(in_order(of("ada"))) == ["B", "A"]


def test_only_the_newest_version_counts(follow: Project, scored: Scored, assign: Any) -> None:
    article = scored("A", 0.5)
    SuggestionRun.objects.create(
        article=article, detector="loaded_terms", version="2", config_hash="1", model="test",
        state=SuggestionRun.State.DONE,
    )  # fmt: skip
    sheet = assign(article)
    assert means([sheet]) == {sheet.pk: 0.0}


def test_the_page_and_the_workbench_agree_on_what_is_next_and_say_why(
    follow: Project, scored: Scored, assign: Any, signed_in: Any, people: Any
) -> None:
    current, sure = assign(scored("open", 0.9)), assign(scored("sure", 0.9))
    unsure = assign(scored("unsure", 0.6))
    page = signed_in("ada").get(reverse("home")).content.decode()
    assert reverse("workbench", args=[unsure.pk]) in page
    assert "Its suggestions are uncertain, 0.80 on average" in page
    assert names([row.sheets[0] for row in queue(people["ada"])]) == ["unsure"]
    current.refresh_from_db()
    assert sheets.queue(current)["next"] == unsure.pk
    Assignment.objects.filter(pk=unsure.pk).update(state=State.SUBMITTED)
    assert sheets.queue(current)["next"] == sure.pk


def test_a_drawn_order_gives_no_reason(
    project: Project, scored: Scored, assign: Any, signed_in: Any
) -> None:
    assign(scored("unsure", 0.6))
    page = signed_in("ada").get(reverse("home")).content.decode()
    assert "uncertain" not in page
    assert "in an order drawn for you" in page


def test_a_lead_switches_it_on(project: Project, signed_in: Any) -> None:
    url = reverse("project-settings", args=[project.slug])
    page = signed_in("rhea").get(url).content.decode()
    assert "Articles whose suggestions are least certain come first" in page
    rules = {"name": "Dam", "preset": "core", "language": "en", "redundancy": 2, "share_shown": 100,
             "share_after": 0, "share_checks": 20, "seed": 1, "by_uncertainty": "on"}  # fmt: skip
    assert signed_in("rhea").post(url, rules).status_code == 302
    project.refresh_from_db()
    assert project.by_uncertainty


def test_the_number_of_queries_does_not_grow_with_the_queue(
    follow: Project, scored: Scored, assign: Any
) -> None:
    def queries() -> int:
        mine = of("ada")
        with CaptureQueriesContext(connection) as seen:
            in_order(mine)
        return len(seen)

    assign(scored("A", 0.5))
    before = queries()
    for name in "BCD":
        assign(scored(name, 0.5))
    assert queries() == before == 2

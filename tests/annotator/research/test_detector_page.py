"""The page of detectors: every count is in the database, and what failed says why."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator import queueing
from annotator.corpus.models import Article, Project
from annotator.labeling.models import (
    Assignment,
    Completion,
    SuggestionRun,
)
from annotator.research.detector_figures import versions
from tests.annotator.research.marking import NOW, TEXT, decide

pytestmark = pytest.mark.django_db

State = SuggestionRun.State
Arm = Assignment.Arm


def page(signed_in: Any, project: Project, who: str = "rhea") -> str:
    answer = signed_in(who).get(reverse("detectors", args=[project.slug]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_project_without_articles_says_what_to_do(signed_in: Any, project: Project) -> None:
    content = page(signed_in, project)
    assert "No articles yet" in content
    assert "attribution.toml" not in content
    assert "cues.toml" in content


@pytest.mark.parametrize(("who", "status"), [("cy", 404), ("ada", 403), ("rhea", 200)])
def test_only_leads_see_it(signed_in: Any, project: Project, who: str, status: int) -> None:
    assert signed_in(who).get(reverse("detectors", args=[project.slug])).status_code == status


def test_decisions_are_counted_by_label_and_by_person(
    project: Project, make_article: Any, suggest: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    first, second = suggest(article, "Agitators"), suggest(article, "mere", label="lt.scale")
    ada, dov = sheet(article, "ada"), sheet(article, "dov")
    decide(ada, first, "accepted")
    decide(ada, second, "rejected")
    decide(dov, first, "edited")
    (version,) = versions(project)
    counts = {
        row.name: (row.suggested, row.accepted, row.edited, row.rejected, row.waiting, row.percent)
        for row in [*version.labels, version.total]
    }
    assert counts == {
        "epithet": (1, 1, 1, 0, 0, 100),
        "scale": (1, 0, 0, 1, 1, 0),
        "all labels": (2, 1, 1, 1, 1, 67),
    }


@pytest.mark.parametrize(
    ("fields", "read", "open_"),
    [
        ({}, (), 1),
        ({"arm": Arm.HIDDEN}, (), 0),
        ({"arm": Arm.AFTER}, ("loaded_terms",), 0),
        ({"arm": Arm.AFTER}, ("loaded_terms", "attribution", "omission"), 1),
        ({"state": "queued"}, (), 0),
        ({"state": "submitted"}, (), 0),
        ({"withdrawn_at": NOW}, (), 0),
    ],
)
def test_open_is_what_somebody_sees_and_has_not_decided(
    project: Project, make_article: Any, suggest: Any, sheet: Any,
    fields: dict[str, Any], read: tuple[str, ...], open_: int,
) -> None:  # fmt: skip
    article = make_article(TEXT)
    suggest(article, "Agitators")
    made = sheet(article, "ada", **fields)
    for device in read:
        Completion.objects.create(assignment=made, device=device, at=NOW)
    assert versions(project)[0].total.waiting == open_


def test_a_replaced_version_keeps_its_counts_and_waits_for_nobody(
    project: Project, make_article: Any, suggest: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    old = suggest(article, "Agitators")
    decide(sheet(article, "ada"), old, "rejected")
    suggest(article, "dam", version="1.1")
    suggest(article, "mere", version="1.1")
    new, replaced = versions(project)
    assert (new.version, new.current, new.total.decided, new.total.waiting) == ("1.1", True, 0, 2)
    assert (replaced.current, replaced.total.rejected, replaced.total.waiting) == (False, 1, 0)


def test_a_version_that_a_person_replaced_is_not_in_use(
    project: Project, make_article: Any, suggest: Any
) -> None:
    article = make_article(TEXT)
    suggest(article, "Agitators")
    suggest(article, "mere", version="1.0+p1.1")
    SuggestionRun.objects.filter(version="1.0+p1.1").update(replaced=True)
    assert [(v.version, v.current) for v in versions(project)] == [
        ("1.0", True), ("1.0+p1.1", False),
    ]  # fmt: skip


def test_runs_are_counted_by_state(project: Project, make_article: Any) -> None:
    for number, state in enumerate([State.DONE, State.FAILED, State.PENDING, State.RUNNING]):
        SuggestionRun.objects.create(
            article=make_article(f"Dam {number}"), detector="attribution", version="1.0",
            config_hash="0", model="test", state=state,
        )  # fmt: skip
    (version,) = versions(project)
    assert (version.articles, version.done, version.failed, version.waiting) == (4, 1, 1, 2)


def test_the_page_shows_what_was_counted(
    signed_in: Any, project: Project, make_article: Any, suggest: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    suggestion = suggest(article, "Agitators")
    decide(sheet(article, "ada", read=True), suggestion, "accepted")
    sheet(article, "dov", "Agitators", read=True, arm=Arm.HIDDEN)
    content = page(signed_in, project, "ben")
    for said in ("loaded_terms 1.0", "1 of 1 kept", "What all readers set alike".lower(),
                 "precision is a lower bound", "What showing them does",
                 "Hooper 1975, On assertive predicates", "scare_quote.short"):  # fmt: skip
        assert said in content, said


@pytest.fixture
def failed(make_article: Any) -> SuggestionRun:
    return SuggestionRun.objects.create(
        article=make_article("Too <b>long</b>"), detector="attribution", version="1.0",
        config_hash="0", model="test", state=State.FAILED, tries=5, error="It <i>broke</i>.",
        finished_at=NOW,
    )  # fmt: skip


def test_failed_runs_stand_there_with_their_reason(
    signed_in: Any, project: Project, failed: SuggestionRun
) -> None:
    content = page(signed_in, project)
    assert "1 run failed" in content
    assert "It &lt;i&gt;broke&lt;/i&gt;." in content
    assert failed.article.get_absolute_url() in content


@pytest.mark.parametrize(
    ("who", "status", "state"),
    [("rhea", 302, State.PENDING), ("ada", 403, State.FAILED), ("cy", 404, State.FAILED)],
)
def test_leads_have_failed_runs_tried_again(
    signed_in: Any, project: Project, failed: SuggestionRun, monkeypatch: pytest.MonkeyPatch,
    who: str, status: int, state: str,
) -> None:  # fmt: skip
    woken: list[Any] = []
    monkeypatch.setattr(queueing, "wake", lambda *task: woken.append(task))
    answer = signed_in(who).post(reverse("detectors-retry", args=[project.slug]))
    failed.refresh_from_db()
    assert (answer.status_code, failed.state) == (status, state)
    assert bool(woken) == (status == 302)


def test_other_projects_runs_are_left_alone(
    signed_in: Any, project: Project, failed: SuggestionRun, codebook: Any, people: Any
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=codebook, created_by=people["ben"]
    )
    Article.objects.filter(pk=failed.article_id).update(project=other, event=None, outlet=None)
    signed_in("rhea").post(reverse("detectors-retry", args=[project.slug]))
    failed.refresh_from_db()
    assert failed.state == State.FAILED


def test_the_number_of_queries_does_not_grow_with_articles(
    signed_in: Any, project: Project, make_article: Any, suggest: Any, sheet: Any
) -> None:
    def fill(number: int) -> None:
        article = make_article(f"{TEXT} {number}")
        decide(sheet(article, "ada", read=True), suggest(article, "Agitators"), "accepted")
        sheet(article, "dov", "Agitators", read=True, arm=Arm.HIDDEN)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(signed_in, project)
        return len(seen)

    fill(0)
    before = queries()
    for number in range(1, 4):
        fill(number)
    assert queries() == before

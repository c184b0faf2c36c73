"""The page of detectors: every count is in the database, every figure says what it is against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator import queueing
from annotator.accounts.models import User
from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Article, Project
from annotator.labeling.models import (
    Annotation,
    Assignment,
    Completion,
    Decision,
    Suggestion,
    SuggestionRun,
)
from annotator.research import references
from annotator.research.detector_figures import versions
from annotator.research.detector_scores import arms, scores
from annotator.research.references import Reference, reference
from annotator.review.models import GoldAnnotation, ReviewDecision

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
TEXT = "Agitators stormed the dam. A mere dozen guards fled."
State = SuggestionRun.State
Arm = Assignment.Arm


def part(article: Article, quote: str) -> dict[str, Any]:
    start = article.text.index(quote)
    return {"role": "span", "start": start, "end": start + len(quote), "quote": quote,
            "article": article.pk}  # fmt: skip


@pytest.fixture
def suggest() -> Callable[..., Suggestion]:
    """Return a maker of suggestions by a run that is done."""

    def suggested(
        article: Article, quote: str, *, label: str = "lt.epithet", version: str = "1.0"
    ) -> Suggestion:
        run, _ = SuggestionRun.objects.get_or_create(
            article=article, detector="loaded_terms", version=version, config_hash="0" * 16,
            model="test", state=State.DONE,
        )  # fmt: skip
        return Suggestion.objects.create(
            run=run, article=article, position=run.suggestions.count(), device="loaded_terms",
            label=label, parts=[part(article, quote)], score=0.8, rule="test", reason="a test",
            judged_start=0, judged_end=article.length,
        )  # fmt: skip

    return suggested


@pytest.fixture
def sheet(people: dict[str, User]) -> Callable[..., Assignment]:
    """Return a maker of sheets; ``marks`` are quotes, ``read`` says that it is finished."""

    def made(
        article: Article, name: str, *marks: str, read: bool = False, **fields: Any
    ) -> Assignment:
        fields = {"state": Assignment.State.OPEN, **fields}
        sheet = Assignment.objects.create(
            article=article, annotator=people[name], position=1, seed=1,
            assigned_by=people["rhea"], **fields,
        )  # fmt: skip
        for quote in marks:
            mark(sheet, quote)
        if read:
            Completion.objects.create(assignment=sheet, device="loaded_terms", at=NOW)
        return sheet

    return made


def mark(sheet: Assignment, quote: str, label: str = "lt.epithet") -> Annotation:
    annotation = Annotation.objects.create(
        assignment=sheet, device="loaded_terms", label=label, revision=1
    )
    fields = part(sheet.article, quote)
    annotation.parts.create(**{**fields, "article": sheet.article}, position=0)
    return annotation


def decide(sheet: Assignment, suggestion: Suggestion, verdict: str) -> None:
    kept = None if verdict == "rejected" else mark(sheet, suggestion.parts[0]["quote"])
    Decision.objects.create(
        assignment=sheet, suggestion=suggestion, verdict=verdict, annotation=kept, at=NOW
    )


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


def scored(project: Project, to: Reference | None = None) -> dict[str, Any]:
    (version,) = versions(project)
    device = next(d for d in scheme_of(project.codebook).devices if d.id == "loaded_terms")
    (row,) = scores(project, version, device, to or reference(project, "loaded_terms"))
    return {"p": row.overlap.precision, "r": row.overlap.recall, "strict": row.strict.f1,
            "articles": row.overlap.documents}  # fmt: skip


def test_without_gold_the_reference_is_what_all_readers_set(
    project: Project, make_article: Any, suggest: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    for quote in ("Agitators", "fled"):
        suggest(article, quote)
    sheet(article, "ada", "Agitators", "guards", "stormed the", read=True)
    sheet(article, "dov", "Agitators", "stormed", read=True)
    alone = make_article("Nobody else read this: thugs.")
    suggest(alone, "thugs")
    sheet(alone, "ada", "thugs", read=True)
    found = reference(project, "loaded_terms")
    assert not found.adjudicated
    assert sorted(a.parts[0].quote for a in found.labels) == ["Agitators", "stormed"]
    assert scored(project) == {"p": 0.5, "r": 0.5, "strict": 0.5, "articles": 1}


def test_unfinished_and_withdrawn_readings_are_no_reference(
    project: Project, make_article: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    sheet(article, "ada", "Agitators", read=True)
    sheet(article, "dov", "Agitators")
    sheet(article, "ben", "Agitators", read=True, withdrawn_at=NOW)
    assert reference(project, "loaded_terms").texts == {}


def test_deleted_labels_are_no_reference(project: Project, make_article: Any, sheet: Any) -> None:
    article = make_article(TEXT)
    sheets = [sheet(article, name, "Agitators", read=True) for name in ("ada", "dov")]
    sheets[0].annotations.update(deleted_at=NOW)
    assert list(reference(project, "loaded_terms").labels) == []


def test_gold_goes_before_agreement(
    project: Project, people: Any, make_article: Any, suggest: Any, sheet: Any, codebook: Any
) -> None:
    article = make_article(TEXT)
    suggest(article, "mere")
    for name in ("ada", "dov"):
        sheet(article, name, "Agitators", read=True)
    decision = ReviewDecision.objects.create(
        article=article, device="loaded_terms", kind="own", codebook=codebook,
        reviewer=people["ben"], at=NOW,
    )  # fmt: skip
    gold = GoldAnnotation.objects.create(
        article=article, decision=decision, device="loaded_terms", label="lt.scale"
    )
    gold.parts.create(**{**part(article, "mere dozen"), "article": article}, position=0)
    found = reference(project, "loaded_terms")
    assert found.adjudicated
    assert [a.parts[0].quote for a in found.labels] == ["mere dozen"]
    assert scored(project) == {"p": 1.0, "r": 1.0, "strict": 0.0, "articles": 1}
    other = ReviewDecision.objects.create(
        article=article, device="loaded_terms", kind="none", codebook=codebook,
        reviewer=people["ben"], at=NOW,
    )  # fmt: skip
    ReviewDecision.objects.filter(pk=decision.pk).update(superseded_by=other)
    assert list(reference(project, "loaded_terms").labels) == []


def test_arms_are_compared_only_where_there_are_two(
    project: Project, make_article: Any, suggest: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    suggest(article, "Agitators")
    suggest(article, "dam")
    sheet(article, "ada", "Agitators", "dam", read=True)
    (version,) = versions(project)
    assert arms(project, version) == []
    sheet(article, "dov", "Agitators stormed", "fled", read=True, arm=Arm.HIDDEN)
    shown, hidden = arms(project, version)
    assert (shown.readings, shown.marked, shown.same, shown.alone) == (1, 1.0, 1.0, 0.0)
    assert (hidden.readings, hidden.marked, hidden.same, hidden.alone) == (1, 0.5, 0.0, 0.5)
    assert hidden.per_1000 == pytest.approx(1000 * 2 / article.words)


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


def test_of_many_articles_the_newest_are_scored_and_the_page_says_so(
    signed_in: Any, project: Project, make_article: Any, suggest: Any, sheet: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(references, "MOST", 1)
    for number in range(3):
        article = make_article(f"{TEXT} {number}")
        suggest(article, "Agitators")
        sheet(article, "ada", "Agitators", read=True)
        sheet(article, "dov", "Agitators", read=True, arm=Arm.HIDDEN)
    found = reference(project, "loaded_terms", most=1)
    assert (found.articles, list(found.texts)) == (3, [str(article.pk)])
    assert [row.readings for row in arms(project, versions(project)[0])] == [1, 1]
    assert "The newest 1 are taken, 2 older ones left out." in page(signed_in, project)


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

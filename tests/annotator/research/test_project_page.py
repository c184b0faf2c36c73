"""The page of a study: every figure and every demand on people is counted, none invented."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.accounts.models import User
from annotator.corpus.models import Article, ImportBatch, ImportRow, Project
from annotator.labeling.models import Assignment, Completion, SuggestionRun
from annotator.research.project_page import events_complete, suggestions, todos, tracks


@pytest.fixture
def read(people: dict[str, User]) -> Any:
    """Return a function by which somebody reads an article, and submits it with all devices."""

    def read(article: Article, name: str, *devices: str, state: str = "submitted") -> Assignment:
        sheet = Assignment.objects.create(
            article=article, annotator=people[name], position=1, seed=1, state=state,
            assigned_by=people["rhea"],
        )  # fmt: skip
        for device in devices:
            Completion.objects.create(assignment=sheet, device=device, at=timezone.now())
        return sheet

    return read


def what(project: Project) -> list[str]:
    return [todo.what for todo in todos(project)]


def test_a_fresh_project_asks_for_nothing_it_has(project: Project) -> None:
    assert what(project) == []
    project.memberships.filter(role="annotator").delete()
    assert what(project) == ["Nobody annotates yet."]


def test_articles_without_readers_or_event_need_a_person(
    project: Project, make_article: Any, read: Any
) -> None:
    loose = make_article("Loose.")
    grouped = make_article("Grouped.", event="Dam")
    assert what(project) == [
        "2 articles have fewer readers than planned.",
        "1 article belongs to no event.",
    ]
    for article in (loose, grouped):
        for name in ("ada", "dov"):
            read(article, name, state="queued")
    assert what(project) == ["1 article belongs to no event."]


def test_a_withdrawn_reader_does_not_count(
    project: Project, make_article: Any, read: Any
) -> None:
    article = make_article("One.", event="Dam")
    read(article, "ada")
    Assignment.objects.filter(pk=read(article, "dov").pk).update(withdrawn_at=timezone.now())
    assert what(project) == ["1 article has fewer readers than planned."]


def test_refused_rows_and_stopped_imports_need_a_person(
    project: Project, people: dict[str, User]
) -> None:
    def batch(name: str, **fields: Any) -> ImportBatch:
        return ImportBatch.objects.create(
            project=project, created_by=people["rhea"], name=name, stored=name, sha256="x",
            size=1, **fields,
        )  # fmt: skip

    stopped = batch("stopped.csv", state="failed", error="The stored file is gone.")
    rows = batch("rows.csv", state="done")
    for number, outcome in enumerate(["added", "refused", "refused"], start=1):
        ImportRow.objects.create(batch=rows, number=number, place=str(number), outcome=outcome)
    found = todos(project)
    assert [todo.what for todo in found] == [
        "Import of stopped.csv stopped.",
        "Import of rows.csv: 2 of 3 rows refused.",
    ]
    assert found[0].why == stopped.error
    assert found[1].link == f"{rows.get_absolute_url()}?outcome=refused"


def test_a_corrected_file_of_the_same_name_settles_its_refused_rows(
    project: Project, people: dict[str, User]
) -> None:
    for outcome in ("refused", "added"):
        batch = ImportBatch.objects.create(
            project=project, created_by=people["rhea"], name="rows.csv", stored="x", sha256="x",
            size=1, state="done",
        )  # fmt: skip
        ImportRow.objects.create(batch=batch, number=1, place="1", outcome=outcome)
        expected = ["Import of rows.csv: 1 of 1 row refused."] if outcome == "refused" else []
        assert what(project) == expected


def test_failed_suggestions_need_a_person(project: Project, make_article: Any) -> None:
    article = make_article("One.", event="Dam")
    project.redundancy = 1
    for version, state in (("1", "done"), ("2", "failed")):
        SuggestionRun.objects.create(
            article=article, detector="attribution", version=version, config_hash="x", model="m",
            state=state,
        )  # fmt: skip
    assert "Suggestions failed for 1 article." in what(project)
    assert [(row["version"], row["done"], row["total"]) for row in suggestions(project)] == [
        ("2", 0, 1),
        ("1", 1, 1),
    ]


def test_an_event_is_complete_when_all_planned_readers_submitted_all_articles(
    project: Project, make_article: Any, read: Any
) -> None:
    first, second = make_article("One.", event="Dam"), make_article("Two.", event="Dam")
    for article in (first, second):
        read(article, "ada")
    read(first, "dov")
    last = read(second, "dov", state="open")
    assert events_complete(project) == 0
    Assignment.objects.filter(pk=last.pk).update(state="submitted")
    assert events_complete(project) == 1


def test_progress_counts_articles_read_by_all_and_by_some(
    project: Project, make_article: Any, read: Any
) -> None:
    articles = [make_article(f"Text {number}.", event="Dam") for number in range(4)]
    read(articles[0], "ada", "attribution", "omission")
    read(articles[0], "dov", "attribution")
    read(articles[1], "ada", "attribution")
    by_name = {track.name: track for track in tracks(project)}
    attribution = by_name["Attribution"]
    assert (attribution.full, attribution.part, attribution.total) == (1, 1, 4)
    assert (attribution.full_width, attribution.part_width) == (25.0, 25.0)
    assert (by_name["Omission"].full, by_name["Omission"].part) == (0, 1)
    assert by_name["Loaded terms"].full == 0


def test_the_page_shows_all_of_it(
    signed_in: Any, project: Project, make_article: Any, read: Any
) -> None:
    read(make_article("One.", event="Dam"), "ada", "attribution")
    answer = signed_in("rhea").get(reverse("project", args=[project.slug]))
    text = answer.content.decode()
    assert answer.status_code == 200
    for piece in ("1 article has fewer readers", "1 / 1", "Attribution", "Dam coverage"):
        assert piece in text


def test_the_queries_do_not_grow_with_the_study(
    signed_in: Any, project: Project, make_article: Any, read: Any
) -> None:
    rhea = signed_in("rhea")
    counts = []
    for number in range(10):
        read(make_article(f"Text {number}.", event=f"E{number}"), "ada", "attribution")
        if number in (1, 9):
            with CaptureQueriesContext(connection) as queries:
                rhea.get(reverse("project", args=[project.slug]))
            counts.append(len(queries))
    assert counts[0] == counts[1]

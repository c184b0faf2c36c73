"""The list of articles and the page of one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.accounts.models import User
from annotator.corpus.models import Project
from annotator.labeling.models import Assignment, SuggestionRun


@pytest.fixture
def world(project: Project, make_article: Any, people: dict[str, User]) -> dict[str, Any]:
    """Four articles: read by all, begun by one, not begun, and read by nobody with a failure."""
    articles = {
        "read": make_article("Alpha text.", event="Dam", outlet="Post"),
        "begun": make_article("Beta text.", event="Dam", outlet="Courier"),
        "queued": make_article("Gamma text.", event="Ferry"),
        "alone": make_article("Delta 100% text."),
    }
    sheets = [
        ("read", "ada", "submitted"),
        ("read", "dov", "submitted"),
        ("begun", "ada", "submitted"),
        ("begun", "dov", "open"),
        ("queued", "ada", "queued"),
    ]
    for position, (article, name, state) in enumerate(sheets):
        Assignment.objects.create(
            article=articles[article], annotator=people[name], position=position, seed=1,
            state=state, assigned_by=people["rhea"],
        )  # fmt: skip
    Assignment.objects.create(
        article=articles["alone"], annotator=people["ada"], position=9, seed=1,
        assigned_by=people["rhea"], withdrawn_at=timezone.now(),
    )  # fmt: skip
    SuggestionRun.objects.create(
        article=articles["alone"], detector="attribution", version="1", config_hash="x",
        model="m", state="failed", error="The model ran out of memory.",
    )  # fmt: skip
    return articles


def found(client: Any, **query: Any) -> set[str]:
    answer = client.get(reverse("articles", args=["dam"]), query)
    assert answer.status_code == 200
    return {article.title.split()[0] for article in answer.context["page"]}


FILTERS: list[tuple[dict[str, str], set[str]]] = [
    ({}, {"Alpha", "Beta", "Gamma", "Delta"}),
    ({"q": "beta"}, {"Beta"}),
    ({"q": "100%"}, {"Delta"}),
    ({"q": "_"}, set()),
    ({"event": "none"}, {"Delta"}),
    ({"state": "unassigned"}, {"Delta"}),
    ({"state": "queued"}, {"Gamma"}),
    ({"state": "open"}, {"Beta"}),
    ({"state": "submitted"}, {"Alpha"}),
    ({"state": "failed"}, {"Delta"}),
    ({"q": "text", "state": "open"}, {"Beta"}),
]


@pytest.mark.parametrize(("query", "titles"), FILTERS)
def test_filters_find_what_they_say(
    signed_in: Any, world: Any, query: dict[str, str], titles: set[str]
) -> None:
    assert found(signed_in("rhea"), **query) == titles


def test_articles_are_filtered_by_event_and_outlet(signed_in: Any, world: Any) -> None:
    rhea = signed_in("rhea")
    assert found(rhea, event=world["read"].event_id) == {"Alpha", "Beta"}
    assert found(rhea, outlet=world["begun"].outlet_id) == {"Beta"}


@pytest.mark.parametrize(
    "query",
    [
        {"event": "9" * 40},
        {"event": "x"},
        {"state": "nonsense"},
        {"page": "-3"},
        {"page": "9" * 5000},
        {"q": "\x00"},
        {"q": "x" * 10_000},
        {"project__created_by__password__startswith": "a"},
        {"text__regex": "(a+)+$"},
    ],
)
def test_no_query_breaks_the_list(signed_in: Any, world: Any, query: dict[str, str]) -> None:
    assert found(signed_in("rhea"), **query) == {"Alpha", "Beta", "Gamma", "Delta"}


def test_events_and_outlets_of_other_projects_are_not_offered(
    signed_in: Any, world: Any, project: Project, make_article: Any, people: dict[str, User]
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=people["ben"]
    )
    theirs = make_article("Theirs.", event="Hidden event", outlet="Hidden outlet", into=other)
    rhea = signed_in("rhea")
    text = rhea.get(reverse("articles", args=["dam"])).content.decode()
    assert "Hidden" not in text
    assert "Theirs" not in found(rhea, event=theirs.event_id)


def test_an_empty_project_says_how_to_fill_it(signed_in: Any, project: Project) -> None:
    text = signed_in("rhea").get(reverse("articles", args=["dam"])).content.decode()
    assert "No articles yet." in text
    assert reverse("import", args=["dam"]) in text


def test_the_list_reads_no_text_and_few_queries(
    signed_in: Any, project: Project, make_article: Any
) -> None:
    rhea = signed_in("rhea")
    for number in range(60):
        make_article(f"Number {number}.", event=f"E{number % 5}")
    with CaptureQueriesContext(connection) as queries:
        rhea.get(reverse("articles", args=["dam"]))
    assert len(queries) < 16
    lists = [q["sql"] for q in queries if "LIMIT 50" in q["sql"]]
    assert lists
    assert all('"corpus_article"."text"' not in sql for sql in lists)


def test_an_article_shows_its_text_as_text(
    signed_in: Any, project: Project, make_article: Any
) -> None:
    article = make_article("<script>alert(1)</script> & more\n\n  indented")
    text = signed_in("rhea").get(article.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more\n\n  indented" in text


def test_an_article_shows_readers_and_suggestions(signed_in: Any, world: Any) -> None:
    rhea = signed_in("rhea")
    text = rhea.get(world["begun"].get_absolute_url()).content.decode()
    assert "Ada" in text
    assert "submitted" in text
    assert "begun" in text
    text = rhea.get(world["alone"].get_absolute_url()).content.decode()
    assert "The model ran out of memory." in text
    assert "Nobody yet." in text

"""The first page: what is next, what is left, how one's projects stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.accounts.models import User
from annotator.corpus.models import Article, Project
from annotator.labeling.home import next_sheet, queue
from annotator.labeling.models import Assignment, Claim, Completion, JudgedCell

State = Assignment.State


@pytest.fixture
def give(people: dict[str, User]) -> Any:
    def give(article: Article, position: int, **fields: Any) -> Assignment:
        return Assignment.objects.create(
            article=article,
            annotator=people["ada"],
            position=position,
            seed=1,
            assigned_by=people["rhea"],
            **fields,
        )

    return give


def page(client: Any) -> str:
    text: str = client.get(reverse("home")).content.decode()
    return text


def test_the_article_worked_on_last_comes_first(
    signed_in: Any, make_article: Any, give: Any
) -> None:
    now = timezone.now()
    give(make_article("Done.", event="Dam"), 1, state=State.SUBMITTED)
    give(make_article("Older.", event="Dam"), 2, state=State.OPEN, started_at=now)
    newest = give(
        make_article("Newer.", event="Ferry"), 3, state=State.OPEN,
        started_at=now + timedelta(hours=1),
    )  # fmt: skip
    Completion.objects.create(assignment=newest, device="attribution", at=now)
    text = page(signed_in("ada"))
    assert "Where you left off" in text
    assert reverse("workbench", args=[newest.pk]) in text
    assert "1 of 3 devices read" in text
    assert "1 of 3 articles done" in text


def test_without_begun_work_the_drawn_order_decides(
    signed_in: Any, make_article: Any, give: Any
) -> None:
    give(make_article("Second.", event="Dam"), 2)
    first = give(make_article("First.", event="Ferry"), 1)
    text = page(signed_in("ada"))
    assert "Next for you" in text
    assert text.index("First.") < text.index("Ferry")
    assert reverse("workbench", args=[first.pk]) in text


def test_an_event_is_one_row_even_when_its_articles_lie_apart(
    people: dict[str, User], make_article: Any, give: Any
) -> None:
    give(make_article("A.", event="Dam"), 1, state=State.SUBMITTED)
    give(make_article("B.", event="Ferry"), 2)
    give(make_article("C.", event="Dam"), 3)
    give(make_article("D."), 4)
    rows = queue(people["ada"])
    assert [(row.name, len(row.sheets), row.left) for row in rows] == [
        ("Dam", 2, 1),
        ("Ferry", 1, 1),
        ("Single articles", 1, 1),
    ]
    upcoming = next_sheet(rows)
    assert upcoming
    assert (upcoming.place, upcoming.total) == (2, 2)


def test_withdrawn_articles_are_gone(signed_in: Any, make_article: Any, give: Any) -> None:
    give(make_article("Taken back."), 1, withdrawn_at=timezone.now())
    assert "Taken back." not in page(signed_in("ada"))


def test_when_all_is_submitted_it_says_so(signed_in: Any, make_article: Any, give: Any) -> None:
    give(make_article("Done.", event="Dam"), 1, state=State.SUBMITTED)
    text = page(signed_in("ada"))
    assert "You have submitted every article" in text
    assert "What is left" not in text


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("ada", "Nothing has been handed to you yet."),
        ("cy", "Tell the researcher your user name, cy."),
        ("rhea", "import articles"),
        ("ben", "import articles"),
    ],
)
def test_an_empty_home_says_what_comes_next(
    signed_in: Any, project: Project, who: str, sentence: str
) -> None:
    assert sentence in page(signed_in(who))


def test_nobody_sees_the_articles_of_others(
    signed_in: Any, make_article: Any, give: Any
) -> None:
    give(make_article("Only for Ada.", event="Secret event"), 1)
    for name in ("dov", "cy"):
        text = page(signed_in(name))
        assert "Only for Ada." not in text
        assert "Secret event" not in text


def test_a_lead_sees_each_project_with_its_progress(
    signed_in: Any, make_article: Any, give: Any
) -> None:
    give(make_article("A.", event="Dam"), 1, state=State.SUBMITTED)
    give(make_article("B.", event="Dam"), 2)
    text = page(signed_in("rhea"))
    assert "1 of 2 readings" in text
    assert "Dam coverage" in text


def test_the_queries_do_not_grow_with_the_queue(
    signed_in: Any, make_article: Any, give: Any
) -> None:
    ada = signed_in("ada")
    counts = []
    for number in range(12):
        give(make_article(f"Text {number}.", event=f"E{number % 4}"), number)
        if number in (2, 11):
            with CaptureQueriesContext(connection) as queries:
                page(ada)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_queue_leads_to_the_ledger_of_an_event(
    signed_in: Any, make_article: Any, assign: Any, project: Project
) -> None:
    sheet = assign(make_article("Dam news.", event="Dam"))
    assign(make_article("Alone."))
    claim = Claim.objects.create(
        event=sheet.article.event, origin="machine", statement="x", created_at=timezone.now()
    )
    for answer in ("partly", "reported"):
        JudgedCell.objects.update_or_create(
            assignment=sheet, claim=claim,
            defaults={"answer": answer, "revision": 1, "created_at": timezone.now(),
                      "changed_at": timezone.now()},
        )  # fmt: skip
    shown = signed_in("ada").get("/").content.decode()
    assert f'href="/work/{sheet.pk}/ledger/"' in shown
    assert "1 answered" in shown
    assert shown.count("Ledger<span") == 1

"""Events are proposed, confirmed, changed and rejected; every step leaves its row of history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from annotator import queueing
from annotator.accounts.refusals import Conflict, Invalid
from annotator.corpus import event_search, tasks
from annotator.corpus.event_search import do_ask, do_confirm, do_reject, do_reopen, due, search
from annotator.corpus.models import Article, Event, EventChange, EventProposal, EventSearch, Project

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
STORY = [
    "In Orlen the mayor, Per Lund, cut the budget of the Lisk library by half.",
    "Readers of the Lisk library in Orlen protested against the budget of mayor Per Lund.",
    "The Lisk library in Orlen gets half its budget, says the mayor, Per Lund.",
]
OTHER = "A comet will pass tonight. Bring gloves and a chart."
Made = list[Article]


@pytest.fixture
def story(make_article: Callable[..., Article]) -> Made:
    make_article(OTHER)
    return [make_article(text, outlet=f"O{n}") for n, text in enumerate(STORY)]


@pytest.fixture
def searched(project: Project) -> Callable[[], EventSearch]:
    def run() -> EventSearch:
        asked = do_ask(project=project, actor=project.created_by, now=NOW)
        assert search(asked.pk, clock=lambda: NOW)
        asked.refresh_from_db()
        return asked

    return run


def proposal() -> EventProposal:
    return EventProposal.objects.get(state="open")


def test_articles_of_one_story_are_proposed_and_confirmed_without_one_of_them(
    story: Made, searched: Any, project: Project
) -> None:
    done = searched()
    assert (done.state, done.loose, done.compared) == ("done", 4, 4)
    found = proposal()
    assert found.articles == [article.pk for article in story]
    assert "3 articles share" in found.reason
    assert not Article.objects.exclude(event=None).exists()
    count = do_confirm(
        proposal=found, articles=[story[0].pk, story[2].pk], name=" Library ",
        actor=project.created_by, now=NOW,
    )  # fmt: skip
    assert count == 2
    assert [a.pk for a in Event.objects.get(name="Library").articles.all()] == [
        story[0].pk, story[2].pk,
    ]  # fmt: skip
    rows = EventChange.objects.order_by("pk").values_list("kind", "title", "before", "after")
    assert list(rows) == [
        ("moved", STORY[0], "", "Library"),
        ("moved", STORY[2], "", "Library"),
        ("confirmed", "", "", "Library"),
    ]


def test_an_article_that_comes_later_is_proposed_for_the_event(
    story: Made, searched: Any, project: Project
) -> None:
    library = Event.objects.create(project=project, name="Library")
    Article.objects.filter(pk__in=[story[0].pk, story[1].pk]).update(event=library)
    searched()
    found = proposal()
    assert (found.articles, found.event) == ([story[2].pk], library)
    assert do_confirm(
        proposal=found, articles=found.articles, name="Library", actor=project.created_by, now=NOW
    ) == 1
    assert library.articles.count() == 3


def test_what_was_rejected_is_remembered_until_somebody_takes_it_back(
    story: Made, searched: Any, project: Project
) -> None:
    searched()
    found = proposal()
    do_reject(proposal=found, actor=project.created_by, now=NOW)
    again = searched()
    assert again.remembered == 1
    assert not EventProposal.objects.filter(state="open").exists()
    do_reopen(proposal=found, actor=project.created_by, now=NOW)
    assert proposal() == found
    assert list(found.changes.order_by("pk").values_list("kind", flat=True)) == [
        "rejected", "reopened",
    ]  # fmt: skip
    searched()
    assert proposal() != found
    found.refresh_from_db()
    assert found.state == "replaced"


@pytest.mark.parametrize(
    ("pick", "name", "refusal"),
    [
        (lambda pks: pks[:1], "Library", "at least two"),
        (lambda pks: [0, -pks[0]], "Library", "at least two"),
        (lambda pks: pks, " ", "Name the event"),
        (lambda pks: pks, "x" * 201, "Name the event"),
    ],
)
def test_a_group_that_cannot_be_is_refused_and_stays_open(
    story: Made, searched: Any, project: Project, pick: Any, name: str, refusal: str
) -> None:
    searched()
    found = proposal()
    with pytest.raises(Invalid, match=refusal):
        do_confirm(
            proposal=found, articles=pick(found.articles), name=name, actor=project.created_by,
            now=NOW,
        )  # fmt: skip
    assert proposal() == found
    assert not EventChange.objects.exists()


def test_an_article_that_somebody_moved_meanwhile_is_not_moved_again(
    story: Made, searched: Any, project: Project
) -> None:
    searched()
    found = proposal()
    other = Event.objects.create(project=project, name="Other")
    Article.objects.filter(pk=story[1].pk).update(event=other)
    with pytest.raises(Conflict, match="moved or deleted meanwhile"):
        do_confirm(
            proposal=found, articles=found.articles, name="Library", actor=project.created_by,
            now=NOW,
        )  # fmt: skip
    assert [a.pk for a in other.articles.all()] == [story[1].pk]
    do_reject(proposal=found, actor=project.created_by, now=NOW)
    with pytest.raises(Conflict, match="decided or replaced"):
        do_reject(proposal=found, actor=project.created_by, now=NOW)


def test_one_search_at_a_time_and_none_without_articles(story: Made, project: Project) -> None:
    do_ask(project=project, actor=project.created_by, now=NOW)
    with pytest.raises(Conflict, match="under way"):
        do_ask(project=project, actor=project.created_by, now=NOW)
    EventSearch.objects.update(state="done")
    Article.objects.update(event=Event.objects.create(project=project, name="All"))
    with pytest.raises(Invalid, match="Every article"):
        do_ask(project=project, actor=project.created_by, now=NOW)


def test_a_search_is_done_once_and_again_when_its_worker_died(
    story: Made, project: Project
) -> None:
    asked = do_ask(project=project, actor=project.created_by, now=NOW)
    EventSearch.objects.update(state="running", begun_at=NOW, tries=1)
    assert due(NOW) == []
    assert not search(asked.pk, clock=lambda: NOW)
    later = NOW + event_search.LONGEST + timedelta(seconds=1)
    assert due(later) == [asked.pk]
    assert search(asked.pk, clock=lambda: later)
    assert not search(asked.pk, clock=lambda: later)
    assert EventProposal.objects.count() == 1


def test_a_search_that_kills_its_worker_is_given_up(story: Made, project: Project) -> None:
    asked = do_ask(project=project, actor=project.created_by, now=NOW)
    EventSearch.objects.update(tries=event_search.MOST_TRIES)
    with pytest.raises(RuntimeError):
        search(asked.pk, clock=lambda: NOW)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "its log says why" in asked.error


def test_a_lost_message_is_sent_again_by_the_sweep(
    story: Made, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(queueing, "send", lambda *message: sent.append(message))
    monkeypatch.setattr(queueing, "length", lambda _: 0)
    asked = do_ask(project=project, actor=project.created_by, now=NOW)
    assert tasks.sweep() == 1
    assert sent == [("annotator.corpus.tasks.search_events", asked.pk)]
    tasks.search_events(asked.pk)
    assert tasks.sweep() == 0


def test_history_is_never_rewritten(story: Made, searched: Any, project: Project) -> None:
    searched()
    do_reject(proposal=proposal(), actor=project.created_by, now=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EventChange.objects.update(kind="moved")
    story[0].delete()
    assert EventChange.objects.count() == 1


# The page ------------------------------------------------------------------------------------


@pytest.fixture
def page(project: Project, signed_in: Any) -> Any:
    def get(**headers: str) -> str:
        answer = signed_in("rhea").get(
            reverse("event-proposals", args=[project.slug]), headers=headers
        )
        assert answer.status_code == 200
        return str(answer.content.decode())

    return get


def test_the_page_says_how_things_stand(
    story: Made, project: Project, page: Any, signed_in: Any
) -> None:
    assert "4 articles belong to no event" in page()
    rhea = signed_in("rhea")
    rhea.post(reverse("event-proposals", args=[project.slug]))
    assert "Waiting for the worker" in page()
    assert "htmx-2.min.js" in page()
    assert "<html" not in page(**{"HX-Request": "true"})
    tasks.search_events(EventSearch.objects.get().pk)
    html = page()
    assert "1 group to decide" in html
    assert html.count(" checked ") == 3
    assert "share" in html
    decide = reverse("event-decide", args=[project.slug, proposal().pk])
    data = {"confirm": "1", "name": "Library", "articles": [a.pk for a in story]}
    assert "3 articles moved to “Library”" in rhea.post(decide, data, follow=True).content.decode()
    assert "1 article is left without an event" in page().replace("are left", "is left")


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ([OTHER], "There is only one article"),
        ([OTHER, "Bakers won a cup in Tarn."], "No two of 2 articles"),
        ([], "There is nothing to group"),
    ],
)
def test_a_search_that_found_nothing_says_why(
    make_article: Any, project: Project, page: Any, texts: list[str], sentence: str
) -> None:
    for text in texts:
        make_article(text)
    asked = EventSearch.objects.create(project=project, asked_by=project.created_by, asked_at=NOW)
    tasks.search_events(asked.pk)
    assert sentence in page()


def test_a_rejection_is_taken_back_by_its_button(
    story: Made, searched: Any, project: Project, page: Any, signed_in: Any
) -> None:
    searched()
    decide = reverse("event-decide", args=[project.slug, proposal().pk])
    rhea = signed_in("rhea")
    rhea.post(decide, {"reject": "1"})
    assert "Not proposed again" in page()
    rhea.post(decide, {"reopen": "1"})
    assert "1 group to decide" in page()


@pytest.mark.parametrize("value", ["\x00", "9" * 400, "-1", "²", "<script>alert(1)</script>", ""])
def test_hostile_answers_are_refused_in_words(
    story: Made, searched: Any, project: Project, signed_in: Any, value: str
) -> None:
    searched()
    decide = reverse("event-decide", args=[project.slug, proposal().pk])
    for name in ("articles", "name"):
        data = {"confirm": "1", "name": "N", "articles": [a.pk for a in story][:1], name: value}
        answer = signed_in("rhea").post(decide, data, follow=True)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
    assert proposal()


def test_another_projects_proposal_is_not_there(
    story: Made, searched: Any, project: Project, signed_in: Any
) -> None:
    searched()
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=project.created_by
    )
    other.memberships.create(user=project.memberships.get(user__username="rhea").user,
                             role="researcher")  # fmt: skip
    decide = reverse("event-decide", args=["other", proposal().pk])
    assert signed_in("rhea").post(decide, {"reject": "1"}).status_code == 404

"""The page of an event: its articles, what is no independent evidence, how they came here."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotator.corpus.models import Article, Event, Project
from annotator.labeling.models import EventLedger, SuggestionRun
from tests.annotator.labeling.comparers import Site

LONG = "\n".join(f"Line {number} tells what happened at the gate." for number in range(30))


@pytest.fixture
def page(project: Project, signed_in: Any) -> Any:
    def get(name: str = "Dam") -> str:
        story = Event.objects.get(project=project, name=name)
        answer = signed_in("rhea").get(reverse("event", args=[project.slug, story.pk]))
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return get


def row(html: str, outlet: str) -> str:
    """Return the table row of an outlet."""
    [found] = [r for r in re.findall(r"<tr>.*?</tr>", html) if f'break">{outlet}<' in r]
    return found


def test_articles_stand_with_outlet_date_and_length(make_article: Any, page: Any) -> None:
    article = make_article("Dam gate closed. Nine words are in this short text.", event="Dam")
    Article.objects.filter(pk=article.pk).update(published="2026-03-01T08:00:00Z")
    html = page()
    assert '2026-03-01</td><td class="r num hs">10</td>' in row(html, "Post")
    assert "One article alone" in html


def test_copies_and_a_second_article_of_an_outlet_are_marked(
    make_article: Any, site: Site, page: Any
) -> None:
    make_article(LONG, event="Dam", outlet="Post")
    make_article(LONG + "\nOne more.", event="Dam", outlet="Wire")
    second = make_article("Line 3 tells what happened at the gate.", event="Dam", outlet="Globe")
    make_article("Another one by the same paper.", event="Dam", outlet="Globe")
    assert "wait to be compared; copies are marked then" in page()
    site.work()
    html = page()
    assert re.search(r"Copy of Post \(\d+ %\), not independent evidence", row(html, "Wire"))
    assert html.count("not independent evidence") == 2
    assert "Also by Globe, not independent evidence" in html
    assert "4 articles" in html
    assert "2 independent sources" in html
    assert "not independent" not in row(html, "Post")
    assert second.event_id


def test_every_move_and_new_name_is_in_the_history(
    make_article: Any, project: Project, signed_in: Any, page: Any
) -> None:
    article = make_article("One <b>gate</b>.", event="Dam")
    address = reverse("event", args=[project.slug, article.event_id])
    rhea = signed_in("rhea")
    rhea.post(address, {"rename": "1", "name": "Brindle <i>dam</i>"})
    rhea.post(address, {"rename": "1", "name": "Brindle <i>dam</i>"})
    rhea.post(address, {"move": "1", "articles": [article.pk], "event_name": ""})
    html = page("Brindle <i>dam</i>")
    assert "Rhea: renamed from “Dam” to “Brindle &lt;i&gt;dam&lt;/i&gt;”" in html
    assert html.count("renamed from") == 1
    assert (
        "“One &lt;b&gt;gate&lt;/b&gt;.” moved from “Brindle &lt;i&gt;dam&lt;/i&gt;” to no event"
        in html
    )
    assert "No article belongs to this event any more" in html


def test_a_comparison_that_failed_says_why(make_article: Any, site: Site, page: Any) -> None:
    def broken() -> None:
        raise LookupError("no such line")

    make_article("Gate closed.\nShared line.", event="Dam")
    make_article("Gate open.\nShared line.", event="Dam", outlet="Wire")
    site.plan()
    SuggestionRun.objects.exclude(members="").update(tries=4)
    site.lines.before = broken
    site.work()
    EventLedger.objects.update(filled="")
    assert "could not be compared. LookupError: no such line" in page()

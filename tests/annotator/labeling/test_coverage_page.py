"""The coverage matrix: who carries which claim, passages side by side, nothing that breaks it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from annotator.corpus.models import Article, Event, Outlet, Project
from annotator.labeling.models import EventLedger, Suggestion, SuggestionRun
from tests.annotator.labeling.comparers import Site

TEXTS = {
    "Courier": "Dam gate closed.\nPeople were hurt.",
    "Post": "Dam gate shut.\nGuards fired at people.\nPeople were hurt.",
    "Wire": "Dam gate barred.\nGuards fired at people.\nThe <b>clinic</b> & gate close.",
    "Globe": "Dam gate locked.\nThe <b>clinic</b> & gate close.",
}


@pytest.fixture
def event(make_article: Any) -> dict[str, Article]:
    return {name: make_article(text, event="Dam", outlet=name) for name, text in TEXTS.items()}


@pytest.fixture
def matrix(project: Project, signed_in: Any) -> Any:
    def get(query: str = "", *, who: str = "rhea", name: str = "Dam") -> str:
        story = Event.objects.get(project=project, name=name)
        answer = signed_in(who).get(reverse("coverage", args=[project.slug, story.pk]) + query)
        assert answer.status_code == 200
        return str(answer.content.decode())

    return get


def table(html: str) -> dict[str, list[str]]:
    """Return the words of the cells by claim."""
    rows = re.findall(r'<tr id="c.*?</tr>', html, re.DOTALL)
    claim = [re.search(r"<a [^>]*>(.*?)</a>", row, re.DOTALL) for row in rows]
    cells = [re.findall(r'class="w">(.*?)</span>', row) for row in rows]
    return {found[1]: words for found, words in zip(claim, cells, strict=True) if found}


def test_claims_by_articles(event: Any, site: Site, matrix: Any) -> None:
    site.work()
    yes, no = "reported", "not found"
    assert table(matrix()) == {
        "People were hurt.": [yes, yes, no, no],
        "Guards fired at people.": [no, yes, yes, no],
        "The &lt;b&gt;clinic&lt;/b&gt; &amp; gate close.": [no, no, yes, yes],
    }


def test_a_claim_of_more_articles_comes_first(event: Any, site: Site, matrix: Any) -> None:
    Article.objects.filter(pk=event["Globe"].pk).delete()
    text = "Dam gate open.\nGuards fired at people."
    event["Post"].pk = None
    Article.objects.create(
        project=event["Wire"].project, event=event["Wire"].event, external_id="x", text=text,
        sha256="x", length=len(text), words=6,
    )  # fmt: skip
    site.work()
    assert list(table(matrix())) == ["Guards fired at people.", "People were hurt."]


def test_the_filter_shows_what_one_article_lacks(event: Any, site: Site, matrix: Any) -> None:
    site.work()
    assert len(table(matrix("?show=missing"))) == 3
    assert list(table(matrix(f"?show={event['Post'].pk}"))) == [
        "The &lt;b&gt;clinic&lt;/b&gt; &amp; gate close."
    ]


def order(html: str) -> list[str]:
    return [claim.split()[0] for claim in table(html)]


@pytest.fixture
def tiers(make_article: Any) -> dict[str, Article]:
    """One claim that four articles carry, one that three do, one that two do."""
    lines = {
        "Post": "Rare words.\nSome words.\nMany words.",
        "Wire": "Many words.\nSome words.\nRare words.",
        "Echo": "Some words.\nMany words.",
        "Herald": "Many words.",
    }
    made = {}
    for day, (outlet, text) in enumerate(lines.items(), start=1):
        made[outlet] = make_article(f"{text}\nBy {outlet}.", event="Dam", outlet=outlet)
        dated = Article.objects.filter(pk=made[outlet].pk)
        dated.update(published="2026-03-09" if outlet == "Echo" else f"2026-03-1{day}")
    return made


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ("", ["Many", "Some", "Rare"]),
        ("?sort=most", ["Many", "Some", "Rare"]),
        ("?sort=fewest", ["Rare", "Some", "Many"]),
        ("?sort=first", ["Some", "Many", "Rare"]),  # the echo was out first
        ("?q=E+WORDS", ["Some", "Rare"]),
        ("?q=words&sort=fewest&show=missing", ["Rare", "Some"]),
        ("?q=nobody+says+this", []),
    ],
)
def test_claims_are_found_and_sorted_as_asked(
    tiers: Any, site: Site, matrix: Any, query: str, claims: list[str]
) -> None:
    site.work()
    assert order(matrix(query)) == claims


def test_what_is_asked_for_stays_in_every_link(tiers: Any, site: Site, matrix: Any) -> None:
    site.work()
    herald = tiers["Herald"].pk
    html = matrix(f"?q=words&show={herald}&sort=fewest")
    assert order(html) == ["Rare", "Some"]
    assert "2 of 3 rows" in html
    assert f"show={herald}&amp;q=words&amp;sort=fewest&amp;page=1&amp;open=" in html
    assert f'href="?show={herald}&amp;q=words&amp;sort=salience"' in html
    assert f'<option value="{herald}" selected>missing in Herald</option>' in html


def test_salience_puts_a_claim_from_the_head_of_an_article_first(
    make_article: Any, site: Site, matrix: Any
) -> None:
    for outlet in ("Post", "Wire", "Echo"):
        own = "\n".join(f"{outlet} line {number}." for number in range(5))
        early = "" if outlet == "Post" else "Early."
        make_article(f"{early}\n{own}\nLate.", event="Dam", outlet=outlet)
    site.work()
    assert order(matrix()) == ["Late.", "Early."]
    html = matrix("?sort=salience")
    assert order(html) == ["Early.", "Late."]
    assert re.findall(r"Salience (\d) of 3", html) == ["3", "2"]


def test_the_kind_of_a_proposal_filters(event: Any, site: Site, matrix: Any) -> None:
    site.work()
    row = next(r for r in EventLedger.objects.get().rows if r["summary"].startswith("Guards"))
    lacking = Suggestion.objects.filter(device="omission", article=event["Courier"])
    lacking.update(attributes={"absence_check": f"ledger row {row['id']}"})
    assert order(matrix("?kind=om.actor")) == ["Guards"]
    assert order(matrix(f"?kind=om.actor&show={event['Courier'].pk}")) == ["Guards"]
    assert order(matrix(f"?kind=om.actor&show={event['Globe'].pk}")) == []
    assert len(order(matrix("?kind=om.context"))) == 3  # none is proposed as that: no such filter
    assert "Courier: proposed as missing" in matrix(f"?open={row['id']}")


def test_a_claim_opens_its_passages_by_a_plain_link(event: Any, site: Site, matrix: Any) -> None:
    site.work()
    html = matrix()
    claim = next(
        row["id"] for row in EventLedger.objects.get().rows if row["summary"].startswith("Guards")
    )
    assert f"open={claim}#c{claim}" in html
    opened = matrix(f"?open={claim}")
    assert opened.count('<mark class="evi">Guards fired at people.</mark>') == 2
    assert "sentence 2" in opened
    assert opened.count("Not found.") == 2
    assert f'href="?page=1#c{claim}" aria-expanded="true"' in opened


def test_copies_and_one_outlet_twice_are_not_independent(
    site: Site, matrix: Any, make_article: Any, project: Project
) -> None:
    long = "\n".join(f"Line {number} tells what happened at the gate." for number in range(30))
    make_article(long, event="Dam", outlet="Post")
    make_article(long + "\nOne more.", event="Dam", outlet="Wire")
    make_article("Dam gate closed.\nOne more.", event="Dam", outlet="Post")
    site.work()
    html = matrix()
    assert "copy of Post (100 %)" in html
    assert "also by Post" in html
    assert set(re.findall(r"(\d) independent", html)) == {"1"}
    assert 'class="omit"' not in html
    assert "No article lacks any of these claims." in matrix("?show=missing")


@pytest.mark.parametrize(("count", "words"), [(0, "No article belongs"), (1, "is alone in this")])
def test_an_event_without_two_articles_says_why_it_is_empty(
    count: int, words: str, matrix: Any, make_article: Any, project: Project, site: Site
) -> None:
    Event.objects.create(project=project, name="Small")
    for number in range(count):
        make_article(f"Dam gate {number}.", event="Small")
    site.work()
    assert words in matrix(name="Small")


def test_an_event_that_waits_says_so(event: Any, site: Site, matrix: Any) -> None:
    assert "wait to be compared" in matrix()
    site.plan()
    assert "wait to be compared" in matrix()


def test_an_event_that_failed_says_why(event: Any, site: Site, matrix: Any) -> None:
    def broken() -> None:
        raise LookupError("no such line")

    site.plan()
    SuggestionRun.objects.exclude(members="").update(tries=4)
    site.lines.before = broken
    site.work()
    assert SuggestionRun.objects.filter(detector="omission", state="failed").count() == 4
    EventLedger.objects.update(filled="")
    assert "could not be compared. LookupError: no such line" in matrix()


def test_articles_without_a_common_claim_say_so(make_article: Any, site: Site, matrix: Any) -> None:
    make_article("One.", event="Dam")
    make_article("Two.", event="Dam", outlet="Wire")
    site.work()
    assert "No claim was found" in matrix()


def test_what_was_found_before_is_shown_while_a_new_article_waits(
    event: Any, site: Site, matrix: Any, make_article: Any
) -> None:
    site.work()
    make_article("Dam gate open.", event="Dam", outlet="Herald")
    html = matrix()
    assert "The event has changed and is being compared anew." in html
    assert table(html)["People were hurt."][-1] == "not compared"
    site.work()
    assert "being compared anew" not in matrix()


def test_a_deleted_article_is_gone_from_the_matrix(event: Any, site: Site, matrix: Any) -> None:
    site.work()
    claim = EventLedger.objects.get().rows[0]["id"]
    event["Post"].delete()
    assert table(matrix(f"?open={claim}"))["People were hurt."] == [
        "reported", "not found", "not found",
    ]  # fmt: skip


def test_an_article_in_another_language_is_named_with_the_reason(
    event: Any, site: Site, matrix: Any
) -> None:
    Article.objects.filter(pk=event["Globe"].pk).update(language="de", title="<i>Damm</i>")
    site.work()
    html = matrix()
    assert "“&lt;i&gt;Damm&lt;/i&gt;”: This article is in another language. Take it out." in html
    assert table(html)["People were hurt."][-1] == "not compared"


HOSTILE = ["'; DROP TABLE", "<script>alert(1)</script>", "-1", "9" * 40, "\x00", "𝟙", "%", "²", ""]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_queries_show_the_page(event: Any, site: Site, matrix: Any, value: str) -> None:
    site.work()
    for name in ("show", "open", "page", "kind", "sort"):
        html = matrix(f"?{name}={quote(value)}")
        assert len(table(html)) == 3
        assert "<script>alert" not in html


def test_hostile_names_are_text(
    make_article: Any, site: Site, matrix: Any, project: Project
) -> None:
    for number in range(2):
        text = f"<img src=x onerror=alert({number})>\nShared."
        make_article(text, event="Dam", outlet=f"<b>{number}</b>")
    Outlet.objects.filter(name="<b>1</b>").update(name="x" * 200)
    site.work()
    html = matrix()
    assert "<img src=x" not in html
    assert "<b>0</b>" not in html


def test_nothing_is_styled_or_scripted_in_line(event: Any, site: Site, matrix: Any) -> None:
    site.work()
    html = matrix(f"?open={EventLedger.objects.get().rows[0]['id']}")
    assert " style=" not in html
    assert re.findall(r"<script(?![^>]* src=)", html) == []
    assert re.findall(r" on\w+=", html) == []


def test_the_matrix_of_many_articles_takes_few_queries(
    make_article: Any, site: Site, matrix: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_article(f"Only {number}.\nShared.\nShared too.", event="Dam", outlet=f"O{number}")
    site.work()
    with django_assert_max_num_queries(38):
        html = matrix(f"?open={EventLedger.objects.get().rows[0]['id']}")
    assert len(table(html)["Shared."]) == 30
    assert "ledger dense" in html

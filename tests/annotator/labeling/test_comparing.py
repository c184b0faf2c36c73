"""Comparing the articles of an event: once each, anew when it changes, decisions kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from annotator.corpus import grouping
from annotator.corpus.models import Article, ImportBatch, Project
from annotator.labeling import comparing, detection, event_runs, outbox
from annotator.labeling.invariants import breaches
from annotator.labeling.models import Annotation, Decision, EventLedger, Suggestion, SuggestionRun
from annotator.labeling.suggesting import visible_suggestions
from tests.annotator.labeling.comparers import NOW, TEXTS, Site, omissions
from tests.annotator.labeling.conftest import Page


def test_what_two_others_say_is_proposed_with_their_passages(event: Any, site: Site) -> None:
    assert site.work() == 6
    found = Suggestion.objects.get(device="omission")
    assert found.article == event["Courier"]
    assert [(part["role"], part["article"], part["quote"]) for part in found.parts] == [
        ("evidence", event["Post"].pk, "Guards fired at people."),
        ("evidence", event["Wire"].pk, "Guards fired at people."),
    ]


def test_each_article_is_parsed_once_and_one_message_does_the_event(event: Any, site: Site) -> None:
    site.plan()
    published = outbox.to_publish(NOW, room=99, empty=False)
    assert published == [outbox.Message((event["Courier"].pk,))]
    outbox.mark_published(published, now=NOW)
    assert outbox.to_publish(NOW, room=99, empty=False) == []
    site.detect(*published[0].articles)
    assert (site.pipeline.parses, site.lines.calls) == (3, 1)
    assert not outbox.due(NOW).exists()


def test_running_twice_changes_nothing(event: Any, site: Site) -> None:
    site.work()
    before = list(SuggestionRun.objects.values()), list(Suggestion.objects.values())
    assert site.work() == 0
    assert [site.detect(article.pk) for article in event.values()] == [0, 0, 0]
    assert (list(SuggestionRun.objects.values()), list(Suggestion.objects.values())) == before
    assert not event_runs.unplanned()


def test_the_ledger_says_who_carries_what(event: Any, site: Site) -> None:
    site.work()
    ledger = EventLedger.objects.get()
    assert ledger.members == ledger.filled != ""
    assert ledger.articles == [article.pk for article in event.values()]
    [row] = ledger.rows
    assert row["summary"] == "Guards fired at people."
    assert [place[0] for place in row["passages"]] == [event["Post"].pk, event["Wire"].pk]


def test_an_article_that_joins_makes_all_be_compared_anew(
    event: Any, site: Site, make_article: Any
) -> None:
    site.work()
    assert not event_runs.unplanned()
    joined = make_article("Dam gate locked.\nDam gate shut.", event="Dam", outlet="Globe")
    assert event_runs.unplanned()
    assert omissions(event["Courier"]) == ["Guards fired at people."]  # as long as nobody planned
    site.plan()
    assert omissions(event["Courier"]) == []
    site.work()
    assert omissions(event["Courier"]) == ["Dam gate shut.", "Guards fired at people."]
    assert omissions(event["Wire"]) == ["Dam gate shut."]
    assert omissions(joined) == ["Guards fired at people."]
    assert SuggestionRun.objects.filter(detector="omission").count() == 7


def test_an_article_that_leaves_takes_its_evidence_along_and_may_come_back(
    event: Any, site: Site, project: Project
) -> None:
    site.work()
    move = {
        "project": project, "articles": [event["Wire"]], "actor": project.created_by, "now": NOW,
    }  # fmt: skip
    grouping.do_move_articles(**move, event_name="")
    assert site.work() == 2
    assert (omissions(event["Courier"]), omissions(event["Wire"])) == ([], [])
    grouping.do_move_articles(**move, event_name="Dam")
    assert site.work() == 3  # compared before, but the ledger was filled anew meanwhile
    assert omissions(event["Courier"]) == ["Guards fired at people."]
    ledger = EventLedger.objects.get()
    assert ledger.filled == ledger.members
    assert len(ledger.rows) == 1


def test_old_decisions_survive_and_nobody_is_asked_twice(
    event: Any, site: Site, make_article: Any, assign: Callable[..., Any], signed_in: Any
) -> None:
    site.work()
    sheet = assign(event["Courier"])
    other = assign(event["Courier"], "dov")
    page = Page(signed_in("ada"), sheet)
    [shown] = [s for s in page.get().json()["suggestions"] if s["device"] == "omission"]
    mark = {"id": str(uuid4()), **{key: shown[key] for key in ("device", "label", "parts")}}
    answer = page.send({"kind": "accept", "suggestion": shown["id"], "annotation": mark})
    assert answer.status_code == 200, answer.content
    make_article("Dam gate locked.\nGuards fired at people.", event="Dam", outlet="Globe")
    site.work()
    assert Decision.objects.get().suggestion_id == shown["id"]
    assert Annotation.objects.get().parts.count() == 2
    mine = visible_suggestions(sheet).filter(device="omission")
    assert [suggestion.pk for suggestion in mine] == [shown["id"]]
    [asked] = visible_suggestions(other).filter(device="omission")
    assert (len(asked.parts), asked.decisions.count()) == (3, 0)


def test_an_omission_without_evidence_is_not_stored(
    event: Any, site: Site, assign: Callable[..., Any], signed_in: Any
) -> None:
    site.work()
    page = Page(signed_in("ada"), assign(event["Courier"]))
    [shown] = [s for s in page.get().json()["suggestions"] if s["device"] == "omission"]
    elsewhere = {**shown["parts"][0], "article": event["Courier"].pk}
    mark = {"id": str(uuid4()), "device": "omission", "label": shown["label"], "parts": [elsewhere]}
    answer = page.send({"kind": "accept", "suggestion": shown["id"], "annotation": mark})
    assert answer.status_code == 400
    assert not Annotation.objects.exists()


def test_an_article_alone_in_its_event_has_nothing_to_be_compared_with(
    make_article: Any, site: Site
) -> None:
    make_article("Dam gate closed.", event="Dam")
    assert site.work() == 1
    assert not SuggestionRun.objects.exclude(members="").exists()
    assert not event_runs.unplanned()


def test_an_event_that_shrinks_to_one_drops_what_was_waiting(
    event: Any, site: Site, project: Project
) -> None:
    site.plan()
    rest = [event["Post"], event["Wire"]]
    grouping.do_move_articles(
        project=project, articles=rest, event_name="", actor=project.created_by, now=NOW
    )
    assert event_runs.unplanned()
    site.plan()
    assert not SuggestionRun.objects.exclude(members="").exists()
    assert not event_runs.unplanned()


def test_an_import_that_is_running_is_waited_for(
    event: Any, site: Site, project: Project, people: Any
) -> None:
    batch = ImportBatch.objects.create(
        project=project, created_by=people["rhea"], name="a", stored="", sha256="", size=1,
        state=ImportBatch.State.RUNNING,
    )  # fmt: skip
    assert site.work() == 3
    assert not event_runs.unplanned()
    batch.delete()
    assert event_runs.unplanned()
    assert site.work() == 3


def test_a_deleted_sibling_takes_its_evidence_along(event: Any, site: Site) -> None:
    site.work()
    event["Wire"].delete()
    assert event_runs.unplanned()
    site.work()
    assert omissions(event["Courier"]) == []


def test_two_projects_with_one_event_name_are_not_mixed(
    event: Any, site: Site, project: Project, make_article: Any
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=project.created_by
    )
    make_article(TEXTS["Courier"] + "\nElsewhere.", event="Dam", outlet="Courier", into=other)
    site.work()
    assert Suggestion.objects.filter(device="omission").count() == 1


def test_the_installed_detectors_compare_a_real_event(make_article: Any) -> None:
    root = Path(__file__).parents[3] / "annotator/demo/articles"
    articles = [
        make_article(path.read_text(encoding="utf-8"), event="Dam", outlet=path.stem)
        for path in sorted(root.glob("dam-*.txt"))
    ]
    pipeline, installed = detection.pipeline(), comparing.comparer()
    event_runs.plan(installed.runs(pipeline.model))
    done = comparing.detect(
        [articles[0].pk], model=pipeline.model, comparer=installed,
        readers=lambda ids: dict.fromkeys(ids, pipeline), clock=lambda: NOW, draw=lambda: 0.5,
    )  # fmt: skip
    assert done == len(articles)
    ledger = EventLedger.objects.get()
    assert ledger.articles == [article.pk for article in articles]
    texts = {article.pk: article.text for article in articles}
    assert len(ledger.rows) > 2
    for row in ledger.rows:
        quotes = [texts[pk][start:end] for pk, start, end, _ in row["passages"]]
        assert row["summary"] in quotes
    assert list(breaches()) == []


def test_the_article_page_says_why_nothing_can_be_missing(
    make_article: Any, site: Site, signed_in: Any
) -> None:
    def page(article: Article) -> str:
        return str(signed_in("rhea").get(article.get_absolute_url()).content.decode())

    alone = make_article("Dam gate closed.", event="Dam")
    assert "It belongs to no event." in page(make_article("Loose."))
    assert "It is alone in its event" in page(alone)
    german = make_article("Das Tor ist zu.", event="Dam")
    Article.objects.filter(pk=german.pk).update(language="de")
    site.work()
    assert "This article is in another language. Take it out." in page(german)
    assert "No omissions are proposed here" not in page(alone)


@pytest.mark.parametrize(
    ("blind", "reason"), [(True, "carried by outlet A, outlet B"), (False, "carried by Post, Wire")]
)
def test_a_reason_names_outlets_only_to_those_who_may_know_them(
    event: Any, site: Site, assign: Any, signed_in: Any, blind: bool, reason: str
) -> None:
    site.work()
    page = Page(signed_in("ada"), assign(event["Courier"], blind=blind))
    for path in ("", "suggestions/"):
        shown = [s for s in page.get(path).json()["suggestions"] if s["device"] == "omission"]
        assert [suggestion["reason"] for suggestion in shown] == [reason]
    assert b"Wire" not in page.get().content or not blind


def test_a_short_article_is_asked_about_its_best_proposal_and_a_long_one_about_more(
    make_article: Any, site: Site, assign: Callable[..., Any]
) -> None:
    shared = "\n".join(f"Claim number {number} is here." for number in range(5))
    for outlet in ("Post", "Wire"):
        make_article(f"{outlet} tells it.\n{shared}", event="Dam", outlet=outlet)
    short = make_article("Nothing to see.", event="Dam", outlet="Echo")
    long = make_article("word " * 1000, event="Dam", outlet="Globe")
    site.work()
    for article, asked in ((short, 1), (long, 2)):
        assert len(omissions(article)) == 5
        seen = visible_suggestions(assign(article)).filter(device="omission")
        assert [suggestion.position for suggestion in seen] == list(range(asked))

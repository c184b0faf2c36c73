"""A comparison that cannot be made, or is overtaken, harms nothing and says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from annotator.corpus.models import Article
from annotator.labeling import comparing, detection, event_runs, outbox
from annotator.labeling.models import EventLedger, Suggestion, SuggestionRun
from tests.annotator.labeling.comparers import NOW, TEXTS, Site, omissions
from tests.annotator.labeling.pipelines import Detector

State = SuggestionRun.State


def test_a_failing_comparison_harms_nothing_else_and_is_tried_again_as_a_whole(
    event: Any, site: Site
) -> None:
    def broken() -> None:
        raise LookupError("no such line")

    site.lines.before = broken
    assert site.work() == 3
    runs = SuggestionRun.objects.filter(detector="omission")
    assert set(runs.values_list("state", "error")) == {("pending", "LookupError: no such line")}
    assert len(set(runs.values_list("not_before", flat=True))) == 1
    site.lines.before = lambda: None
    site.now += timedelta(seconds=10)
    assert site.work() == 3
    assert omissions(event["Courier"]) == ["Guards fired at people."]


def test_a_failing_detector_of_articles_does_not_keep_them_from_being_compared(
    event: Any, site: Site
) -> None:
    def broken(text: str) -> Any:
        raise LookupError("no such word")

    site.pipeline.detectors = (Detector("bad", find=broken),)
    site.work()
    assert omissions(event["Courier"]) == ["Guards fired at people."]


def test_an_article_that_cannot_be_parsed_stops_the_comparison_and_nothing_else(
    event: Any, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = site.pipeline.parse

    def fragile(text: str) -> str:
        if text == TEXTS["Post"]:
            raise MemoryError("too much")
        return parse(text)

    monkeypatch.setattr(site.pipeline, "parse", fragile)
    site.work()
    done = SuggestionRun.objects.filter(detector="first", state=State.DONE)
    assert set(done.values_list("article", flat=True)) == {event["Courier"].pk, event["Wire"].pk}
    site.now += timedelta(seconds=10)
    monkeypatch.undo()
    site.work()
    assert omissions(event["Courier"]) == ["Guards fired at people."]


def test_an_article_too_long_to_be_read_is_left_out_and_the_others_are_compared(
    event: Any, site: Site, make_article: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = make_article("Dam gate closed, " * 9, event="Dam", outlet="Globe")
    monkeypatch.setattr(detection, "LONGEST", 60)
    site.work()
    assert omissions(event["Courier"]) == ["Guards fired at people."]
    errors = SuggestionRun.objects.filter(article=long).values_list("detector", "error")
    assert "153 characters" in dict(errors)["first"]
    assert dict(errors)["omission"] == "This article has not been parsed. Parse it."


def test_an_event_too_long_to_be_compared_says_so_at_once(
    event: Any, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "LONGEST", 10)
    assert site.work() == 0
    run = SuggestionRun.objects.filter(detector="omission").first()
    assert run is not None
    assert run.state == State.FAILED
    assert "Divide it into smaller events." in run.error


def test_an_article_that_could_not_be_compared_says_why(event: Any, site: Site) -> None:
    Article.objects.filter(pk=event["Wire"].pk).update(language="de")
    site.work()
    run = SuggestionRun.objects.get(article=event["Wire"], detector="omission")
    assert (run.state, run.error) == (
        State.FAILED, "This article is in another language. Take it out.",
    )  # fmt: skip
    assert omissions(event["Courier"]) == []
    assert EventLedger.objects.get().articles == [event["Courier"].pk, event["Post"].pk]


def test_an_event_that_changes_while_it_is_compared_stores_nothing(
    event: Any, site: Site, make_article: Any
) -> None:
    site.plan()
    make_article("Dam gate locked.", event="Dam", outlet="Globe")
    assert site.detect(event["Courier"].pk) == 0
    assert not Suggestion.objects.filter(device="omission").exists()
    site.work()
    assert omissions(event["Courier"]) == ["Guards fired at people."]
    assert {run.state for run in SuggestionRun.objects.all()} == {State.DONE}


def test_an_event_that_is_replanned_meanwhile_keeps_no_result_of_the_old_one(
    event: Any, site: Site, make_article: Any
) -> None:
    def joined() -> None:
        make_article("Dam gate locked.", event="Dam", outlet="Globe")
        site.plan()

    site.plan()
    site.lines.before = joined
    site.detect(event["Courier"].pk)
    assert not Suggestion.objects.filter(device="omission").exists()
    assert EventLedger.objects.get().filled == ""


def test_a_worker_that_is_killed_gives_the_whole_event_back(event: Any, site: Site) -> None:
    site.plan()
    runs = site.comparer.runs(site.pipeline.model)
    assert len(event_runs.claim(event["Post"].pk, runs, now=NOW)) == 3
    assert event_runs.claim(event["Courier"].pk, runs, now=NOW) == []
    assert outbox.release(now=NOW, article_id=event["Post"].pk) == 3
    assert len(event_runs.claim(event["Courier"].pk, runs, now=NOW)) == 3

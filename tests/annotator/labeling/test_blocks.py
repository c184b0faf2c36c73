"""Several articles of one message: read and stored at once, and yet each for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from annotator.corpus.models import Article
from annotator.labeling import detection, outbox, storing
from annotator.labeling.models import Suggestion, SuggestionRun, TextLayer
from tests.annotator.labeling.pipelines import Detector, Pipeline, capitals

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
State = SuggestionRun.State
TEXTS = ("The Dam held.", "A Bad one.", "Rain fell On us.")
BAD = TEXTS[1]


@pytest.fixture
def articles(make_article: Any) -> list[Article]:
    return [make_article(text) for text in TEXTS]


def work(articles: Sequence[Article], pipeline: Any) -> int:
    outbox.plan(pipeline.runs)
    pipelines = dict.fromkeys([article.pk for article in articles], pipeline)
    return detection.detect_articles(pipelines, clock=lambda: NOW, draw=lambda: 0.5)


def states() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text, state in SuggestionRun.objects.values_list("article__text", "state"):
        found.setdefault(text, set()).add(state)
    return found


def only_bad_is(state: str) -> dict[str, set[str]]:
    return {text: {state if text == BAD else State.DONE} for text in TEXTS}


def finding(wrong: Callable[[str], Any]) -> Pipeline:
    """Return a pipeline that finds something else in the bad article."""
    return Pipeline([Detector("first", find=lambda t: wrong(t) if t == BAD else capitals(t))])


def test_all_are_read_and_stored_and_twice_changes_nothing(articles: list[Article]) -> None:
    pipeline = Pipeline([Detector("first"), Detector("second")])
    assert work(articles, pipeline) == 6
    assert Suggestion.objects.count() == 2 * sum(len(capitals(text)) for text in TEXTS)
    before = list(Suggestion.objects.values()), list(TextLayer.objects.values())
    assert work(articles, pipeline) == 0
    assert (list(Suggestion.objects.values()), list(TextLayer.objects.values())) == before
    assert pipeline.parses == 3


def test_questions_to_the_database_do_not_grow_with_the_articles(make_article: Any) -> None:
    def asked(count: int) -> int:
        Article.objects.all().delete()
        made = [make_article(f"Dam {number} held.") for number in range(count)]
        outbox.plan(Pipeline().runs)
        with CaptureQueriesContext(connection) as queries:
            assert work(made, Pipeline()) == count
        return len(queries)

    assert asked(2) == asked(40)


class Fragile(Pipeline):
    """It breaks down on the bad article, wherever it meets it."""

    def parse(self, text: str) -> str:
        if text == BAD:
            raise MemoryError("too much")
        return super().parse(text)


def test_one_that_cannot_be_parsed_harms_no_other(articles: list[Article]) -> None:
    assert work(articles, Fragile()) == 2
    assert states() == only_bad_is(State.PENDING)
    assert SuggestionRun.objects.get(article__text=BAD).error == "MemoryError: too much"


def test_one_that_is_too_long_harms_no_other(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detection, "LONGEST", 15)
    assert work(articles, Pipeline()) == 2
    assert {text for text, found in states().items() if found == {State.FAILED}} == {TEXTS[2]}


def test_one_that_a_detector_breaks_on_harms_no_other(articles: list[Article]) -> None:
    def broken(text: str) -> Any:
        raise LookupError("no such word")

    assert work(articles, finding(broken)) == 2
    assert states() == only_bad_is(State.PENDING)


def test_one_that_the_database_refuses_harms_no_other(articles: list[Article]) -> None:
    def too_sure(text: str) -> Any:
        return [type(s)(**{**vars(s), "score": 1.5}) for s in capitals(text)]

    pipeline = finding(too_sure)
    pipeline.detectors = (*pipeline.detectors, Detector("good"))
    assert work(articles, pipeline) == 5
    assert states() == {**only_bad_is(State.DONE), BAD: {State.PENDING, State.DONE}}
    assert TextLayer.objects.count() == 3


def test_one_whose_claim_was_lost_meanwhile_is_left_to_whoever_has_it(
    articles: list[Article],
) -> None:
    def robbed(text: str) -> Any:
        outbox.release(now=NOW, article_id=articles[1].pk)
        return capitals(text)

    assert work(articles, finding(robbed)) == 2
    assert states() == only_bad_is(State.PENDING)
    assert not Suggestion.objects.filter(article=articles[1]).exists()


@pytest.mark.django_db(transaction=True)
def test_one_that_was_deleted_meanwhile_harms_no_other(articles: list[Article]) -> None:
    def gone(text: str) -> Any:
        Article.objects.filter(text=BAD).delete()
        return capitals(text)

    assert work(articles, finding(gone)) == 2
    assert states() == {text: {State.DONE} for text in TEXTS if text != BAD}


def test_a_full_disk_fails_all_at_once_and_all_are_tried_again(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def full(*_: Any, **__: Any) -> None:
        calls.append(1)
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(storing, "_keep", full)
    assert work(articles, Pipeline()) == 0
    assert (len(calls), states()) == (1, {text: {State.PENDING} for text in TEXTS})


def test_after_a_worker_was_killed_each_is_read_by_itself(articles: list[Article]) -> None:
    pipeline = Pipeline()
    outbox.plan(pipeline.runs)
    [message] = outbox.to_publish(NOW, room=9, empty=True)
    outbox.mark_published([message], now=NOW)
    outbox.claim(dict.fromkeys(message.articles, pipeline.runs), now=NOW)
    for article in message.articles:
        outbox.release(now=NOW, article_id=article)
    assert work(articles, pipeline) == 0, "the old message takes none along again"
    told = outbox.to_publish(NOW, room=9, empty=False)
    assert [one.articles for one in told] == [(article.pk,) for article in articles]
    assert sum(work([article], pipeline) for article in articles) == 3


def test_what_stands_beside_an_article_changes_nothing_in_it(make_article: Any) -> None:
    real = detection.pipeline()
    texts = [f'"Rain {n} is near," the mayor said.\n\nCritics claimed a mere {n} fell.\n' * n
             for n in range(1, 9)]  # fmt: skip
    work([make_article(text) for text in texts], real)
    together = list(Suggestion.objects.order_by("article", "run", "position").values_list(
        "article__text", "parts__0__start", "rule", "score", "reason"))  # fmt: skip
    Article.objects.all().delete()
    for text in texts:
        work([make_article(text)], real)
    alone = list(Suggestion.objects.order_by("article", "run", "position").values_list(
        "article__text", "parts__0__start", "rule", "score", "reason"))  # fmt: skip
    assert together == alone != []


def test_what_was_begun_since_it_was_published_is_told_again_and_soon(
    articles: list[Article], assign: Any
) -> None:
    outbox.plan(Pipeline().runs)
    outbox.mark_published(outbox.to_publish(NOW, room=9, empty=True), now=NOW)
    later = NOW + timedelta(seconds=3)
    assign(articles[2], state="open", started_at=NOW + timedelta(seconds=1))
    told = outbox.to_publish(later, room=9, empty=False)
    assert told == [outbox.Message((articles[2].pk,), urgent=True)]
    outbox.mark_published(told, now=later)
    assert outbox.to_publish(later, room=9, empty=False) == []


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], []),
        ([5000, 5000, 5000], [2, 1]),
        ([4000] * 6, [3, 3]),
        ([50_000, 10, 50_000], [1, 1, 1]),
        ([10] * 250, [100, 100, 50]),
    ],
)
def test_how_many_are_read_at_once(lengths: list[int], expected: list[int]) -> None:
    found = list(outbox.blocks(enumerate(lengths)))
    assert [len(block) for block in found] == expected
    assert [article for block in found for article in block] == list(range(len(lengths)))

"""Whatever an article holds, it ends as read or as failed with a reason, and harms no other."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.utils import timezone

from annotator.corpus.models import Article
from annotator.labeling import detection, outbox
from annotator.labeling.models import Suggestion, SuggestionRun, TextLayer

pytestmark = pytest.mark.django_db

State = SuggestionRun.State
WORDS = "the council said the wall was safe and the mayor ignored it while rain fell on the plan "
GOOD = 'Agitators stormed the dam. "We knew," Ilse Tor said.'
LIMIT = 20  # seconds of a processor; a task has 90 on the wall

READ = {
    "one sentence of 20,000 words": WORDS * 1112,
    "no sentence end": ("no end here and then she said that it rained " * 2500).strip(),
    "only quotation marks": '"' * 4000 + "“" * 4000 + "”" * 4000 + "'" * 4000,
    "10,000 nested brackets": "(" * 10_000 + "the mayor said no" + ")" * 10_000,
    "brackets of three kinds": "[({" * 3_400 + "})]" * 3_400,
    "emoji": "👩‍👩‍👧 said “no 🚒” 🏳️‍🌈, 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 insisted. " * 400,
    "other scripts": "市长说：“大坝是安全的。” Мэр сказал: «Плотина». قال العمدة إن السد. " * 300,
    "HTML": '<p class="x">The mayor <b>said</b> "no" &amp; <a href="//a.b/?d=e">left</a>\n' * 500,
    "spaces": "word" + " " * 100_000 + "word",
    "speakers and nothing said": "Tor: " * 8_000,
    "one word": "a" * 100_000,
    "direction marks": "sa\u200bid \u202eabc\u202c " * 3_000,
}


def read(article: Article) -> float:
    """Have an article read as the worker does; return the seconds of a processor."""
    before = time.process_time()
    detection.detect_articles(
        {article.pk: detection.pipeline()}, clock=timezone.now, draw=lambda: 0.5
    )
    return time.process_time() - before


@pytest.mark.parametrize("name", READ)
def test_it_is_read_in_time_and_the_next_article_too(name: str, make_article: Any) -> None:
    bad, good = make_article(READ[name]), make_article(GOOD)
    outbox.plan(detection.pipeline().runs)
    assert read(bad) < LIMIT
    assert set(bad.runs.values_list("state", "error")) == {(State.DONE, "")}
    layer = TextLayer.objects.get(article=bad)
    assert all(bad.text[a:b].strip() == bad.text[a:b] != "" for a, b in layer.tokens)
    for parts in Suggestion.objects.filter(article=bad).values_list("parts", flat=True):
        assert all(bad.text[p["start"] : p["end"]] == p["quote"] for p in parts)
    read(good)
    assert {s.device for s in good.suggestions.all()} == {"loaded_terms", "attribution"}


def test_two_megabytes_fail_with_the_remedy_and_at_once(make_article: Any) -> None:
    long, good = make_article((WORDS * 24_000)[:2_000_000]), make_article(GOOD)
    outbox.plan(detection.pipeline().runs)
    assert read(long) < 1
    assert set(long.runs.values_list("state", "error")) == {
        (State.FAILED, "The article has 2,000,000 characters; detectors read at most 500,000. "
                       "Import it in several parts."),
    }  # fmt: skip
    read(good)
    assert good.suggestions.exists()

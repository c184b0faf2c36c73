"""An upgrade gives the ledgers that are there their claims."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from annotator.corpus.models import Article
from annotator.labeling.models import Claim
from tests.annotator.labeling.comparers import Site

FIRED = "Guards fired at people."
TEXTS = {
    "Courier": "Dam gate closed.\nPeople were hurt.",
    "Post": f"Dam gate shut.\n{FIRED}\nThe clinic will close.",
    "Wire": f"Dam gate barred.\n{FIRED}\nThe clinic will close.",
}


@pytest.fixture
def event(make_article: Any) -> dict[str, Article]:
    return {name: make_article(text, event="Dam", outlet=name) for name, text in TEXTS.items()}


def test_ledgers_from_before_there_were_claims_get_theirs(
    event: Any, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("annotator.labeling.ledger.following.do_follow", lambda **_: 0)
        site.work()
    assert not Claim.objects.exists()
    step = import_module("annotator.labeling.migrations.0008_claims_of_ledgers")
    step.make_claims(apps, None)
    claim = Claim.objects.get(statement=FIRED)
    assert [(p.article_id, p.quote) for p in claim.passages.all()] == [
        (event["Post"].pk, FIRED), (event["Wire"].pk, FIRED),
    ]  # fmt: skip
    Article.objects.filter(pk=event["Courier"].pk).update(event=None)
    site.now += timedelta(minutes=1)
    site.work()
    assert Claim.objects.count() == 2
    assert Claim.objects.get(statement=FIRED) == claim

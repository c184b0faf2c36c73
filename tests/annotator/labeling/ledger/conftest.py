"""An event of four outlets whose ledger a worker has filled, and the page that answers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from annotator.corpus.models import Article
from annotator.labeling.models import Assignment, Claim
from tests.annotator.labeling.comparers import Site
from tests.annotator.labeling.pages import SheetPage

FIRED, CLINIC, GATE = "Guards fired at people.", "The clinic will close.", "The gate was shut."
TEXTS = {
    "Courier": f"People were hurt.\n{GATE}\nNobody knows why.",
    "Post": f"Dam news.\n{FIRED}\n{GATE}\n{CLINIC}",
    "Wire": f"Wire report.\n{FIRED}\n{GATE}",
    "Globe": f"Late edition.\nMore of it.\nAnd more.\nAnd yet more.\n{CLINIC}",
}


@pytest.fixture
def event(make_article: Any, site: Site) -> dict[str, Article]:
    """What the Courier lacks: guards (Post, Wire), clinic (Post, Globe). It has the gate."""
    made = {name: make_article(text, event="Dam", outlet=name) for name, text in TEXTS.items()}
    site.work()
    return made


@pytest.fixture
def sheet(event: dict[str, Article], assign: Callable[..., Assignment]) -> Assignment:
    return assign(event["Courier"])


def claim(statement: str) -> Claim:
    return Claim.objects.get(statement=statement)


class LedgerPage(SheetPage):
    """What the ledger's page does."""

    path = "ledger/"
    counter = "ledger_revision"

    def claims(self) -> list[str]:
        return [row["statement"] for row in self.get().json()["claims"]]

    def row(self, statement: str) -> Any:
        return next(row for row in self.get().json()["claims"] if row["statement"] == statement)

    def judge(self, statement: str, answer: str, **details: Any) -> Any:
        return self.send(judge(claim(statement).pk, answer, **details))


def judge(id: UUID, answer: str, **details: Any) -> dict[str, Any]:
    return {"kind": "judge", "claim": str(id), "cell": {"answer": answer, **details}}


def quote(article: Article, words: str) -> dict[str, Any]:
    start = article.text.index(words)
    return {"article": article.pk, "start": start, "end": start + len(words), "quote": words}


@pytest.fixture
def ledger(sheet: Assignment, signed_in: Callable[[str], Client]) -> LedgerPage:
    return LedgerPage(signed_in("ada"), sheet)

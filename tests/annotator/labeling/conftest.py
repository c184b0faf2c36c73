"""A sheet to write on, and the page's side of the protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.accounts.models import User
from annotator.corpus.models import Article
from annotator.labeling.models import Assignment, Suggestion, SuggestionRun
from tests.annotator.labeling.comparers import TEXTS, Site
from tests.annotator.labeling.pages import SheetPage

TEXT = (
    "Agitators 🔥 storm dam\n\n"
    'Critics say the firm ignored a mere dozen warnings. "We knew," Tor said.\n'
)


@pytest.fixture
def article(make_article: Any) -> Article:
    return make_article(TEXT, event="Brindle dam")


@pytest.fixture
def assign(people: dict[str, User]) -> Callable[..., Assignment]:
    def assigned(article: Article, name: str = "ada", **fields: Any) -> Assignment:
        return Assignment.objects.create(
            article=article,
            annotator=people[name],
            position=Assignment.objects.count() + 1,
            seed=1,
            assigned_by=people["rhea"],
            **fields,
        )

    return assigned


@pytest.fixture
def sheet(article: Article, assign: Callable[..., Assignment]) -> Assignment:
    return assign(article)


class Page(SheetPage):
    """What the workbench does."""

    def mark(self, quote: str, *, label: str = "lt.epithet", **fields: Any) -> dict[str, Any]:
        """Return a loaded term at the first occurrence of ``quote``."""
        return {
            "id": str(uuid4()),
            "device": "loaded_terms",
            "label": label,
            "parts": [self.part("span", quote)],
            **fields,
        }

    def part(self, role: str, quote: str) -> dict[str, Any]:
        start = self.assignment.article.text.index(quote)
        return {
            "role": role,
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "article": self.assignment.article_id,
        }


@pytest.fixture
def workbench(sheet: Assignment, signed_in: Callable[[str], Client]) -> Page:
    return Page(signed_in("ada"), sheet)


@pytest.fixture
def suggest() -> Callable[..., Suggestion]:
    """Return a maker of suggestions by a detector whose run is done."""

    def suggested(article: Article, quote: str, label: str = "lt.scale") -> Suggestion:
        run, _ = SuggestionRun.objects.get_or_create(
            article=article,
            detector="loaded_terms",
            version="1",
            config_hash="0" * 16,
            model="test",
            state=SuggestionRun.State.DONE,
        )
        start = article.text.index(quote)
        part = {
            "role": "span",
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "article": article.pk,
        }
        return Suggestion.objects.create(
            run=run,
            article=article,
            position=run.suggestions.count(),
            device="loaded_terms",
            label=label,
            parts=[part],
            score=0.8,
            rule="scale.particle",
            reason="“mere” before a number",
            judged_start=0,
            judged_end=article.length,
        )

    return suggested


@pytest.fixture
def event(make_article: Any) -> dict[str, Article]:
    """Three articles; the Courier lacks what the other two say."""
    return {name: make_article(text, event="Dam", outlet=name) for name, text in TEXTS.items()}


@pytest.fixture
def site() -> Site:
    return Site()

"""Suggestions by a run that is done, and sheets with marks on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.accounts.models import User
from annotator.corpus.models import Article
from annotator.labeling.models import Assignment, Completion, Suggestion, SuggestionRun
from tests.annotator.research.marking import NOW, mark, part


@pytest.fixture
def suggest() -> Callable[..., Suggestion]:
    """Return a maker of suggestions by a run that is done."""

    def suggested(
        article: Article, quote: str, *, label: str = "lt.epithet", version: str = "1.0"
    ) -> Suggestion:
        run, _ = SuggestionRun.objects.get_or_create(
            article=article, detector="loaded_terms", version=version, config_hash="0" * 16,
            model="test", state=SuggestionRun.State.DONE, finished_at=NOW,
        )  # fmt: skip
        return Suggestion.objects.create(
            run=run, article=article, position=run.suggestions.count(), device="loaded_terms",
            label=label, parts=[part(article, quote)], score=0.8,
            rule="loaded_terms.epithet.table", reason=f"'{quote}' is a verdict",
            judged_start=0, judged_end=article.length,
        )  # fmt: skip

    return suggested


@pytest.fixture
def sheet(people: dict[str, User]) -> Callable[..., Assignment]:
    """Return a maker of sheets; ``marks`` are quotes, ``read`` says that it is finished."""

    def made(
        article: Article, name: str, *marks: str, read: bool = False, **fields: Any
    ) -> Assignment:
        fields = {"state": Assignment.State.OPEN, **fields}
        sheet = Assignment.objects.create(
            article=article, annotator=people[name], position=1, seed=1,
            assigned_by=people["rhea"], **fields,
        )  # fmt: skip
        for quote in marks:
            mark(sheet, quote)
        if read:
            Completion.objects.create(assignment=sheet, device="loaded_terms", at=NOW)
        return sheet

    return made

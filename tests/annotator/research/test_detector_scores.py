"""Detectors against a project's own labels: which count, and what showing suggestions does."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Project
from annotator.labeling.models import (
    Assignment,
)
from annotator.research import references
from annotator.research.detector_figures import versions
from annotator.research.detector_scores import arms, scores
from annotator.research.references import Reference, reference
from annotator.review.models import GoldAnnotation, ReviewDecision
from tests.annotator.research.marking import NOW, TEXT, part

pytestmark = pytest.mark.django_db

Arm = Assignment.Arm


def page(signed_in: Any, project: Project, who: str = "rhea") -> str:
    answer = signed_in(who).get(reverse("detectors", args=[project.slug]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def scored(project: Project, to: Reference | None = None) -> dict[str, Any]:
    (version,) = versions(project)
    device = next(d for d in scheme_of(project.codebook).devices if d.id == "loaded_terms")
    (row,) = scores(project, version, device, to or reference(project, "loaded_terms"))
    return {"p": row.overlap.precision, "r": row.overlap.recall, "strict": row.strict.f1,
            "articles": row.overlap.documents}  # fmt: skip


def test_without_gold_the_reference_is_what_all_readers_set(
    project: Project, make_article: Any, suggest: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    for quote in ("Agitators", "fled"):
        suggest(article, quote)
    sheet(article, "ada", "Agitators", "guards", "stormed the", read=True)
    sheet(article, "dov", "Agitators", "stormed", read=True)
    alone = make_article("Nobody else read this: thugs.")
    suggest(alone, "thugs")
    sheet(alone, "ada", "thugs", read=True)
    found = reference(project, "loaded_terms")
    assert not found.adjudicated
    assert sorted(a.parts[0].quote for a in found.labels) == ["Agitators", "stormed"]
    assert scored(project) == {"p": 0.5, "r": 0.5, "strict": 0.5, "articles": 1}


def test_unfinished_and_withdrawn_readings_are_no_reference(
    project: Project, make_article: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    sheet(article, "ada", "Agitators", read=True)
    sheet(article, "dov", "Agitators")
    sheet(article, "ben", "Agitators", read=True, withdrawn_at=NOW)
    assert reference(project, "loaded_terms").texts == {}


def test_deleted_labels_are_no_reference(project: Project, make_article: Any, sheet: Any) -> None:
    article = make_article(TEXT)
    sheets = [sheet(article, name, "Agitators", read=True) for name in ("ada", "dov")]
    sheets[0].annotations.update(deleted_at=NOW)
    assert list(reference(project, "loaded_terms").labels) == []


def test_gold_goes_before_agreement(
    project: Project, people: Any, make_article: Any, suggest: Any, sheet: Any, codebook: Any
) -> None:
    article = make_article(TEXT)
    suggest(article, "mere")
    for name in ("ada", "dov"):
        sheet(article, name, "Agitators", read=True)
    decision = ReviewDecision.objects.create(
        article=article, device="loaded_terms", kind="own", codebook=codebook,
        reviewer=people["ben"], at=NOW,
    )  # fmt: skip
    gold = GoldAnnotation.objects.create(
        article=article, decision=decision, device="loaded_terms", label="lt.scale"
    )
    gold.parts.create(**{**part(article, "mere dozen"), "article": article}, position=0)
    found = reference(project, "loaded_terms")
    assert found.adjudicated
    assert [a.parts[0].quote for a in found.labels] == ["mere dozen"]
    assert scored(project) == {"p": 1.0, "r": 1.0, "strict": 0.0, "articles": 1}
    other = ReviewDecision.objects.create(
        article=article, device="loaded_terms", kind="none", codebook=codebook,
        reviewer=people["ben"], at=NOW,
    )  # fmt: skip
    ReviewDecision.objects.filter(pk=decision.pk).update(superseded_by=other)
    assert list(reference(project, "loaded_terms").labels) == []


def test_arms_are_compared_only_where_there_are_two(
    project: Project, make_article: Any, suggest: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    suggest(article, "Agitators")
    suggest(article, "dam")
    sheet(article, "ada", "Agitators", "dam", read=True)
    (version,) = versions(project)
    assert arms(project, version) == []
    sheet(article, "dov", "Agitators stormed", "fled", read=True, arm=Arm.HIDDEN)
    shown, hidden = arms(project, version)
    assert (shown.readings, shown.marked, shown.same, shown.alone) == (1, 1.0, 1.0, 0.0)
    assert (hidden.readings, hidden.marked, hidden.same, hidden.alone) == (1, 0.5, 0.0, 0.5)
    assert hidden.per_1000 == pytest.approx(1000 * 2 / article.words)


def test_of_many_articles_the_newest_are_scored_and_the_page_says_so(
    signed_in: Any, project: Project, make_article: Any, suggest: Any, sheet: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(references, "MOST", 1)
    for number in range(3):
        article = make_article(f"{TEXT} {number}")
        suggest(article, "Agitators")
        sheet(article, "ada", "Agitators", read=True)
        sheet(article, "dov", "Agitators", read=True, arm=Arm.HIDDEN)
    found = reference(project, "loaded_terms", most=1)
    assert (found.articles, list(found.texts)) == (3, [str(article.pk)])
    assert [row.readings for row in arms(project, versions(project)[0])] == [1, 1]
    assert "The newest 1 are taken, 2 older ones left out." in page(signed_in, project)

"""The workbench asks about the best proposals of a comparison and says where the rest is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotator.labeling.models import Assignment, Claim, JudgedCell, Suggestion
from annotator.labeling.suggesting import visible_suggestions
from tests.annotator.labeling.comparers import NOW, Site


@pytest.fixture
def sheet(make_article: Any, site: Site, people: Any) -> Assignment:
    """A short article that lacks three lines of two others: one is asked about at once."""
    lines = "Guards fired at people.\nShots fell.\nIt rained."
    for outlet in ("Post", "Wire"):
        make_article(f"Dam gate: {outlet}.\n{lines}", event="Dam", outlet=outlet)
    article = make_article("Dam gate closed.", event="Dam", outlet="Courier")
    site.work()
    for one in Suggestion.objects.filter(article=article, device="omission"):
        one.attributes = {"absence_check": f"ledger row {one.position}"}
        one.save()
    return Assignment.objects.create(
        article=article, annotator=people["ada"], position=1, seed=1, assigned_by=people["rhea"]
    )


def said(sheet: Assignment, signed_in: Any) -> list[str]:
    html = signed_in("ada").get(reverse("workbench", args=[sheet.pk])).content.decode()
    return re.findall(r"(\d+) more<", html)


def test_the_rest_is_counted_beside_the_way_to_the_ledger(
    sheet: Assignment, signed_in: Any
) -> None:
    assert visible_suggestions(sheet).filter(device="omission").count() == 1
    assert said(sheet, signed_in) == ["2"]
    last = Suggestion.objects.filter(article=sheet.article, device="omission").order_by(
        "-position"
    )[0]
    last.attributes = {"absence_check": "speakers: Ilse Tor"}  # no claim of the ledger
    last.save()
    assert said(sheet, signed_in) == ["1"]


def test_what_the_ledger_has_an_answer_to_is_not_left(sheet: Assignment, signed_in: Any) -> None:
    last = Suggestion.objects.filter(article=sheet.article, device="omission").last()
    assert last
    claim = Claim.objects.filter(event=sheet.article.event).first()
    assert claim
    last.attributes = {"absence_check": f"ledger row {claim.row}"}
    last.save()
    cell = JudgedCell.objects.create(
        assignment=sheet, claim=claim, answer="omitted", revision=1, created_at=NOW, changed_at=NOW
    )
    assert said(sheet, signed_in) == ["1"]
    cell.answer = ""
    cell.save()
    assert said(sheet, signed_in) == ["2"]


@pytest.mark.parametrize("arm", ["hidden", "after"])
def test_whoever_sees_no_suggestions_is_not_told_how_many_there_are(
    sheet: Assignment, signed_in: Any, arm: str
) -> None:
    sheet.arm = arm
    sheet.save()
    assert said(sheet, signed_in) == []

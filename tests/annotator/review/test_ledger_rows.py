"""Rows of a ledger are merged and split: no answer is lost, none is made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from annotator.accounts.refusals import Conflict, Invalid
from annotator.corpus.models import Article, Project
from annotator.labeling.invariants import breaches
from annotator.labeling.ledger.answering import Requested
from annotator.labeling.ledger.judging import do_judge
from annotator.labeling.models import Assignment, CellOperation, Claim, ClaimChange, JudgedCell
from annotator.review.ledger_rows import asked_again, do_merge, do_split

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
TEXT = "Guards fired. Shots were heard. It rained."


@pytest.fixture
def sheets(make_article: Callable[..., Article], people: Any) -> dict[str, Assignment]:
    make_article(TEXT, event="Dam", outlet="Post")
    make_article(f"{TEXT} All day.", event="Dam", outlet="Wire")
    article = make_article("Nothing happened.", event="Dam", outlet="Courier")
    return {
        name: Assignment.objects.create(
            article=article, annotator=people[name], position=1, seed=1,
            assigned_by=people["rhea"],
        )
        for name in ("ada", "dov")
    }  # fmt: skip


def ask(sheet: Assignment, kind: str, claim: Any, **more: Any) -> None:
    sheet.refresh_from_db()
    do_judge(
        assignment=sheet, actor=sheet.annotator, revision=sheet.ledger_revision,
        text_sha256=sheet.article.sha256, tab="one", now=NOW,
        requested=[Requested(id=uuid4(), kind=kind, claim=claim, **more)],
    )  # fmt: skip


def judge(sheet: Assignment, claim: Claim, answer: str, **details: Any) -> None:
    ask(sheet, "judge", claim.pk, cell={"answer": answer, **details})


@pytest.fixture
def claims(sheets: dict[str, Assignment], project: Project) -> dict[str, Claim]:
    """Three claims that Ada added, each with evidence in both other articles."""
    found = {}
    for statement in ("Guards fired.", "Shots were heard.", "It rained."):
        evidence = []
        for article in project.articles.exclude(pk=sheets["ada"].article_id):
            start = article.text.index(statement)
            part = {"start": start, "end": start + len(statement), "quote": statement}
            evidence.append({"article": article.pk, **part})
        pk = uuid4()
        ask(sheets["ada"], "add", pk, statement=statement, evidence=evidence,
            cell={"answer": "omitted", "kind": "om.actor"})  # fmt: skip
        found[statement] = Claim.objects.get(pk=pk)
    return found


def merge(claims: dict[str, Claim], project: Project, **more: Any) -> Claim:
    pair = [claims["Guards fired."], claims["Shots were heard."]]
    asked: dict[str, Any] = {
        "event": pair[0].event_id, "sources": [claim.pk for claim in pair],
        "statement": " Guards fired shots. ", "actor": project.created_by, "now": NOW,
    }  # fmt: skip
    return do_merge(**{**asked, **more})


def test_a_merge_keeps_equal_answers_and_asks_again_where_they_differ(
    claims: Any, sheets: Any, project: Project
) -> None:
    judge(sheets["dov"], claims["Guards fired."], "omitted", kind="om.actor")
    judge(sheets["dov"], claims["Shots were heard."], "reported")
    made = merge(claims, project)
    assert (made.statement, made.origin) == ("Guards fired shots.", "merged")
    assert made.passages.count() == 4
    [cell] = made.cells.all()
    assert (cell.assignment, cell.answer, cell.kind) == (sheets["ada"], "omitted", "om.actor")
    assert [sheet.annotator.name for sheet in asked_again(made)] == ["Dov"]
    old = JudgedCell.objects.filter(claim__in=made.made_from.all())
    assert old.exclude(answer="").count() == 4
    assert not made.made_from.filter(active=True).exists()
    carried = CellOperation.objects.get(claim=made)
    assert (carried.actor, carried.after["answer"]) == (project.created_by, "omitted")
    judge(sheets["dov"], made, "reported")
    assert asked_again(made) == []
    assert list(breaches()) == []


def test_a_merge_is_one_batch_of_history(claims: Any, project: Project) -> None:
    made = merge(claims, project)
    rows = ClaimChange.objects.filter(kind="merge")
    assert len({row.batch for row in rows}) == 1
    assert {str(row.claim_id) for row in rows} == {
        str(made.pk), *(str(one.pk) for one in made.made_from.all()),
    }  # fmt: skip
    assert [row.before for row in rows if row.claim_id == made.pk] == [None]
    assert {row.actor for row in rows} == {project.created_by}


def test_a_split_asks_everybody_anew_and_keeps_the_answers_to_the_whole(
    claims: Any, sheets: Any, project: Project
) -> None:
    whole = merge(claims, project)
    shots = [p.pk for p in whole.passages.all() if p.quote.startswith("Shots")]
    first, second = do_split(
        claim=whole, statements=("Guards fired.", "Shots."), second=shots,
        actor=project.created_by, now=NOW,
    )  # fmt: skip
    assert [p.quote for p in first.passages.all()] == ["Guards fired."] * 2
    assert [p.quote for p in second.passages.all()] == ["Shots were heard."] * 2
    assert not JudgedCell.objects.filter(claim__in=[first, second]).exists()
    assert whole.cells.get().answer == "omitted"
    assert [sheet.annotator.name for sheet in asked_again(second)] == ["Ada"]
    assert ClaimChange.objects.filter(kind="split").count() == 3
    assert list(breaches()) == []


def test_what_cannot_be_merged_or_split_is_refused_and_nothing_changes(
    claims: Any, project: Project
) -> None:
    one = claims["Guards fired."]
    for wrong in ({"sources": [one.pk]}, {"statement": " "}, {"statement": "x" * 1001}):
        with pytest.raises(Invalid):
            merge(claims, project, **wrong)
    with pytest.raises(Conflict):
        merge(claims, project, sources=[one.pk, uuid4()])
    for second in ([], [p.pk for p in one.passages.all()], [-1]):
        with pytest.raises(Invalid):
            do_split(claim=one, statements=("A.", "B."), second=second, actor=project.created_by,
                     now=NOW)  # fmt: skip
    assert Claim.objects.filter(active=True).count() == 3
    merge(claims, project)
    with pytest.raises(Conflict):
        merge(claims, project)


def test_a_reviewer_merges_and_splits_on_the_pages(
    claims: Any, sheets: Any, project: Project, signed_in: Any
) -> None:
    judge(sheets["dov"], claims["Guards fired."], "omitted", kind="om.actor")
    judge(sheets["dov"], claims["Shots were heard."], "reported")
    event = claims["Guards fired."].event_id
    address = reverse("event-claims", args=[project.slug, event])
    rhea = signed_in("rhea")
    assert rhea.get(address).content.decode().count('name="claims"') == 3
    pair = [str(claims[name].pk) for name in ("Guards fired.", "Shots were heard.")]
    sent = {"claims": [*pair, "nonsense"], "statement": "Both <b>facts</b>."}
    html = rhea.post(address, sent, follow=True).content.decode()
    assert "Asked again, for they answered differently: Dov" in html
    assert "Both &lt;b&gt;facts&lt;/b&gt;." in html
    made = Claim.objects.get(origin="merged")
    one = reverse("event-claim", args=[project.slug, event, made.pk])
    assert "To be answered again: Dov" in rhea.get(one).content.decode()
    second = [made.passages.all()[0].pk]
    data = {"first": "A.", "other": "B.", "second": [*second, "²", "x"]}
    html = rhea.post(one, data, follow=True).content.decode()
    assert "Everybody is asked about the two claims" in html
    again = rhea.post(one, data, follow=True).content.decode()
    assert "changed meanwhile" in again

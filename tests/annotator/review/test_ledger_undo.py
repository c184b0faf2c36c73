"""A merge or split is taken back: the claims stand as before, and every answer is kept."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from annotator.accounts.refusals import Conflict
from annotator.corpus.grouping import do_move_articles
from annotator.corpus.models import Article, Event, Project
from annotator.labeling.invariants import breaches
from annotator.labeling.ledger.answering import Requested
from annotator.labeling.ledger.judging import do_judge
from annotator.labeling.models import Assignment, Claim, ClaimChange, JudgedCell
from annotator.review.ledger_rows import do_merge, do_split
from annotator.review.ledger_undo import do_undo
from tests.annotator.labeling.comparers import NOW, Site

LINES = ["Guards fired at people.", "Shots fell at the gate."]


@pytest.fixture
def compared(make_article: Any) -> Site:
    """Two outlets tell both claims, the Courier tells none."""
    site = Site()
    for outlet in ("Post", "Wire"):
        make_article("\n".join([f"{outlet} tells it.", *LINES]), event="Dam", outlet=outlet)
    make_article("Nothing happened.", event="Dam", outlet="Courier")
    site.work()
    return site


@pytest.fixture
def sheet(compared: Site, people: Any) -> Assignment:
    return Assignment.objects.create(
        article=Article.objects.get(outlet__name="Courier"), annotator=people["ada"], position=1,
        seed=1, assigned_by=people["rhea"],
    )  # fmt: skip


def judge(sheet: Assignment, claim: Claim, answer: str, **more: Any) -> None:
    sheet.refresh_from_db()
    do_judge(
        assignment=sheet, actor=sheet.annotator, revision=sheet.ledger_revision,
        text_sha256=sheet.article.sha256, tab="one", now=NOW,
        requested=[Requested(id=uuid4(), kind="judge", claim=claim.pk,
                             cell={"answer": answer, **more})],
    )  # fmt: skip


def merged(project: Project) -> Claim:
    pks = [claim.pk for claim in Claim.objects.filter(active=True)]
    return do_merge(
        event=Event.objects.get(name="Dam").pk, sources=pks, statement="Guards fired shots.",
        actor=project.created_by, now=NOW,
    )  # fmt: skip


def undo(project: Project, claim: Claim) -> list[Assignment]:
    batch = claim.changes.order_by("pk")[0].batch
    event = ClaimChange.objects.filter(batch=batch)[0].event_id
    return do_undo(event=event, batch=batch, actor=project.created_by, now=NOW)


def standing() -> list[str]:
    return sorted(claim.statement for claim in Claim.objects.filter(active=True))


def test_a_merge_taken_back_leaves_claims_rows_and_answers_as_they_were(
    compared: Site, sheet: Assignment, project: Project
) -> None:
    first, second = Claim.objects.filter(active=True).order_by("statement")
    judge(sheet, first, "omitted", kind="om.actor")
    before = {claim.pk: claim.row for claim in (first, second)}
    made = merged(project)
    assert undo(project, made) == []
    assert standing() == LINES
    assert dict(Claim.objects.filter(active=True).values_list("pk", "row")) == before
    assert first.cells.get().kind == "om.actor"
    assert made.cells.get().answer == "omitted"  # carried over by the merge, kept with it
    made.refresh_from_db()
    assert (made.active, made.row) == (False, "")
    kinds = list(ClaimChange.objects.exclude(actor=None).values_list("kind", flat=True))
    assert kinds == ["merge"] * 3 + ["undo"] * 3
    assert list(breaches()) == []


def test_answers_given_since_stay_and_the_old_claims_are_asked(
    compared: Site, sheet: Assignment, project: Project
) -> None:
    made = merged(project)
    judge(sheet, made, "omitted", kind="om.actor", note="Nobody is named.")
    assert undo(project, made) == [sheet]
    assert JudgedCell.objects.get(claim=made).note == "Nobody is named."
    assert not JudgedCell.objects.exclude(claim=made).exists()
    assert list(breaches()) == []


def test_a_split_taken_back_leaves_the_whole(compared: Site, project: Project) -> None:
    whole = merged(project)
    shots = [p.pk for p in whole.passages.all() if p.quote.startswith("Shots")]
    first, _ = do_split(
        claim=whole, statements=("Guards.", "Shots."), second=shots,
        actor=project.created_by, now=NOW,
    )  # fmt: skip
    undo(project, first)
    assert standing() == ["Guards fired shots."]
    assert whole.passages.count() == 4
    undo(project, whole)
    assert standing() == LINES
    assert list(breaches()) == []


def test_what_joined_since_is_followed(compared: Site, project: Project, make_article: Any) -> None:
    made = merged(project)
    make_article("\n".join(["Late news.", *LINES]), event="Dam", outlet="Globe")
    compared.work()
    undo(project, made)
    assert standing() == LINES
    for claim in Claim.objects.filter(active=True):
        outlets = {passage.article.outlet.name for passage in claim.passages.all()}
        assert outlets == {"Post", "Wire", "Globe"}
        assert claim.row
    compared.work()
    assert standing() == LINES
    assert list(breaches()) == []


def test_what_waits_for_a_comparison_is_followed_by_it(
    compared: Site, project: Project, make_article: Any
) -> None:
    made = merged(project)
    Article.objects.get(outlet__name="Wire").delete()
    make_article("\n".join(["Late news.", *LINES]), event="Dam", outlet="Globe")
    undo(project, made)
    assert standing() == LINES
    compared.work()
    assert standing() == LINES
    assert list(breaches()) == []


def test_later_changes_refuse_it_in_words_and_nothing_changes(
    compared: Site, project: Project, people: Any
) -> None:
    made = merged(project)
    shots = [p.pk for p in made.passages.all() if p.quote.startswith("Shots")]
    first, _ = do_split(
        claim=made, statements=("Guards.", "Shots."), second=shots, actor=people["rhea"], now=NOW
    )
    with pytest.raises(Conflict, match="has been merged or split since"):
        undo(project, made)
    undo(project, first)
    undo(project, made)
    with pytest.raises(Conflict, match="taken back already"):
        undo(project, made)
    with pytest.raises(Conflict, match="no such merge"):
        do_undo(event=made.event_id, batch=uuid4(), actor=people["rhea"], now=NOW)
    assert ClaimChange.objects.filter(kind="undo").count() == 6
    again = merged(project)
    do_move_articles(
        project=project, articles=Article.objects.exclude(outlet__name="Courier"),
        event_name="Elsewhere", actor=people["rhea"], now=NOW,
    )  # fmt: skip
    compared.work()
    with pytest.raises(Conflict, match="has moved with its articles to the event “Elsewhere”"):
        undo(project, again)
    assert list(breaches()) == []


def test_a_reviewer_takes_a_merge_back_on_the_page(
    compared: Site, sheet: Assignment, project: Project, signed_in: Any
) -> None:
    made = merged(project)
    judge(sheet, made, "reported")
    address = reverse("event-claims", args=[project.slug, made.event_id])
    rhea = signed_in("rhea")
    batch = str(made.changes.get().batch)
    assert f'name="undo" value="{batch}"' in rhea.get(address).content.decode()
    html = rhea.post(address, {"undo": batch}, follow=True).content.decode()
    assert "Taken back: the claims stand as before" in html
    assert "Asked about them now: Ada on" in html
    assert f'value="{batch}"' not in html
    assert "stands again: " in html
    assert "Takes back the merge of 2026-05-05 12:00." in html
    for wrong in (batch, "nonsense", "\x00"):
        html = rhea.post(address, {"undo": wrong}, follow=True).content.decode()
        assert "taken back already" in html or "no such merge" in html


def test_the_matrix_has_one_row_while_they_are_merged(
    compared: Site, project: Project, signed_in: Any
) -> None:
    def rows() -> list[str]:
        address = reverse("coverage", args=[project.slug, Event.objects.get().pk])
        html = signed_in("rhea").get(address).content.decode()
        return sorted(re.findall(r'aria-expanded="false">(.*?)</a>', html))

    assert rows() == LINES
    made = merged(project)
    assert rows() == ["Guards fired shots."]
    compared.work()
    assert rows() == ["Guards fired shots."]
    undo(project, made)
    assert rows() == LINES

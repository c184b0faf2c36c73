"""Claims outlive comparisons: what people made of them is kept, the rest follows the machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from annotator.accounts.models import User
from annotator.corpus.models import Article
from annotator.labeling.invariants import breaches
from annotator.labeling.ledger import claims
from annotator.labeling.ledger.following import do_follow
from annotator.labeling.models import Assignment, Claim, ClaimChange, ClaimPassage, JudgedCell
from framing.alignment.ledger import Ledger, LedgerRow, Passage
from framing.spans import Span
from tests.annotator.labeling.comparers import NOW, Site

TEXTS = {
    "Courier": "Dam gate closed.\nPeople were hurt.",
    "Post": "Dam gate shut.\nGuards fired at people.\nThe clinic will close.",
    "Wire": "Dam gate barred.\nGuards fired at people.\nThe clinic will close.",
}
FIRED, CLINIC = "Guards fired at people.", "The clinic will close."


@pytest.fixture
def event(make_article: Any) -> dict[str, Article]:
    return {name: make_article(text, event="Dam", outlet=name) for name, text in TEXTS.items()}


def again(site: Site) -> None:
    site.now += timedelta(minutes=1)
    site.work()


def leave(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(event=None)


def judge(claim: Claim, sheet: Assignment, answer: str = "reported") -> JudgedCell:
    return JudgedCell.objects.create(
        assignment=sheet, claim=claim, answer=answer, revision=1, created_at=NOW, changed_at=NOW
    )


def by_person(
    user: User, article: Article, quote: str, *, origin: str = "annotator"
) -> Claim:
    claim = Claim.objects.create(
        event=article.event, origin=origin, statement="As Ada puts it.", created_by=user,
        created_at=NOW,
    )  # fmt: skip
    start = article.text.index(quote)
    passage = ClaimPassage(
        article=article, start=start, end=start + len(quote), quote=quote, picked_by=user
    )
    claims.do_write_passages(claim, [passage])
    return claim


def quotes(claim: Claim) -> list[str]:
    return [passage.quote for passage in claim.passages.all()]


def kinds(claim: Claim) -> list[str]:
    return [one.kind for one in claim.changes.all()]


def test_each_row_becomes_a_claim_with_its_passages_and_history(event: Any, site: Site) -> None:
    site.work()
    assert [claim.statement for claim in Claim.objects.order_by("statement")] == [FIRED, CLINIC]
    claim = Claim.objects.get(statement=FIRED)
    assert (claim.origin, claim.active, len(claim.row)) == ("machine", True, 16)
    assert [p.article_id for p in claim.passages.all()] == [event["Post"].pk, event["Wire"].pk]
    change = ClaimChange.objects.get(claim=claim)
    assert (change.kind, change.actor, change.before) == ("add", None, None)
    assert change.after == claims.as_json(claim, claim.passages.all())


def test_a_claim_goes_on_when_an_article_joins(
    event: Any, site: Site, make_article: Any
) -> None:
    site.work()
    before = Claim.objects.get(statement=FIRED)
    joined = make_article(f"Dam gate.\n{FIRED}", event="Dam", outlet="Globe")
    again(site)
    after = Claim.objects.get(statement=FIRED)
    assert after.pk == before.pk
    assert joined.pk in [passage.article_id for passage in after.passages.all()]
    assert kinds(after) == ["add", "follow"]
    assert kinds(Claim.objects.get(statement=CLINIC)) == ["add"]


def test_a_claim_that_nobody_answered_closes_and_comes_back(
    event: Any, site: Site, make_article: Any
) -> None:
    site.work()
    leave(event["Wire"])
    again(site)
    claim = Claim.objects.get(statement=FIRED)
    assert (claim.active, claim.row) == (False, "")
    make_article(f"Dam gate.\n{FIRED}", event="Dam", outlet="Globe")
    again(site)
    claim.refresh_from_db()
    assert (claim.active, claim.row != "") == (True, True)
    assert kinds(claim) == ["add", "close", "reopen"]
    assert Claim.objects.count() == 2


def test_what_left_with_an_article_comes_back_with_it(event: Any, site: Site) -> None:
    site.work()
    before = set(Claim.objects.filter(active=True))
    leave(event["Wire"])
    again(site)
    assert not Claim.objects.filter(active=True).exists()
    Article.objects.filter(pk=event["Wire"].pk).update(event=event["Post"].event)
    again(site)
    assert set(Claim.objects.filter(active=True)) == before
    assert set(Claim.objects.all()) == before


def test_an_answered_claim_stays_as_long_as_its_evidence(
    event: Any, site: Site, make_article: Any, assign: Callable[..., Assignment]
) -> None:
    site.work()
    claim = Claim.objects.get(statement=FIRED)
    cell = judge(claim, assign(event["Courier"]))
    leave(event["Wire"])
    again(site)
    claim.refresh_from_db()
    assert (claim.active, claim.row, quotes(claim)) == (True, "", [FIRED, FIRED])
    make_article("Water rose.", event="Dam", outlet="Globe")
    leave(event["Post"])
    again(site)
    claim.refresh_from_db()
    assert not claim.active
    assert JudgedCell.objects.get() == cell


def test_an_answer_that_one_person_took_back_does_not_hide_that_of_another(
    event: Any, site: Site, assign: Callable[..., Assignment]
) -> None:
    site.work()
    claim = Claim.objects.get(statement=FIRED)
    judge(claim, assign(event["Courier"]), "")
    judge(claim, assign(event["Courier"], "dov"))
    leave(event["Wire"])
    again(site)
    claim.refresh_from_db()
    assert claim.active


def test_of_two_claims_that_become_one_row_the_answered_one_goes_on(
    event: Any, site: Site, assign: Callable[..., Assignment]
) -> None:
    site.work()
    short, long = Claim.objects.get(statement=CLINIC), Claim.objects.get(statement=FIRED)
    judge(short, assign(event["Courier"]))
    whole = f"{FIRED}\n{CLINIC}"
    passages = tuple(
        Passage(str(pk), Span(start, start + len(whole)), whole, 1)
        for pk, start in ((one.pk, one.text.index(FIRED)) for one in list(event.values())[1:])
    )
    row = LedgerRow("f" * 16, passages[0], passages, 0.9, "", ())
    do_follow(event=short.event_id, ledger=Ledger((), (row,)), now=NOW + timedelta(hours=1))
    short.refresh_from_db()
    long.refresh_from_db()
    assert len(FIRED) > len(CLINIC)
    assert (short.active, short.row, long.active) == (True, "f" * 16, False)
    assert short.statement == CLINIC


def test_an_answered_claim_keeps_its_statement(
    event: Any, site: Site, assign: Callable[..., Assignment]
) -> None:
    site.work()
    claim = Claim.objects.get(statement=FIRED)
    judge(claim, assign(event["Courier"]))
    clinic = Claim.objects.get(statement=CLINIC)
    Claim.objects.filter(pk=claim.pk).update(statement="What people read.")
    Claim.objects.filter(pk=clinic.pk).update(statement="What nobody read.")
    leave(event["Courier"])
    again(site)
    assert {one.statement for one in Claim.objects.all()} == {"What people read.", CLINIC}


@pytest.mark.parametrize("origin", ["annotator", "merged", "split"])
def test_a_claim_of_a_person_takes_up_the_row_that_says_the_same(
    origin: str, event: Any, site: Site, people: dict[str, User]
) -> None:
    claim = by_person(people["ada"], event["Post"], FIRED, origin=origin)
    site.work()
    claim.refresh_from_db()
    assert claim.statement == "As Ada puts it."
    assert claim.row
    assert [(p.article_id, p.picked_by_id) for p in claim.passages.all()] == [
        (event["Post"].pk, people["ada"].pk),
        (event["Wire"].pk, None),
    ]
    assert Claim.objects.count() == 2  # and the clinic


def test_rows_of_a_merged_claim_do_not_come_back(
    event: Any, site: Site, people: dict[str, User]
) -> None:
    site.work()
    both = f"{FIRED}\n{CLINIC}"
    merged = by_person(people["rhea"], event["Post"], both, origin="merged")
    merged.made_from.set(Claim.objects.filter(origin="machine"))
    Claim.objects.filter(origin="machine").update(active=False, row="")
    leave(event["Courier"])
    again(site)
    assert list(Claim.objects.filter(active=True)) == [merged]
    assert Claim.objects.count() == 3


def test_a_claim_of_a_person_stays_without_a_row(
    event: Any, site: Site, people: dict[str, User]
) -> None:
    claim = by_person(people["ada"], event["Post"], "Dam gate shut.")
    site.work()
    claim.refresh_from_db()
    assert (claim.active, claim.row, quotes(claim)) == (True, "", ["Dam gate shut."])


def test_claims_go_along_when_an_event_is_merged_into_another(
    event: Any, site: Site, make_article: Any, assign: Callable[..., Assignment]
) -> None:
    site.work()
    cell = judge(Claim.objects.get(statement=FIRED), assign(event["Courier"]))
    other = make_article(f"Dam gate.\n{CLINIC}", event="Dam gate", outlet="Globe")
    Article.objects.filter(event__name="Dam").update(event=other.event)
    again(site)
    claim = Claim.objects.get(statement=FIRED)
    assert (claim.event, claim.active, claim.row != "") == (other.event, True, True)
    assert JudgedCell.objects.get() == cell
    assert Claim.objects.count() == 2
    moved = claim.changes.all()[1]
    assert moved.note == "Its articles have moved here from the event “Dam”."
    JudgedCell.objects.all().delete()
    assert list(breaches()) == []


def test_a_claim_stays_where_one_of_its_articles_is(
    event: Any, site: Site, make_article: Any, assign: Callable[..., Assignment]
) -> None:
    site.work()
    claim = Claim.objects.get(statement=FIRED)
    other = make_article(f"Dam gate.\n{FIRED}", event="Dam gate", outlet="Globe")
    Article.objects.filter(pk=event["Wire"].pk).update(event=other.event)
    again(site)
    claim.refresh_from_db()
    assert claim.event == event["Post"].event
    assert Claim.objects.filter(event=other.event, statement=FIRED).exists()


def test_a_deleted_article_leaves_its_quote(event: Any, site: Site) -> None:
    site.work()
    event["Wire"].delete()
    again(site)
    claim = Claim.objects.get(statement=FIRED)
    assert not claim.active
    assert [(p.article_id, p.quote) for p in claim.passages.all()] == [
        (event["Post"].pk, FIRED), (None, FIRED),
    ]  # fmt: skip


def test_the_same_comparison_twice_changes_nothing(event: Any, site: Site) -> None:
    site.work()
    before = list(Claim.objects.values()), list(ClaimChange.objects.values())
    leave(event["Courier"])  # which carries no claim
    again(site)
    assert (list(Claim.objects.values()), list(ClaimChange.objects.values())) == before


@pytest.mark.parametrize("act", [
    lambda rows: rows.update(kind="close"),
    lambda rows: rows.delete(),
])  # fmt: skip
def test_the_database_refuses_to_change_the_history_of_claims(
    act: Callable[[Any], None], event: Any, site: Site
) -> None:
    site.work()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(ClaimChange.objects.all())

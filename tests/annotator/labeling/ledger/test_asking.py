"""What is asked in which article: what two other outlets carry, with some of what is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from annotator.corpus.models import Article, Project
from annotator.labeling.ledger.asking import asked
from annotator.labeling.ledger.company import company
from annotator.labeling.models import Assignment, Claim, SuggestionRun
from tests.annotator.labeling.comparers import Site
from tests.annotator.labeling.ledger.conftest import CLINIC, FIRED, GATE, LedgerPage, claim


@pytest.fixture
def checks(project: Project) -> Callable[[int], None]:
    def share(percent: int) -> None:
        Project.objects.filter(pk=project.pk).update(share_checks=percent)

    share(0)
    return share


def rows(sheet: Assignment) -> dict[str, Any]:
    found = Assignment.objects.select_related("article__project").get(pk=sheet.pk)
    return {one.claim.statement: one for one in asked(found, company(found))}


def test_what_two_others_carry_and_this_one_lacks_is_asked_the_weightier_first(
    ledger: LedgerPage, checks: Any
) -> None:
    assert ledger.claims() == [FIRED, CLINIC]
    assert [ledger.row(s)["salience"] for s in (FIRED, CLINIC)] == [3, 2]
    assert [ledger.row(s)["outlets"] for s in (FIRED, CLINIC)] == [2, 2]


def test_each_claim_comes_with_the_passages_of_the_others(
    ledger: LedgerPage, event: dict[str, Article], checks: Any
) -> None:
    evidence = ledger.row(FIRED)["evidence"]
    assert [(one["article"], one["quote"], one["why_not"]) for one in evidence] == [
        (event["Post"].pk, FIRED, ""),
        (event["Wire"].pk, FIRED, ""),
    ]


@pytest.mark.parametrize(("percent", "expected"), [(0, False), (100, True)])
def test_a_share_of_what_the_article_has_is_asked_as_a_check(
    percent: int, expected: bool, sheet: Assignment, checks: Any
) -> None:
    checks(percent)
    assert (GATE in rows(sheet)) is expected
    assert {s for s, one in rows(sheet).items() if one.is_check} == ({GATE} if expected else set())


def test_checks_are_drawn_by_the_seed_and_alike_for_everyone(
    event: Any, sheet: Assignment, assign: Callable[..., Assignment], checks: Any
) -> None:
    checks(50)
    other = assign(event["Courier"], "dov")
    drawn = []
    for seed in range(40):
        Assignment.objects.update(seed=seed)
        assert list(rows(sheet)) == list(rows(other)) == list(rows(sheet))
        drawn.append(GATE in rows(sheet))
    assert 10 < sum(drawn) < 30


def test_nothing_on_the_sheet_tells_a_check(ledger: LedgerPage, checks: Any) -> None:
    checks(100)
    by_claim = {row["statement"]: row for row in ledger.get().json()["claims"]}
    check, missing = by_claim[GATE], by_claim[FIRED]
    assert "check" not in json.dumps({**ledger.get().json(), "codebook": None})
    assert check.keys() == missing.keys()
    assert [rule["reason"] for rule in check["rules"]] == [r["reason"] for r in missing["rules"]]
    ledger.judge(GATE, "omitted")
    ledger.judge(FIRED, "omitted")
    history = ledger.get("operations/").json()["operations"]
    assert history[0]["after"].keys() == history[1]["after"].keys()
    assert "check" not in json.dumps(history)


def test_a_check_is_read_in_the_words_of_a_sibling(ledger: LedgerPage, checks: Any) -> None:
    checks(100)
    own = "The Courier's own words."
    row = claim(GATE)
    Claim.objects.filter(pk=row.pk).update(statement=own)
    row.passages.filter(article=ledger.assignment.article).update(quote=own)
    assert own not in ledger.claims()
    assert GATE in ledger.claims()


@pytest.mark.parametrize(("change", "asks"), [
    ({"outlet": None}, [FIRED, CLINIC]),
    ({"published": "2030-01-01"}, [CLINIC]),  # later than the Courier: rule E2
    ({"event": None}, [CLINIC]),
])  # fmt: skip
def test_only_independent_evidence_in_time_counts(
    change: dict[str, Any], asks: list[str], ledger: LedgerPage, event: Any, checks: Any
) -> None:
    Article.objects.filter(pk=event["Courier"].pk).update(published="2026-05-05")
    Article.objects.filter(pk=event["Wire"].pk).update(**change)
    assert ledger.claims() == asks


def test_two_articles_of_one_outlet_are_one_witness(
    ledger: LedgerPage, event: Any, checks: Any
) -> None:
    Article.objects.filter(pk=event["Wire"].pk).update(outlet=event["Post"].outlet)
    assert ledger.claims() == [CLINIC]


def test_an_answered_claim_stays_on_the_sheet(
    ledger: LedgerPage, event: Any, site: Site, checks: Any
) -> None:
    ledger.judge(FIRED, "reported")
    Article.objects.filter(pk=event["Wire"].pk).update(event=None)
    site.now += timedelta(minutes=1)
    site.work()
    row = ledger.row(FIRED)
    assert (row["open"], row["cell"]["answer"]) == (True, "reported")
    assert [one["why_not"] for one in row["evidence"]] == ["", "The article is in another event."]


def test_a_closed_claim_says_so_and_keeps_its_answer(ledger: LedgerPage, checks: Any) -> None:
    ledger.judge(FIRED, "reported")
    Claim.objects.filter(statement__in=[FIRED, CLINIC]).update(active=False)
    assert ledger.claims() == [FIRED]
    assert ledger.row(FIRED)["open"] is False


def test_an_answered_claim_without_any_evidence_left_is_still_shown(
    ledger: LedgerPage, event: Any, checks: Any
) -> None:
    checks(100)
    ledger.judge(GATE, "reported")
    claim(GATE).passages.exclude(article=event["Courier"]).delete()
    row = ledger.row(GATE)
    assert (row["evidence"], row["cell"]["answer"]) == ([], "reported")
    assert [rule["verdict"] for rule in row["rules"]] == ["fails", "unknown", "unknown", "fails"]


def test_what_the_machine_finds_does_not_keep_others_from_being_asked(
    ledger: LedgerPage, event: Any, people: Any, checks: Any
) -> None:
    """Somebody called the article silent about it."""
    Claim.objects.filter(statement=GATE).update(origin="annotator", created_by=people["dov"])
    claim(GATE).passages.exclude(article=event["Courier"]).update(picked_by=people["dov"])
    assert GATE in ledger.claims()
    ledger.judge(GATE, "omitted")
    assert not ledger.assignment.cells.get().is_check
    claim(GATE).passages.update(picked_by=people["dov"])
    ledger.send({"kind": "clear", "claim": str(claim(GATE).pk)})
    assert GATE not in ledger.claims()


def test_the_quote_of_a_deleted_sibling_stays(ledger: LedgerPage, event: Any, checks: Any) -> None:
    ledger.judge(FIRED, "omitted", kind="om.actor")
    event["Wire"].delete()
    evidence = ledger.row(FIRED)["evidence"][1]
    assert (evidence["article"], evidence["quote"]) == (None, FIRED)
    assert evidence["why_not"] == "The article was deleted."


def test_hidden_outlets_go_by_letters(
    ledger: LedgerPage, sheet: Assignment, checks: Any
) -> None:
    Assignment.objects.update(blind=True)
    said = ledger.get().content.decode()
    assert not [name for name in ("Courier", "Post", "Globe") if f'"{name}"' in said]
    assert {one["outlet"] for one in ledger.get().json()["siblings"]} <= {
        f"outlet {letter}" for letter in "ABCD"
    }
    Assignment.objects.update(blind=False)
    assert {one["outlet"] for one in ledger.get().json()["siblings"]} == {"Post", "Wire", "Globe"}


def test_the_rules_are_said_in_words_but_not_whether_the_article_says_it(
    ledger: LedgerPage, checks: Any
) -> None:
    Assignment.objects.update(blind=False)
    rules = {rule["rule"]: rule for rule in ledger.row(FIRED)["rules"]}
    assert {id: rule["verdict"] for id, rule in rules.items()} == {
        "E1": "holds", "E2": "unknown", "E3": "unknown", "E4": "holds",
    }  # fmt: skip
    assert "Post, Wire" in rules["E4"]["reason"]
    assert "for you to judge" in rules["E3"]["reason"]


@pytest.mark.parametrize(("left", "sentence"), [
    (0, "alone in its event"),
    (1, "The event has two articles"),
])  # fmt: skip
def test_a_small_event_says_why_nothing_is_asked(
    left: int, sentence: str, ledger: LedgerPage, event: Any, site: Site, checks: Any
) -> None:
    for name in ["Post", "Wire", "Globe"][left:]:
        Article.objects.filter(pk=event[name].pk).update(event=None)
    site.work()
    told = ledger.get().json()
    assert (told["claims"], told["comparing"]) == ([], False)
    assert sentence in told["why"]


def test_an_article_that_could_not_be_compared_is_asked_people_s_claims_only(
    ledger: LedgerPage, event: dict[str, Article], site: Site, checks: Any
) -> None:
    Article.objects.filter(pk=event["Courier"].pk).update(language="de")
    site.work()
    told = ledger.get().json()
    assert told["claims"] == []
    assert "in another language" in told["why"]
    Claim.objects.filter(statement=CLINIC).update(
        origin="merged", created_by=ledger.assignment.assigned_by
    )
    assert ledger.claims() == [CLINIC]


def test_an_article_that_joined_is_asked_nothing_before_it_was_compared(
    event: Any, site: Site, make_article: Any, assign: Callable[..., Assignment], checks: Any
) -> None:
    joined = make_article(f"Joined.\n{FIRED}", event="Dam", outlet="Echo")
    sheet = assign(joined)
    assert list(rows(sheet)) == []
    site.work()
    assert list(rows(sheet)) == [GATE, CLINIC]


def test_an_article_without_an_event_says_so(
    make_article: Any, assign: Callable[..., Assignment], signed_in: Callable[[str], Client]
) -> None:
    sheet = assign(make_article("Nobody was hurt."))
    told = LedgerPage(signed_in("ada"), sheet).get().json()
    assert told["event"] is None
    assert "belongs to no event" in told["why"]


def test_a_ledger_that_is_being_filled_says_so(
    make_article: Any,
    site: Site,
    assign: Callable[..., Assignment],
    signed_in: Callable[[str], Client],
) -> None:
    articles = [make_article(f"Ferry {n}.", event="Ferry", outlet=str(n)) for n in range(3)]
    ledger = LedgerPage(signed_in("ada"), assign(articles[0]))
    assert ledger.get().json()["comparing"] is True
    site.plan()
    told = ledger.get().json()
    assert told["comparing"] is True
    assert "being compared" in told["why"]
    SuggestionRun.objects.exclude(members="").update(state="failed", error="It is too long.")
    told = ledger.get().json()
    assert told["comparing"] is False
    assert "It is too long." in told["why"]

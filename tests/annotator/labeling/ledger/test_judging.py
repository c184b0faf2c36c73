"""Answers to claims: saved once each, whole or not at all, with history; refused in sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from annotator.corpus.models import Article
from annotator.labeling.models import (
    Assignment,
    CellOperation,
    Claim,
    ClaimChange,
    JudgedCell,
)
from tests.annotator.labeling.ledger.conftest import (
    CLINIC,
    FIRED,
    GATE,
    LedgerPage,
    claim,
    judge,
    quote,
)

WHOLE = {
    "answer": "omitted", "kind": "om.actor", "salience": 3, "favours": "the firm",
    "favours_polarity": "pos", "note": "Who fired?", "confidence": "", "anchor": None,
}  # fmt: skip


@pytest.fixture
def dov(event: Any, assign: Callable[..., Assignment], signed_in: Any) -> LedgerPage:
    """Dov reads the Wire."""
    return LedgerPage(signed_in("dov"), assign(event["Wire"], "dov"))


def addition(article: Article, words: str, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "add", "claim": str(uuid4()), "statement": "Nobody says why the gate was shut.",
        "evidence": [quote(article, words)], "cell": {"answer": "omitted"}, **fields,
    }  # fmt: skip


def cell() -> JudgedCell:
    return JudgedCell.objects.get()


@pytest.mark.parametrize("answer", JudgedCell.Answer.values)
def test_one_answer_is_one_row_with_its_history(answer: str, ledger: LedgerPage) -> None:
    sent = ledger.judge(FIRED, answer)
    assert (sent.status_code, sent.json()["revision"]) == (200, 1)
    assert (cell().answer, cell().revision, cell().is_check) == (answer, 1, False)
    told = CellOperation.objects.get()
    assert (told.kind, told.revision, told.before) == ("judge", 1, None)
    assert told.after["answer"] == answer
    assert ledger.row(FIRED)["cell"] == told.after


def test_an_omission_keeps_its_details(ledger: LedgerPage) -> None:
    text = ledger.assignment.article.text
    anchor = {"start": len(text), "end": len(text), "quote": ""}
    ledger.judge(FIRED, **{**WHOLE, "anchor": anchor})
    kept = ledger.row(FIRED)["cell"]
    assert kept == {**WHOLE, "anchor": anchor, "claim": str(claim(FIRED).pk), "revision": 1}


def test_another_answer_replaces_the_whole_of_the_first(ledger: LedgerPage) -> None:
    ledger.judge(FIRED, **WHOLE)
    ledger.judge(FIRED, "reported")
    assert (cell().answer, cell().kind, cell().salience, cell().favours) == (
        "reported", "", None, "",
    )  # fmt: skip
    second = CellOperation.objects.get(revision=2)
    assert second.before["kind"] == "om.actor"


def test_clearing_takes_an_answer_back_and_keeps_the_row(ledger: LedgerPage) -> None:
    ledger.judge(FIRED, **WHOLE)
    assert ledger.send({"kind": "clear", "claim": str(claim(FIRED).pk)}).status_code == 200
    assert cell().answer == ""
    assert ledger.row(FIRED)["cell"] is None
    assert CellOperation.objects.get(revision=2).after is None
    refused = ledger.send({"kind": "clear", "claim": str(claim(FIRED).pk)})
    assert "There is nothing to take back." in refused.json()["detail"]


def test_a_check_is_noted_when_it_is_first_answered(ledger: LedgerPage) -> None:
    ledger.judge(GATE, "reported")
    assert cell().is_check
    claim(GATE).passages.filter(article=ledger.assignment.article).delete()
    ledger.judge(GATE, "omitted")
    assert cell().is_check


def test_the_same_batch_twice_is_saved_once(ledger: LedgerPage) -> None:
    operation = {**judge(claim(FIRED).pk, "reported"), "id": str(uuid4())}
    first, second = ledger.send(operation), ledger.send(operation, revision=0)
    assert first.json() == second.json()
    assert CellOperation.objects.count() == 1


def test_a_stale_page_is_told_what_it_missed(ledger: LedgerPage) -> None:
    ledger.judge(FIRED, "reported")
    answer = ledger.send(judge(claim(CLINIC).pk, "omitted"), revision=0)
    assert answer.status_code == 412
    assert answer.json()["revision"] == 1
    [missed] = answer.json()["operations"]
    assert (missed["kind"], missed["claim"]) == ("judge", str(claim(FIRED).pk))
    assert JudgedCell.objects.count() == 1
    assert ledger.get("operations/?after=0").json()["operations"] == [missed]


def test_labels_and_ledger_count_their_revisions_apart(ledger: LedgerPage) -> None:
    ledger.judge(FIRED, "reported")
    sheet = Assignment.objects.get(pk=ledger.assignment.pk)
    assert (sheet.ledger_revision, sheet.revision, sheet.state) == (1, 0, "queued")


def test_a_submitted_article_keeps_its_ledger_open(ledger: LedgerPage) -> None:
    Assignment.objects.update(state="submitted")
    assert ledger.judge(FIRED, "reported").status_code == 200


@pytest.mark.parametrize(("details", "place"), [
    ({"answer": "maybe"}, "operations.[0].cell.answer"),
    ({"answer": ""}, "operations.[0].cell.answer"),
    ({"answer": "reported", "kind": "om.actor"}, "cell.kind"),
    ({"answer": "partly", "salience": 1}, "cell.salience"),
    ({"answer": "omitted", "kind": "om.qualifier"}, "cell.kind"),  # switched off
    ({"answer": "omitted", "kind": "lt.epithet"}, "cell.kind"),
    ({"answer": "omitted", "salience": 4}, "operations.[0].cell.salience"),
    ({"answer": "omitted", "favours_polarity": "up"}, "cell.favours_polarity"),
    ({"answer": "reported", "confidence": "rather"}, "cell.confidence"),
    ({"answer": "omitted", "anchor": {"start": 0, "end": 3, "quote": "Dam"}}, "cell.anchor"),
    ({"answer": "omitted", "anchor": {"start": 999, "end": 999, "quote": ""}}, "cell.anchor"),
    ({"answer": "omitted", "anchor": {"start": 3, "end": 0, "quote": ""}},
     "operations.[0].cell.anchor.end"),
])  # fmt: skip
def test_a_wrong_answer_is_refused_with_its_place(
    details: dict[str, Any], place: str, ledger: LedgerPage
) -> None:
    answer = ledger.send({"kind": "judge", "claim": str(claim(FIRED).pk), "cell": details})
    assert answer.status_code == 400
    assert [problem["place"] for problem in answer.json()["problems"]] == [place]
    assert not JudgedCell.objects.exists()


def test_one_wrong_answer_stops_the_whole_batch(ledger: LedgerPage) -> None:
    answer = ledger.send(judge(claim(FIRED).pk, "reported"), judge(uuid4(), "reported"))
    assert answer.status_code == 400
    assert "not in the event" in answer.json()["detail"]
    assert not JudgedCell.objects.exists()
    assert not CellOperation.objects.exists()


def test_a_claim_of_another_event_cannot_be_answered(
    ledger: LedgerPage, make_article: Any
) -> None:
    other = make_article("Ferry news.", event="Ferry")
    foreign = Claim.objects.create(
        event=other.event, origin="machine", statement="x", created_at=claim(FIRED).created_at
    )
    assert ledger.send(judge(foreign.pk, "reported")).status_code == 400


def test_an_answer_from_before_the_article_left_the_event_can_still_change(
    ledger: LedgerPage, event: Any
) -> None:
    ledger.judge(FIRED, "reported")
    Article.objects.filter(pk=event["Courier"].pk).update(event=None)
    assert ledger.judge(FIRED, "partly").status_code == 200
    refused = ledger.judge(CLINIC, "partly")
    assert "may have left the event" in refused.json()["detail"]


def test_what_an_annotator_adds_is_asked_of_everyone(
    ledger: LedgerPage, event: Any, assign: Callable[..., Assignment], signed_in: Any
) -> None:
    operation = addition(event["Post"], "Dam news.", cell=WHOLE)
    assert ledger.send(operation).status_code == 200
    row = ledger.row(operation["statement"])
    assert (row["mine"], row["cell"]["kind"], row["outlets"]) == (True, "om.actor", 1)
    made = Claim.objects.get(pk=operation["claim"])
    assert (made.origin, made.created_by) == ("annotator", ledger.assignment.annotator)
    assert ClaimChange.objects.get(claim=made).kind == "add"
    dov = LedgerPage(signed_in("dov"), assign(event["Globe"], "dov"))
    row = dov.row(operation["statement"])
    assert (row["mine"], row["open"], row["cell"]) == (False, True, None)
    holder = LedgerPage(signed_in("dov"), assign(event["Post"], "dov"))
    assert operation["statement"] not in holder.claims()


def test_an_added_claim_can_be_taken_back_until_others_answer(
    ledger: LedgerPage, dov: LedgerPage, event: Any
) -> None:
    operation = addition(event["Post"], "Dam news.")
    ledger.send(operation)
    back = {"kind": "withdraw", "claim": operation["claim"]}
    assert ledger.send(back).status_code == 200
    assert operation["statement"] not in ledger.claims()
    assert ledger.send(operation).status_code == 200  # undo
    assert dov.send(judge(operation["claim"], "partly")).status_code == 200
    refused = ledger.send(back)
    assert "has been answered by others and stays" in refused.json()["detail"]
    assert Claim.objects.get(pk=operation["claim"]).active
    kinds = ClaimChange.objects.filter(claim=operation["claim"])
    assert [one.kind for one in kinds] == ["add", "close", "reopen"]


def test_what_others_added_or_the_machine_found_cannot_be_taken_back(
    ledger: LedgerPage, dov: LedgerPage, event: Any
) -> None:
    operation = addition(event["Post"], "Dam news.")
    dov.send(operation)
    for id in (operation["claim"], str(claim(FIRED).pk)):
        refused = ledger.send({"kind": "withdraw", "claim": id})
        assert "is not one that you added" in refused.json()["detail"]
    taken = ledger.send(addition(event["Post"], "Dam news.", claim=operation["claim"]))
    assert "an id that is taken" in taken.json()["detail"]


@pytest.mark.parametrize(("change", "sentence"), [
    ({"evidence": []}, "Choose the passage of another article."),
    ({"statement": "  "}, "Say in one sentence what is missing."),
    ({"evidence": [{"article": 10**6, "start": 0, "end": 3, "quote": "Dam"}]},
     "lies in no other article of this event"),
    ({"cell": None}, "is no answer"),
])  # fmt: skip
def test_an_addition_without_evidence_is_refused(
    change: dict[str, Any], sentence: str, ledger: LedgerPage, event: Any
) -> None:
    answer = ledger.send(addition(event["Post"], "Dam news.", **change))
    assert answer.status_code == 400
    assert sentence in answer.json()["detail"]
    assert not Claim.objects.exclude(origin="machine").exists()


def test_evidence_in_the_judged_article_or_outside_the_event_is_refused(
    ledger: LedgerPage, event: Any, make_article: Any
) -> None:
    foreign = make_article("Ferry news.", event="Ferry")
    for article, words in [(event["Courier"], "People"), (foreign, "Ferry")]:
        answer = ledger.send(addition(article, words))
        assert "lies in no other article of this event" in answer.json()["detail"]
    shifted = {**quote(event["Post"], "Dam news."), "start": 1, "end": 10}
    answer = ledger.send(addition(event["Post"], "Dam news.", evidence=[shifted]))
    assert "does not read as quoted" in answer.json()["detail"]


def test_an_article_without_an_event_takes_no_addition(
    make_article: Any, event: Any, assign: Callable[..., Assignment], signed_in: Any
) -> None:
    ledger = LedgerPage(signed_in("ada"), assign(make_article("Alone.")))
    answer = ledger.send(addition(event["Post"], "Dam news."))
    assert "needs an event" in answer.json()["detail"]


def test_a_person_answers_only_their_own_sheet(ledger: LedgerPage, signed_in: Any) -> None:
    client: Client = signed_in("dov")
    assert client.get(ledger.url).status_code == 404
    assert LedgerPage(client, ledger.assignment).judge(FIRED, "reported").status_code == 404
    assert not JudgedCell.objects.exists()


def test_another_text_a_missing_revision_or_too_many_are_refused(ledger: LedgerPage) -> None:
    operation = judge(claim(FIRED).pk, "reported")
    assert ledger.send(operation, text_sha256="0" * 64).status_code == 400
    assert ledger.send(*[operation] * 201).status_code == 413
    bare = ledger.client.post(ledger.url + "operations/", {}, content_type="application/json")
    assert bare.status_code == 400
    unconditional = ledger.client.post(
        ledger.url + "operations/",
        {"text_sha256": "0" * 64, "operations": [{**operation, "id": str(uuid4())}]},
        content_type="application/json",
    )
    assert unconditional.status_code == 428


@pytest.mark.parametrize("act", [
    lambda rows: rows.update(kind="clear"),
    lambda rows: rows.delete(),
])  # fmt: skip
def test_the_database_refuses_to_change_the_history_of_cells(
    act: Callable[[Any], None], ledger: LedgerPage
) -> None:
    ledger.judge(FIRED, "reported")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(CellOperation.objects.all())

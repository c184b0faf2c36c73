"""What is broken in claims, answers and their histories is found and named."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.corpus.models import Article
from annotator.labeling.invariants import breaches
from annotator.labeling.models import Assignment, Claim, ClaimPassage, JudgedCell
from tests.annotator.labeling.ledger.conftest import CLINIC, FIRED, LedgerPage
from tests.annotator.labeling.ledger.test_judging import addition


@pytest.fixture
def answered(ledger: LedgerPage, event: dict[str, Article]) -> LedgerPage:
    """A sheet with an omission, an answer taken back, and a claim added, withdrawn, added."""
    anchor = {"start": 0, "end": 6, "quote": "People"}
    ledger.judge(FIRED, "omitted", kind="om.actor", anchor=anchor)
    ledger.judge(CLINIC, "partly")
    ledger.send({"kind": "clear", "claim": str(Claim.objects.get(statement=CLINIC).pk)})
    own = addition(event["Post"], "Dam news.")
    withdrawal = {"kind": "withdraw", "claim": own["claim"]}
    assert ledger.send(own, withdrawal, {**own}).status_code == 200
    return ledger


def test_what_people_did_through_the_page_breaks_nothing(answered: LedgerPage) -> None:
    assert list(breaches()) == []


def test_a_deleted_article_breaks_nothing(answered: LedgerPage, event: Any) -> None:
    event["Wire"].delete()
    assert list(breaches()) == []


@pytest.mark.parametrize(("damage", "words"), [
    (lambda: ClaimPassage.objects.update(start=1), "misses its quote"),
    (lambda: Claim.objects.update(statement="Else."), "not what its last change left"),
    (lambda: JudgedCell.objects.filter(anchor_end=6).update(anchor_start=1),
     "anchor misses its quote"),
    (lambda: JudgedCell.objects.filter(answer="omitted").update(note="Else."),
     "not what operation"),
    (lambda: Assignment.objects.update(ledger_revision=1), "ledger revision 1, but 6 operations"),
])  # fmt: skip
def test_damage_is_found_and_named(answered: LedgerPage, damage: Any, words: str) -> None:
    damage()
    assert any(words in sentence for sentence in breaches())

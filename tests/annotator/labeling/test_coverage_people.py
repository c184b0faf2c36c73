"""People's answers in the matrix: drawn as given, told apart, shown to whom they may be shown."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from annotator.corpus.models import Article, Event, Membership, Project
from annotator.labeling.coverage_people import SCALE, Said
from annotator.labeling.ledger.answering import Requested
from annotator.labeling.ledger.judging import do_judge
from annotator.labeling.models import (
    Assignment,
    Claim,
    EventLedger,
    JudgedCell,
    Suggestion,
    SuggestionRun,
)
from tests.annotator.labeling.comparers import NOW, Site

TEXTS = {
    "Courier": "Dam gate closed.\nPeople were hurt.",
    "Post": "Dam gate shut.\nGuards fired at people.\nPeople were hurt.",
    "Wire": "Dam gate barred.\nGuards fired at people.",
}
GUARDS, HURT = "Guards fired at people.", "People were hurt."


@pytest.fixture
def event(make_article: Any, site: Site) -> dict[str, Article]:
    made = {name: make_article(text, event="Dam", outlet=name) for name, text in TEXTS.items()}
    site.work()
    return made


@pytest.fixture
def sheets(event: dict[str, Article], people: Any) -> dict[tuple[str, str], Assignment]:
    return {
        (who, outlet): Assignment.objects.create(
            article=article, annotator=people[who], position=1, seed=1,
            assigned_by=people["rhea"],
        )
        for who in ("ada", "dov") for outlet, article in event.items()
    }  # fmt: skip


def say(sheet: Assignment, statement: str, answer: str, **more: Any) -> None:
    sheet.refresh_from_db()
    claim = Claim.objects.get(statement=statement, active=True)
    do_judge(
        assignment=sheet, actor=sheet.annotator, revision=sheet.ledger_revision,
        text_sha256=sheet.article.sha256, tab="one", now=NOW,
        requested=[Requested(id=uuid4(), kind="judge", claim=claim.pk,
                             cell={"answer": answer, **more})],
    )  # fmt: skip


@pytest.fixture
def answered(sheets: Any) -> None:
    """Both call the guards omitted in the Courier, they differ on the Wire, Dov corrects it."""
    say(sheets["ada", "Courier"], GUARDS, "omitted", kind="om.actor", note="<b>Who</b> fired?")
    say(sheets["dov", "Courier"], GUARDS, "omitted", kind="om.context", salience=2)
    say(sheets["ada", "Wire"], HURT, "omitted", kind="om.consequence")
    say(sheets["dov", "Wire"], HURT, "reported")
    say(sheets["ada", "Post"], GUARDS, "reported")


@pytest.fixture
def matrix(project: Project, signed_in: Any) -> Any:
    def get(query: str = "", *, who: str = "rhea") -> str:
        story = Event.objects.get(project=project, name="Dam")
        answer = signed_in(who).get(reverse("coverage", args=[project.slug, story.pk]) + query)
        assert answer.status_code == 200
        return str(answer.content.decode())

    return get


def table(html: str) -> dict[str, list[str]]:
    """Return what each cell says, by claim; words of the machine in brackets where it is alone."""
    found = {}
    for row in re.findall(r'<tr id="c.*?</tr>', html, re.DOTALL):
        name = re.search(r"<a [^>]*>(.*?)</a>", row, re.DOTALL)
        cells = re.findall(r"<td.*?</td>", row, re.DOTALL)[:3]
        words = [" ≠ ".join(re.findall(r'class="w">(.*?)</span>', cell)) for cell in cells]
        pale = ["nobody has answered" in cell for cell in cells]
        assert name
        found[name[1]] = [f"({w})" if p else w for w, p in zip(words, pale, strict=True)]
    return found


def test_answers_are_drawn_over_what_the_machine_found(answered: Any, matrix: Any) -> None:
    assert table(matrix()) == {
        GUARDS: ["2 omitted", "reported", "(reported)"],
        HURT: ["(reported)", "(reported)", "1 reported, 1 omitted"],
    }
    html = matrix()
    assert html.count('<i class="p omitted"></i>') >= 3
    assert 'title="Wire: Ada omitted, Dov reported"' in html
    assert "1 of 1" in html  # the Courier: called omitted, of the claims answered


def test_the_machine_alone_is_a_switch_away(answered: Any, matrix: Any) -> None:
    assert table(matrix("?view=machine")) == {
        GUARDS: ["not found", "reported", "reported"],
        HURT: ["reported", "reported", "not found"],
    }
    assert 'aria-current="true">Machine' in matrix("?view=machine")


def test_where_they_differ_shows_both_and_nothing_else(answered: Any, matrix: Any) -> None:
    html = matrix("?view=differ")
    assert table(html) == {HURT: ["(reported)", "(reported)", "not found ≠ 1 reported, 1 omitted"]}
    assert "1 of 2 rows" in html
    assert list(table(matrix("?show=disputed"))) == [HURT]


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ("?kind=om.actor", [GUARDS]),
        ("?kind=om.consequence", [HURT]),
        ("?kind=om.consequence&show=disputed", [HURT]),
        ("?kind=om.actor&show=disputed", []),
        ("?about=claim", [GUARDS, HURT]),
        ("?about=speaker", []),
        ("?show=has-{Courier}", [HURT]),
        ("?show=has-{Wire}&view=machine", [GUARDS]),
        ("?show=has-999999", [GUARDS, HURT]),  # nobody's number: no filter
        ("?view=nonsense&about=nonsense", [GUARDS, HURT]),
    ],
)
def test_rows_are_found_by_kind_outlet_and_dispute(
    answered: Any, event: Any, matrix: Any, query: str, claims: list[str]
) -> None:
    Suggestion.objects.all().delete()
    asked = query.format(**{name: article.pk for name, article in event.items()})
    assert sorted(table(matrix(asked))) == sorted(claims)


def test_a_view_stays_in_every_link(answered: Any, matrix: Any) -> None:
    html = matrix("?view=machine&show=missing")
    assert "view=machine&amp;show=missing&amp;page=1&amp;open=" in html
    assert 'href="?view=people&amp;show=missing"' in html
    assert '<input type="hidden" name="view" value="machine">' in html
    assert 'href="?">Show all' in matrix("?view=differ").replace('href="?view=', 'href="!')


def test_an_opened_claim_tells_who_answered_what_and_why(answered: Any, matrix: Any) -> None:
    row = next(r["id"] for r in EventLedger.objects.get().rows if r["summary"] == GUARDS)
    html = matrix(f"?open={row}")
    [courier] = re.findall(r'<ul class="said">(?:(?!</ul>).)*Who.*?</ul>', html, re.DOTALL)
    assert "<b>Ada</b>: omitted, " in courier
    assert "<q>&lt;b&gt;Who&lt;/b&gt; fired?</q>" in courier
    assert "salience 2" in courier
    assert html.count("Asked as a check") == 1  # the Post makes the claim


@pytest.mark.parametrize(
    ("anchor", "told"),
    [
        ({"start": 0, "end": 3, "quote": "Dam"}, "at “Dam”"),
        ({"start": 16, "end": 16, "quote": ""}, "after “… Dam gate closed.”"),
        ({"start": 0, "end": 0, "quote": ""}, "at the beginning"),
        (None, ""),
    ],
)
def test_an_omission_tells_where_it_would_stand(
    sheets: Any, matrix: Any, anchor: Any, told: str
) -> None:
    say(sheets["ada", "Courier"], GUARDS, "omitted", kind="om.actor", anchor=anchor)
    row = next(r["id"] for r in EventLedger.objects.get().rows if r["summary"] == GUARDS)
    [answer] = re.findall(r"<b>Ada</b>: omitted(.*?)</span>", matrix(f"?open={row}"))
    assert answer.endswith(f", {told}" if told else "actor")


def test_what_was_taken_back_or_withdrawn_is_not_drawn(
    answered: Any, sheets: Any, matrix: Any
) -> None:
    Assignment.objects.filter(pk=sheets["dov", "Wire"].pk).update(withdrawn_at=NOW)
    JudgedCell.objects.filter(assignment=sheets["ada", "Courier"]).update(
        answer="", kind="", note=""
    )
    assert table(matrix()) == {
        GUARDS: ["omitted", "reported", "(reported)"],
        HURT: ["(reported)", "(reported)", "omitted"],
    }


def test_who_leads_and_annotates_sees_no_answers_before_submitting(
    answered: Any, sheets: Any, project: Project, people: Any, matrix: Any
) -> None:
    Membership.objects.filter(user=people["dov"]).update(role=Membership.Role.RESEARCHER)
    assert table(matrix(who="dov"))[GUARDS] == ["not found", "reported", "reported"]
    mine = Assignment.objects.filter(annotator=people["dov"])
    mine.filter(article=sheets["dov", "Courier"].article).update(state="submitted")
    html = matrix(who="dov")
    assert table(html)[GUARDS][0] == "2 omitted"
    assert table(html)[HURT][2] == "(not found)"
    assert "You have still to submit" in html
    assert "You have still to submit" not in matrix()


def test_a_claim_that_somebody_added_has_a_row(answered: Any, sheets: Any, matrix: Any) -> None:
    sheet, post = sheets["ada", "Courier"], sheets["ada", "Post"].article
    sheet.refresh_from_db()
    part = {"article": post.pk, "start": 0, "end": 14, "quote": post.text[:14]}
    do_judge(
        assignment=sheet, actor=sheet.annotator, revision=sheet.ledger_revision,
        text_sha256=sheet.article.sha256, tab="one", now=NOW,
        requested=[Requested(id=uuid4(), kind="add", claim=uuid4(), statement="The gate is shut.",
                             evidence=[part], cell={"answer": "omitted", "kind": "om.context"})],
    )  # fmt: skip
    assert table(matrix())["The gate is shut."] == ["omitted", "(reported)", "(not compared)"]
    claim = Claim.objects.get(origin="annotator")
    opened = matrix(f"?open={claim.pk.hex}")
    assert '<mark class="evi">Dam gate shut.</mark>' in opened
    assert "Added by an annotator." in opened


def test_passives_and_silent_sources_have_rows_of_their_own(
    event: Any, site: Site, matrix: Any, project: Project
) -> None:
    courier, post = event["Courier"], event["Post"]
    run = SuggestionRun.objects.get(article=courier, detector="omission")
    evidence = {"role": "evidence", "article": post.pk, "start": 15, "end": 38, "quote": GUARDS}
    anchor = {"role": "anchor", "article": courier.pk, "start": 24, "end": 33, "quote": "were hurt"}
    for position, (rule, checked, parts) in enumerate(
        [
            ("omission.actor", "doers of the same kind of harm", [anchor, evidence]),
            ("omission.source", "speakers: Ilse Tor", [evidence]),
        ]
    ):
        Suggestion.objects.create(
            run=run, article=courier, position=10 + position, device="omission", label="om.actor",
            parts=parts, attributes={"absence_check": checked}, score=0.5, rule=rule,
            reason=f"[outlet {post.outlet_id}] tells it", judged_start=0, judged_end=1,
        )  # fmt: skip
    found = table(matrix())
    assert list(found)[2:] == ["“were hurt”: by whom?", "Ilse Tor"]
    assert found["Ilse Tor"] == ["silent", "heard", "not judged"]
    assert found["“were hurt”: by whom?"] == ["not named", "named", "not judged"]
    assert list(table(matrix("?about=speaker"))) == ["Ilse Tor"]
    assert list(table(matrix("?about=actor"))) == ["“were hurt”: by whom?"]
    assert len(table(matrix("?about=claim"))) == 2
    assert "Post tells it" in matrix(f"?open=actor-{courier.pk}-10")


def test_answers_are_in_the_order_of_the_scale() -> None:
    said = Said(tuple(JudgedCell(answer=answer) for answer in [*reversed(SCALE), *SCALE]))
    assert [one.answer for one in said.tally] == list(SCALE)
    assert {one.count for one in said.tally} == {2}
    assert [cell.answer for cell in said.in_order][:3] == ["reported", "reported", "partly"]


@pytest.mark.parametrize(
    ("state", "answer", "differs"),
    [
        ("reported", "omitted", True),
        ("reported", "partly", False),
        ("reported", "not_applicable", False),
        ("absent", "reported", True),
        ("absent", "partly", True),
        ("absent", "omitted", False),
        ("absent", "not_applicable", False),
        ("unclear", "omitted", False),
        ("unclear", "reported", False),
        ("unread", "reported", False),
    ],
)
def test_what_contradicts_the_machine(state: str, answer: str, differs: bool) -> None:
    assert Said((JudgedCell(answer=answer),)).contradicts(state) is differs

"""What annotators answered about claims: measured on the page and again from the exported file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from annotator.corpus.models import Article, Project
from annotator.labeling.models import Assignment, CellOperation, Claim, ClaimPassage, JudgedCell
from annotator.research import ledger
from framing.__main__ import main

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
# Claims by article; Ada's and Dov's answers, o(mitted) with kind, r(eported), p(artly).
ANSWERS = {
    ("Guards fired.", "Courier"): ("omitted om.actor", "omitted om.source"),
    ("Guards fired.", "Globe"): ("omitted om.actor", "reported"),
    ("Clinics <close>.", "Courier"): ("reported", "reported"),
    ("Clinics <close>.", "Globe"): ("partly", "omitted om.context"),
    ("=It rained.", "Courier"): ("reported", "reported"),
    ("=It rained.", "Globe"): ("omitted om.context", "omitted om.context"),
}


def answer(sheet: Assignment, claim: Claim, said: str, **more: Any) -> JudgedCell:
    word, _, kind = said.partition(" ")
    cell = JudgedCell.objects.create(
        assignment=sheet, claim=claim, answer=word, kind=kind, revision=1, created_at=NOW,
        changed_at=NOW, **more,
    )  # fmt: skip
    sheet.ledger_revision += 1
    sheet.save(update_fields=["ledger_revision"])
    CellOperation.objects.create(
        id=uuid4(), assignment=sheet, revision=sheet.ledger_revision, actor=sheet.annotator,
        kind="judge", claim=claim, after={"answer": word}, at=NOW,
    )  # fmt: skip
    return cell


@pytest.fixture
def sheets(make_article: Callable[..., Article], people: Any) -> dict[tuple[str, str], Assignment]:
    made = {}
    for outlet in ("Courier", "Globe"):
        article = make_article(f"{outlet} one. And two. And three.", event="Dam", outlet=outlet)
        for name in ("ada", "dov"):
            made[outlet, name] = Assignment.objects.create(
                article=article,
                annotator=people[name],
                position=1,
                seed=1,
                assigned_by=people["rhea"],
            )
    return made


@pytest.fixture
def claims(sheets: Any, make_article: Callable[..., Article]) -> dict[str, Claim]:
    source = make_article("Guards fired. Clinics close.", event="Dam", outlet="Post")
    made = {}
    for statement in dict.fromkeys(statement for statement, _ in ANSWERS):
        made[statement] = Claim.objects.create(
            event=source.event, origin="machine", statement=statement, created_at=NOW
        )
        ClaimPassage.objects.create(
            claim=made[statement], position=0, article=source, start=0, end=13,
            quote="Guards fired.",
        )  # fmt: skip
    for (statement, outlet), said in ANSWERS.items():
        for name, one in zip(("ada", "dov"), said, strict=True):
            more: dict[str, Any] = {}
            if outlet == "Globe" and one.startswith("omitted"):
                place = 0 if name == "ada" else 11
                more = {"anchor_start": place, "anchor_end": place}
            if statement.startswith("="):
                more["is_check"] = True
            answer(sheets[outlet, name], made[statement], one, **more)
    return made


def measured(project: Project) -> dict[str, Any]:
    found = ledger.data(project)
    return dict(ledger.reports(ledger.ledger(found)))


def test_answers_kinds_and_anchors_are_measured(claims: Any, project: Project) -> None:
    found = measured(project)
    assert found["Answers, α"].value is not None
    assert 0 < found["Answers, AC1"].value < 1
    kinds = found["Kinds, AC1"]
    assert (kinds.n_units, kinds.n_annotators) == (4, 2)
    assert found["Anchors, sentences apart"].value == 1.0


def test_the_exported_cells_give_the_numbers_of_the_page(
    claims: Any, project: Project, signed_in: Any, tmp_path: Path, capsys: Any
) -> None:
    answered = signed_in("rhea").get(reverse("download-ledger", args=[project.slug, "cells"]))
    file = tmp_path / "cells.csv"
    file.write_bytes(b"".join(answered.streaming_content))
    assert main(["agree", str(file), "--measure", "alpha,ac1", "--seed", "7", "--json"]) == 0
    alpha, ac1 = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    found = measured(project)
    for title, again in (("Answers, α", alpha), ("Answers, AC1", ac1)):
        assert again["value"] == found[title].value
        assert again["interval"] == list(found[title].interval)


COMMANDS = {
    "Answers, α": "--measure alpha",
    "Answers, AC1": "--measure ac1",
    "Presence in order, α": "--of presence --measure alpha --level ordinal",
    "Kinds, α": "--of kinds --measure alpha",
    "Kinds, AC1": "--of kinds --measure ac1",
    "Anchors, sentences apart": "--measure anchor-distance",
}


def test_the_exported_ledger_gives_every_number_of_the_page(
    claims: Any, project: Project, signed_in: Any, tmp_path: Path, capsys: Any
) -> None:
    Claim.objects.create(
        event=claims["Guards fired."].event, origin="machine", statement="Gone.", active=False,
        created_at=NOW,
    )  # fmt: skip
    answered = signed_in("rhea").get(reverse("download-ledger", args=[project.slug, "jsonl"]))
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(b"".join(answered.streaming_content))
    found = measured(project)
    assert set(found) == set(COMMANDS)
    for title, command in COMMANDS.items():
        asked = ["agree", str(file), *command.split(), "--seed", "7", "--json"]
        assert main(asked) == 0, title
        again = json.loads(capsys.readouterr().out)
        want = found[title].as_dict()
        for name in ("measure", "value", "interval", "n_documents", "n_annotators", "n_units"):
            assert again[name] == want[name], (title, name)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("--measure f1-triple", "cannot be measured in a ledger"),
        ("--measure alpha --of labels", "take --of cells, kinds or presence"),
        ("--measure alpha --device omission", "this is a ledger"),
        ("--measure alpha --missing x", "--missing names a value of a codes table"),
    ],
)
def test_what_a_ledger_cannot_answer_is_said(
    claims: Any, project: Project, tmp_path: Path, capsys: Any, asked: str, told: str
) -> None:
    file = tmp_path / "ledger.jsonl"
    with file.open("wb") as stream:
        ledger.write(project, stream, kind="jsonl")
    assert main(["agree", str(file), *asked.split()]) == 2
    assert told in capsys.readouterr().err


def test_files_hold_claims_evidence_and_answers_under_pseudonyms(
    claims: Any, project: Project, people: Any, sheets: Any
) -> None:
    gone = Claim.objects.create(
        event=claims["Guards fired."].event, origin="machine", statement="Gone.", active=False,
        created_at=NOW,
    )  # fmt: skip
    answer(sheets["Globe", "ada"], gone, "reported")
    claims["=It rained."].made_from.set([gone])

    def written(kind: str) -> str:
        stream = io.BytesIO()
        ledger.write(project, stream, kind=kind)
        return stream.getvalue().decode()

    cells = list(csv.DictReader(io.StringIO(written("cells"))))
    assert len(cells) == 12
    assert {row["annotator"] for row in cells} == {people[n].pseudonym for n in ("ada", "dov")}
    assert sum(row["is_check"] == "yes" for row in cells) == 4
    rows = list(csv.DictReader(io.StringIO(written("claims"))))
    assert ("Gone.", "no", "") in [(row["statement"], row["active"], row["quote"]) for row in rows]
    assert [row["made_from"] for row in rows if row["statement"] == "=It rained."] == [str(gone.pk)]
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    assert [line["type"] for line in lines].count("claim") == 4
    assert [line["type"] for line in lines].count("cell") == 13
    assert [line["evidence"][0]["quote"] for line in lines if line.get("evidence")] == [
        "Guards fired."
    ] * 3


def test_the_first_answer_to_a_check_counts(claims: Any, project: Project, sheets: Any) -> None:
    corrected = JudgedCell.objects.get(
        assignment=sheets["Globe", "dov"], claim=claims["=It rained."]
    )
    JudgedCell.objects.filter(pk=corrected.pk).update(answer="reported", kind="", anchor_start=None,
                                                     anchor_end=None)  # fmt: skip
    assert [(one.name, one.asked, one.wrong) for one in ledger.checks(project)] == [
        ("Ada", 2, 1), ("Dov", 2, 1),
    ]  # fmt: skip


def test_what_was_taken_back_or_withdrawn_counts_nowhere(
    claims: Any, project: Project, sheets: Any
) -> None:
    JudgedCell.objects.filter(assignment=sheets["Globe", "ada"]).update(
        answer="", kind="", anchor_start=None, anchor_end=None
    )
    Assignment.objects.filter(pk=sheets["Globe", "dov"].pk).update(withdrawn_at=NOW)
    assert {a.cell.annotator for a in ledger.data(project, named=True).answers} == {"Ada", "Dov"}
    assert len(ledger.data(project).answers) == 6
    assert [one.asked for one in ledger.checks(project)] == [1, 1]


def test_the_page_shows_all_by_event_by_claim_and_care(
    claims: Any, project: Project, signed_in: Any
) -> None:
    address = reverse("agreement-ledger", args=[project.slug])
    event = claims["Guards fired."].event_id
    rhea = signed_in("rhea")
    html = rhea.get(address).content.decode()
    assert "12 answers" in html
    assert f"?event={event}#claims" in html
    assert "50 %" in html
    assert "Guards fired." not in html
    html = rhea.get(f"{address}?event={event}").content.decode()
    assert "Clinics &lt;close&gt;." in html
    for value in ("\x00", "9" * 40, "²", "<script>", "-1"):
        answered = rhea.get(address, {"event": value})
        assert answered.status_code == 200
        assert b"<script>" not in answered.content


def test_a_project_without_answers_says_so(project: Project, signed_in: Any) -> None:
    html = signed_in("rhea").get(reverse("agreement-ledger", args=[project.slug])).content.decode()
    assert "Nobody has answered a claim yet" in html
    assert "No check has been answered yet" in html
    for kind in ledger.WRITERS:
        address = reverse("download-ledger", args=[project.slug, kind])
        assert signed_in("rhea").get(address).status_code == 200
    address = reverse("download-ledger", args=[project.slug, "xml"])
    assert signed_in("rhea").get(address).status_code == 404


def test_kept_numbers_hold_the_ledger_and_never_change(
    claims: Any, project: Project, signed_in: Any
) -> None:
    rhea = signed_in("rhea")
    rhea.post(reverse("agreement-freeze", args=[project.slug]))
    run = project.agreement_runs.get()
    found = measured(project)
    assert run.ledger["cells"] == 12
    kept = {row["title"]: row["report"] for row in run.ledger["reports"]}
    assert set(kept) == set(found)
    for title, report in found.items():
        assert (kept[title]["value"], kept[title]["n_units"]) == (report.value, report.n_units)
    names = {row["name"] for row in run.ledger["checks"]}
    assert names == {sheet.annotator.pseudonym for sheet in Assignment.objects.all()}
    assert {row["rate"] for row in run.ledger["checks"]} == {0.5}
    stream = io.BytesIO()
    ledger.write(project, stream, kind="jsonl")
    assert run.ledger_sha256 == hashlib.sha256(stream.getvalue()).hexdigest()

    JudgedCell.objects.filter(claim=claims["Guards fired."]).update(answer="reported", kind="",
                                                                    anchor_start=None,
                                                                    anchor_end=None)  # fmt: skip
    html = rhea.get(run.get_absolute_url()).content.decode()
    assert f"12 answers to claims. Ledger {run.ledger_sha256[:12]}" in html
    assert "Kinds, AC1" in html
    with pytest.raises(DatabaseError, match="kept numbers never change"), transaction.atomic():
        project.agreement_runs.update(ledger={})
    run.refresh_from_db()
    assert run.ledger["cells"] == 12


def test_kept_numbers_without_a_ledger_say_nothing_of_it(project: Project, signed_in: Any) -> None:
    rhea = signed_in("rhea")
    rhea.post(reverse("agreement-freeze", args=[project.slug]))
    run = project.agreement_runs.get()
    assert run.ledger == {"cells": 0, "reports": [], "by_event": [], "checks": []}
    assert "answers to claims" not in rhea.get(run.get_absolute_url()).content.decode()

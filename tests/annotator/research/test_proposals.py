"""What was proposed and what became of it, in the dataset and in a file of its own."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.accounts.models import User
from annotator.corpus.models import Project
from annotator.labeling.models import (
    Annotation,
    Assignment,
    Completion,
)
from annotator.research import datasets
from annotator.research.proposals import proposals
from framing.formats import catalog
from framing.formats.suggestions import Proposal, read_jsonl
from tests.annotator.research.marking import NOW, TEXT, decide, mark

pytestmark = pytest.mark.django_db

Arm = Assignment.Arm


def answers(project: Project) -> dict[str, dict[str, str]]:
    """Return decisions by quote and person's name."""
    names = dict(User.objects.values_list("pseudonym", "username"))
    return {
        one.made.parts[0].quote: {names[a.annotator]: a.decision.value for a in one.answers}
        for one in proposals(project)
    }


def test_a_label_says_from_which_suggestion_it_came(
    project: Project, suggest: Any, make_article: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    ada = sheet(article, "ada")
    Completion.objects.create(assignment=ada, device="loaded_terms", at=NOW)
    decide(ada, suggest(article, "Agitators"), "accepted")
    decide(ada, suggest(article, "mere"), "edited")
    mark(ada, "dam")
    stream = io.BytesIO()
    datasets.write(project, stream)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    labels = {x["parts"][0]["quote"]: x for x in lines if x["type"] == "annotation"}
    assert labels["Agitators"]["decision"] == "accepted"
    assert labels["mere"]["decision"] == "edited"
    keys = ("detector", "version", "rule", "score", "reason")
    origin = {key: labels["mere"][key] for key in keys}
    assert origin == {
        "detector": "loaded_terms", "version": "1.0", "rule": "loaded_terms.epithet.table",
        "score": 0.8, "reason": "'mere' is a verdict",
    }  # fmt: skip
    assert not {"decision", "detector", "score"} & labels["dam"].keys()
    stream.seek(0)
    back = [row.item for row in catalog.read(stream, name="dam.jsonl") if row.item]
    again = io.BytesIO()
    writer = next(f for f in catalog.FORMATS if f.id == "annotations-jsonl").write
    assert writer is not None
    writer(back, again)
    assert again.getvalue() == stream.getvalue()


def test_every_verdict_goes_out(
    project: Project, suggest: Any, make_article: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    ada, dov = sheet(article, "ada"), sheet(article, "dov", state="submitted", submitted_at=NOW)
    found = {quote: suggest(article, quote) for quote in ("Agitators", "mere", "fled", "dam")}
    decide(ada, found["Agitators"], "accepted")
    decide(ada, found["mere"], "rejected")
    gone = decide(ada, found["fled"], "edited")
    assert gone is not None
    Annotation.objects.filter(pk=gone.pk).update(deleted_at=NOW)
    decide(dov, found["Agitators"], "edited")
    assert answers(project) == {
        "Agitators": {"ada": "accepted", "dov": "edited"},
        "mere": {"ada": "rejected", "dov": "ignored"},
        "fled": {"ada": "deleted", "dov": "ignored"},
        "dam": {"ada": "open", "dov": "ignored"},
    }


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({}, "open"),
        ({"state": "submitted", "submitted_at": NOW + timedelta(hours=1)}, "ignored"),
        ({"state": "submitted", "submitted_at": NOW - timedelta(hours=1)}, None),
        ({"state": "queued"}, None),
        ({"arm": Arm.HIDDEN}, None),
        ({"arm": Arm.AFTER}, None),
        ({"arm": Arm.AFTER, "state": "submitted", "submitted_at": NOW}, "ignored"),
        ({"withdrawn_at": NOW}, None),
    ],
)
def test_only_who_was_shown_a_suggestion_has_an_answer(
    project: Project, suggest: Any, make_article: Any, sheet: Any,
    fields: dict[str, Any], answer: str | None,
) -> None:  # fmt: skip
    article = make_article(TEXT)
    suggest(article, "Agitators")
    sheet(article, "ada", **fields)
    assert answers(project) == {"Agitators": {"ada": answer} if answer else {}}


def test_an_older_version_keeps_its_decisions_and_asks_nobody(
    project: Project, suggest: Any, make_article: Any, sheet: Any
) -> None:
    article = make_article(TEXT)
    ada = sheet(article, "ada")
    decide(ada, suggest(article, "Agitators"), "rejected")
    suggest(article, "dam")
    suggest(article, "mere", version="1.1")
    found = answers(project)
    assert found == {"Agitators": {"ada": "rejected"}, "dam": {}, "mere": {"ada": "open"}}


def test_both_files_tell_the_same_and_name_nobody(
    project: Project, suggest: Any, make_article: Any, sheet: Any, signed_in: Any, people: Any
) -> None:
    article = make_article(TEXT)
    decide(sheet(article, "ada"), suggest(article, "Agitators"), "accepted")
    suggest(make_article("Nobody reads this mob."), "mob")

    def fetched(kind: str) -> bytes:
        answer = signed_in("rhea").get(reverse("download-suggestions", args=["dam", kind]))
        assert f"suggestions.{kind}" in answer["Content-Disposition"]
        return b"".join(answer.streaming_content)

    lines = list(read_jsonl(io.BytesIO(fetched("jsonl")), name="s"))
    assert all(isinstance(line, Proposal) for line in lines)
    assert lines == list(proposals(project))
    rows = list(csv.DictReader(io.StringIO(fetched("csv").decode(), newline="")))
    assert [(r["document"], r["annotator"], r["decision"]) for r in rows] == [
        (article.external_id, people["ada"].pseudonym, "accepted"), (rows[1]["document"], "", ""),
    ]  # fmt: skip
    assert b"ada" not in fetched("csv")
    page = signed_in("rhea").get(reverse("export", args=["dam"])).content.decode()
    assert reverse("download-suggestions", args=["dam", "csv"]) in page
    assert signed_in("rhea").get("/projects/dam/export/suggestions/xml/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    project: Project, suggest: Any, make_article: Any, sheet: Any
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            list(proposals(project))
        return len(seen)

    def fill(number: int) -> None:
        article = make_article(f"{TEXT} {number}")
        decide(sheet(article, "ada"), suggest(article, "Agitators"), "accepted")

    fill(0)
    before = queries()
    for number in range(1, 4):
        fill(number)
    assert queries() == before

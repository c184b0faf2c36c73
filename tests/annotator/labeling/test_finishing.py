"""Submitting asks what is open, freezes the sheet, and can be taken back where allowed."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def submit(workbench: Any, revision: int) -> Any:
    return workbench.client.post(
        workbench.url + "submit/", {"revision": revision}, content_type="application/json"
    )


def complete_all(workbench: Any) -> int:
    devices = workbench.get().json()["completion"]
    answer = workbench.send(*({"kind": "complete", "device": device} for device in devices))
    return int(answer.json()["revision"])


def test_submitting_lists_every_open_point_with_what_it_is_about(
    workbench: Any, suggest: Any
) -> None:
    suggestion = suggest(workbench.assignment.article, "mere")
    triple = {
        **workbench.mark("say"),
        "device": "attribution",
        "label": "at.attribution",
        "parts": [workbench.part("cue", "say")],
    }
    workbench.send({"kind": "create", "annotation": triple})
    problems = submit(workbench, 1).json()["problems"]
    assert {p.get("device") for p in problems} >= {"loaded_terms", "attribution", "omission"}
    assert {p.get("suggestion") for p in problems} >= {suggestion.pk}
    assert triple["id"] in {p.get("annotation") for p in problems}
    assert all(p["message"] and p["remedy"] for p in problems)


def test_a_submitted_sheet_is_closed_until_it_is_reopened(workbench: Any) -> None:
    answer = submit(workbench, complete_all(workbench))
    assert answer.status_code == 200
    assert answer.json()["state"] == "submitted"
    mark = {"kind": "create", "annotation": workbench.mark("mere")}
    assert workbench.send(mark).status_code == 409
    workbench.client.post(workbench.url + "reopen/")
    assert workbench.send(mark).status_code == 200


def test_a_project_can_keep_submitted_articles_closed(workbench: Any) -> None:
    submit(workbench, complete_all(workbench))
    project = workbench.assignment.article.project
    project.may_reopen = False
    project.save()
    assert workbench.client.post(workbench.url + "reopen/").status_code == 403


def test_submitting_names_the_next_article(workbench: Any, make_article: Any, assign: Any) -> None:
    following = assign(make_article("Ferry strike goes on.\n"))
    assert submit(workbench, complete_all(workbench)).json()["next"] == following.pk


def test_a_submission_freezes_a_fingerprint_that_follows_the_labels(workbench: Any) -> None:
    submit(workbench, complete_all(workbench))
    workbench.assignment.refresh_from_db()
    empty = workbench.assignment.snapshot
    workbench.client.post(workbench.url + "reopen/")
    answer = workbench.send({"kind": "create", "annotation": workbench.mark("mere")})
    submit(workbench, answer.json()["revision"])
    workbench.assignment.refresh_from_db()
    assert len(empty) == 64
    assert workbench.assignment.snapshot != empty


def test_the_last_revision_counts_every_operation(workbench: Any) -> None:
    submit(workbench, complete_all(workbench))
    workbench.client.post(workbench.url + "reopen/")
    workbench.assignment.refresh_from_db()
    assert workbench.assignment.revision == workbench.assignment.operations.count()

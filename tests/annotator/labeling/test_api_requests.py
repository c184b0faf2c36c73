"""Requests that no page sends get an answer that says what is wrong, never a 500."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "text_sha256"),
        (b"{", "JSON"),
        (b"[" * 100_000, "nested"),
        (b"\xff\xfe", "JSON"),
        (b'{"tab": NaN}', "NaN"),
        (b'{"tab": "\\u0000"}', "NUL"),
        (b'{"tab": "\\ud800"}', "surrogate"),
        (b"[]", "dictionary"),
        (b"{}", "text_sha256"),
        (b'{"text_sha256": "x", "operations": []}', "operations"),
        (b'{"text_sha256": "x", "operations": 7}', "operations"),
        (b'{"text_sha256": "x", "operations": [7]}', "operations"),
        (b'{"text_sha256": "x", "operations": [{"kind": "submit"}]}', "kind"),
        (b'{"text_sha256": "x", "operations": [{}], "colour": 1}', "colour"),
    ],
)
def test_a_broken_body_is_refused_with_its_place(workbench: Any, body: bytes, said: str) -> None:
    answer = workbench.client.post(
        workbench.url + "operations/",
        body,
        content_type="application/json",
        headers={"If-Match": '"0"'},
    )
    assert answer.status_code == 400
    assert said in answer.content.decode()


@pytest.mark.parametrize("start", [-1, 2**31, 2**63, 1.5, "x", None, True])
def test_an_offset_that_is_no_count_is_refused(workbench: Any, start: Any) -> None:
    mark = workbench.mark("mere")
    mark["parts"][0]["start"] = start
    answer = workbench.send({"kind": "create", "annotation": mark})
    assert answer.status_code == 400
    assert "start" in answer.json()["detail"] or answer.json()["problems"]


@pytest.mark.parametrize("suggestion", [-1, 2**63, 2**62, 0])
def test_a_suggestion_that_is_not_there_is_refused(workbench: Any, suggestion: int) -> None:
    answer = workbench.send({"kind": "reject", "suggestion": suggestion})
    assert answer.status_code == 400


@pytest.mark.parametrize("header", [None, '"x"', '"-1"', "W/", '"99999999999999999999"'])
def test_saving_names_the_revision_it_builds_on(workbench: Any, header: str | None) -> None:
    body = {
        "text_sha256": workbench.assignment.article.sha256,
        "operations": [
            {"id": str(uuid4()), "kind": "create", "annotation": workbench.mark("mere")}
        ],
    }
    answer = workbench.client.post(
        workbench.url + "operations/",
        body,
        content_type="application/json",
        headers={"If-Match": header} if header else {},
    )
    assert answer.status_code == (400 if header else 428)


def test_a_batch_has_a_size(workbench: Any) -> None:
    operations = [{"kind": "complete", "device": "omission"}] * 201
    assert workbench.send(*operations).status_code == 413


def test_another_text_is_not_written_on(workbench: Any) -> None:
    mark = {"kind": "create", "annotation": workbench.mark("mere")}
    answer = workbench.send(mark, text_sha256="0" * 64)
    assert answer.status_code == 400
    assert "Reload" in answer.json()["problems"][0]["remedy"]


@pytest.mark.parametrize("after", ["x", "-1", "1e3", "9" * 30])
def test_history_wants_a_whole_number(workbench: Any, after: str) -> None:
    assert workbench.get(f"operations/?after={after}").status_code == 400


@pytest.mark.parametrize("pk", [0, 2**63, 10**30])
def test_a_number_that_names_no_sheet_is_not_found(workbench: Any, pk: int) -> None:
    assert workbench.client.get(f"/api/v1/assignments/{pk}/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Any, sheet: Any) -> None:
    answer = client.get(f"/api/v1/assignments/{sheet.pk}/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Session")
    assert "Sign in" in answer.json()["detail"]
    saved = client.post(f"/api/v1/assignments/{sheet.pk}/operations/", {}, "application/json")
    assert saved.status_code == 401
    assert client.get(f"/work/{sheet.pk}/").status_code == 302


def test_a_save_without_the_csrf_token_is_refused(sheet: Any, ada: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    answer = browser.post(f"/api/v1/assignments/{sheet.pk}/reopen/")
    assert answer.status_code == 403


def test_reading_writes_nothing(workbench: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        workbench.get()
        workbench.get("suggestions/")
        workbench.get("operations/")
    written = [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert written == []

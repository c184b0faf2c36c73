"""What is marked is kept, with its history, or refused with a reason."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from annotator.labeling.models import Annotation, Decision, Operation

pytestmark = pytest.mark.django_db


def create(annotation: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "create", "annotation": annotation}


def test_a_mark_is_there_after_a_reload_with_its_code_points(workbench: Any) -> None:
    mark = workbench.mark("storm", label="lt.charged_verb", note=" why? ")
    answer = workbench.send(create(mark))
    assert answer.status_code == 200, answer.content
    assert answer.json()["revision"] == 1
    [kept] = workbench.get().json()["annotations"]
    assert kept["parts"] == mark["parts"]
    assert kept["parts"][0]["start"] == 12  # the flame before it is one code point
    assert kept["note"] == " why? "


def test_every_change_has_one_history_row_with_before_and_after(workbench: Any) -> None:
    mark = workbench.mark("mere", label="lt.scale")
    workbench.send(create(mark))
    workbench.send({"kind": "update", "annotation": {**mark, "attributes": {"voice": "source"}}})
    workbench.send({"kind": "delete", "annotation_id": mark["id"]})
    rows = list(Operation.objects.order_by("revision"))
    assert [row.kind for row in rows] == ["create", "update", "delete"]
    assert [row.revision for row in rows] == [1, 2, 3]
    assert rows[0].before is None
    assert rows[1].before["attributes"] == {}
    assert rows[1].after["attributes"] == {"voice": "source"}
    assert rows[2].after is None
    assert workbench.get().json()["annotations"] == []


def test_creating_a_deleted_annotation_brings_it_back(workbench: Any) -> None:
    mark = workbench.mark("mere", label="lt.scale")
    workbench.send(create(mark), {"kind": "delete", "annotation_id": mark["id"]})
    assert workbench.send(create(mark)).status_code == 200
    assert [kept["id"] for kept in workbench.get().json()["annotations"]] == [mark["id"]]


def test_a_batch_sent_twice_is_applied_once(workbench: Any) -> None:
    operation = {"id": str(uuid4()), **create(workbench.mark("mere"))}
    first = workbench.send(operation, revision=0)
    again = workbench.send(operation, revision=0)
    assert again.status_code == 200
    assert again.json() == first.json()
    assert Operation.objects.count() == Annotation.objects.count() == 1


def test_a_batch_is_applied_whole_or_not_at_all(workbench: Any) -> None:
    broken = workbench.mark("storm")
    broken["parts"][0]["quote"] = "storn"
    answer = workbench.send(create(workbench.mark("mere")), create(broken))
    assert answer.status_code == 400
    assert Annotation.objects.count() == Operation.objects.count() == 0


def test_a_page_that_is_behind_gets_what_it_missed(workbench: Any) -> None:
    workbench.send(create(workbench.mark("mere")))
    answer = workbench.send(create(workbench.mark("storm")), revision=0)
    assert answer.status_code == 412
    [missed] = answer.json()["operations"]
    assert (missed["kind"], missed["revision"]) == ("create", 1)
    assert missed["after"]["parts"][0]["quote"] == "mere"


def test_overlapping_and_identical_spans_are_normal(workbench: Any) -> None:
    marks = [
        workbench.mark("mere dozen"),
        workbench.mark("mere", label="lt.scale"),
        workbench.mark("mere", label="lt.evaluative"),
    ]
    assert workbench.send(*map(create, marks)).status_code == 200
    assert len(workbench.get().json()["annotations"]) == 3


def test_an_attribution_keeps_its_roles_in_order(workbench: Any) -> None:
    triple = {
        "id": str(uuid4()),
        "device": "attribution",
        "label": "at.attribution",
        "parts": [
            workbench.part("source", "Critics"),
            workbench.part("cue", "say"),
            workbench.part("content", "the firm ignored a mere dozen warnings"),
        ],
        "attributes": {"cue_stance": "neutral"},
    }
    assert workbench.send(create(triple)).status_code == 200
    [kept] = workbench.get().json()["annotations"]
    assert [part["role"] for part in kept["parts"]] == ["source", "cue", "content"]


def _bad(workbench: Any, **changes: Any) -> dict[str, Any]:
    mark = workbench.mark("mere")
    part = {**mark["parts"][0], **changes.pop("part", {})}
    return {**mark, "parts": [part], **changes}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label": "lt.unheard"}, "lt.unheard"),
        ({"device": "weather"}, "weather"),
        ({"part": {"quote": "meer"}}, "meer"),
        ({"part": {"end": 9999}}, "9999"),
        ({"part": {"start": 60, "end": 50}}, "60"),
        ({"part": {"role": "cue"}}, "cue"),
        ({"part": {"article": 424242}}, "424242"),
        ({"attributes": {"colour": "red"}}, "colour"),
        ({"attributes": {"voice": "whisper"}}, "whisper"),
        ({"parts": []}, "span"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_name(workbench: Any, changes: Any, said: str) -> None:
    answer = workbench.send(create(_bad(workbench, **changes)))
    assert answer.status_code == 400
    told = " ".join(
        f"{problem['place']} {problem['message']} {problem['remedy']}"
        for problem in answer.json()["problems"]
    )
    assert said in told
    assert Annotation.objects.count() == 0


def test_evidence_may_lie_in_a_sibling_and_nowhere_else(workbench: Any, make_article: Any) -> None:
    sibling = make_article("Company guards opened fire.", event="Brindle dam")
    stranger = make_article("Company guards opened fire again.", event="Another event")

    def omission(article: Any) -> dict[str, Any]:
        evidence = {
            "role": "evidence",
            "start": 0,
            "end": 14,
            "quote": "Company guards",
            "article": article.pk,
        }
        return {
            "id": str(uuid4()),
            "device": "omission",
            "label": "om.actor",
            "parts": [workbench.part("anchor", "storm"), evidence],
            "attributes": {"missing": "who fired"},
        }

    assert workbench.send(create(omission(sibling))).status_code == 200
    assert workbench.send(create(omission(stranger))).status_code == 400


def test_a_gap_between_two_characters_can_be_an_anchor(workbench: Any, make_article: Any) -> None:
    sibling = make_article("Company guards opened fire.", event="Brindle dam")
    end = workbench.assignment.article.length
    gap = {
        "role": "anchor",
        "start": end,
        "end": end,
        "quote": "",
        "article": workbench.assignment.article_id,
    }
    evidence = {
        "role": "evidence",
        "start": 0,
        "end": 14,
        "quote": "Company guards",
        "article": sibling.pk,
    }
    omission = {
        "id": str(uuid4()),
        "device": "omission",
        "label": "om.actor",
        "parts": [gap, evidence],
    }
    assert workbench.send(create(omission)).status_code == 200


def test_accepting_a_suggestion_makes_a_label_and_a_decision(workbench: Any, suggest: Any) -> None:
    suggestion = suggest(workbench.assignment.article, "mere")
    mark = workbench.mark("mere", label="lt.scale")
    workbench.send({"kind": "accept", "suggestion": suggestion.pk, "annotation": mark})
    decision = Decision.objects.get()
    assert decision.verdict == "accepted"
    assert str(decision.annotation_id) == mark["id"]
    [shown] = workbench.get().json()["suggestions"]
    assert shown["decision"] == {"verdict": "accepted", "annotation": mark["id"]}


def test_an_accepted_label_that_is_changed_counts_as_edited(workbench: Any, suggest: Any) -> None:
    suggestion = suggest(workbench.assignment.article, "mere")
    mark = workbench.mark("mere", label="lt.scale")
    workbench.send({"kind": "accept", "suggestion": suggestion.pk, "annotation": mark})
    workbench.send({"kind": "update", "annotation": {**mark, "label": "lt.evaluative"}})
    assert Decision.objects.get().verdict == "edited"
    assert workbench.get().json()["annotations"][0]["edited"] is True


def test_reopening_a_suggestion_takes_its_label_back_and_keeps_history(
    workbench: Any, suggest: Any
) -> None:
    suggestion = suggest(workbench.assignment.article, "mere")
    mark = workbench.mark("mere", label="lt.scale")
    workbench.send({"kind": "accept", "suggestion": suggestion.pk, "annotation": mark})
    workbench.send({"kind": "reopen", "suggestion": suggestion.pk})
    assert not Decision.objects.exists()
    assert workbench.get().json()["annotations"] == []
    assert (
        workbench.send(
            {"kind": "accept", "suggestion": suggestion.pk, "annotation": mark}
        ).status_code
        == 200
    )
    assert [row.kind for row in Operation.objects.order_by("revision")] == [
        "accept",
        "reopen",
        "accept",
    ]


def test_a_suggestion_is_decided_once(workbench: Any, suggest: Any) -> None:
    suggestion = suggest(workbench.assignment.article, "mere")
    workbench.send({"kind": "reject", "suggestion": suggestion.pk})
    answer = workbench.send({"kind": "reject", "suggestion": suggestion.pk})
    assert answer.status_code == 400
    assert "decided" in answer.json()["detail"]


@pytest.mark.parametrize("arm", ["hidden", "after"])
def test_an_arm_without_suggestions_shows_none_and_takes_no_decision(
    article: Any, assign: Any, suggest: Any, signed_in: Any, workbench: Any, arm: str
) -> None:
    workbench.assignment.arm = arm
    workbench.assignment.save()
    suggestion = suggest(article, "mere")
    assert workbench.get().json()["suggestions"] == []
    assert workbench.send({"kind": "reject", "suggestion": suggestion.pk}).status_code == 400


def test_the_arm_after_shows_suggestions_once_every_device_is_read(
    workbench: Any, suggest: Any
) -> None:
    workbench.assignment.arm = "after"
    workbench.assignment.save()
    suggest(workbench.assignment.article, "mere")
    devices = workbench.get().json()["completion"]
    workbench.send(*({"kind": "complete", "device": device} for device in devices))
    assert len(workbench.get().json()["suggestions"]) == 1


def test_nothing_here_can_be_said_and_taken_back(workbench: Any) -> None:
    workbench.send({"kind": "complete", "device": "omission"})
    assert workbench.get().json()["completion"]["omission"] == "done"
    workbench.send({"kind": "uncomplete", "device": "omission"})
    assert workbench.get().json()["completion"]["omission"] == "open"


def test_the_database_refuses_to_change_history_and_text(workbench: Any) -> None:
    workbench.send(create(workbench.mark("mere")))
    row, article = Operation.objects.get(), workbench.assignment.article
    with pytest.raises(DatabaseError), transaction.atomic():
        Operation.objects.filter(pk=row.pk).update(kind="delete")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        type(article).objects.filter(pk=article.pk).update(text="another")

"""Whatever is broken in the stored data is found and named."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotator.corpus.models import Article, Project
from annotator.labeling.invariants import breaches
from annotator.labeling.models import (
    Annotation,
    AnnotationPart,
    Assignment,
    Suggestion,
    SuggestionRun,
)
from framing.offsets import fingerprint


@pytest.fixture
def marked(workbench: Any) -> Annotation:
    """A sheet on which one term is marked and another one was deleted."""
    kept, gone = workbench.mark("Agitators"), workbench.mark("mere")
    workbench.send({"kind": "create", "annotation": kept}, {"kind": "create", "annotation": gone})
    workbench.send({"kind": "delete", "annotation_id": gone["id"]})
    return Annotation.objects.get(pk=kept["id"])


def test_what_people_did_through_the_page_breaks_nothing(marked: Annotation) -> None:
    assert list(breaches()) == []
    call_command("verify")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda: AnnotationPart.objects.update(start=1), "misses its quote"),
        (lambda: AnnotationPart.objects.update(end=9999), "misses its quote"),
        (lambda: Assignment.objects.update(revision=9), "revision 9, but 3 operations up to 3"),
        (lambda: Annotation.objects.update(label="lt.scale"), "not what operation"),
        (lambda: Annotation.objects.update(deleted_at=None), "not what operation"),
    ],
)
def test_damage_is_found_and_named(marked: Annotation, damage: Any, words: str) -> None:
    damage()
    assert any(words in sentence for sentence in breaches())
    with pytest.raises(CommandError, match="breaches"):
        call_command("verify")


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"sha256": "0" * 64}, "fingerprint"), ({"length": 3}, "length is 3, not 5")],
)
def test_a_text_that_is_not_what_was_imported_is_found(
    project: Project, fields: dict[str, Any], words: str
) -> None:
    """Made wrong from the start: the database lets nobody change a text."""
    right = {"sha256": fingerprint("A dam"), "length": 5, "words": 2}
    Article.objects.create(project=project, external_id="1", text="A dam", **{**right, **fields})
    assert [words in sentence for sentence in breaches()] == [True]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"parts": [{"role": "span", "start": 1, "end": 2, "quote": "X"}]}, "misses its quote"),
        ({"judged_end": 99_999}, "behind the text"),
    ],
)
def test_suggestions_are_checked_too(article: Article, fields: Any, words: str) -> None:
    run = SuggestionRun.objects.create(
        article=article, detector="first", version="1", config_hash="0", model="m", state="done"
    )
    part = {"role": "span", "start": 0, "end": 9, "quote": "Agitators"}
    content = {"parts": [part], "judged_end": 9, **fields}
    content["parts"] = [{**part, "article": article.pk} for part in content["parts"]]
    Suggestion.objects.create(
        run=run, article=article, position=0, device="loaded_terms", label="lt.epithet", score=0.5,
        rule="r", reason="because", judged_start=0, **content,
    )  # fmt: skip
    found = list(breaches())
    assert [words in sentence for sentence in found] == [True] * bool(words)

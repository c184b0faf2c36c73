"""The demo project: two events in three outlets, two annotators who have begun.

Everything goes through the services that people use, so that the demo has a history too.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from annotator.accounts.models import User
from annotator.corpus.importing import do_receive, run_batch
from annotator.corpus.models import Article, Membership, Project
from annotator.corpus.projects import do_add_member, do_create_project
from annotator.demo.reading import DEVICES, Demo, load
from annotator.labeling.applying import Requested
from annotator.labeling.assigning import do_assign, plan
from annotator.labeling.ledger.demo import do_answer_demo
from annotator.labeling.models import Assignment, Operation
from annotator.labeling.operations import do_apply, do_submit
from framing.annotations import Annotation, State
from framing.formats import catalog
from framing.problems import Problem

NAME = "Dam and ferry"
ANNOTATORS = ("ada", "dov")
_NAMESPACE = uuid.UUID("0f5b7f1c-3d0e-4a53-9a53-2a6f3c1b7d20")


def do_load_demo(*, people: Mapping[str, User], now: datetime) -> Project | None:
    """Create the demo project, None if there is one already.

    ``people`` are ``admin``, ``rhea``, ``ada`` and ``dov``. Raises Refusal when the demo's labels
    break a rule of its own codebook.
    """
    if Project.objects.filter(name=NAME).exists():
        return None
    demo = load()
    project = do_create_project(user=people["admin"], name=NAME, description=_DESCRIPTION)
    do_add_member(
        project=project,
        user=people["rhea"],
        role=Membership.Role.RESEARCHER,
        by=people["admin"],
    )
    annotators = [people[name] for name in ANNOTATORS]
    for person in annotators:
        do_add_member(
            project=project, user=person, role=Membership.Role.ANNOTATOR, by=people["admin"]
        )
    _import(project, demo, by=people["rhea"])
    articles = project.articles.select_related("event").order_by("pk")
    pairs = plan(project=project, annotators=annotators, articles=articles)
    do_assign(project=project, pairs=pairs, actor=people["rhea"])
    for person in annotators:
        _annotate(project, demo, person, now=now)
    do_answer_demo(project=project, demo=demo, people=people, now=now)
    return project


_DESCRIPTION = (
    "Two invented events, each in three invented outlets, to try everything on. Ada and Dov have "
    "read a part of it; the rest waits in their queues."
)


def _import(project: Project, demo: Demo, *, by: User) -> None:
    writer = catalog.get("documents-jsonl")
    if isinstance(writer, Problem) or writer.write is None:
        raise LookupError("the catalog has lost documents-jsonl")
    stream = io.BytesIO()
    writer.write(demo.documents, stream)
    stream.seek(0)
    batch = do_receive(project=project, user=by, name="demo.jsonl", stream=stream)
    run_batch(batch.pk)


def _annotate(project: Project, demo: Demo, person: User, *, now: datetime) -> None:
    articles = {article.external_id: article for article in project.articles.all()}
    for document, article in articles.items():
        operations = list(_operations(demo, person.username, document, articles))
        if not operations:
            continue
        sheet = Assignment.objects.get(article=article, annotator=person)
        do_apply(
            assignment=sheet,
            actor=person,
            revision=sheet.revision,
            text_sha256=article.sha256,
            requested=operations,
            tab="demo",
            now=now,
        )
        sheet.refresh_from_db()
        if sheet.completions.count() == len(DEVICES):
            do_submit(assignment=sheet, actor=person, revision=sheet.revision, now=now)


def _operations(
    demo: Demo, annotator: str, document: str, articles: Mapping[str, Article]
) -> Iterator[Requested]:
    for row in demo.annotations:
        if (row.annotator, row.document) == (annotator, document):
            content = _content(row, articles)
            yield Requested(
                id=uuid.uuid5(_NAMESPACE, f"create {row.id}"),
                kind=Operation.Kind.CREATE,
                annotation=content,
            )
    for reading in demo.readings:
        if (reading.annotator, reading.document, reading.state) == (
            annotator,
            document,
            State.DONE,
        ):
            yield Requested(
                id=uuid.uuid5(_NAMESPACE, f"read {annotator} {document} {reading.device}"),
                kind=Operation.Kind.COMPLETE,
                device=reading.device,
            )


def _content(row: Annotation, articles: Mapping[str, Article]) -> dict[str, Any]:
    return {
        "id": row.id,
        "device": row.device,
        "label": row.label,
        "parts": [
            {
                "role": part.role,
                "start": part.span.start,
                "end": part.span.end,
                "quote": part.quote,
                "article": articles[part.document or row.document].pk,
            }
            for part in row.parts
        ],
        "attributes": dict(row.attributes),
        "note": row.note,
        "confidence": row.confidence,
        "flag": row.flag,
        "suggestion": None,
        "edited": False,
    }

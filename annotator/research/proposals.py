"""Everything that was proposed in a project, with what became of it on each sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO

from django.db.models import Prefetch, Q

from annotator.corpus.models import Project
from annotator.labeling import records
from annotator.labeling.models import Assignment, Decision, Suggestion, SuggestionRun
from annotator.labeling.reasons import names_in, readable
from annotator.labeling.suggesting import newest
from framing.annotations import Annotation as Record
from framing.formats.suggestions import Answer, Proposal, Verdict, write_csv, write_jsonl

WRITERS = {"jsonl": write_jsonl, "csv": write_csv}
ARTICLES = 100
"""Articles in memory at once."""

_SHOWING = (Assignment.Arm.SHOWN, Assignment.Arm.AFTER)


def write(project: Project, stream: BinaryIO, *, kind: str) -> None:
    """Write the project's suggestions as ``jsonl`` or ``csv``, annotators under pseudonyms."""
    WRITERS[kind](proposals(project), stream)


def proposals(project: Project) -> Iterator[Proposal]:
    """Yield the suggestions of every version by article and place; they need no decision.

    Whoever decided has an answer. Whoever was shown a suggestion and did not decide has one too:
    the newest version is shown, from when it was made, in the arms that show suggestions.
    """
    names = dict(project.articles.order_by("pk").values_list("pk", "external_id"))
    articles = list(names)
    for first in range(0, len(articles), ARTICLES):
        yield from _block(articles[first : first + ARTICLES], names)


def _block(articles: list[int], names: Mapping[int, str]) -> Iterator[Proposal]:
    decisions = Decision.objects.select_related("assignment__annotator", "annotation")
    rows = list(
        Suggestion.objects.filter(article__in=articles)
        .select_related("run")
        .prefetch_related(Prefetch("decisions", queryset=decisions))
        .order_by("article", "run", "position")
    )
    outlets = names_in(row.reason for row in rows)
    runs = newest(SuggestionRun.objects.filter(article__in=articles))
    current = set(runs.values_list("pk", flat=True))
    sheets = _sheets(articles)
    for article, group in groupby(rows, key=lambda row: row.article_id):
        for row in group:
            asked = sheets[article] if row.run_id in current else []
            yield Proposal(_made(row, names, outlets), _answers(row, asked))


def _sheets(articles: list[int]) -> dict[int, list[Assignment]]:
    """Return the sheets on which suggestions were shown, by article.

    In the later arm they show once all is read: such a sheet counts when it is submitted.
    """
    begun = Q(state__in=[Assignment.State.OPEN, Assignment.State.SUBMITTED])
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(begun, article__in=articles, arm__in=_SHOWING)
    for sheet in rows.filter(withdrawn_at=None).select_related("annotator"):
        if sheet.arm == Assignment.Arm.SHOWN or sheet.state == Assignment.State.SUBMITTED:
            found[sheet.article_id].append(sheet)
    return found


def _made(row: Suggestion, names: Mapping[int, str], outlets: Mapping[str, str]) -> Record:
    content = {
        "id": row.pk, "device": row.device, "label": row.label, "parts": row.parts,
        "attributes": row.attributes, "note": "", "confidence": "", "flag": "",
    }  # fmt: skip
    plain = records.as_record(
        content,
        article=row.article_id,
        document=names[row.article_id],
        annotator=row.run.detector,
        names=names,
    )
    return replace(
        plain,
        score=row.score,
        reason=readable(row.reason, names=outlets),
        detector=row.run.detector,
        version=row.run.version,
        rule=row.rule,
    )


def _answers(row: Suggestion, asked: list[Assignment]) -> tuple[Answer, ...]:
    """Return the answers in the order of pseudonyms."""
    found = {one.assignment.annotator.pseudonym: _answer(one) for one in row.decisions.all()}
    for sheet in asked:
        name, submitted = sheet.annotator.pseudonym, sheet.submitted_at
        done = sheet.state == Assignment.State.SUBMITTED
        made = row.run.finished_at
        if name not in found and not (done and submitted and made and made > submitted):
            found[name] = Answer(name, Verdict.IGNORED if done else Verdict.OPEN)
    return tuple(found[name] for name in sorted(found))


def _answer(decision: Decision) -> Answer:
    name, label = decision.assignment.annotator.pseudonym, decision.annotation
    if label is None:
        return Answer(name, Verdict.REJECTED)
    if label.deleted_at:
        return Answer(name, Verdict.DELETED)
    return Answer(name, Verdict(decision.verdict), str(label.pk))

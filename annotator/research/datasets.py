"""A project's labels as records and files, one event at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO

from django.db.models import Prefetch

from annotator.corpus.models import Article, Project
from annotator.labeling import records
from annotator.labeling.models import Annotation, Assignment, Decision
from annotator.labeling.reasons import names_in, readable
from framing.annotations import Annotation as Record
from framing.annotations import Reading
from framing.documents import Document
from framing.formats import catalog
from framing.formats.report import ConversionReport
from framing.problems import Problem

Item = Document | Record | Reading


def write(
    project: Project, stream: BinaryIO, *, format_id: str = "annotations-jsonl"
) -> ConversionReport:
    """Write what the project's annotators have finished; memory holds one event at a time.

    Annotators appear under their pseudonyms. The report names every label that could not go out
    because its quote is not in its article. Raises ValueError for an unknown format.
    """
    chosen = catalog.get(format_id)
    if isinstance(chosen, Problem) or chosen.write_blocks is None:
        raise ValueError(f"there is no format {format_id!r} to write")
    return chosen.write_blocks(blocks(project), stream)


def blocks(project: Project, *, named: bool = False) -> Iterator[list[Item]]:
    """Yield the records of each event, articles without an event one by one.

    Labels count when their annotator has read the article for that device to the end: half an
    article would look like disagreement. ``named`` shows people's names, not pseudonyms.
    """
    articles = project.articles.select_related("event", "outlet").order_by("event", "pk")
    for _, group in groupby(articles.iterator(chunk_size=200), key=_block):
        block = list(group)
        yield [_document(article) for article in block] + _labels(block, named=named)


def _block(article: Article) -> tuple[str, int]:
    return ("event", article.event_id) if article.event_id else ("article", article.pk)


def _document(article: Article) -> Document:
    return Document(
        id=article.external_id,
        text=article.text,
        title=article.title,
        outlet=article.outlet.name if article.outlet else "",
        event=article.event.name if article.event else "",
        published=article.published,
        url=article.url,
        language=article.language,
    )


def _labels(block: list[Article], *, named: bool) -> list[Item]:
    names = {article.pk: article.external_id for article in block}
    standing = Annotation.objects.filter(deleted_at=None).select_related("suggestion__run")
    labels = Prefetch("annotations", queryset=standing.prefetch_related("parts"))
    sheets = (
        Assignment.objects.filter(article__in=block)
        .select_related("annotator")
        .prefetch_related("completions", labels)
        .order_by("article", "annotator")
    )
    outlets = names_in(_reasons(sheets))
    items: list[Item] = []
    for sheet in sheets:
        annotator = sheet.annotator.name if named else sheet.annotator.pseudonym
        done = {completion.device for completion in sheet.completions.all()}
        items += _annotations(sheet, done, names, outlets, annotator=annotator)
        items += [Reading(names[sheet.article_id], annotator, device) for device in sorted(done)]
    return items


def _annotations(
    sheet: Assignment,
    done: set[str],
    names: dict[int, str],
    outlets: Mapping[str, str],
    *,
    annotator: str,
) -> list[Record]:
    found = []
    for row in sheet.annotations.all():
        if row.device in done:
            record = records.as_record(
                records.as_json(row, row.parts.all()),
                article=sheet.article_id,
                document=names[sheet.article_id],
                annotator=annotator,
                names=names,
            )
            found.append(_with_origin(record, row, outlets))
    return found


def _with_origin(record: Record, row: Annotation, outlets: Mapping[str, str]) -> Record:
    """Say from which suggestion a label was made, if from one."""
    suggestion = row.suggestion
    if suggestion is None:
        return record
    verdict = Decision.Verdict.EDITED if row.edited else Decision.Verdict.ACCEPTED
    return replace(
        record,
        score=suggestion.score,
        reason=readable(suggestion.reason, names=outlets),
        detector=suggestion.run.detector,
        version=suggestion.run.version,
        rule=suggestion.rule,
        decision=verdict.value,
    )


def _reasons(sheets: Iterable[Assignment]) -> Iterator[str]:
    for sheet in sheets:
        for row in sheet.annotations.all():
            if row.suggestion is not None:
                yield row.suggestion.reason

"""Everything the workbench needs to open an article, as one JSON (docs/workbench-protocol.md)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Article
from annotator.labeling import records
from annotator.labeling.access import siblings
from annotator.labeling.keymap import bindings
from annotator.labeling.models import Assignment, TextLayer
from annotator.labeling.reasons import names_in, readable
from annotator.labeling.suggesting import arm_shows, current_runs, visible_suggestions
from annotator.labeling.uncertainty import follows, in_order
from framing.scheme import as_dict


def sheet(assignment: Assignment) -> dict[str, Any]:
    """Return the whole page of one assignment; reads only."""
    article, project = assignment.article, assignment.article.project
    scheme = scheme_of(project.codebook)
    done = set(assignment.completions.values_list("device", flat=True))
    return {
        "id": assignment.pk,
        "state": assignment.state,
        "revision": assignment.revision,
        "arm": assignment.arm,
        "annotator": {
            "id": assignment.annotator_id,
            "name": assignment.annotator.name,
            "keys": assignment.annotator.keys,
        },
        "project": {
            "slug": project.slug,
            "name": project.name,
            "blind": assignment.blind,
            "preset": project.preset,
            "may_reopen": project.may_reopen,
        },
        "queue": queue(assignment),
        "article": {
            **_article(article, blind=assignment.blind),
            "text": article.text,
            "sha256": article.sha256,
            "event": _event(assignment),
        },
        "scheme": as_dict(scheme),
        "bindings": [binding.as_json() for binding in bindings(scheme)],
        "annotations": records.standing(assignment),
        "completion": {
            device.id: "done" if device.id in done else "open" for device in scheme.devices
        },
        "siblings": [
            {**_article(other, blind=assignment.blind), "title": other.name}
            for other in siblings(article)
        ],
        **proposals(assignment),
    }


def proposals(assignment: Assignment) -> dict[str, Any]:
    """Return runs, visible suggestions and the word layer: what changes while a worker runs."""
    decisions = {row.suggestion_id: row for row in assignment.decisions.all()}
    suggestions = list(visible_suggestions(assignment))
    names = None if assignment.blind else names_in(row.reason for row in suggestions)
    return {
        "runs": [
            {
                "detector": run.detector,
                "version": run.version,
                "state": run.state,
                "error": run.error,
                "note": run.note,
            }
            for run in current_runs(assignment.article_id)
        ],
        "suggestions": [
            records.suggestion_json(
                row, decisions.get(row.pk), reason=readable(row.reason, names=names)
            )
            for row in suggestions
        ],
        "layer": layer(assignment.article_id, ghosts=arm_shows(assignment)),
    }


def sibling(assignment: Assignment, article: Article) -> dict[str, Any]:
    """Return another article of the event, for evidence."""
    return {
        **_article(article, blind=assignment.blind),
        "text": article.text,
        "sha256": article.sha256,
        "layer": layer(article.pk),
    }


def layer(article_id: int, *, ghosts: bool = False) -> dict[str, Any] | None:
    """Return the words of an article; parts proposed by the machine only where the arm allows."""
    row = TextLayer.objects.filter(article=article_id).first()
    if row is None:
        return None
    return {
        "model": row.model,
        "tokens": row.tokens,
        "sentences": row.sentences,
        "entities": row.entities,
        "constituents": row.constituents,
        "ghosts": row.ghosts if ghosts else None,
    }


def _article(article: Article, *, blind: bool) -> dict[str, Any]:
    return {
        "id": article.pk,
        "title": article.title,
        "language": article.language,
        "outlet": "" if blind or article.outlet is None else article.outlet.name,
        "published": article.published,
        "url": "" if blind else article.url,
        "words": article.words,
    }


def _event(assignment: Assignment) -> dict[str, Any] | None:
    """Return the event with this sheet's place among the annotator's own, in their order."""
    event = assignment.article.event
    if event is None:
        return None
    mine = Assignment.objects.of(assignment.annotator).filter(article__event=event)
    ids = list(mine.values_list("pk", flat=True))
    return {
        "id": event.pk,
        "name": event.name,
        "position": ids.index(assignment.pk) + 1,
        "total": len(ids),
    }


def queue(assignment: Assignment) -> dict[str, Any]:
    """Return where this sheet stands in its annotator's queue, and which come around it."""
    mine = Assignment.objects.of(assignment.annotator).filter(
        article__project=assignment.article.project_id
    )
    before = Q(position__lt=assignment.position) | Q(
        position=assignment.position, pk__lt=assignment.pk
    )
    earlier, later = mine.filter(before), mine.exclude(before).exclude(pk=assignment.pk)
    following = later.unfinished().first() or earlier.unfinished().first()
    if follows(assignment):
        ranked = in_order(list(mine.select_related("article__project").defer("article__text")))
        left = (one for one in ranked if one.state != Assignment.State.SUBMITTED)
        following = next((one for one in left if one.pk != assignment.pk), None)
    previous = earlier.last()
    return {
        "position": earlier.count() + 1,
        "total": mine.count(),
        "done": mine.filter(state=Assignment.State.SUBMITTED).count(),
        "next": following and following.pk,
        "previous": previous and previous.pk,
    }

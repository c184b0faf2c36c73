"""Order a queue by how unsure the detectors are, where a project asks for that.

A suggestion with score p is as uncertain as 1 - |2p - 1|: 1 at a half, 0 where the detector is
sure (least confidence for two classes; Settles 2009, Active Learning Literature Survey, 3.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import Abs

from annotator.labeling.models import Assignment, Decision, Suggestion, SuggestionRun
from annotator.labeling.suggesting import newest

State = Assignment.State
Totals = Mapping[int, tuple[int, float]]


def follows(sheet: Assignment) -> bool:
    """Tell whether the project of a sheet asks for this order."""
    return sheet.article.project.by_uncertainty


def in_order(sheets: Sequence[Assignment]) -> list[Assignment]:
    """Return one annotator's sheets as they are to be read; drawn order decides between equals.

    In a project that follows uncertainty, its unfinished sheets change places among themselves:
    an event that is begun is finished first, then comes the event with the least certain article.
    Within an event the least certain comes first. Needs the articles and their projects.
    """
    moving = [s for s in sheets if follows(s) and s.state != State.SUBMITTED]
    if not moving:
        return list(sheets)
    unsure = means(moving)
    begun = {_event(s) for s in sheets if s.state != State.QUEUED}
    places: dict[int, list[int]] = defaultdict(list)
    chosen = {s.pk for s in moving}
    for place, sheet in enumerate(sheets):
        if sheet.pk in chosen:
            places[sheet.article.project_id].append(place)
    result = list(sheets)
    for project, own in places.items():
        mine = [s for s in moving if s.article.project_id == project]
        for place, sheet in zip(own, _by_event(mine, unsure, begun), strict=True):
            result[place] = sheet
    return result


def means(sheets: Iterable[Assignment]) -> dict[int, float]:
    """Return by sheet the mean uncertainty of what is suggested there and not decided, or 0."""
    sheets = list(sheets)
    runs = newest(SuggestionRun.objects.filter(article__in=[s.article_id for s in sheets]))
    shown = Suggestion.objects.filter(run__in=runs)
    mine = Decision.objects.filter(assignment__in=[s.pk for s in sheets])
    decided = mine.filter(suggestion__run__in=runs)
    made = _totals(shown, "article", "score")
    gone = _totals(decided, "assignment", "suggestion__score")
    return {s.pk: _mean(made.get(s.article_id), gone.get(s.pk)) for s in sheets}


def _by_event(
    sheets: list[Assignment], unsure: Mapping[int, float], begun: set[object]
) -> list[Assignment]:
    events: dict[object, list[Assignment]] = defaultdict(list)
    for sheet in sheets:
        events[_event(sheet)].append(sheet)
    for group in events.values():
        group.sort(key=lambda s: (-unsure[s.pk], s.position, s.pk))
    ranked = sorted(
        events.items(),
        key=lambda item: (item[0] not in begun, -unsure[item[1][0].pk], item[1][0].position),
    )
    return [sheet for _, group in ranked for sheet in group]


def _event(sheet: Assignment) -> object:
    """Articles without an event are one each."""
    return sheet.article.event_id or f"single {sheet.article_id}"


def _totals(rows: Any, of: str, score: str) -> Totals:
    unsure = Sum(1.0 - Abs(F(score) * 2.0 - 1.0))
    summed = rows.order_by().values(of).annotate(count=Count("pk"), total=unsure)
    return {row[of]: (row["count"], row["total"]) for row in summed}


def _mean(made: tuple[int, float] | None, gone: tuple[int, float] | None) -> float:
    """Rounded, so that equal suggestions are equal whichever way they were summed."""
    count, total = made or (0, 0.0)
    count, total = count - (gone or (0, 0.0))[0], total - (gone or (0, 0.0))[1]
    return round(total / count, 6) if count > 0 else 0.0

"""What became of each detector version's work in a project, counted in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Project
from annotator.labeling.models import Assignment, Decision, Suggestion, SuggestionRun
from annotator.labeling.suggesting import newest
from framing.detectors.languages import primary, shortcoming

State = SuggestionRun.State
Verdict = Decision.Verdict
Key = tuple[str, str, str]
"""Detector, version and configuration hash."""


@dataclass
class Tally:
    """Suggestions of one label and what people made of them.

    A suggestion is decided once by each annotator who sees it, so that decisions can outnumber
    suggestions. ``waiting`` counts decisions still to be made on sheets that somebody has begun.
    """

    name: str
    suggested: int = 0
    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    waiting: int = 0

    @property
    def decided(self) -> int:
        return self.accepted + self.edited + self.rejected

    @property
    def kept(self) -> int:
        return self.accepted + self.edited

    @property
    def percent(self) -> int | None:
        """The accept rate, None while nothing was decided."""
        return round(100 * self.kept / self.decided) if self.decided else None


@dataclass(frozen=True)
class Version:
    """One detector in one version, configuration and model.

    ``current`` is the newest of the detector for its language.
    """

    detector: str
    version: str
    config_hash: str
    model: str
    device: str
    current: bool
    articles: int
    done: int
    failed: int
    waiting: int
    labels: list[Tally] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.detector, self.version, self.config_hash

    @property
    def total(self) -> Tally:
        return _sum(self.labels)

    @property
    def note(self) -> str:
        """What the detector cannot do in this language; empty when it has its rules."""
        return shortcoming(self.detector, self.model)


def versions(project: Project) -> list[Version]:
    """Return every version that had work in this project, by detector, the newest first."""
    tallies, devices = _tallies(project), _devices(project)
    found: list[Version] = []
    met: set[tuple[str, str]] = set()
    for row in _states(project):
        place = (row["detector"], primary(row["model"]))
        detector, key = row["detector"], (row["detector"], row["version"], row["config_hash"])
        found.append(
            Version(
                *key,
                model=row["model"],
                device=devices.get(detector, detector),
                current=bool(row["shown"]) and place not in met,
                articles=row["articles"],
                done=row["done"],
                failed=row["failed"],
                waiting=row["waiting"],
                labels=tallies.get(key, []),
            )
        )
        met.add(place)
    return found


def _states(project: Project) -> Iterable[Mapping[str, Any]]:
    waiting = Q(state__in=[State.PENDING, State.RUNNING])
    versions = _runs(project).order_by().values("detector", "version", "config_hash", "model")
    counted = versions.annotate(
        articles=Count("article", distinct=True),
        done=Count("article", filter=Q(state=State.DONE), distinct=True),
        failed=Count("article", filter=Q(state=State.FAILED), distinct=True),
        waiting=Count("article", filter=waiting, distinct=True),
        shown=Count("pk", filter=Q(replaced=False)),
        newest=Max("pk"),
    )
    return sorted(counted, key=lambda row: (row["detector"], not row["shown"], -row["newest"]))


def failures(project: Project) -> QuerySet[SuggestionRun]:
    """Return the failed runs of a project, the latest first."""
    failed = _runs(project).filter(state=State.FAILED)
    return failed.select_related("article__project").order_by("-finished_at", "-pk")


def _runs(project: Project) -> QuerySet[SuggestionRun]:
    return SuggestionRun.objects.filter(article__project=project)


def _devices(project: Project) -> dict[str, str]:
    """Return the device of each detector that suggested something."""
    pairs = Suggestion.objects.filter(article__project=project).order_by()
    return dict(pairs.values_list("run__detector", "device").distinct())


def _tallies(project: Project) -> dict[Key, list[Tally]]:
    """Return the counts of each version by label, in the codebook's order."""
    labels = scheme_of(project.codebook).labels
    names = {label.id: label.name for label in labels}
    order = {label.id: place for place, label in enumerate(labels)}
    found: dict[Key, dict[str, Tally]] = defaultdict(dict)
    for what, key, label, count in _counts(project):
        tally = found[key].setdefault(label, Tally(names.get(label, label)))
        setattr(tally, what, getattr(tally, what) + count)
    return {
        key: [rows[label] for label in sorted(rows, key=lambda x: (order.get(x, len(order)), x))]
        for key, rows in found.items()
    }


def _counts(project: Project) -> Iterable[tuple[str, Key, str, int]]:
    """Yield field of the tally, version, label and how many."""
    suggestions = Suggestion.objects.filter(article__project=project)
    for *key, label, count in _grouped(suggestions, "run__", "label"):
        yield "suggested", _key(key), label, count
    decisions = Decision.objects.filter(
        suggestion__article__project=project, assignment__withdrawn_at=None
    )
    for *key, label, verdict, count in _grouped(
        decisions, "suggestion__run__", "suggestion__label", "verdict"
    ):
        yield verdict, _key(key), label, count
    sheets = _deciding(project)
    current = newest(_runs(project))
    shown = sheets.filter(article__suggestions__run__in=current)
    for *key, label, count in _grouped(
        shown, "article__suggestions__run__", "article__suggestions__label"
    ):
        yield "waiting", _key(key), label, count
    settled = decisions.filter(assignment__in=sheets, suggestion__run__in=current)
    for *key, label, count in _grouped(settled, "suggestion__run__", "suggestion__label"):
        yield "waiting", _key(key), label, -count


def _grouped(rows: QuerySet[Any], run: str, *names: str) -> Iterable[tuple[Any, ...]]:
    version = (f"{run}detector", f"{run}version", f"{run}config_hash")
    counted = rows.order_by().values_list(*version, *names).annotate(count=Count("pk"))
    yield from counted


def _key(parts: list[Any]) -> Key:
    detector, version, config_hash = parts
    return detector, version, config_hash


def _deciding(project: Project) -> QuerySet[Assignment]:
    """Return the sheets that somebody has begun and whose arm shows suggestions now."""
    devices = len(scheme_of(project.codebook).devices)
    begun = Assignment.objects.filter(
        article__project=project, withdrawn_at=None, state=Assignment.State.OPEN
    )
    all_read = Q(arm=Assignment.Arm.AFTER, read__gte=devices)
    showing = begun.annotate(read=Count("completions")).filter(
        Q(arm=Assignment.Arm.SHOWN) | all_read
    )
    return Assignment.objects.filter(pk__in=showing.values("pk"))


def _sum(rows: Iterable[Tally]) -> Tally:
    total = Tally("all labels")
    for row in rows:
        for name in ("suggested", "accepted", "edited", "rejected", "waiting"):
            setattr(total, name, getattr(total, name) + getattr(row, name))
    return total

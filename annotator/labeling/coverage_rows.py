"""The rows of a matrix: what the comparison found, what people made, what only a detector sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from annotator.labeling import reasons
from annotator.labeling.models import Claim, EventLedger, Suggestion
from annotator.labeling.suggesting import LEDGER_ROW

REPORTED, UNCLEAR, ABSENT, UNREAD = "reported", "unclear", "absent", "unread"

CLAIM, ACTOR, SPEAKER = "claim", "actor", "speaker"
"""What a row is about: a claim, the doer whom a passive leaves out, a speaker who is not heard."""
WORDS = {
    CLAIM: {REPORTED: "reported", UNCLEAR: "unclear", ABSENT: "not found", UNREAD: "not compared"},
    ACTOR: {REPORTED: "named", ABSENT: "not named", UNREAD: "not judged"},
    SPEAKER: {REPORTED: "heard", ABSENT: "silent", UNREAD: "not judged"},
}
"""What the machine says of an article, by what the row is about."""

ACTOR_RULE, SPEAKER_RULE = "omission.actor", "omission.source"
"""Rules whose proposals are no claims of the ledger: they make rows of their own."""

CHECKED, SPEAKERS = "absence_check", "speakers: "
"""Where a suggestion says what was looked through: a row of the ledger, or for a speaker."""

Place = Sequence[Any]
"""Article, start, end, and how many sentences come before where that is known."""


@dataclass(frozen=True)
class Row:
    """One line of the matrix.

    ``nearest`` gives state, probability and place of the passage that comes nearest, by article as
    text; ``claim`` is what people answer, ``kinds`` the kind of omission proposed by article.
    ``sought`` is False for a claim that a person added and no comparison has found since. A row
    that is no claim speaks only of the articles in ``passages`` and ``kinds``.
    """

    id: str
    text: str
    passages: tuple[Place, ...]
    reason: str
    about: str = CLAIM
    score: float = 0.0
    nearest: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    claim: UUID | None = None
    kinds: Mapping[int, str] = field(default_factory=dict)
    sought: bool = True

    @cached_property
    def carriers(self) -> frozenset[int]:
        return frozenset(place[0] for place in self.passages)

    def state(self, article: int) -> str:
        """Return whether an article that was compared says it, as far as the machine can tell."""
        if article in self.carriers:
            return REPORTED
        if not self.sought or (self.about != CLAIM and article not in self.kinds):
            return UNREAD
        near = self.nearest.get(str(article))
        return str(near[0]) if near else ABSENT


def rows_of(ledger: EventLedger) -> list[Row]:
    """Return the rows of an event: of the comparison, of people, then doers and speakers."""
    claims = Claim.objects.filter(event=ledger.event_id, active=True).prefetch_related("passages")
    by_row = {claim.row: claim for claim in claims if claim.row}
    made = [claim for claim in claims if claim.origin != Claim.Origin.MACHINE]
    taken = [place for claim in made for place in _places(claim)]
    proposed = list(_proposed(ledger))
    kinds = _kinds(proposed)
    found = []
    stored = {row["id"]: row for row in ledger.rows}
    for id, row in stored.items():
        claim = by_row.get(id)
        if claim in made or (claim is None and _meet(row["passages"], taken)):
            continue  # a claim that a person made says it
        found.append(_of_machine(row, claim, kinds.get(id, {})))
    found += [_of_people(claim, stored.get(claim.row), kinds.get(claim.row, {})) for claim in made]
    return [*found, *_gaps(proposed)]


def _of_machine(stored: Mapping[str, Any], claim: Claim | None, kinds: Mapping[int, str]) -> Row:
    return Row(
        id=stored["id"], text=claim.statement if claim else stored["summary"],
        passages=tuple(stored["passages"]), score=stored["score"],
        reason=f"Why these belong together: {stored['reason']}.",
        nearest=stored["nearest"], claim=claim.pk if claim else None, kinds=kinds,
    )  # fmt: skip


def _of_people(claim: Claim, stored: Mapping[str, Any] | None, kinds: Mapping[int, str]) -> Row:
    return Row(
        id=claim.row or claim.pk.hex, text=claim.statement, passages=tuple(_places(claim)),
        reason=f"{claim.get_origin_display().capitalize()}.", score=1.0,
        nearest=stored["nearest"] if stored else {}, claim=claim.pk, kinds=kinds,
        sought=stored is not None or claim.origin != Claim.Origin.ANNOTATOR,
    )  # fmt: skip


def _places(claim: Claim) -> Iterator[Place]:
    for passage in claim.passages.all():
        if passage.article_id is not None:
            yield [passage.article_id, passage.start, passage.end, passage.sentence]


def _meet(places: Iterable[Place], others: Sequence[Place]) -> bool:
    return any(
        one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
        for one in places
        for other in others
    )


def _proposed(ledger: EventLedger) -> Iterator[Suggestion]:
    """Yield what is proposed now, in the order of articles and positions."""
    found = Suggestion.objects.filter(
        article__event=ledger.event_id, run__members=ledger.filled, run__replaced=False,
        attributes__has_key=CHECKED,
    )  # fmt: skip
    yield from found.order_by("run", "position")


def _kinds(proposed: Iterable[Suggestion]) -> dict[str, dict[int, str]]:
    """Return the kinds of what is proposed, by row of the ledger and article."""
    found: dict[str, dict[int, str]] = {}
    for one in proposed:
        checked = one.attributes[CHECKED]
        if checked.startswith(LEDGER_ROW):
            found.setdefault(checked.removeprefix(LEDGER_ROW), {})[one.article_id] = one.label
    return found


def _gaps(proposed: Iterable[Suggestion]) -> Iterator[Row]:
    """Yield a row for every passive without its doer, and one for every speaker not heard."""
    groups: dict[tuple[str, str], list[Suggestion]] = {}
    for one in proposed:
        if one.rule == SPEAKER_RULE:
            name = one.attributes[CHECKED].removeprefix(SPEAKERS)
            groups.setdefault((SPEAKER, name), []).append(one)
        elif one.rule == ACTOR_RULE:
            groups[ACTOR, f"{one.article_id}-{one.position}"] = [one]
    names = reasons.names_in(one.reason for group in groups.values() for one in group)
    for (about, name), group in groups.items():
        told = dict.fromkeys(reasons.readable(one.reason, names=names) for one in group)
        yield Row(
            id=f"{about}-{group[0].article_id}-{group[0].position}",
            text=name if about == SPEAKER else _deed(group[0]), reason=" ".join(told),
            passages=tuple(_evidence(group)), about=about, score=max(one.score for one in group),
            kinds={one.article_id: one.label for one in group},
        )  # fmt: skip


def _deed(suggestion: Suggestion) -> str:
    anchors = [part["quote"] for part in suggestion.parts if part["role"] == "anchor"]
    return f"“{anchors[0]}”: by whom?" if anchors else "By whom?"


def _evidence(group: Iterable[Suggestion]) -> list[Place]:
    found = {
        (part["article"], part["start"], part["end"]): None
        for one in group for part in one.parts if part["role"] == "evidence"
    }  # fmt: skip
    return [[*place, None] for place in found]

"""In which order a person reads: a hash of the seed and of what is ordered, never chance."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from annotator.accounts.models import User
from annotator.corpus.models import Article, Project
from annotator.labeling.models import Assignment

Turns = dict[tuple[int, int], int]
"""How many people read an event before a person, by event and person."""


def draw(*parts: object) -> int:
    """Return a number below 2**64 that depends on these parts alone."""
    content = "/".join(str(part) for part in parts).encode()
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big")


def blocks(articles: Iterable[Article]) -> list[list[Article]]:
    """Return the articles by event; one without an event is a block of its own."""
    found: dict[object, list[Article]] = defaultdict(list)
    for article in articles:
        found[article.event_id or f"single {article.pk}"].append(article)
    return list(found.values())


def turns(project: Project, by_person: Mapping[User, Sequence[Article]]) -> Turns:
    """Return whose turn it is in each event: earlier readers count first, then these, by number."""
    rows = Assignment.objects.filter(article__project=project).exclude(article__event=None)
    known: dict[int, set[int]] = defaultdict(set)
    for event, reader in rows.values_list("article__event", "annotator"):
        known[event].add(reader)
    found: Turns = {}
    for person in sorted(by_person, key=lambda one: one.pk):
        for event in sorted({article.event_id or 0 for article in by_person[person]}):
            readers = known[event]
            found[event, person.pk] = len(readers - {person.pk})
            readers.add(person.pk)
    return found


def ordered(
    project: Project, person: User, articles: Sequence[Article], whose: Turns
) -> list[Article]:
    """Shuffle events for this person, and rotate the outlets within each event.

    The outlets of an event stand in one order drawn by the seed; each further reader begins one
    outlet later, so that no outlet is always read first.
    """
    found = blocks(articles)
    found.sort(key=lambda block: draw(project.seed, "event", block[0].pk, person.pk))
    return [article for block in found for article in _rotated(project, person, block, whose)]


def _rotated(
    project: Project, person: User, block: Sequence[Article], whose: Turns
) -> list[Article]:
    event = block[0].event_id or 0
    outlets = sorted(
        {article.outlet_id or -article.pk for article in block},
        key=lambda outlet: draw(project.seed, "outlet", event, outlet),
    )
    turn = whose.get((event, person.pk), 0) % len(outlets)
    place = {outlet: at for at, outlet in enumerate(outlets[turn:] + outlets[:turn])}
    return sorted(
        block,
        key=lambda article: (
            place[article.outlet_id or -article.pk],
            draw(project.seed, "order", article.pk, person.pk),
        ),
    )

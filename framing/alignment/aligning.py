"""Align the articles of an event: sentences and clauses that make the same claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from spacy.tokens import Doc

from framing.alignment.comparable import comparable
from framing.alignment.ledger import Carries, Cell, Ledger, LedgerRow, Passage, row_id
from framing.alignment.links import Links, links, open_units, probability_alone
from framing.alignment.rows import cluster
from framing.alignment.units import spelling, units
from framing.alignment.vectors import (
    Encoder,
    Floats,
    Ints,
    Space,
    space,
    unexplained,
    with_meanings,
)
from framing.documents import Document

ABSENT = 0.65
"""An article none of whose passages says the same with this probability seems to lack the claim."""
STRONG = 0.9
SHOWN_WORDS = 4


def align(docs: Mapping[str, Doc], documents: Sequence[Document], *,
          least: int = 2, encode: Encoder | None = None) -> Ledger:
    """Return the claims that at least ``least`` articles of the event make.

    ``docs`` holds the parse of each document by its id. Deterministic; the cost grows near
    n log n with the number of sentences. ``encode`` is shown only what words leave open; for that
    the cost grows with the square. Articles that cannot be compared are named in ``problems``.
    """
    compared, problems = comparable(docs, documents)
    found = [unit for document in compared for unit in units(docs[document.id], document.id)]
    names = tuple(document.id for document in compared)
    if not found:
        return Ledger(names, (), tuple(problems))
    number = {name: index for index, name in enumerate(names)}
    texts = {document.id: document.text for document in compared}
    quotes = [unit.span.quote(texts[unit.document]) for unit in found]
    of = space(found, [number[u.document] for u in found])
    passages = [Passage(u.document, u.span, q, u.place)
                for u, q in zip(found, quotes, strict=True)]
    linked = links(of)
    if encode is not None and len(shown := open_units(of, linked)):
        of = with_meanings(of, shown, encode([quotes[unit] for unit in shown]))
        linked = links(of)
    groups = [group for group in _without_strays(of, linked, cluster(of.owners, linked))
              if len(set(of.owners[group].tolist())) >= least]
    rows = _rows(of, linked, groups, passages, docs, names) if groups else ()
    return Ledger(names, tuple(sorted(rows, key=_order)), tuple(problems))


def _order(row: LedgerRow) -> tuple[int, float, str, Passage]:
    return -len(row.documents), -row.score, row.summary.document, row.summary


def _rows(of: Space, linked: Links, groups: list[list[int]], passages: Sequence[Passage],
          docs: Mapping[str, Doc], names: tuple[str, ...]) -> Iterator[LedgerRow]:
    group_of = np.full(len(passages), -1)
    for index, group in enumerate(groups):
        group_of[group] = index
    scores = _scores(linked, group_of, len(groups))
    nearest = _nearest(of, linked, group_of, (len(groups), len(names)))
    for index, group in enumerate(groups):
        own = tuple(passages[unit] for unit in group)
        members = {passage.document: passage for passage in reversed(own)}
        yield LedgerRow(
            id=row_id(own), summary=passages[_central(of, group)], passages=own,
            score=round(float(scores[index]), 4),
            reason=_reason(of, group, scores[index], own, docs),
            cells=tuple(_cell(name, members.get(name), nearest.get((index, number)), passages)
                        for number, name in enumerate(names)))


def _without_strays(of: Space, linked: Links, groups: list[list[int]]) -> list[list[int]]:
    """Put units on their own that joined a claim which others make in nearly the same words.

    Where two articles agree at least STRONG, judged alone, an article whose best passage is below
    ABSENT is the next best thing rather than the same.
    """
    group_of = np.full(len(of.owners), -1)
    for index, group in enumerate(groups):
        group_of[group] = index
    inside = group_of[linked.first] == group_of[linked.second]
    first, second = linked.first[inside], linked.second[inside]
    alone = probability_alone(of, of, first, second)
    best: dict[int, float] = {}
    top: dict[int, float] = {}
    for a, b, p in zip(first.tolist(), second.tolist(), alone.tolist(), strict=True):
        for unit in (a, b):
            best[unit] = max(p, best.get(unit, 0.0))
        top[int(group_of[a])] = max(p, top.get(int(group_of[a]), 0.0))
    kept = [[u for u in group if top.get(i, 0.0) < STRONG or best.get(u, 0.0) >= ABSENT]
            for i, group in enumerate(groups)]
    strays = [[u] for i, group in enumerate(groups) for u in group if u not in kept[i]]
    return sorted([*kept, *strays])


def _scores(linked: Links, group_of: Ints, count: int) -> Floats:
    """Return the mean probability of the pairs inside each group that were looked at."""
    first = group_of[linked.first]
    inside = (first == group_of[linked.second]) & (first >= 0)
    total = np.bincount(first[inside], weights=linked.probability[inside], minlength=count)
    return np.asarray(total / np.maximum(np.bincount(first[inside], minlength=count), 1))


def _nearest(of: Space, linked: Links, group_of: Ints,
             shape: tuple[int, int]) -> dict[tuple[int, int], tuple[float, int]]:
    """Return for each (claim, article) the likeliest unit to make the claim, judged alone.

    A unit that makes another claim of the ledger is judged by what that claim does not explain:
    two claims about one strike, or by one speaker, are not each other's paraphrase.
    """
    unit = np.concatenate([linked.first, linked.second])
    other = np.concatenate([linked.second, linked.first])
    asked = (group_of[other] >= 0) & (group_of[other] != group_of[unit])
    unit, other = unit[asked], other[asked]
    alone = probability_alone(unexplained(of, group_of), of, unit, other)
    cell = group_of[other] * shape[1] + of.owners[unit]
    order = np.lexsort((unit, -alone, cell))
    cells, starts = np.unique(cell[order], return_index=True)
    best = order[starts]
    return {(int(c) // shape[1], int(c) % shape[1]): (float(alone[i]), int(unit[i]))
            for c, i in zip(cells, best, strict=True)}


def _central(of: Space, group: list[int]) -> int:
    """Return the unit that is most like all units of the group."""
    rows = of.matrix[group]
    return group[int(np.argmax(rows @ np.asarray(rows.sum(axis=0)).ravel()))]


def _cell(name: str, own: Passage | None, nearest: tuple[float, int] | None,
          passages: Sequence[Passage]) -> Cell:
    if own is not None:
        return Cell(name, Carries.REPORTED, 1.0, own)
    if nearest is None:
        return Cell(name, Carries.ABSENT, 0.0, None)
    probability, unit = nearest
    carries = Carries.UNCLEAR if probability >= ABSENT else Carries.ABSENT
    return Cell(name, carries, round(probability, 4), passages[unit])


def _reason(of: Space, group: list[int], score: float, own: Sequence[Passage],
            docs: Mapping[str, Doc]) -> str:
    """Name the rarest words that the passages share, as the first of them spells each."""
    used = np.asarray((of.matrix[group] > 0).sum(axis=0)).ravel()
    shared = np.flatnonzero(used > 1)
    rarest = shared[np.lexsort((shared, -of.weights[shared] * used[shared]))][:SHOWN_WORDS]
    words = ", ".join(f"'{_spelt(of.vocabulary[column], own, docs)}'" for column in rarest)
    by = f"share {words}" if words else "mean much the same"
    return f"{len(group)} passages {by}; same claim with probability {score:.2f}"


def _spelt(term: str, own: Sequence[Passage], docs: Mapping[str, Doc]) -> str:
    found = (spelling(docs[passage.document], passage.span, term) for passage in own)
    return next(filter(None, found), term[1:])

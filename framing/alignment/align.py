"""Align the articles of an event: sentences and clauses that make the same claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from spacy.tokens import Doc

from framing.alignment.comparable import comparable
from framing.alignment.ledger import Carries, Cell, Ledger, LedgerRow, Passage, row_id
from framing.alignment.links import Links, links
from framing.alignment.rows import cluster
from framing.alignment.units import Unit, units
from framing.alignment.vectors import Encoder, Floats, Space, space
from framing.documents import Document

ABSENT = 0.25
"""An article whose nearest passage is less like the claim than this seems to lack it."""
SHOWN_WORDS = 4


def align(docs: Mapping[str, Doc], documents: Sequence[Document], *,
          least: int = 2, encode: Encoder | None = None) -> Ledger:
    """Return the claims that at least ``least`` articles of the event make.

    ``docs`` holds the parse of each document by its id. Deterministic; the cost grows near
    n log n with the number of sentences, and with its square when there is an encoder. Articles
    that cannot be compared are left out and named in ``problems``.
    """
    compared, problems = comparable(docs, documents)
    found = [unit for document in compared for unit in units(docs[document.id], document.id)]
    names = tuple(document.id for document in compared)
    if not found:
        return Ledger(names, (), tuple(problems))
    number = {name: index for index, name in enumerate(names)}
    texts = {document.id: document.text for document in compared}
    quotes = [unit.span.quote(texts[unit.document]) for unit in found]
    of = space(found, [number[u.document] for u in found], encode(quotes) if encode else None)
    passages = [Passage(u.document, u.span, q, u.place)
                for u, q in zip(found, quotes, strict=True)]
    linked = links(of)
    groups = [group for group in cluster(of.owners, linked)
              if len(set(of.owners[group].tolist())) >= least]
    rows = _rows(of, linked, groups, found, passages, names)
    return Ledger(names, tuple(sorted(rows, key=_order)), tuple(problems))


def _order(row: LedgerRow) -> tuple[int, float, str, Passage]:
    return -len(row.documents), -row.score, row.summary.document, row.summary


def _rows(of: Space, linked: Links, groups: list[list[int]], found: Sequence[Unit],
          passages: Sequence[Passage], names: tuple[str, ...]) -> Iterator[LedgerRow]:
    if not groups:
        return
    scores = _scores(linked, groups, len(found))
    for group, score, likeness in zip(groups, scores, _likeness(of, groups), strict=True):
        own = tuple(passages[unit] for unit in group)
        inner = likeness[group]
        yield LedgerRow(
            id=row_id(own), summary=passages[group[int(np.argmax(inner))]], passages=own,
            score=round(float(score), 4), reason=_reason(of, group, score),
            cells=tuple(_cells(of, group, likeness, passages, names)),
        )


def _scores(linked: Links, groups: list[list[int]], size: int) -> Floats:
    """Return the mean probability of the pairs inside each group that were looked at."""
    group_of = np.full(size, -1)
    for index, group in enumerate(groups):
        group_of[group] = index
    inside = (group_of[linked.first] == group_of[linked.second]) & (group_of[linked.first] >= 0)
    index = group_of[linked.first[inside]]
    total = np.bincount(index, weights=linked.probability[inside], minlength=len(groups))
    return np.asarray(total / np.maximum(np.bincount(index, minlength=len(groups)), 1))


def _likeness(of: Space, groups: list[list[int]]) -> NDArray[np.float64]:
    """Return for each group the mean similarity of every unit to its members."""
    membership = sparse.csr_array(
        (np.concatenate([np.full(len(g), 1 / len(g)) for g in groups]),
         np.concatenate(groups), np.cumsum([0, *map(len, groups)])),
        shape=(len(groups), of.matrix.shape[0]))
    cosine = ((membership @ of.matrix) @ of.matrix.T).toarray()
    if of.meanings is None:
        return np.asarray(cosine)
    return np.asarray((cosine + (membership @ of.meanings) @ of.meanings.T) / 2)


def _cells(of: Space, group: list[int], likeness: Floats, passages: Sequence[Passage],
           names: tuple[str, ...]) -> Iterator[Cell]:
    members = {passages[unit].document: passages[unit] for unit in reversed(group)}
    best = _best(of, likeness, len(names))
    for index, name in enumerate(names):
        if name in members:
            yield Cell(name, Carries.REPORTED, 1.0, members[name])
            continue
        unit = best[index]
        value = round(max(0.0, float(likeness[unit])), 4) if unit >= 0 else 0.0
        carries = Carries.UNCLEAR if value >= ABSENT else Carries.ABSENT
        yield Cell(name, carries, value, passages[unit] if value > 0 else None)


def _best(of: Space, likeness: Floats, count: int) -> NDArray[np.int64]:
    """Return the unit of each article that is most like the claim, -1 for an empty article."""
    order = np.lexsort((-likeness, of.owners))
    owners, starts = np.unique(of.owners[order], return_index=True)
    best = np.full(count, -1, dtype=np.int64)
    best[owners] = order[starts]
    return best


def _reason(of: Space, group: list[int], score: float) -> str:
    """Name the rarest words that the passages share."""
    used = np.asarray((of.matrix[group] > 0).sum(axis=0)).ravel()
    shared = np.flatnonzero(used > 1)
    rarest = shared[np.lexsort((shared, -of.weights[shared] * used[shared]))][:SHOWN_WORDS]
    words = ", ".join(f"'{of.vocabulary[column][1:]}'" for column in rarest)
    by = f"share {words}" if words else "mean much the same"
    return f"{len(group)} passages {by}; same claim with probability {score:.2f}"

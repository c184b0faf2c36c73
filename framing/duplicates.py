"""Find articles that are copies of one text: reprints, lightly edited or shortened agency copy.

Copies are no independent evidence of one another, whoever prints them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise
from zlib import crc32

from framing.documents import Document

SHINGLE = 5
"""Words in a row that make one shingle."""
SAMPLE = 4
"""One shingle in so many finds candidates; all shingles then decide."""
COMMON = 50
"""A shingle in more articles than this chains them instead of pairing them all."""
RESEMBLANCE = 0.5
CONTAINMENT = 0.7
LEAST_SHINGLES = 20

_WORD = re.compile(r"\w+")


class Kind(StrEnum):
    """How two articles are copies."""

    IDENTICAL = "identical"
    NEAR = "near-duplicate"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles with one text behind them; ``first`` comes first in the given order.

    ``resemblance`` is the share of all their shingles that both have, ``containment`` the share
    of the shorter one's (Broder 1997, On the resemblance and containment of documents).
    """

    first: str
    second: str
    kind: Kind
    resemblance: float
    containment: float


def copies(documents: Sequence[Document]) -> list[Copy]:
    """Return the pairs of articles that are copies, in the given order.

    The cost grows with the number of shingles and of pairs that share one, not with all pairs.
    """
    shingles = [_shingles(document.text) for document in documents]
    found = []
    for a, b in sorted(_candidates(shingles)):
        copy = _copy(documents[a], documents[b], shingles[a], shingles[b])
        if copy:
            found.append(copy)
    return found


def sources(documents: Sequence[Document], found: Iterable[Copy]) -> dict[str, str]:
    """Return for each article the one that stands for its independent source.

    Articles of one outlet are one source, and so are copies; an outlet that is not known is not
    the same as another one. The first article of a source stands for it.
    """
    leader = {document.id: document.id for document in documents}

    def find(id: str) -> str:
        while leader[id] != id:
            id = leader[id]
        return id

    place = {document.id: index for index, document in enumerate(documents)}
    outlets: dict[str, str] = {}
    pairs = [(copy.first, copy.second) for copy in found]
    for document in documents:
        if name := document.outlet.strip().casefold():
            pairs.append((outlets.setdefault(name, document.id), document.id))
    for a, b in pairs:
        first, second = sorted((find(a), find(b)), key=place.__getitem__)
        leader[second] = first
    return {document.id: find(document.id) for document in documents}


def _shingles(text: str) -> frozenset[int]:
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return frozenset(crc32(" ".join(words[i : i + SHINGLE]).encode())
                     for i in range(max(1, len(words) - SHINGLE + 1))) if words else frozenset()


def _candidates(shingles: Sequence[frozenset[int]]) -> set[tuple[int, int]]:
    holders: Mapping[int, list[int]] = defaultdict(list)
    for index, own in enumerate(shingles):
        for shingle in own:
            if shingle % SAMPLE == 0 or len(own) < LEAST_SHINGLES:
                holders[shingle].append(index)
    return set(_together(holders.values()))


def _together(holders: Iterable[Sequence[int]]) -> Iterator[tuple[int, int]]:
    for members in holders:
        yield from combinations(members, 2) if len(members) <= COMMON else pairwise(members)


def _copy(first: Document, second: Document, left: frozenset[int],
          right: frozenset[int]) -> Copy | None:
    common = len(left & right)
    resemblance = common / len(left | right)
    containment = common / min(len(left), len(right))
    if first.text == second.text or left == right:
        kind = Kind.IDENTICAL
    elif resemblance >= RESEMBLANCE:
        kind = Kind.NEAR
    elif containment >= CONTAINMENT and min(len(left), len(right)) >= LEAST_SHINGLES:
        kind = Kind.PART
    else:
        return None
    return Copy(first.id, second.id, kind, round(resemblance, 4), round(containment, 4))

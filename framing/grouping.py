"""Propose which articles tell the same story, for a person to confirm."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import log, sqrt

from framing.alignment.words import spelt, stem
from framing.documents import Document

ALIKE = 0.14
"""Cosine from which two articles may tell one story; set on planted events kept for tuning."""
DAYS = 3
NAME = 2.0
"""A capitalised word inside a sentence counts so many times a common one."""
RAREST = 12
"""Words by which an article looks for others, and at most COMMON articles through each."""
COMMON = 40

_WORD = re.compile(r"\d[\d.,]*\d|\d+|[^\W\d_]{3,}")


@dataclass(frozen=True)
class Proposal:
    """Articles that seem to tell one story, in the given order, with the mean likeness of those
    that were compared and a reason in words."""

    documents: tuple[str, ...]
    score: float
    reason: str


def propose_events(documents: Sequence[Document]) -> list[Proposal]:
    """Return groups of at least two articles of one language, not more than DAYS apart each.

    Needs no parse. An article joins a group when it is alike to the group's mean, likeliest pairs
    first; the cost grows with the number of articles, not with its square. Unknown dates fit any.
    """
    vectors = _vectors(documents)
    pairs = sorted(((_cosine(vectors[a], vectors[b]), a, b) for a, b in _candidates(vectors)
                    if _may_meet(documents[a], documents[b])), key=lambda p: (-p[0], p[1:]))
    groups = {index: [index] for index in range(len(documents))}
    group_of = {index: index for index in groups}
    for value, a, b in pairs:
        first, second = group_of[a], group_of[b]
        if value < ALIKE or first == second:
            continue
        if _mean(vectors, groups[first], groups[second]) >= ALIKE:
            for member in groups[second]:
                group_of[member] = first
            groups[first] += groups.pop(second)
    return [_proposal(documents, vectors, sorted(g)) for g in groups.values() if len(g) > 1]


def _vectors(documents: Sequence[Document]) -> list[dict[str, float]]:
    counted = [_words(document.text) for document in documents]
    frequency = Counter(word for words in counted for word in words)
    rarity = {word: log((len(documents) + 1) / n) for word, n in frequency.items()}
    found = []
    for words in counted:
        weighed = {word: (1 + log(n)) * rarity[word] for word, n in words.items()}
        length = sqrt(sum(value * value for value in weighed.values())) or 1.0
        found.append({word: value / length for word, value in weighed.items()})
    return found


def _words(text: str) -> dict[str, float]:
    counted: dict[str, float] = defaultdict(float)
    for match in _WORD.finditer(text):
        word = match.group()
        inside = text[: match.start()].rstrip(" \"“‘'(")[-1:].isalnum() or text[
            : match.start()].endswith(", ")
        counted[stem(word.lower())] += NAME if word[0].isupper() and inside else 1
    return counted


def _candidates(vectors: Sequence[dict[str, float]]) -> set[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for index, vector in enumerate(vectors):
        for word in vector:
            holders[word].append(index)
    found = set()
    for index, vector in enumerate(vectors):
        shared = [w for w in vector if len(holders[w]) > 1]
        for _, word in sorted((-vector[word], word) for word in shared)[:RAREST]:
            near = holders[word]
            place = near.index(index) if len(near) <= COMMON else 0
            for other in near[max(0, place - COMMON) : place + COMMON]:
                if other != index:
                    found.add((min(index, other), max(index, other)))
    return found


def _may_meet(first: Document, second: Document) -> bool:
    if first.language != second.language:
        return False
    one, other = _day(first.published), _day(second.published)
    return one is None or other is None or abs((one - other).days) <= DAYS


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _cosine(first: dict[str, float], second: dict[str, float]) -> float:
    small, large = sorted((first, second), key=len)
    return sum(value * large.get(word, 0.0) for word, value in small.items())


def _mean(vectors: Sequence[dict[str, float]], one: list[int], other: list[int]) -> float:
    """Return the mean cosine of at most ten pairs of two groups."""
    pairs = [(a, b) for a in one[:5] for b in other[:2]]
    return sum(_cosine(vectors[a], vectors[b]) for a, b in pairs) / len(pairs)


def _proposal(documents: Sequence[Document], vectors: Sequence[dict[str, float]],
              members: list[int]) -> Proposal:
    likeness = [_cosine(vectors[a], vectors[b]) for a, b in combinations(members[:10], 2)]
    words = list(_shared(vectors, members))[:5]
    score = sum(likeness) / len(likeness)
    text = " ".join(documents[member].text for member in members)
    named = ", ".join(f"'{spelt(word, text)}'" for word in words)
    return Proposal(tuple(documents[m].id for m in members), round(min(1.0, score), 4),
                    f"{len(members)} articles share {named}; mean likeness {score:.2f}")


def _shared(vectors: Sequence[dict[str, float]], members: list[int]) -> Iterator[str]:
    total: dict[str, float] = defaultdict(float)
    times = Counter(word for member in members for word in vectors[member])
    for member in members:
        for word, value in vectors[member].items():
            total[word] += value
    for word, _ in sorted(total.items(), key=lambda pair: (-pair[1], pair[0])):
        if times[word] > 1:
            yield word

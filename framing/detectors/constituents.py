"""The phrases of a parsed article, as far as a reader wants to mark them.

A dependency parse holds no phrases; each word with its dependents gives a ladder of them. A noun
takes its modifiers, then determiner and possessor, then what follows it ("reckless scheme", "the
reckless scheme", "the reckless scheme of the council"). A verb takes its object, then its other
complements and auxiliaries, then subject and all ("approved the wall", "had approved the wall on
Monday", "nine members had approved ...").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile

from spacy.tokens import Doc, Token

Range = tuple[int, int]

_VERBAL = frozenset({"VERB", "AUX"})
# Dependents by relation: the English labels of spaCy, then those of Universal Dependencies.
_LOOSE = frozenset({"det", "poss", "predet", "preconj", "case", "mark", "cc"})
_BESIDE_VERB = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
_COMPLETES_VERB = frozenset({
    "prt", "dobj", "dative", "acomp", "attr", "oprd",
    "obj", "iobj", "xcomp", "compound:prt",
})  # fmt: skip
_NEXT_CLAUSE = frozenset({"cc", "conj", "advcl", "parataxis"})
_CLOSES = {'"': '"', "“": "”", "‘": "’", "„": "“", "«": "»", "(": ")", "[": "]"}
_OPENERS = {end: [mark for mark in _CLOSES if _CLOSES[mark] == end] for end in _CLOSES.values()}


def constituents(doc: Doc) -> list[Range]:
    """Return the phrases of two words or more as half-open ranges of tokens, sorted, each once.

    Tokens of white space are not counted, as in `TextLayer.tokens`. Punctuation at an edge is left
    out unless both sides of a pair are inside.
    """
    tokens = list(doc)
    line = _Line(
        [token.text for token in tokens], [token.is_punct or token.is_space for token in tokens]
    )
    rungs = {rung for head in tokens if not head.is_space for rung in _ladder(head)}
    found = {line.trimmed(first, last) for first, last in rungs if last - first > 1}
    place = [0, *accumulate(not token.is_space for token in tokens)]
    counted = {(place[first], place[last]) for first, last in found if last > first}
    return sorted((first, last) for first, last in counted if last - first > 1)


def compact(ranges: Sequence[Range]) -> list[int]:
    """Return sorted ranges as one flat list: steps from start to start, each with a length."""
    starts = [0, *(start for start, _ in ranges)]
    steps = [after - before for before, after in pairwise(starts)]
    return [
        number
        for step, (start, end) in zip(steps, ranges, strict=True)
        for number in (step, end - start)
    ]


def _ladder(head: Token) -> Iterator[Range]:
    first, last = head.left_edge.i, head.right_edge.i + 1
    yield first, last
    if head.pos_ in _VERBAL:
        left = _reach(head, beside=_BESIDE_VERB)
        rights = [child for child in head.rights if not child.is_punct]
        yield head.i, _end(head, takewhile(lambda child: child.dep_ in _COMPLETES_VERB, rights))
        yield left, _end(head, takewhile(lambda child: child.dep_ not in _NEXT_CLAUSE, rights))
        yield left, last
        if head.left_edge.dep_ in {"mark", "cc"}:
            yield first + 1, last
    else:
        yield _reach(head, loose=_LOOSE), head.i + 1
        yield first, head.i + 1


def _reach(
    head: Token, *, beside: frozenset[str] | None = None, loose: frozenset[str] = frozenset()
) -> int:
    """Return where a phrase begins that takes dependents leftwards from the head while they fit."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.is_punct:
            continue
        if child.dep_ in loose or (beside is not None and child.dep_ not in beside):
            break
        start = child.left_edge.i
    return start


def _end(head: Token, taken: Iterable[Token]) -> int:
    return max((child.right_edge.i for child in taken), default=head.i) + 1


@dataclass(frozen=True)
class _Line:
    """The words of an article, read out of the parse once, and which may not end a phrase."""

    texts: list[str]
    edge: list[bool]

    def trimmed(self, first: int, last: int) -> Range:
        """Leave punctuation at the edges out, except a mark whose partner is inside."""
        start, texts, edge = first, self.texts, self.edge
        while first < last and edge[last - 1] and not self._closes(start, last - 1):
            last -= 1
        if last < len(texts) and self._closes(start, last):
            last += 1
        while first < last and edge[first] and not self._opens(first, last):
            first += 1
        return first, last

    def _closes(self, start: int, at: int) -> bool:
        """Tell whether a mark closes what was opened behind ``start``."""
        mine = self.texts[at]
        openers = _OPENERS.get(mine)
        if openers is None:
            return False
        inside = self.texts[start:at]
        return any(
            inside.count(mark) % 2 if mark == mine else inside.count(mark) > inside.count(mine)
            for mark in openers
        )

    def _opens(self, at: int, end: int) -> bool:
        closing = _CLOSES.get(self.texts[at])
        return closing is not None and closing in self.texts[at + 1 : end]

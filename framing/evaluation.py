"""How well predicted annotations match gold: precision, recall and F1 in five readings.

A unit is what one annotation holds in one role of one article: a loaded term's span, or all
source, cue or content parts of an attribution together. Units match within one device, role and
article, and one label where labels are told apart.

strict      the same parts exactly
overlap     at least one shared character, as many one-to-one pairs as possible
jaccard     shared tokens at least half of all tokens of both, one to one
sourced     as `jaccard` on the content, and a shared source token (attributions only)
fractional  each unit earns the share that the other side covers (Da San Martino et al. 2019,
            Fine-Grained Analysis of Propaganda in News Articles, equations 1 to 3)
tokens      every token in or out
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from framing.annotations import Annotation

MEASURES = ("strict", "overlap", "jaccard", "sourced", "fractional", "tokens")
TOKENWISE = frozenset({"jaccard", "sourced", "tokens"})
EVERY_LABEL = ""
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LEVELS = (2.5, 97.5)

Tokens = frozenset[int]
Counts = NDArray[np.float64]
"""Hits among the predicted, predicted, hits among the gold, gold: one row a document."""


@dataclass(frozen=True)
class Unit:
    """What one annotation holds in one role: character spans, and the tokens they touch."""

    spans: frozenset[tuple[int, int]]
    tokens: Tokens
    source: Tokens


@dataclass(frozen=True)
class Score:
    """One measure of one device, role and label (all labels together when empty).

    A value is None when it is undefined, and ``undefined`` says why. ``interval`` is the 95 %
    percentile bootstrap of F1 over documents, None when not asked for.
    """

    device: str
    role: str
    label: str
    measure: str
    precision: float | None
    recall: float | None
    f1: float | None
    gold: int
    predicted: int
    documents: int
    undefined: str = ""
    interval: tuple[float, float] | None = None


def token_spans(text: str) -> list[tuple[int, int]]:
    """Return the words and single marks of a text; white space belongs to none."""
    return [found.span() for found in _TOKEN.finditer(text)]


def evaluate(
    gold: Iterable[Annotation],
    predicted: Iterable[Annotation],
    texts: Mapping[str, str],
    *,
    measures: Collection[str] = MEASURES,
    by_label: bool = True,
    bootstrap: int = 0,
    seed: int = 0,
) -> list[Score]:
    """Score predictions on the documents of ``texts``, by device, role and label.

    Documents without annotations on either side count as read. Annotations of other documents
    are left out. Fewer measures cost less: `TOKENWISE` ones need the words of every text. Raises
    ValueError for a part outside its text.
    """
    words = _words(texts) if TOKENWISE & set(measures) else {}
    units = [_units(side, texts, words, by_label=by_label) for side in (gold, predicted)]
    rng = np.random.default_rng(seed)
    resamples = rng.integers(0, len(texts), (bootstrap, len(texts))) if texts else None
    scores = []
    for key in sorted({*units[0], *units[1]}):
        for measure in MEASURES:
            if measure not in measures or (measure == "sourced" and key[1] != "content"):
                continue
            counts = _counts(units[0].get(key, {}), units[1].get(key, {}), list(texts), measure)
            scores.append(_score(key, measure, counts, resamples))
    return scores


Key = tuple[str, str, str]
_Sided = dict[Key, dict[str, list[Unit]]]
_Words = Mapping[str, tuple[list[int], list[int]]]
"""Starts and ends of the tokens of each document."""


def _words(texts: Mapping[str, str]) -> _Words:
    spans = {document: token_spans(text) for document, text in texts.items()}
    return {document: ([a for a, _ in found], [b for _, b in found])
            for document, found in spans.items()}


def _units(annotations: Iterable[Annotation], texts: Mapping[str, str], words: _Words, *,
           by_label: bool) -> _Sided:
    """Return the units of one side by (device, role, label) and document."""
    found: _Sided = defaultdict(lambda: defaultdict(list))
    for annotation in annotations:
        if annotation.document not in texts:
            continue
        source = _touched(annotation, "source", words)
        for role in sorted({p.role for p in annotation.parts if not p.document}):
            spans = frozenset((s.start, s.end) for s in annotation.spans(role))
            if max(end for _, end in spans) > len(texts[annotation.document]):
                raise ValueError(f"annotation {annotation.id!r} reaches beyond its text")
            unit = Unit(spans, _touched(annotation, role, words), source)
            for label in (annotation.label, EVERY_LABEL)[not by_label :]:
                found[annotation.device, role, label][annotation.document].append(unit)
    return found


def _touched(annotation: Annotation, role: str, words: _Words) -> Tokens:
    starts, ends = words.get(annotation.document, ([], []))
    found: set[int] = set()
    for span in annotation.spans(role):
        first = max(bisect_right(starts, span.start) - 1, 0)
        for index in range(first, len(starts)):
            if starts[index] >= span.end:
                break
            if ends[index] > span.start:
                found.add(index)
    return frozenset(found)


def _counts(gold: Mapping[str, list[Unit]], predicted: Mapping[str, list[Unit]],
            documents: Sequence[str], measure: str) -> Counts:
    count = _tokens if measure == "tokens" else _fractional if measure == "fractional" else None
    rows = []
    for document in documents:
        left, right = gold.get(document, []), predicted.get(document, [])
        rows.append(count(left, right) if count else _matched(left, right, _SAME[measure]))
    return np.array(rows, dtype=float).reshape(-1, 4)


def _matched(gold: list[Unit], predicted: list[Unit], same: Callable[[Unit, Unit], bool]
             ) -> tuple[float, float, float, float]:
    pairs = [(g, p) for g, one in enumerate(gold) for p, two in enumerate(predicted)
             if same(one, two)]
    hits = 0
    if pairs:
        rows, columns = zip(*pairs, strict=True)
        graph = csr_matrix((np.ones(len(pairs), dtype=np.int8), (rows, columns)),
                           shape=(len(gold), len(predicted)))
        hits = int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
    return hits, len(predicted), hits, len(gold)


def _strict(gold: Unit, predicted: Unit) -> bool:
    return gold.spans == predicted.spans


def _overlap(gold: Unit, predicted: Unit) -> bool:
    return any((a < d and c < b) or (a, b) == (c, d)
               for a, b in gold.spans for c, d in predicted.spans)


def _jaccard(gold: Unit, predicted: Unit) -> bool:
    """White space holds no token: two such units are the same when their spans are."""
    either = len(gold.tokens | predicted.tokens)
    return 2 * len(gold.tokens & predicted.tokens) >= either > 0 or _strict(gold, predicted)


def _sourced(gold: Unit, predicted: Unit) -> bool:
    """Two attributions that both lack a source agree on it."""
    shared = gold.source & predicted.source or not (gold.source or predicted.source)
    return _jaccard(gold, predicted) and bool(shared)


_SAME: Mapping[str, Callable[[Unit, Unit], bool]] = {
    "strict": _strict, "overlap": _overlap, "jaccard": _jaccard, "sourced": _sourced,
}


def _fractional(gold: list[Unit], predicted: list[Unit]) -> tuple[float, float, float, float]:
    return (_covered(predicted, gold), len(predicted), _covered(gold, predicted), len(gold))


def _covered(units: list[Unit], others: list[Unit]) -> float:
    """Sum over units the share of their characters that the others hold, each shared part once."""
    held = {i for other in others for a, b in other.spans for i in range(a, b)}
    total = 0.0
    for unit in units:
        own = {i for a, b in unit.spans for i in range(a, b)}
        total += len(own & held) / len(own) if own else float(unit.spans in [
            o.spans for o in others])
    return total


def _tokens(gold: list[Unit], predicted: list[Unit]) -> tuple[float, float, float, float]:
    left = frozenset[int]().union(*(u.tokens for u in gold))
    right = frozenset[int]().union(*(u.tokens for u in predicted))
    shared = len(left & right)
    return shared, len(right), shared, len(left)


def _score(key: Key, measure: str, counts: Counts, resamples: NDArray[np.int64] | None) -> Score:
    total = counts.sum(axis=0)
    precision, recall, f1 = _ratios(total)
    undefined = "" if f1 is not None else _why(total)
    interval = None
    if resamples is not None and len(resamples) and f1 is not None:
        values = [_ratios(counts[chosen].sum(axis=0))[2] for chosen in resamples]
        defined = [v for v in values if v is not None]
        if defined:
            low, high = np.percentile(defined, _LEVELS)
            interval = float(low), float(high)
    return Score(*key, measure, precision, recall, f1, int(total[3]), int(total[1]),
                 len(counts), undefined, interval)


def _ratios(total: Counts) -> tuple[float | None, float | None, float | None]:
    """Precision, recall and F1; F1 is 2 PR / (P + R), and 0 when nothing at all was hit."""
    precision = float(total[0] / total[1]) if total[1] else None
    recall = float(total[2] / total[3]) if total[3] else None
    if precision is None or recall is None:
        return precision, recall, None
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _why(total: Counts) -> str:
    if not total[1] and not total[3]:
        return "neither side marked anything"
    return "nothing was predicted" if not total[1] else "the gold has nothing of it"

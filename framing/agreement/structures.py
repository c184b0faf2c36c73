"""Annotations with roles: aligned as wholes, then compared role by role and attribute by attribute.

Two annotations of an article resemble each other by the mean Jaccard index of their roles'
characters; the pairs of two annotators are those of the greatest total resemblance. An aligned
pair matches when each role that either has is in both and overlaps (or is equal). An annotation
inside another of its annotator matches only one with equal roles and label, and one that shares
the place of a part with another only one with its label.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from framing.agreement.coefficients import Columns, solve_alpha
from framing.agreement.columns import Ints
from framing.agreement.disjoint import best_groups
from framing.agreement.layout import Layout
from framing.agreement.matching import EQUAL_INSIDE, mean_over_pairs, pair_sums
from framing.agreement.meeting import meeting, overlapping
from framing.agreement.nesting import Mask, lines
from framing.agreement.statistics import Array, Key, Parameters, Solved, Statistics
from framing.agreement.study import Study, Unit, own_parts
from framing.annotations import Annotation, Reading, State
from framing.documents import Document

MATCHES = ("overlap", "strict")
LABEL = "label"


@dataclass(frozen=True)
class Structures:
    """The annotations of one device, whole, with the lengths of the articles and who read them."""

    documents: Mapping[str, int]
    readings: frozenset[tuple[str, str]]
    annotations: tuple[Annotation, ...]
    places: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_annotations(cls, documents: Iterable[Document], annotations: Iterable[Annotation],
                         readings: Iterable[Reading], *, device: str) -> Structures:
        return cls.from_parts({d.id: len(d.text) for d in documents}, annotations, readings,
                              device=device)

    @classmethod
    def from_parts(cls, lengths: Mapping[str, int], annotations: Iterable[Annotation],
                   readings: Iterable[Reading], *, device: str,
                   places: Mapping[str, str] | None = None) -> Structures:
        """Do the same without the texts; ``places`` names annotations by id in messages."""
        chosen = tuple(a for a in annotations if a.device == device)
        read = {(r.document, r.annotator) for r in readings
                if r.device == device and r.state == State.DONE}
        return cls(lengths, frozenset(read | {(a.document, a.annotator) for a in chosen}), chosen,
                   places or {})

    @cached_property
    def parts(self) -> list[tuple[int, Unit]]:
        """Return each part in the article itself, labeled by role, with its annotation's number."""
        return [(index, Unit(a.document, a.annotator, p.span.start, p.span.end, p.role))
                for index, a in enumerate(self.annotations) for p in own_parts(a, None)]

    @cached_property
    def study(self) -> Study:
        """Return the parts as units whose label is the role; raises DataError as Study does."""
        ids = [self.annotations[index].id for index, _ in self.parts]
        places = tuple(self.places.get(id, f"annotation {id}") for id in ids)
        return Study(self.documents, self.readings, tuple(unit for _, unit in self.parts), places)

    @property
    def annotators(self) -> tuple[str, ...]:
        return self.study.annotators

    @property
    def unit_documents(self) -> list[str]:
        return [annotation.document for annotation in self.annotations]

    def readers(self) -> dict[str, tuple[str, ...]]:
        return self.study.readers()

    def restricted(self, *, documents: Collection[str], annotators: Collection[str]) -> Structures:
        return Structures(
            {d: n for d, n in self.documents.items() if d in documents},
            frozenset((d, a) for d, a in self.readings if d in documents and a in annotators),
            tuple(a for a in self.annotations
                  if a.document in documents and a.annotator in annotators), self.places)


@dataclass(frozen=True)
class _Pairs:
    """Aligned annotations of two annotators and how far each role agrees, shape (pairs, roles)."""

    left: Ints
    right: Ints
    jaccard: Array
    lone: Array


def count_structures(data: Structures, parameters: Parameters) -> Statistics:
    """Count matched pairs: columns ``hit``, ``gold``, ``found`` by pair of annotators, the same
    with ``role:`` by role and pair, and the coincidences of attributes on aligned pairs."""
    layout = data.study.layout
    whole = _as_units(data, layout)
    has = _roles_of(data, layout.labels)
    pairs = _aligned(data, layout, whole, has)
    inside, beside = _meeting(data, layout)
    one, other = whole.unit[pairs.left], whole.unit[pairs.right]
    equal = pairs.jaccard >= 1.0
    enough = equal if parameters["match"] == "strict" else \
        np.where((inside[one] | inside[other])[:, None], equal, pairs.jaccard > 0)
    matched = (enough | pairs.lone.astype(bool)).all(axis=1)
    labels = np.array([annotation.label for annotation in data.annotations], dtype=object)
    matched &= ~(beside[one] | beside[other]) | (labels[one] == labels[other])
    hits = (pairs.left[matched], pairs.right[matched], np.ones(int(matched.sum())))
    parts = [pair_sums(whole, {"hit": hits})]
    for index, role in enumerate(layout.labels):
        good = enough[:, index]
        found = pair_sums(whole, {"hit": (pairs.left[good], pairs.right[good],
                                          np.ones(int(good.sum())))}, has[whole.unit, index])
        parts.append(_renamed(found, f"role:{role}:"))
    parts.append(_attributes(data, whole, pairs))
    return Statistics(tuple(key for part in parts for key in part.columns),
                      np.column_stack([part.table for part in parts]), layout.documents,
                      notes=(EQUAL_INSIDE,) if inside.any() else ())


def solve_structures(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """F1 of matched annotations, mean over pairs of annotators."""
    return mean_over_pairs(columns, table)


def structure_details(columns: Columns, table: Array) -> Mapping[str, object]:
    """Return F1 by role that was marked, and alpha of label and attributes on aligned pairs."""
    roles = sorted({key[0].split(":")[1] for index, key in enumerate(columns)
                    if key[0].startswith("role:") and table[:, index].any()})
    attributes = sorted({key[1] for key in columns if key[0] == "attribute"})
    return {"roles": {role: _role_detail(columns, table, role) for role in roles},
            "attributes": {name: _attribute_detail(columns, table, name)
                           for name in attributes}}


def _role_detail(columns: Columns, table: Array, role: str) -> dict[str, object]:
    prefix = f"role:{role}:"
    own = [i for i, key in enumerate(columns) if key[0].startswith(prefix)]
    renamed = tuple((columns[i][0].removeprefix(prefix), *columns[i][1:]) for i in own)
    solved = mean_over_pairs(renamed, table[:, own])
    return {"f1": _plain(solved.value), "precision": _plain(solved.precision),
            "recall": _plain(solved.recall), "undefined": solved.reason(0)}


def _attribute_detail(columns: Columns, table: Array, name: str) -> dict[str, object]:
    own = [i for i, key in enumerate(columns) if key[:2] == ("attribute", name)]
    renamed = tuple(columns[i][2:] for i in own)
    solved = solve_alpha(renamed, table[:, own], {"level": "nominal"})
    pairs = table[0, [i for i in own if columns[i][2] == "n"]].sum() / 2
    return {"alpha": _plain(solved.value), "n_pairs": int(pairs), "undefined": solved.reason(0)}


def _as_units(data: Structures, layout: Layout) -> Layout:
    """Return the annotations themselves as units without place, in shared documents."""
    row = {name: index for index, name in enumerate(layout.documents)}
    names = {name: index for index, name in enumerate(layout.annotators)}
    kept = [i for i, a in enumerate(data.annotations) if a.document in row]
    document = np.array([row[data.annotations[i].document] for i in kept], dtype=np.int64)
    annotator = np.array([names[data.annotations[i].annotator] for i in kept], dtype=np.int64)
    slot = (layout.slots[document] == annotator[:, None]).argmax(axis=1) if kept else document
    none = np.zeros(len(kept), dtype=np.int64)
    return Layout(layout.documents, layout.annotators, (), layout.offsets, layout.slots, document,
                  slot, none, none, none, np.array(kept, dtype=np.int64))


def _meeting(data: Structures, layout: Layout) -> tuple[Mask, Mask]:
    """Mark annotations of which a part begins in a part of another, earlier or longer one.

    Beside them stand all of which a part meets another's so, or has its place.
    """
    owner = np.array([index for index, _ in data.parts], dtype=np.int64)
    owner = owner[layout.unit] if len(owner) else owner
    # An anchor takes the character after it.
    one, other = meeting(lines(layout), layout.start, np.maximum(layout.end, layout.start + 1))
    kept = owner[one] != owner[other]
    one, other = one[kept], other[kept]
    begins = layout.start[one] == layout.start[other]
    within = np.where(begins & (layout.end[one] < layout.end[other]), one, other)
    equal = begins & (layout.end[one] == layout.end[other])
    inside, beside = np.zeros((2, len(data.annotations)), dtype=bool)
    inside[owner[within[~equal]]] = True
    beside[owner[np.concatenate([within, one[equal]])]] = True
    return inside, beside


def _roles_of(data: Structures, roles: tuple[str, ...]) -> Array:
    has = np.zeros((len(data.annotations), len(roles)), dtype=bool)
    for index, unit in data.parts:
        if unit.label in roles:
            has[index, roles.index(unit.label)] = True
    return np.asarray(has)


def _aligned(data: Structures, layout: Layout, whole: Layout, has: Array) -> _Pairs:
    """Align annotations by the overlap of their parts; indices are units of ``whole``."""
    owner = np.array([index for index, _ in data.parts], dtype=np.int64)
    place = np.full(len(data.annotations), -1)
    place[whole.unit] = np.arange(len(whole.unit))
    left, right = overlapping(layout)
    one, other = (place[owner[layout.unit[side]]] for side in (left, right))
    shared = np.minimum(layout.end[left], layout.end[right]) \
        - np.maximum(layout.start[left], layout.start[right])
    pairs, pair = np.unique(np.stack([one, other], axis=1).reshape(-1, 2), axis=0,
                            return_inverse=True)
    roles = max(len(layout.labels), 1)
    cell = pair.ravel() * roles + layout.label[left]
    common = np.bincount(cell, np.maximum(shared, 0), minlength=len(pairs) * roles)
    equal_anchors = np.bincount(cell, shared == 0, minlength=len(pairs) * roles)
    length = np.zeros((len(data.annotations), roles))
    np.add.at(length, (owner[layout.unit], layout.label), layout.end - layout.start)
    first, second = whole.unit[pairs[:, 0]], whole.unit[pairs[:, 1]]
    union = length[first] + length[second] - common.reshape(-1, roles)
    jaccard = np.where(union > 0, common.reshape(-1, roles) / np.maximum(union, 1),
                       np.minimum(equal_anchors.reshape(-1, roles), 1.0))
    chosen = _best_pairs(whole, pairs, jaccard.mean(axis=1)) if len(pairs) else \
        np.zeros(0, dtype=np.int64)
    lone = ~has[first[chosen]] & ~has[second[chosen]]
    return _Pairs(pairs[chosen, 0], pairs[chosen, 1], jaccard[chosen],
                  lone if len(layout.labels) else np.zeros((len(chosen), roles)))


def _best_pairs(whole: Layout, pairs: Ints, gain: Array) -> Ints:
    width = whole.slots.shape[1]
    nodes = np.stack([pairs[:, 0] * width + whole.slot[pairs[:, 1]],
                      pairs[:, 1] * width + whole.slot[pairs[:, 0]]], axis=1)
    _, node = np.unique(nodes, return_inverse=True)
    return best_groups(node.reshape(nodes.shape), np.maximum(gain, 1e-12))


def _attributes(data: Structures, whole: Layout, pairs: _Pairs) -> Statistics:
    """Count equal values on aligned pairs: each pair is an item that two annotators coded."""
    sums: dict[Key, Array] = {}
    for left, right in zip(pairs.left, pairs.right, strict=True):
        one, other = (data.annotations[whole.unit[i]] for i in (left, right))
        row = whole.document[left]
        for name in ({*one.attributes} & {*other.attributes}) | {LABEL}:
            values = [a.label if name == LABEL else a.attributes[name] for a in (one, other)]
            for value in values:
                _add(sums, ("attribute", name, "n", value), row, 1.0, len(whole.documents))
            _add(sums, ("attribute", name, "agree"), row, 2.0 * (values[0] == values[1]),
                 len(whole.documents))
    empty = np.zeros((len(whole.documents), 0))
    return Statistics(tuple(sums), np.column_stack([empty, *sums.values()]), whole.documents)


def _add(sums: dict[Key, Array], key: Key, row: int, amount: float, n: int) -> None:
    sums.setdefault(key, np.zeros(n))[row] += amount


def _renamed(found: Statistics, prefix: str) -> Statistics:
    return Statistics(tuple((prefix + key[0], *key[1:]) for key in found.columns), found.table,
                      found.documents)


def _plain(values: Array | None) -> float | None:
    return None if values is None or np.isnan(values[0]) else float(values[0])

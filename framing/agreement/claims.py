"""Which omissions speak of the same claim: those whose evidence overlaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from framing.annotations import Annotation, Part


@dataclass(frozen=True)
class Claim:
    """Annotations of one missing fact. ``name`` is the first passage that carries it."""

    name: str
    annotations: tuple[Annotation, ...]
    held_by: frozenset[str]


def claims_of(annotations: Sequence[Annotation]) -> list[Claim]:
    """Group annotations whose evidence shares a character, directly or through others.

    An annotation without evidence is a claim of its own.
    """
    passages = sorted((part.document, part.span, index) for index, annotation
                      in enumerate(annotations) for part in evidence(annotation))
    group = list(range(len(annotations)))
    open_until, holder, reach_document = -1, -1, ""
    for document, span, index in passages:
        if document == reach_document and span.start < open_until:
            _join(group, holder, index)
            open_until = max(open_until, span.end)
        else:
            open_until, holder, reach_document = span.end, index, document
    members: dict[int, list[Annotation]] = {}
    for index, annotation in enumerate(annotations):
        members.setdefault(_root(group, index), []).append(annotation)
    return [_claim(found) for found in members.values()]


def evidence(annotation: Annotation) -> list[Part]:
    """Return the parts that lie in another article."""
    return [part for part in annotation.parts
            if part.document and part.document != annotation.document]


def _claim(annotations: list[Annotation]) -> Claim:
    parts = sorted((p.document, p.span.start, p.span.end) for a in annotations
                   for p in evidence(a))
    name = f"{parts[0][0]} [{parts[0][1]}, {parts[0][2]})" if parts else annotations[0].id
    return Claim(name, tuple(annotations), frozenset(part[0] for part in parts))


def _root(group: list[int], index: int) -> int:
    while group[index] != index:
        index = group[index]
    return index


def _join(group: list[int], one: int, other: int) -> None:
    group[_root(group, other)] = _root(group, one)

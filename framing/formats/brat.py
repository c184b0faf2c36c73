"""brat standoff: a ZIP archive with a folder for each annotator.

``T1 TAB Label start end[;start end] TAB text`` is a span, ``E1 TAB at_attribution:T1 Source:T2`` an
attribution whose trigger is its cue, ``A1 TAB name T1 value`` an attribute, ``#1 TAB
AnnotatorNotes T1 TAB text`` a note. Offsets are code points; several pieces of one role are one
discontinuous span.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import BinaryIO
from urllib.parse import quote

from framing.annotations import Annotation, Part
from framing.formats.base import Blocks
from framing.formats.records import by_reader, is_own, ordered
from framing.formats.report import ConversionReport

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say: equal records give equal bytes

_ROLES = ("source", "cue", "content")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_NO_SPAN = "no span with characters in the annotated article"
_PIECES = "empty spans and evidence elsewhere are left out"
_EXTRAS = "confidence, flags and scores are left out"


def write(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write ``<annotator>/<article>.txt`` and ``.ann`` for every article that somebody read.

    brat shows the two side by side. Names are percent-encoded, so that none points elsewhere.
    """
    report = ConversionReport()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for records in blocks:
            groups = by_reader(ordered(records, report), report)
            for (document, annotator), marked in groups.items():
                path = f"{_name(annotator)}/{_name(document.id)}"
                _put(archive, f"{path}.txt", document.text)
                _put(archive, f"{path}.ann", "".join(_lines(marked, report)))
            for document in dict.fromkeys(document for document, _ in groups):
                report.keep(document)
    return report


class _Lines:
    """The lines of one file, with the numbers that brat gives to spans, events and the rest."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._counts: Counter[str] = Counter()

    def add(self, kind: str, content: str) -> str:
        self._counts[kind] += 1
        id = f"{kind}{self._counts[kind]}"
        self.lines.append(f"{id}\t{content}\n")
        return id

    def span(self, label: str, parts: list[Part]) -> str:
        pieces = sorted(parts, key=lambda part: part.span)
        places = ";".join(f"{part.span.start} {part.span.end}" for part in pieces)
        return self.add("T", f"{label} {places}\t{_line(' '.join(p.quote for p in pieces))}")


def _lines(annotations: Iterable[Annotation], report: ConversionReport) -> list[str]:
    lines = _Lines()
    for annotation in annotations:
        parts = [part for part in annotation.parts if is_own(part, annotation) and len(part.span)]
        if not parts:
            report.drop(annotation, _NO_SPAN)
            continue
        if annotation.device == "attribution":
            id = _event(annotation, parts, lines)
        else:
            id = lines.span(_word(annotation.label), parts)
        _describe(annotation, id, lines)
        _count(annotation, parts, report)
    return lines.lines


def _event(annotation: Annotation, parts: list[Part], lines: _Lines) -> str:
    """Sources are people apart; the pieces of a cue or a content are one thing."""
    roles: dict[str, list[list[Part]]] = defaultdict(list)
    for part in parts:
        if part.role == "source" or not roles[part.role]:
            roles[part.role].append([part])
        else:
            roles[part.role][0].append(part)
    trigger = lines.span(_word(annotation.label), (roles.get("cue") or [parts[:1]])[0])
    arguments = [f"{_word(annotation.label)}:{trigger}"]
    for role in (*_ROLES, *sorted(roles.keys() - set(_ROLES))):
        for number, pieces in enumerate(roles.get(role, ()), start=1):
            name = _word(role).capitalize()
            argument = f"{name}{number if number > 1 else ''}"
            arguments.append(f"{argument}:{lines.span(name, pieces)}")
    return lines.add("E", " ".join(arguments))


def _describe(annotation: Annotation, id: str, lines: _Lines) -> None:
    """Write attributes of one word as such, everything else as notes."""
    for name, value in sorted(annotation.attributes.items()):
        if _WORD.fullmatch(name) and _WORD.fullmatch(value):
            lines.add("A", f"{name} {id} {value}")
        elif value:
            lines.add("#", f"AnnotatorNotes {id}\t{_line(f'{name}: {value}')}")
    if annotation.note:
        lines.add("#", f"AnnotatorNotes {id}\t{_line(annotation.note)}")


def _count(annotation: Annotation, parts: list[Part], report: ConversionReport) -> None:
    if len(parts) < len(annotation.parts):
        report.change(annotation, _PIECES)
    elif annotation.confidence or annotation.flag or annotation.score is not None:
        report.change(annotation, _EXTRAS)
    else:
        report.keep(annotation)


def _put(archive: zipfile.ZipFile, name: str, content: str) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content.encode())


def _name(id: str) -> str:
    encoded = quote(id, safe="")
    return encoded if encoded.strip(".") else encoded.replace(".", "%2E")


def _word(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)


def _line(text: str) -> str:
    return re.sub(r"[\t\n]", " ", text)

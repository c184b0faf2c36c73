"""CoNLL: a token a line, with one BIO column for each device.

What one annotator read begins with two comment lines and ends with an empty line. The columns
are the token, its start and end in code points, and B-, I- or O for each device. Tokens are runs
of letters and digits, or single other signs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import BinaryIO

from framing.annotations import Annotation
from framing.documents import Document
from framing.formats.base import Blocks
from framing.formats.records import by_reader, is_own, ordered, span_label
from framing.formats.report import ConversionReport
from framing.spans import Span

DEVICES = ("loaded_terms", "attribution", "omission")
TOKEN = re.compile(r"\w+|[^\w\s]")

_OTHER = "the device has no column"
_NO_SPAN = "no span with tokens in the annotated article"
_HIDDEN = "a span overlaps an earlier one of its device: a token has one label"
_REDUCED = "spans begin and end with tokens; parts elsewhere, attributes and notes are left out"

Tags = dict[str, list[str]]


def write(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write the tokens for every article and annotator who finished reading it or marked in it."""
    report = ConversionReport()
    for records in blocks:
        groups = by_reader(ordered(records, report), report)
        for (document, annotator), marked in groups.items():
            stream.write(_reading(document, annotator, marked, report).encode())
        for document in dict.fromkeys(document for document, _ in groups):
            report.keep(document)
    return report


def _reading(
    document: Document, annotator: str, annotations: Iterable[Annotation], report: ConversionReport
) -> str:
    tokens = [Span(*found.span()) for found in TOKEN.finditer(document.text)]
    tags: Tags = {device: ["O"] * len(tokens) for device in DEVICES}
    for annotation in annotations:
        _tag(annotation, tokens, tags, report)
    head = f"# document = {_line(document.id)}\n# annotator = {_line(annotator)}\n"
    rows = zip(tokens, *tags.values(), strict=True)
    body = (
        "\t".join((token.quote(document.text), str(token.start), str(token.end), *columns)) + "\n"
        for token, *columns in rows
    )
    return head + "".join(body) + "\n"


def _tag(annotation: Annotation, tokens: list[Span], tags: Tags, report: ConversionReport) -> None:
    if annotation.device not in tags:
        report.drop(annotation, _OTHER)
        return
    own = [part for part in annotation.parts if is_own(part, annotation)]
    reached = [(part, touched(tokens, part.span)) for part in own]
    column = tags[annotation.device]
    exact = placed = 0
    for part, run in reached:
        if run and all(column[index] == "O" for index in run):
            label = span_label(part, annotation)
            column[run.start : run.stop] = [f"B-{label}", *[f"I-{label}"] * (len(run) - 1)]
            placed += 1
            exact += part.span == Span(tokens[run.start].start, tokens[run.stop - 1].end)
    if not any(run for _, run in reached):
        report.drop(annotation, _NO_SPAN)
    elif not placed:
        report.drop(annotation, _HIDDEN)
    elif placed < sum(bool(run) for _, run in reached):
        report.change(annotation, _HIDDEN)
    elif exact < len(annotation.parts) or annotation.attributes or annotation.note:
        report.change(annotation, _REDUCED)
    else:
        report.keep(annotation)


def touched(tokens: list[Span], span: Span) -> range:
    """Return the indexes of the tokens that share a character with the span."""
    if not len(span):
        return range(0)
    first = bisect_right(tokens, span.start, key=lambda token: token.end)
    return range(first, max(first, bisect_left(tokens, span.end, key=lambda token: token.start)))


def _line(text: str) -> str:
    return re.sub(r"[\t\n]", " ", text)

"""Cut a text into pieces that a parser can digest, whatever the text looks like.

Invariant: the pieces are contiguous, in order, and hold every code point of the text once.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from framing.spans import Span

LIMIT = 4000
"""Code points a piece may have: trees and rules cost at most this much squared."""

MARKS = 300
"""Marks in a row that a piece may have: spaCy cuts them off one by one, copying the rest."""

_BREAK = re.compile(r"(?:\r\n?|[\n\v\f\x85\u2028\u2029])\s*")
_RUN = re.compile(rf"[^\w\s]{{{MARKS},}}")
_BLANK = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")
_SPACE = re.compile(r"\s+")
_ENDS_PARAGRAPH = (".", "!", "?", "…", ":", '"', "”", "’", "»", ")", "*")


def chunks(text: str, *, limit: int = LIMIT) -> list[Span]:
    """Return pieces that end where paragraphs end, or sentences, words or code points."""
    parts = (piece for part in paragraphs(text) for piece in _without_runs(text, part))
    return [piece for part in parts for piece in _cut(text, part, limit)]


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs, each with the white space behind it.

    Every line is a paragraph, except in text whose lines were wrapped by hand at a column: there
    only an empty line ends one.
    """
    wrapped = is_wrapped(text)
    ends = [found.end() for found in _BREAK.finditer(text)
            if not wrapped or _BLANK.search(found.group())]
    edges = [0, *(end for end in ends if end < len(text)), len(text)]
    return [Span(a, b) for a, b in pairwise(edges) if a < b]


def is_wrapped(text: str) -> bool:
    """Tell whether single line ends are layout: lines of one width that stop in mid-sentence."""
    lines = text.split("\n")
    broken = [line.rstrip() for line, after in pairwise(lines)
              if line.strip() and after.strip()]
    if len(broken) < 4 or not 40 <= median(map(len, broken)) <= 100:
        return False
    return sum(line.endswith(_ENDS_PARAGRAPH) for line in broken) * 3 < len(broken)


def _without_runs(text: str, part: Span) -> list[Span]:
    """Cut a paragraph inside long rows of marks."""
    runs = _RUN.finditer(text, part.start, part.end)
    inside = [place for run in runs for place in range(run.start() + MARKS, run.end(), MARKS)]
    return [Span(a, b) for a, b in pairwise([part.start, *inside, part.end])]


def _cut(text: str, part: Span, limit: int) -> list[Span]:
    pieces: list[Span] = []
    start = part.start
    while part.end - start > limit:
        end = _last_end(text, start, start + limit)
        pieces.append(Span(start, end))
        start = end
    return [*pieces, Span(start, part.end)]


def _last_end(text: str, start: int, end: int) -> int:
    for pattern in (_SENTENCE_END, _SPACE):
        found = [match.end() for match in pattern.finditer(text, start + (end - start) // 2, end)]
        if found:
            return found[-1]
    return end

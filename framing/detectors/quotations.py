"""Find what stands between quotation marks: curly, straight, nested, unbalanced.

Marks are paired within a paragraph. An opening double mark that is never closed holds until the
paragraph's end, as printers do for speech of several paragraphs; an opening single mark that is
never closed is an apostrophe.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from framing.spans import Span, trimmed

_DOUBLE_OPEN = "“„«‟〝「『"
_DOUBLE_CLOSE = "”»〞」』"
_MARKS = frozenset("\"“”„«»‟〝〞「」『』‘’‚'`＂")
_STRAIGHT = ('"', "＂", "'", "`", "``", "''")
_MAX_OPEN = 50
"""More marks than this are not open at once in language, only in rubbish."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A marked passage. ``span`` holds the marks, ``inner`` does not; depth 0 is outermost."""

    span: Span
    inner: Span
    depth: int
    closed: bool
    single: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark of one or two characters (`''` and the like) and the roles it can play."""

    start: int
    end: int
    single: bool
    opens: bool
    closes: bool
    char: str


def quotations(text: str, paragraphs: Iterable[Span]) -> list[Quotation]:
    """Return all quotations in text order, an outer one before those inside it."""
    found = [q for part in paragraphs for q in _paired(text, trimmed(part, text))]
    return sorted(found, key=lambda q: (q.span.start, -q.span.end))


def _paired(text: str, part: Span) -> list[Quotation]:
    stack: list[_Mark] = []
    found: list[tuple[_Mark, Span, bool]] = []
    for mark in _marks(text, part):
        partner = _partner(stack, mark)
        if partner is not None:
            del stack[partner + 1 :]
            opening = stack.pop()
            found.append((opening, Span(opening.start, mark.end), True))
        elif mark.opens and len(stack) < _MAX_OPEN:
            stack.append(mark)
    unclosed = [mark for mark in stack if not mark.single]
    if unclosed and not any(mark.start > unclosed[0].start and not mark.single
                            for mark, _, _ in found):
        # With another pair behind it, nobody can tell where the open one was to end.
        found.append((unclosed[0], Span(unclosed[0].start, part.end), False))
    return _with_depth([q for q in (_quotation(text, *f) for f in found) if q])


def _partner(stack: list[_Mark], mark: _Mark) -> int | None:
    """Return which open mark this one closes: the innermost of the same width."""
    if not mark.closes:
        return None
    for index in range(len(stack) - 1, -1, -1):
        opening = stack[index]
        fits = opening.single == mark.single and _match(opening.char, mark.char)
        if fits and not (mark.opens and _reopens(opening, mark)):
            return index
    return None


def _reopens(opening: _Mark, mark: _Mark) -> bool:
    """A mark that could do both, right behind a space, opens unless that was just done."""
    return mark.char == opening.char and mark.start == opening.end


def _match(opening: str, closing: str) -> bool:
    if opening in _STRAIGHT or closing in _STRAIGHT:
        return True
    if opening == "„":
        return closing in "“”"
    return closing in {"“": "”", "‟": "”", "«": "»", "»": "«", "〝": "〞", "「": "」", "『": "』",
            "‘": "’", "‚": "‘’"}.get(
        opening, "")


def _marks(text: str, part: Span) -> Iterable[_Mark]:
    at = part.start
    while at < part.end:
        if text[at] not in _MARKS:
            at += 1
            continue
        width = 2 if text[at : at + 2] in ("''", "``", "‘‘", "’’") else 1
        mark = _read(text, part, at, min(at + width, part.end))
        at = mark.end
        if mark.opens or mark.closes:
            yield mark


def _read(text: str, part: Span, start: int, end: int) -> _Mark:
    before = text[start - 1] if start > part.start else " "
    after = text[end] if end < part.end else " "
    char = text[start]
    single = end - start == 1 and char in "‘’‚'`"
    opens = _may_open(before, after)
    closes = _may_close(before, after)
    if char == "»" and opens and after.isalnum():
        closes = False  # French turns them outwards, German inwards.
    elif char == "«" and closes and not opens and (before.isalnum() or before in ".,!?…"):
        pass
    elif char in _DOUBLE_OPEN or text[start:end] in ("``", "‘‘"):
        # A German closing mark looks like an English opening one.
        opens, closes = True, char == "“" and not opens
    elif char in _DOUBLE_CLOSE or text[start:end] == "’’":
        opens, closes = False, True
    elif single and char in "‘‚`":
        closes = False
    elif single and char == "’":
        opens = False
    elif not single and before.isdigit() and not after.isalnum() and char == '"':
        # 6" may be inches or the end of "page 6": it never opens.
        opens, closes = False, True
    elif not opens and not closes and not single:
        opens = closes = True
    return _Mark(start, end, single, opens, closes, text[start:end])


def _may_open(before: str, after: str) -> bool:
    left = before.isspace() or before in "([{—–-/…:,;\"“‘'«>=" or before == "\u200b"
    return left and not after.isspace()


def _may_close(before: str, after: str) -> bool:
    return not before.isspace() and not (after.isalnum() or after == "$")


def _quotation(text: str, mark: _Mark, span: Span, closed: bool) -> Quotation | None:
    end = span.end - (len(mark.char) if closed else 0)
    inner = trimmed(Span(mark.end, max(mark.end, end)), text)
    if not any(char.isalnum() for char in inner.quote(text)):
        return None
    return Quotation(span, inner, 0, closed, mark.single)


def _with_depth(found: list[Quotation]) -> list[Quotation]:
    result: list[Quotation] = []
    open_ends: list[int] = []
    for quote in sorted(found, key=lambda q: (q.span.start, -q.span.end)):
        open_ends = [end for end in open_ends if end > quote.span.start]
        result.append(replace(quote, depth=len(open_ends)))
        open_ends.append(quote.span.end)
    return result

"""Half-open spans of Unicode code points into one stored text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The code points ``text[start:end]``; a zero-length span is an anchor between two.

    Raises ValueError when ``start`` is negative or lies behind ``end``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """A span is a thing, also when it is empty."""
        return True

    def overlap(self, other: Span) -> int:
        """Count the code points that both spans hold."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def jaccard(self, other: Span) -> float:
        """Return |A∩B| / |A∪B|; two equal anchors have 1, two different ones 0."""
        if self == other:
            return 1.0
        union = len(self) + len(other) - self.overlap(other)
        return self.overlap(other) / union if union else 0.0

    def quote(self, text: str) -> str:
        return text[self.start : self.end]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the fewest sorted spans that hold the same code points; touching spans join."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def trimmed(span: Span, text: str) -> Span:
    """Leave out white space at both ends; all white space gives an anchor at the start."""
    quote = span.quote(text)
    left = len(quote) - len(quote.lstrip())
    body = quote.strip()
    return Span(span.start + left, span.start + left + len(body)) if body else Span(
        span.start, span.start
    )

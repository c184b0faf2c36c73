"""An article as the rules see it: the parse, its paragraphs and its quotations as token ranges."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from framing.detectors.chunks import paragraphs
from framing.detectors.quotations import Quotation, quotations
from framing.spans import Span

Range = tuple[int, int]
"""Tokens ``[a, b)`` of an article."""

_STOPS = frozenset({".", "!", "?", "…", "...", ";"})


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Return the fewest sorted ranges that hold the same tokens."""
    result: list[Range] = []
    for a, b in sorted(ranges):
        if result and a <= result[-1][1]:
            result[-1] = (result[-1][0], max(b, result[-1][1]))
        else:
            result.append((a, b))
    return result


@dataclass(frozen=True, slots=True)
class Quote:
    """An outermost quotation as tokens, marks included."""

    range: Range
    paragraph: int
    words: int
    closed: bool
    title: bool
    last: str
    """The character before the closing mark."""

    @property
    def speech(self) -> bool:
        """Long or punctuated enough to be an utterance rather than a borrowed word or a title."""
        if self.title and self.last not in ",.!?…":
            return False
        return self.words >= 5 or (self.last in ",.!?…" and self.words >= 1)


def _is_title(inner: str) -> bool:
    """Tell whether all longer words begin with a capital, as in the name of a work."""
    long = [word for word in inner.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 1 and all(word[0].isupper() for word in long)


class Page:
    """One parsed article, prepared once and asked often."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self._starts = [token.idx for token in doc]
        self.paragraphs = [self.tokens(span) for span in paragraphs(self.text)]
        self._paragraph_starts = [a for a, _ in self.paragraphs]
        self.all_quotations = quotations(self.text, paragraphs(self.text))
        self.quotes = [self._quote(q) for q in self.all_quotations if q.depth == 0]
        self._quote_at = self._marked()

    def tokens(self, span: Span) -> Range:
        """Return the tokens that a span touches."""
        first = bisect_right(self._starts, span.start) - 1
        if first >= 0 and self._starts[first] + len(self.doc[first]) <= span.start:
            first += 1
        return max(first, 0), bisect_left(self._starts, span.end)

    def span(self, tokens: Range) -> Span:
        last = self.doc[tokens[1] - 1]
        return Span(self.doc[tokens[0]].idx, last.idx + len(last))

    def paragraph(self, index: int) -> int:
        return bisect_right(self._paragraph_starts, index) - 1

    def quote_of(self, index: int) -> int:
        """Return which outermost quotation holds this token, -1 if none."""
        return self._quote_at[index]

    def quotes_in(self, tokens: Range) -> list[int]:
        """Return the outermost quotations that share a token with a range, in text order."""
        return sorted({self._quote_at[i] for i in range(*tokens)} - {-1})

    def quoted(self, index: int) -> bool:
        return self._quote_at[index] >= 0

    @cached_property
    def sentences(self) -> list[Range]:
        return [(s.start, s.end) for s in self.doc.sents]

    def sentence(self, token: Token) -> Range:
        """Return the parsed sentence, never beyond the token's paragraph."""
        at = bisect_right(self.sentences, (token.i, len(self.doc) + 1)) - 1
        a, b = self.sentences[at]
        first, last = self.paragraphs[self.paragraph(token.i)]
        return max(a, first), min(b, last)

    def clause_end(self, index: int, limit: int) -> int:
        """Return where the sentence ends by its own full stop, outside quotation marks."""
        while index < limit and not (self.doc[index].text in _STOPS and not self.quoted(index)):
            index += 1
        return index

    def clause_start(self, index: int, limit: int) -> int:
        """Return the token behind the previous full stop; quoted full stops count as such."""
        while index > limit:
            before = self.doc[index - 1]
            if before.text in _STOPS or self._ends_speech(index - 1):
                break
            index -= 1
        return index

    def _ends_speech(self, index: int) -> bool:
        quote = self.quote_of(index)
        return (quote >= 0 and self.quotes[quote].range[1] == index + 1
                and self.quotes[quote].last in ".!?…")

    def _quote(self, quotation: Quotation) -> Quote:
        a, b = self.tokens(quotation.span)
        while b > a + 1 and self.doc[b - 1].is_space:
            b -= 1
        inner = quotation.inner.quote(self.text)
        return Quote((a, b), self.paragraph(a), len(inner.split()), quotation.closed,
                     _is_title(inner), inner[-1])

    def _marked(self) -> list[int]:
        table = [-1] * len(self.doc)
        for number, quote in enumerate(self.quotes):
            for index in range(*quote.range):
                table[index] = number
        return table

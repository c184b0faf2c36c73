"""Propose scare quotes: a word or two in marks that nobody in the sentence uttered."""

from __future__ import annotations

from collections.abc import Iterator

from framing.detectors.attribution.page import Page, Quote
from framing.detectors.loaded_terms.finding import Finding
from framing.detectors.words import words

_MOST_WORDS = 4
_NAMED_BY = words("""
film movie book novel song album single series show play podcast programme program documentary
paper article essay poem painting exhibition game titled entitled called named known dubbed
nicknamed word words term terms phrase letter letters meaning means slogan motto hashtag sign
banner headline headlined reading read reads labelled labeled marked slogans chant chants
chanting chanted shout shouted shouting campaign operation codenamed column section chapter
option button
""")


def scare_quotes(page: Page, attributed: frozenset[int]) -> Iterator[Finding]:
    """Yield short quotations outside attributed content that are neither names nor titles.

    ``attributed`` holds the tokens of all attributed content and cues.
    """
    for quote in page.quotes:
        a, b = quote.range
        if not quote.closed or quote.words > _MOST_WORDS or not attributed.isdisjoint(range(a, b)):
            continue
        if quote.last in ",.!?…" and quote.words > 2:
            continue
        if _is_name(page, quote) or _is_named(page, a):
            continue
        marked = page.span((a, b)).quote(page.text)
        yield Finding("lt.scare_quote", (a, b), 0.6 if quote.words <= 2 else 0.5,
                      "scare_quote.short",
                      f"{marked} stands in marks, but nobody in the sentence said it", "neg")


def _is_name(page: Page, quote: Quote) -> bool:
    """Tell whether the marks hold a title, a name, a figure or a single letter."""
    marked = [t for t in page.doc[quote.range[0] : quote.range[1]] if t.is_alpha and len(t) > 1]
    if not marked:
        return True
    long = [w for w in marked if len(w) > 3] or marked
    return all(w.text[0].isupper() for w in long)


def _is_named(page: Page, start: int) -> bool:
    before = [t.lower_ for t in page.doc[max(0, start - 3) : start]]
    return any(word in _NAMED_BY for word in before)

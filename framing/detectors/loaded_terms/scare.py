"""Propose scare quotes: a word or two in marks that nobody in the sentence uttered."""

from __future__ import annotations

from collections.abc import Iterator

from framing.detectors.attribution.page import Page, Quote
from framing.detectors.loaded_terms.finding import Finding
from framing.detectors.words import words

_MOST_WORDS = 4
_NEAR = 6
"""Tokens between two quotations of one list."""
_NAMED_BY = words("""
film movie book novel song album single series show play podcast programme program documentary
paper article essay poem painting exhibition game titled entitled called named known dubbed
nicknamed word words term terms phrase letter letters meaning means slogan motto hashtag sign
banner headline headlined reading read reads labelled labeled marked slogans chant chants
chanting chanted shout shouted shouting campaign operation codenamed column section chapter
option button
""")
_CLASSES = words("""
status category class level grade clause section rule list mode stage phase map round button option
""")
"""Nouns behind a marked word that make it the name of a class."""
_CITED = words("""
award honor honour praise commend cite charge convict indict accuse arrest fine sentence acquit
recommend suggest propose urge advise describe term demand label brand dub denounce dismiss hail
decry portray deride mock
""")
"""Acts done in words that can be looked up."""


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
        if _is_name(page, quote) or _is_named(page, a) or _is_class(page, b):
            continue
        if _is_cited(page, a) or _goes_on(page, a, attributed) or _repeats(page, quote, attributed):
            continue
        marked = page.span((a, b)).quote(page.text)
        yield Finding("lt.scare_quote", (a, b), 0.6 if quote.words <= 2 else 0.5,
                      "scare_quote.short",
                      f"{marked} stands in marks, but nobody in the sentence said it", "neg")


def _is_name(page: Page, quote: Quote) -> bool:
    """Tell whether the marks hold a title, a name, a figure or a single letter.

    Of a word with a hyphen the first half decides.
    """
    marked = [t for t in page.doc[quote.range[0] : quote.range[1]] if t.is_alpha and len(t) > 1]
    if not marked:
        return True
    whole = [w for w in marked if page.doc[w.i - 1].text not in ("-", "‑")] or marked
    long = [w for w in whole if len(w) > 3] or whole
    return all(w.text[0].isupper() for w in long)


def _is_named(page: Page, start: int) -> bool:
    before = [t.lower_ for t in page.doc[max(0, start - 3) : start]]
    return any(word in _NAMED_BY for word in before)


def _is_class(page: Page, end: int) -> bool:
    """Tell whether a noun of classes or an explanation in brackets follows the marks."""
    return end < len(page.doc) and (
        page.doc[end].lemma_.lower() in _CLASSES or page.doc[end].text == "(")


def _is_cited(page: Page, start: int) -> bool:
    """Tell whether the words are those of an award, a charge or an advice."""
    above = next((t for t in page.doc[start + 1].ancestors if t.pos_ == "VERB"), None)
    return above is not None and above.i < start and above.lemma_.lower() in _CITED


def _goes_on(page: Page, start: int, attributed: frozenset[int]) -> bool:
    """Tell whether the marks continue a list of words that somebody in the sentence uttered."""
    before = [q for q in page.quotes if q.range[1] <= start and start - q.range[1] <= _NEAR]
    return bool(before) and not attributed.isdisjoint(range(*before[-1].range)) and any(
        t.lower_ in ("and", "or", ",") for t in page.doc[before[-1].range[1] : start])


def _repeats(page: Page, quote: Quote, attributed: frozenset[int]) -> bool:
    """Tell whether a quotation with a cue, elsewhere in the article, holds the same words."""
    words = _inner(page, quote)
    return any(words in _inner(page, other) for other in page.quotes
               if other is not quote and not attributed.isdisjoint(range(*other.range)))


def _inner(page: Page, quote: Quote) -> str:
    a, b = quote.range
    return " ".join(t.lower_ for t in page.doc[a:b] if t.is_alpha)

"""What stands in for a detector in a language without rules, and says that it does."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from framing.annotations import Part
from framing.detectors.attribution.page import Page, Quote
from framing.detectors.attribution.reasons import RULES
from framing.detectors.base import Suggestion

_SCORE = 0.4


class QuotationDetector:
    """Propose what stands between quotation marks; who said it is left to the reader."""

    id = "attribution"
    version = "quotations 1.0"
    device = "attribution"

    def __init__(self, *, language: str) -> None:
        self.config: Mapping[str, str | int | float | bool] = {}
        self._why = f"{RULES['marks']}; there are no rules for '{language}' to find the speaker"

    def detect(self, doc: Doc) -> list[Suggestion]:
        """Return the quotations that are long or punctuated enough to be utterances."""
        page = Page(doc)
        return [self._suggestion(page, quote) for quote in page.quotes if _is_uttered(page, quote)]

    def _suggestion(self, page: Page, quote: Quote) -> Suggestion:
        span = page.span(quote.range)
        return Suggestion(
            device="attribution", label="at.attribution",
            parts=(Part("content", span, span.quote(page.text)),), score=_SCORE,
            rule="attribution.marks", reason=self._why, judged=span,
            attributes={"quote_type": "direct"})


def _is_uttered(page: Page, quote: Quote) -> bool:
    """A comma right behind the marks hands even a word over: „Nein“, sagte sie."""
    end = page.span(quote.range).end
    return quote.speech or page.text[end : end + 1] in (",", "，")


class SilentDetector:
    """Propose nothing, so that the run says why there is nothing."""

    version = "without rules"

    def __init__(self, *, id: str, device: str) -> None:
        self.id, self.device = id, device
        self.config: Mapping[str, str | int | float | bool] = {}

    def detect(self, doc: Doc) -> list[Suggestion]:  # noqa: ARG002
        """Return nothing."""
        return []

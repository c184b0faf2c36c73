"""What the mechanism asks a language: which words are cues, who speaks, what is said.

The mechanism knows pages, quotation marks and how drafts settle; a grammar knows words and the
labels of one language's parses. `grammars.py` says which there are.
"""

from __future__ import annotations

from typing import Protocol

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.page import Page, Quote, Range


class Grammar(Protocol):
    """One language. ``version`` changes with its words and rules."""

    version: str
    fillers: frozenset[str]
    """Words that may stand between a quotation and the edge of its content, such as "that"."""

    def drafts(self, page: Page, token: Token) -> list[Draft]:
        """Return the relations that a word opens."""
        ...

    def interruption(self, page: Page, quote: Quote) -> Draft | None:
        """Return the relation whose cue interrupts a quotation within its marks."""
        ...

    def is_cue_verb(self, token: Token) -> bool: ...

    def speaks(self, token: Token) -> bool:
        """Tell whether a verb can have a quotation beside it."""
        ...

    def utters(self, token: Token) -> bool:
        """Tell whether even a word or two in marks right behind this verb were uttered."""
        ...

    def utters_behind(self, page: Page, quote: Quote) -> bool:
        """Tell whether even a word or two in marks were uttered, by what follows the marks."""
        ...

    def speaks_by_manner(self, token: Token, start: int) -> bool:
        """Tell whether a verb close behind a quotation's comma, which ends at ``start``, has a
        subject and so speaks: '"Yes," she laughed.'"""
        ...

    def states(self, token: Token) -> bool:
        """Tell whether a verb makes a statement of its own, so that no cue is behind it."""
        ...

    def beside_quotation(self, page: Page, verb: Token) -> Draft | None:
        """Return cue and source of a verb that has a quotation beside it, without content."""
        ...

    def is_speaker(self, page: Page, token: Token) -> bool:
        """Tell whether the head of a source is a person, by name or pronoun."""
        ...

    def around_marked(self, page: Page, head: Token, cue: Range) -> tuple[
            Token | None, list[Range], list[Range]]:
        """Return who speaks, the source and the content of any word that a person marked."""
        ...

    def source_type(self, page: Page, draft: Draft) -> str: ...

    def source_entity(self, page: Page, draft: Draft) -> str:
        """Return the fullest name that a pronoun or surname stands for, empty when unclear."""
        ...

"""Which articles may testify against which: other outlet, no copy, not later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from framing.documents import Document
from framing.duplicates import Copy, copies, sources

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")


@dataclass(frozen=True)
class Witnesses:
    """The articles of one event, and who is independent of whom."""

    documents: tuple[Document, ...]
    copies: tuple[Copy, ...]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Witnesses:
        return cls(tuple(documents), tuple(copies(documents)))

    @cached_property
    def by_id(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def source(self) -> dict[str, str]:
        """Return the article that stands for the outlet or text behind each article."""
        return sources(self.documents, self.copies)

    def independent(self, document: str, others: Iterable[str]) -> list[str]:
        """Return the first article of each source that is not the document's own, and not later.

        Rules E1 and E2 of the codebook. An article without a date counts as in time.
        """
        found: dict[str, str] = {}
        for other in others:
            if self.source[other] != self.source[document] and not self.is_late(document, other):
                found.setdefault(self.source[other], other)
        return list(found.values())

    def is_late(self, document: str, other: str) -> bool:
        """Tell whether ``other`` was published after the document, as far as both dates tell."""
        return is_later(self.by_id[other].published, self.by_id[document].published)

    def outlet(self, document: str) -> str:
        return self.by_id[document].outlet.strip() or document

    def copy_of(self, first: str, second: str) -> Copy | None:
        """Return how two articles are copies, if they are directly."""
        return next((c for c in self.copies if {c.first, c.second} == {first, second}), None)


def is_later(one: str, other: str) -> bool:
    """Compare two ISO 8601 times by what both give: days when either is a day only.

    Times with different offsets from UTC are compared by their days. Unknown is never later.
    """
    first, second = _DATE.match(one.strip()), _DATE.match(other.strip())
    if not first or not second:
        return False
    zones = one.strip()[first.end() :], other.strip()[second.end() :]
    size = 10 if zones[0] != zones[1] else min(len(first.group()), len(second.group()))
    return first.group()[:size].replace(" ", "T") > second.group()[:size].replace(" ", "T")

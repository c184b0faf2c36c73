"""Read the events, and take claims out of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from framing.documents import Document
from framing.spans import Span

FOLDER = Path(__file__).parent / "events"

_MARK = re.compile(r"\{([\w,]*)\}")


@dataclass(frozen=True)
class Marked:
    """A passage of an article and the claims that it carries."""

    span: Span
    claims: frozenset[str]


@dataclass(frozen=True)
class Article:
    """An article with its marks taken out of the text.

    The day of publication is left out: what came out later is no evidence, and here every claim
    that the others carry is to be found.
    """

    document: Document
    marked: tuple[Marked, ...]

    @cached_property
    def claims(self) -> frozenset[str]:
        return frozenset().union(*(m.claims for m in self.marked))

    def spans(self, claim: str) -> list[Span]:
        return [m.span for m in self.marked if claim in m.claims]

    def without(self, claim: str) -> Article:
        """Leave out every passage that carries the claim, and paragraphs that run empty."""
        kept = [m for m in self.marked if claim not in m.claims]
        source = self.document.text
        text, marked, end = "", [], 0
        for passage in kept:
            if text:
                text += "\n\n" if "\n" in source[end : passage.span.start] else " "
            start = len(text)
            text += passage.span.quote(source)
            end = passage.span.end
            marked.append(Marked(Span(start, len(text)), passage.claims))
        before = self.document
        return Article(Document(id=before.id, text=text, outlet=before.outlet, event=before.event),
                       tuple(marked))


@dataclass(frozen=True)
class Event:
    """One event; ``name`` is its file."""

    name: str
    set: str
    split: str
    articles: tuple[Article, ...]

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """Return the claims that every article carries."""
        return tuple(sorted(frozenset.intersection(*(a.claims for a in self.articles))))

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(a.document for a in self.articles)

    def cases(self) -> Iterator[tuple[str, int, Event]]:
        """Yield each shared claim with each article that loses it, and the event that is left."""
        for claim in self.shared:
            for index, article in enumerate(self.articles):
                rest = list(self.articles)
                rest[index] = article.without(claim)
                yield claim, index, Event(self.name, self.set, self.split, tuple(rest))


def events(folder: Path = FOLDER) -> list[Event]:
    """Return all events in the order of their files."""
    return [_event(path) for path in sorted(folder.glob("*.toml"))]


def _event(path: Path) -> Event:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    articles = tuple(
        _article(row, f"{path.stem}-{number}", data["event"])
        for number, row in enumerate(data["articles"], start=1)
    )
    return Event(path.stem, data["set"], data["split"], articles)


def _article(row: dict[str, str], id: str, event: str) -> Article:
    text, marked = "", []
    for paragraph in row["text"].strip().split("\n\n"):
        text += "\n\n" if text else ""
        _, *pieces = _MARK.split(paragraph)
        for claims, words in zip(pieces[::2], pieces[1::2], strict=True):
            text += " " if text and not text.endswith("\n") else ""
            start = len(text)
            text += words.strip()
            found = frozenset(claims.split(",")) - {""}
            marked.append(Marked(Span(start, len(text)), found))
    document = Document(id=id, text=text, title=text.partition("\n")[0], outlet=row["outlet"],
                        event=event)
    return Article(document, tuple(marked))


def claims_at(article: Article, span: Span) -> frozenset[str]:
    """Return the claims of the passages that share half of themselves or of the span with it."""
    return frozenset().union(*(
        m.claims for m in article.marked
        if 2 * m.span.overlap(span) >= min(len(m.span), len(span))
    ))

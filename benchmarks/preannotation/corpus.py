"""Articles of any number and length, made from those of the demo."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

ARTICLES = Path(__file__).parents[2] / "annotator" / "demo" / "articles"


def texts(count: int, words: int) -> list[str]:
    """Return different texts of about ``words`` words, whole paragraphs each."""
    files = sorted(ARTICLES.glob("*.txt"))
    paragraphs = [
        paragraph
        for file in files
        for paragraph in file.read_text(encoding="utf-8").split("\n\n")
        if paragraph.strip()
    ]
    endless = cycle(paragraphs)
    return [_article(number, words, list(islice(endless, words))) for number in range(count)]


def _article(number: int, words: int, paragraphs: list[str]) -> str:
    chosen = [f"Article {number}"]
    length = 2
    for paragraph in paragraphs:
        if length >= words:
            break
        chosen.append(paragraph.strip())
        length += len(paragraph.split())
    return "\n\n".join(chosen)


def count_words(articles: list[str]) -> int:
    return sum(len(text.split()) for text in articles)

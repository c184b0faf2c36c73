"""The cases, the three ways over each, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import spacy
from spacy.language import Language

from annotator.labeling import detection
from benchmarks.preannotation.clocks import Spent, spent
from benchmarks.preannotation.corpus import count_words, texts
from benchmarks.preannotation.site import Site
from framing.detectors.model import DEFAULT_MODEL

COUNTS = [(10, 600), (30, 600), (90, 600), (300, 600)]
LENGTHS = [(150, 200), (90, 600), (20, 3000)]
BATCH = 16
ROUNDS = 3


@dataclass(frozen=True)
class Row:
    """One way over the articles of a case, beside the language model alone on the same articles,
    measured between the tries."""

    way: str
    workers: int
    articles: int
    words_each: int
    words: int
    cpu: float
    wall: float
    model_cpu: float
    model_wall: float

    @property
    def words_per_cpu_second(self) -> float:
        return self.words / self.cpu

    @property
    def words_per_second(self) -> float:
        return self.words / self.wall

    @property
    def of_model(self) -> float:
        """Words a CPU second as a share of those of the language model alone."""
        return self.model_cpu / self.cpu

    @property
    def of_model_by_clock(self) -> float:
        """Words a second by the clock as a share of those of the language model alone."""
        return self.model_wall / self.wall

    def as_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "words_per_cpu_second": self.words_per_cpu_second,
            "words_per_second": self.words_per_second,
            "of_model": self.of_model,
            "of_model_by_clock": self.of_model_by_clock,
        }


def cases(scale: float) -> list[tuple[int, int]]:
    """Return articles and words each, without repeats."""
    every = ((max(4, round(count * scale)), words) for count, words in [*COUNTS, *LENGTHS])
    return list(dict.fromkeys(every))


def in_process(count: int, words: int) -> Iterator[Row]:
    """Measure the model alone and the detectors, without a worker or a database."""
    articles = texts(count, words)
    pipeline = detection.pipeline()

    def detected() -> None:
        for doc in pipeline.parse_many(articles):
            pipeline.layer(doc)
            pipeline.detect(doc)
            pipeline.ghosts(doc)

    pairs = [(spent(lambda: _model_alone(articles)), spent(detected)) for _ in range(ROUNDS)]
    alone, whole = (_best(tries) for tries in zip(*pairs, strict=True))
    number = count_words(articles)
    model = alone.cpu, alone.wall
    yield Row("nlp.pipe alone", 0, count, words, number, *model, *model)
    yield Row("detection in process", 0, count, words, number, whole.cpu, whole.wall, *model)


def end_to_end(site: Site, count: int, words: int) -> Row:
    """Measure the way through queue, worker and database, and the model alone beside it."""
    articles = texts(count, words)
    pairs = [(spent(lambda: _model_alone(articles)), site.work(articles)) for _ in range(ROUNDS)]
    alone, whole = (_best(tries) for tries in zip(*pairs, strict=True))
    return Row(
        f"end to end, {site.workers} worker{'s' if site.workers > 1 else ''}", site.workers, count,
        words, count_words(articles), whole.cpu, whole.wall, alone.cpu, alone.wall,
    )  # fmt: skip


@cache
def _model() -> Language:
    """Return the language model as spaCy loads it, without what this project does to it."""
    return spacy.load(DEFAULT_MODEL, exclude=["ner"])


def _model_alone(articles: Sequence[str]) -> None:
    for _ in _model().pipe(articles, batch_size=BATCH):
        pass


def _best(tries: Sequence[Spent]) -> Spent:
    """Return the least that any try took: what else the machine does only adds."""
    return Spent(min(one.cpu for one in tries), min(one.wall for one in tries))

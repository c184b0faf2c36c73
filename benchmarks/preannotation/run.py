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

COUNTS = [(50, 600), (150, 600), (450, 600)]
LENGTHS = [(450, 200), (150, 600), (30, 3000)]
BATCH = 16
ROUNDS = 3


@dataclass(frozen=True)
class Row:
    """One way over the articles of a case. ``of_model`` is its words a CPU second as a share of
    those of the language model alone, measured just before and after."""

    way: str
    workers: int
    articles: int
    words_each: int
    words: int
    cpu: float
    wall: float
    of_model: float

    @property
    def words_per_cpu_second(self) -> float:
        return self.words / self.cpu

    @property
    def words_per_second(self) -> float:
        return self.words / self.wall

    def as_dict(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "words_per_cpu_second": self.words_per_cpu_second,
            "words_per_second": self.words_per_second,
        }


def cases(scale: float) -> list[tuple[int, int]]:
    """Return articles and words each, without repeats."""
    every = dict.fromkeys([*COUNTS, *LENGTHS])
    return [(max(4, round(count * scale)), words) for count, words in every]


def in_process(count: int, words: int) -> Iterator[Row]:
    """Measure the model alone and the detectors, without a worker or a database."""
    articles = texts(count, words)
    pipeline = detection.pipeline()

    def detected() -> None:
        for doc in pipeline.parse_many(articles):
            pipeline.layer(doc)
            pipeline.detect(doc)
            pipeline.ghosts(doc)

    alone, whole = _best(lambda: _model_alone(articles)), _best(detected)
    number = count_words(articles)
    yield Row("nlp.pipe alone", 0, count, words, number, alone.cpu, alone.wall, 1.0)
    share = alone.cpu / whole.cpu
    yield Row("detection in process", 0, count, words, number, whole.cpu, whole.wall, share)


def end_to_end(site: Site, count: int, words: int) -> Row:
    """Measure the way through queue, worker and database, and the model alone beside it."""
    articles = texts(count, words)
    tries = []
    for _ in range(ROUNDS):
        alone = spent(lambda: _model_alone(articles))
        tries.append((site.work(articles), alone))
    whole = min((one for one, _ in tries), key=lambda one: one.cpu)
    fastest = min(one.wall for one, _ in tries)
    alone_cpu = min(one.cpu for _, one in tries)
    number = count_words(articles)
    return Row(
        f"end to end, {site.workers} worker{'s' if site.workers > 1 else ''}", site.workers, count,
        words, number, whole.cpu, fastest, alone_cpu / whole.cpu,
    )  # fmt: skip


@cache
def _model() -> Language:
    """Return the language model as spaCy loads it, without what this project does to it."""
    return spacy.load(DEFAULT_MODEL, exclude=["ner"])


def _model_alone(articles: Sequence[str]) -> None:
    for _ in _model().pipe(articles, batch_size=BATCH):
        pass


def _best(work: Any) -> Spent:
    """Return the try that cost least: what else the machine does only adds."""
    tries: Sequence[Spent] = [spent(work) for _ in range(ROUNDS)]
    return min(tries, key=lambda one: one.cpu)

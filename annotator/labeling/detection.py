"""Run the detectors on articles and store what they propose. Safe to run twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from annotator.corpus.models import Article
from annotator.labeling import encoding, ghosts, outbox, storing
from annotator.labeling.models import SuggestionRun, TextLayer
from annotator.labeling.storing import Draw, Failure, Found, Reading, Unusable
from framing.detectors.languages import ENGLISH, UNKNOWN, primary

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from framing.detectors.pipeline import Pipeline, Run

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]

LONGEST = 500_000  # code points; about 20 s of parsing, far below the time limit of a task


class NoPipeline(RuntimeError):
    """The language model or spaCy itself cannot be loaded; the message names the remedy."""


def pipeline(language: str = ENGLISH) -> Pipeline:
    """Return the pipeline of a language; for the worker and commands, never for a page.

    Raises NoPipeline.
    """
    return loaded(primary(language))


def reader(language: str) -> Pipeline:
    """Return the pipeline of a language, or one whose runs fail and say why it does not load.

    Raises NoPipeline where there is no spaCy at all.
    """
    code = primary(language)
    try:
        return loaded(code)
    except NoPipeline as error:
        unloaded = _import("UnloadedPipeline")
        name = settings.SPACY_MODELS.get(code, code)
        found: Pipeline = unloaded(name, language=code, reason=str(error))
        return found


@lru_cache(maxsize=8)
def loaded(language: str) -> Pipeline:
    """Load the pipeline of a language once a process. Raises NoPipeline.

    The import waits for the first call: spaCy takes a second and 100 MB that pages do not need.
    """
    name = settings.SPACY_MODELS.get(language)
    made: Pipeline
    if name is None:
        made = _import("blank_pipeline")(language)
        return made
    try:
        made = _import("make_pipeline")(name)
    except RuntimeError as error:
        raise NoPipeline(str(error)) from error
    if primary(made.model) not in (language, UNKNOWN):
        raise NoPipeline(
            f"The language model '{name}' reads '{primary(made.model)}' and is set for "
            f"'{language}'. Correct FRAMING_SPACY_MODELS."
        )
    if language == ENGLISH and "loaded_terms" in settings.MINILM:
        return _with_meaning(made)
    return made


def _with_meaning(pipeline: Pipeline) -> Pipeline:
    encoder = encoding.minilm(Unusable)
    make = import_string("framing.detectors.loaded_terms.meaning.MeaningTermDetector")
    return pipeline.having(make(encoder.words, encoder_name=encoder.name))


def _import(name: str) -> Callable[..., Any]:
    try:
        found: Callable[..., Any] = import_string(f"framing.detectors.pipeline.{name}")
    except ImportError as error:
        raise NoPipeline(str(error)) from error
    return found


def detect_articles(
    pipelines: Mapping[int, Pipeline],
    *,
    clock: Clock,
    draw: Draw,
    docs: MutableMapping[int, Doc] | None = None,
) -> int:
    """Do every due run of these articles, each by its pipeline; return how many were finished.

    Articles are parsed together and stored together. An error is stored in its run, which is tried
    again later; the other runs go on. ``docs`` is given the parses, for whoever needs them next.
    """
    claimed = outbox.claim({pk: one.runs for pk, one in pipelines.items()}, now=clock())
    articles = Article.objects.in_bulk(list(claimed))
    parsed = _parse_all([(articles[pk], pipelines[pk]) for pk in claimed])
    readings, failed = [], []
    for pk, doc in parsed.items():
        runs, pipeline = claimed[pk], pipelines[pk]
        if isinstance(doc, Exception):
            failed += [(run, doc) for run in runs.values()]
            continue
        try:
            layer = _layer(articles[pk], pipeline, doc)
        except Exception as error:
            failed += [(run, error) for run in runs.values()]
            continue
        if docs is not None:
            docs[pk] = doc
        found, broken = _found(layer.article, pipeline, doc, runs, clock)
        readings.append(Reading(layer, found))
        failed += broken
    done, lost = storing.store(readings, now=clock()) if readings else (0, [])
    for run, why in [*failed, *lost]:
        storing.fail(run, why, now=clock(), draw=draw)
    return done


def _found(
    article: Article, pipeline: Pipeline, doc: Doc, runs: Mapping[Run, SuggestionRun], clock: Clock
) -> tuple[tuple[Found, ...], list[Failure]]:
    """Return what the detectors of the claimed runs propose, and which of them failed."""
    found: list[Found] = []
    failed: list[Failure] = []
    for identity, detector in zip(pipeline.runs, pipeline.detectors, strict=True):
        if identity in runs:
            begun = clock()
            try:
                proposed = storing.rows(runs[identity], article, detector.detect(doc))
            except Exception as error:
                # One detector's failure is its own.
                failed.append((runs[identity], error))
            else:
                seconds = (clock() - begun).total_seconds()
                found.append(Found(runs[identity], proposed, seconds))
    return tuple(found), failed


def _parse_all(given: Sequence[tuple[Article, Pipeline]]) -> dict[int, Doc | Exception]:
    """Return the parse of each article, or why there is none.

    Any library may fail on any text: then each is parsed by itself, so that the others go on.
    """
    parsed: dict[int, Doc | Exception] = {}
    for pipeline in {id(pipeline): pipeline for _, pipeline in given}.values():
        articles = [article for article, its in given if its is pipeline]
        try:
            if len(articles) > 1:
                parsed |= _parsed_together(articles, pipeline)
                continue
        except Exception:
            logger.warning("parsing %d articles one by one", len(articles), exc_info=True)
        parsed |= {article.pk: _parsed(article, pipeline) for article in articles}
    return parsed


def _parsed_together(articles: Sequence[Article], pipeline: Pipeline) -> dict[int, Doc]:
    for article in articles:
        check(article, pipeline)
    docs = pipeline.parse_many([article.text for article in articles])
    return {one.pk: doc for one, doc in zip(articles, docs, strict=True)}


def _parsed(article: Article, pipeline: Pipeline) -> Doc | Exception:
    try:
        return parse(article, pipeline)
    except Exception as error:
        return error


def parse(article: Article, pipeline: Pipeline) -> Doc:
    """Return the parsed article. Raises Unusable for one too long or without its model."""
    check(article, pipeline)
    return pipeline.parse(article.text)


def check(article: Article, pipeline: Pipeline) -> None:
    """Raise Unusable for an article that is too long, or whose model is not there."""
    if pipeline.unusable:
        raise Unusable(pipeline.unusable)
    if article.length > LONGEST:
        raise Unusable(
            f"The article has {article.length:,} characters; detectors read at most {LONGEST:,}. "
            "Import it in several parts."
        )


def _layer(article: Article, pipeline: Pipeline, doc: Doc) -> TextLayer:
    layer = pipeline.layer(doc)
    return TextLayer(
        article=article,
        model=pipeline.model,
        tokens=layer.tokens,
        sentences=layer.sentences,
        entities=layer.entities,
        constituents=layer.constituents,
        ghosts=ghosts.compact(pipeline, doc),
    )

"""Run the detectors on one article and store what they propose. Safe to run twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from annotator.corpus.models import Article
from annotator.labeling import encoding, ghosts, outbox
from annotator.labeling.models import Suggestion, SuggestionRun, TextLayer
from framing.detectors.languages import ENGLISH, UNKNOWN, primary

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from framing.annotations import Part
    from framing.detectors import base
    from framing.detectors.pipeline import Pipeline

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Draw = Callable[[], float]

LONGEST = 500_000  # code points; about 20 s of parsing, far below the time limit of a task


class NoPipeline(RuntimeError):
    """The language model or spaCy itself cannot be loaded; the message names the remedy."""


class Unusable(ValueError):
    """Another try cannot help; the message says why."""


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


def detect_article(
    article_id: int,
    *,
    pipeline: Pipeline,
    clock: Clock,
    draw: Draw,
    docs: MutableMapping[int, Doc] | None = None,
) -> int:
    """Do every due run of an article from one parse and return how many were finished.

    An error is stored in its run, which is tried again later; the other runs go on. ``docs``
    is given the parse, for whoever needs it next.
    """
    claimed = outbox.claim(article_id, pipeline.runs, now=clock())
    if not claimed:
        return 0
    article = Article.objects.get(pk=article_id)
    try:
        doc = parse(article, pipeline)
        layer = _layer(article, pipeline, doc)
    except Exception as error:
        # Any library may fail on any text: the runs say so, other articles go on.
        _fail_all([(run, error) for run in claimed.values()], clock=clock, draw=draw)
        return 0
    if docs is not None:
        docs[article_id] = doc
    found, failed = [], []
    for identity, detector in zip(pipeline.runs, pipeline.detectors, strict=True):
        if identity in claimed:
            begun = clock()
            try:
                proposed = rows(claimed[identity], article, detector.detect(doc))
            except Exception as error:
                # One detector's failure is its own.
                failed.append((claimed[identity], error))
            else:
                found.append(_Found(claimed[identity], proposed, begun, clock()))
    done, lost = _store(layer, found)
    _fail_all(failed + lost, clock=clock, draw=draw)
    return done


@dataclass(frozen=True)
class _Found:
    """What a run proposes, not yet stored."""

    run: SuggestionRun
    proposed: list[Suggestion]
    begun: datetime
    ended: datetime


def _store(
    layer: TextLayer, found: Sequence[_Found]
) -> tuple[int, list[tuple[SuggestionRun, Exception]]]:
    """Store the words of an article and its runs in one transaction; return what could not be.

    A commit waits for the disk: one for all is what makes short articles fast.
    """
    done, lost = 0, []
    try:
        with transaction.atomic():
            _keep(layer)
            for one in found:
                try:
                    done += finish(one.run, one.proposed, begun=one.begun, now=one.ended)
                except Exception as error:
                    # `finish` has a savepoint: the other runs of the article are kept.
                    lost.append((one.run, error))
    except Exception as error:
        # The disk, or a lock: every run says so and is tried again.
        return 0, [(one.run, error) for one in found]
    return done, lost


def _fail_all(
    failed: Sequence[tuple[SuggestionRun, Exception]], *, clock: Clock, draw: Draw
) -> None:
    for run, error in failed:
        fail(run, error, now=clock(), draw=draw)


def parse(article: Article, pipeline: Pipeline) -> Doc:
    """Return the parsed article. Raises Unusable for one too long or without its model."""
    if pipeline.unusable:
        raise Unusable(pipeline.unusable)
    if article.length > LONGEST:
        raise Unusable(
            f"The article has {article.length:,} characters; detectors read at most {LONGEST:,}. "
            "Import it in several parts."
        )
    return pipeline.parse(article.text)


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


def _keep(layer: TextLayer) -> None:
    """Store the layer in the place of an older one."""
    own = {"id", "article", "created_at"}
    rest = [field.name for field in TextLayer._meta.concrete_fields if field.name not in own]
    TextLayer.objects.bulk_create(
        [layer], update_conflicts=True, unique_fields=["article"], update_fields=rest
    )


def rows(
    run: SuggestionRun,
    article: Article,
    found: Sequence[base.Suggestion],
    *,
    siblings: Mapping[str, Article] | None = None,
) -> list[Suggestion]:
    """Return unsaved suggestions; ``siblings`` are the articles that evidence may lie in.

    Raises Unusable when a part does not hold the text it quotes.
    """
    return [
        Suggestion(
            run=run,
            article=article,
            position=position,
            device=one.device,
            label=one.label,
            parts=[_part(part, article, siblings or {}) for part in one.parts],
            attributes=dict(one.attributes),
            score=one.score,
            rule=one.rule,
            reason=one.reason,
            judged_start=one.judged.start,
            judged_end=one.judged.end,
        )
        for position, one in enumerate(found)
    ]


def _part(part: Part, article: Article, siblings: Mapping[str, Article]) -> dict[str, str | int]:
    holder = siblings.get(part.document) if part.document else article
    if holder is None:
        raise Unusable(f"The {part.role} at {part.span} lies in no article of the event.")
    if part.span.quote(holder.text) != part.quote:
        raise Unusable(f"The {part.role} at {part.span} does not hold the text it quotes.")
    return {
        "role": part.role,
        "start": part.span.start,
        "end": part.span.end,
        "quote": part.quote,
        "article": holder.pk,
    }


def finish(
    run: SuggestionRun, found: Sequence[Suggestion], *, begun: datetime, now: datetime
) -> int:
    """Store suggestions and state at once, unless somebody else took the run over meanwhile."""
    seconds = (now - begun).total_seconds()
    with transaction.atomic():
        done = outbox.held(run).update(
            state=outbox.State.DONE, finished_at=now, seconds=seconds, error=""
        )
        if done:
            Suggestion.objects.bulk_create(found)
    return done


def fail(run: SuggestionRun, error: Exception, *, now: datetime, draw: Draw) -> None:
    """Store the error; the run is due again after a while, unless that is hopeless."""
    logger.warning("run %s failed, try %s", run.pk, run.tries, exc_info=error)
    hopeless = isinstance(error, Unusable)
    text = str(error) if hopeless else f"{type(error).__name__}: {error}"
    if hopeless or run.tries >= outbox.MOST_TRIES:
        outbox.held(run).update(state=outbox.State.FAILED, error=text, finished_at=now)
        return
    wait = timedelta(seconds=2**run.tries * (0.5 + draw()))
    outbox.held(run).update(
        state=outbox.State.PENDING,
        error=text,
        not_before=now + wait,
        published_at=None,
        claimed_at=None,
    )

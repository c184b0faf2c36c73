"""Compare the articles of an event: fill its ledger, store what each leaves out. Safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from annotator.corpus.models import Article
from annotator.labeling import detection, encoding, event_runs, ledgers, outbox, storing
from annotator.labeling.detection import Clock
from annotator.labeling.ledger import following
from annotator.labeling.models import SuggestionRun
from annotator.labeling.reasons import stand_in
from annotator.labeling.storing import Draw, Found, Unusable
from framing.detectors.languages import ENGLISH, primary
from framing.documents import Document
from framing.duplicates import copies

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from framing.alignment.ledger import Ledger
    from framing.detectors.base import EventFindings
    from framing.detectors.pipeline import Pipeline, Run

Readers = Callable[[Sequence[int]], Mapping[int, "Pipeline"]]
"""Returns the pipelines that read articles, by their ids."""

LONGEST = 1_000_000  # code points of one event; parsed and aligned in about a minute


class LedgerDetector(Protocol):
    """An event detector that goes by the ledger, so that articles are aligned once for all."""

    id: str
    version: str
    device: str
    config: Mapping[str, str | int | float | bool]

    def propose(
        self, ledger: Ledger, docs: Mapping[str, Doc], documents: Sequence[Document]
    ) -> EventFindings: ...


@dataclass(frozen=True)
class Comparer:
    """What compares articles: the alignment and the detectors that go by it."""

    detectors: tuple[LedgerDetector, ...]
    align: Callable[[Mapping[str, Doc], Sequence[Document]], Ledger]
    name_run: Callable[[LedgerDetector, str], Run]

    def runs(self, model: str) -> tuple[Run, ...]:
        """Name what each detector is on this language model, in running order."""
        return tuple(self.name_run(detector, model) for detector in self.detectors)


@cache
def comparer() -> Comparer:
    """Return what is installed; for the worker and commands, as it loads spaCy.

    Raises NoPipeline.
    """
    try:
        run = import_string("framing.detectors.pipeline.Run")
        config_hash = import_string("framing.detectors.base.config_hash")
        detectors = import_string("framing.detectors.pipeline.event_detectors")
        encode = encoding.minilm(Unusable) if "omission" in settings.MINILM else None
        return Comparer(
            detectors=detectors(encode, name=encode.name if encode else ""),
            align=partial(import_string("framing.alignment.aligning.align"), encode=encode),
            name_run=lambda d, model: run(
                d.id, d.version, d.device, config_hash(d, model=model), model
            ),
        )
    except ImportError as error:
        raise detection.NoPipeline(str(error)) from error


def detect(
    article_ids: Sequence[int], *, model: str, readers: Readers, comparer: Comparer, clock: Clock,
    draw: Draw,
) -> int:  # fmt: skip
    """Do the due runs of articles; of one alone those of its event too, when that is compared.

    ``model`` is what comparisons read, ``readers`` gives the pipelines of articles. Each article
    is parsed once. Returns how many runs were finished.
    """
    if len(article_ids) == 1:
        claimed = event_runs.claim(article_ids[0], comparer.runs(model), now=clock())
        if claimed:
            luck = draw()  # one for all, so that a failed comparison is due again at once for all
            return _Comparison(claimed, model, readers, comparer, clock, lambda: luck).run()
    return detection.detect_articles(readers(article_ids), clock=clock, draw=draw)


class _Comparison:
    """One comparison of one event by one worker."""

    def __init__(
        self, claimed: Sequence[SuggestionRun], model: str, readers: Readers, comparer: Comparer,
        clock: Clock, draw: Draw,
    ) -> None:  # fmt: skip
        self.claimed, self.model, self.comparer = claimed, model, comparer
        self.readers = readers
        self.clock, self.draw = clock, draw
        self.begun = clock()
        rows = Article.objects.filter(event__articles=claimed[0].article_id)
        self.articles = list(rows.order_by("pk"))
        self.by_id = {str(article.pk): article for article in self.articles}
        self.done = 0

    def run(self) -> int:
        try:
            self._check()
            docs = self._docs()
            documents = [_document(article) for article in self.articles]
            self._propose(self.comparer.align(docs, documents), docs, documents)
        except Exception as error:
            # Any library may fail on any text: the runs say so, other events go on.
            self._fail(self.claimed, error)
        return self.done

    def _check(self) -> None:
        here = Article.objects.filter(pk__in=[article.pk for article in self.articles])
        if [one.key for one in event_runs.members(here)] != [self.claimed[0].members]:
            raise LookupError("the event changed after this was planned")
        length = sum(article.length for article in self.articles)
        if length > LONGEST:
            raise Unusable(
                f"The event has {length:,} characters; at most {LONGEST:,} are compared. "
                "Divide it into smaller events."
            )

    def _docs(self) -> dict[str, Doc]:
        """Return the parse of each article, and do what else is due for it on the way.

        One that is too long or in a language that is not compared is left out; any other error
        stops the comparison.
        """
        docs: dict[int, Doc] = {}
        pipelines = self.readers([article.pk for article in self.articles])
        for block in outbox.blocks((article.pk, article.length) for article in self.articles):
            self.done += detection.detect_articles(
                {pk: pipelines[pk] for pk in block}, clock=self.clock, draw=self.draw, docs=docs
            )
        for article in self.articles:
            compared = primary(article.language) == ENGLISH and article.length <= detection.LONGEST
            if article.pk not in docs and compared:
                docs[article.pk] = detection.parse(article, pipelines[article.pk])
        return {str(pk): doc for pk, doc in docs.items()}

    def _propose(
        self, ledger: Ledger, docs: Mapping[str, Doc], documents: Sequence[Document]
    ) -> None:
        problems = list(ledger.problems)
        results = []
        for run, detector in zip(
            self.comparer.runs(self.model), self.comparer.detectors, strict=True
        ):
            mine = [row for row in self.claimed if row.detector == run.detector]
            try:
                findings = detector.propose(ledger, docs, documents)
            except Exception as error:
                # One detector's failure is its own.
                self._fail(mine, error)
                continue
            problems += findings.problems
            results.append((mine, findings))
        now = self.clock()
        with transaction.atomic():
            filled = ledgers.do_fill(
                event=self._event(), members=self.claimed[0].members, model=self.model,
                ledger=ledger, copies=copies(documents), problems=problems,
                finished={"seconds": (now - self.begun).total_seconds(), "finished_at": now},
            )  # fmt: skip
            if filled:
                following.do_follow(event=self._event(), ledger=ledger, now=now)
        for mine, findings in results:
            for row in mine:
                self._store(row, findings)

    def _store(self, run: SuggestionRun, findings: EventFindings) -> None:
        id = str(run.article_id)
        try:
            if id not in findings.suggestions:
                raise Unusable(_why_not(id, findings))
            proposed = storing.rows(
                run, self.by_id[id], findings.suggestions[id], siblings=self.by_id
            )
            now = self.clock()
            seconds = (now - self.begun).total_seconds()
            self.done += storing.finish([Found(run, proposed, seconds)], now=now)
        except Exception as error:
            # What one article cannot keep fails its run alone.
            self._fail([run], error)

    def _fail(self, runs: Sequence[SuggestionRun], error: Exception) -> None:
        now = self.clock()
        for run in runs:
            storing.fail(run, error, now=now, draw=self.draw)

    def _event(self) -> int:
        return int(self.articles[0].event_id or 0)


def _document(article: Article) -> Document:
    """Return the article as the science has it: no names, for reasons and problems repeat them."""
    return Document(
        id=str(article.pk), text=article.text, title=article.title, event=ledgers.EVENT,
        outlet=stand_in(article), published=article.published,
        url=article.url, language=article.language,
    )  # fmt: skip


def _why_not(id: str, findings: EventFindings) -> str:
    told = next((p for p in findings.problems if p.place == id), None)
    if told is None:
        return "This article could not be compared with the others of its event."
    return ledgers.sentences(told.message, told.remedy)

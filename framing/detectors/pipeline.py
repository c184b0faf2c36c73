"""The only registry of detectors, and the one parse that serves them all."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from framing.alignment.vectors import Encoder
from framing.detectors.attribution.detector import AttributionDetector
from framing.detectors.base import Detector, EventDetector, Suggestion, config_hash
from framing.detectors.chunks import chunks
from framing.detectors.fallback import QuotationDetector, SilentDetector
from framing.detectors.ghosts import Ghost, ghosts
from framing.detectors.languages import ENGLISH, MODELS, primary, shortcoming
from framing.detectors.layer import TextLayer, text_layer
from framing.detectors.loaded_terms.detector import LoadedTermDetector
from framing.detectors.model import ModelUnavailable, blank_model, load_model, model_name
from framing.detectors.omission import OmissionDetector

DETECTORS: tuple[Detector, ...] = (LoadedTermDetector(), AttributionDetector())
"""Every shipped detector, in the order in which they run; here as they read English."""

EVENT_DETECTORS: tuple[EventDetector, ...] = (OmissionDetector(),)
"""Every shipped detector that needs all articles of an event."""

LEAST_WITH_MEANING = 0.45
"""Score that a claim needs when an encoder judges it: its rows are less sure of themselves."""

BATCH = 32
BATCH_LENGTH = 16_000
MARK_WEIGHT = 4
"""Code points in a batch, and how many more a mark counts: it is a token of its own, and the
parser's memory grows with those."""

_MARK = re.compile(r"[^\w\s]")
_NO_TENSOR = np.zeros((0,), dtype="float32")


@dataclass(frozen=True)
class Run:
    """What exactly makes a result: detector, version, configuration and model."""

    detector: str
    version: str
    device: str
    config_hash: str
    model: str


class Pipeline:
    """A language model and the detectors that read its parse.

    Holds the model (~60 MB), so make one a process and keep it. Not safe for several threads.
    """

    unusable = ""
    """Why this pipeline cannot read, empty when it can."""

    def __init__(self, nlp: Language, detectors: Sequence[Detector] | None = None) -> None:
        self.nlp = nlp
        self.model = model_name(nlp)
        self.detectors = detectors_for(self.model) if detectors is None else tuple(detectors)

    @property
    def runs(self) -> tuple[Run, ...]:
        """Name what each detector of this pipeline is, in running order."""
        return tuple(
            Run(d.id, d.version, d.device, config_hash(d, model=self.model), self.model)
            for d in self.detectors
        )

    def having(self, detector: Detector) -> Pipeline:
        """Return a pipeline with this detector in its namesake's place; the model is shared.

        What was learned was learned from English: in another language the namesake keeps its
        place, and also where it has no rules.
        """
        if self.nlp.lang != ENGLISH:
            return self
        return Pipeline(self.nlp, [
            detector if d.id == detector.id and not shortcoming(d.id, self.model) else d
            for d in self.detectors])

    def parse(self, text: str) -> Doc:
        """Return the parsed text; ``Doc.text`` equals ``text`` and ``Token.idx`` is code points.

        Cost is linear: no piece given to the parser is longer than `chunks.LIMIT`, and paragraphs
        never share a sentence. Raises ValueError for lone surrogates only, which no text may hold.
        """
        return next(self.parse_many([text]))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Yield one parsed document a text, in order.

        Texts share batches: the shorter they are the more that saves, and nothing else changes.
        """
        waiting: deque[tuple[str, int]] = deque()
        ready: deque[Doc] = deque()
        for batch in _batches(_pieces(texts, waiting)):
            ready.extend(self.nlp.pipe(batch, batch_size=BATCH))
            while waiting and len(ready) >= waiting[0][1]:
                text, pieces = waiting.popleft()
                yield self._joined(text, [ready.popleft() for _ in range(pieces)])
        for text, _ in waiting:
            yield self._joined(text, [])

    def _joined(self, text: str, docs: list[Doc]) -> Doc:
        for doc in docs:
            doc.tensor = _NO_TENSOR  # 384 bytes a word that nobody reads.
        if not docs:
            return self.nlp("")
        doc = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
        if doc is None or doc.text != text:
            raise AssertionError("the parse does not hold the text it was given")
        return doc

    def detect(self, doc: Doc) -> list[Suggestion]:
        """Return the suggestions of all detectors, sorted by where they begin."""
        found = [s for detector in self.detectors for s in detector.detect(doc)]
        return sorted(found, key=lambda s: (min(p.span for p in s.parts), s.device))

    def layer(self, doc: Doc) -> TextLayer:
        """Return the words, sentences and entities that the workbench shows."""
        return text_layer(doc)

    def ghosts(self, doc: Doc) -> list[Ghost]:
        """Return source and content for each possible cue; none in a language without rules."""
        return [] if shortcoming("attribution", self.model) else ghosts(doc)


class UnloadedPipeline(Pipeline):
    """What stands for a pipeline whose model does not load: its runs, and why they fail."""

    def __init__(self, model: str, *, language: str, reason: str) -> None:
        super().__init__(blank_model(language), ())
        short = PurePath(model).name.removeprefix(f"{language}_")
        self.model = f"{language}_{short}-missing"
        self.detectors = detectors_for(self.model)
        self.unusable = reason

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:  # noqa: ARG002
        """Raise ModelUnavailable."""
        raise ModelUnavailable(self.unusable)


def _pieces(texts: Iterable[str], counts: deque[tuple[str, int]]) -> Iterator[str]:
    """Yield what the parser is given, and note how many pieces make up each text."""
    for text in texts:
        _check_encodable(text)
        pieces = [span.quote(text) for span in chunks(text)]
        counts.append((text, len(pieces)))
        yield from pieces


def _batches(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Yield pieces in batches of bounded length: the parser's memory grows with the batch."""
    batch: list[str] = []
    size = 0
    for piece in pieces:
        weight = len(piece) + MARK_WEIGHT * len(_MARK.findall(piece))
        if batch and (size + weight > BATCH_LENGTH or len(batch) == BATCH):
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += weight
    if batch:
        yield batch


def _check_encodable(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = f"code point {error.start} of the text is half of a surrogate pair"
        raise ValueError(message) from None


def blank_pipeline(language: str) -> Pipeline:
    """Return a pipeline without a model: words, sentences and quotation marks."""
    return Pipeline(blank_model(primary(language)))


def detectors_for(model: str) -> tuple[Detector, ...]:
    """Return what reads the parses of a pipeline, named as results name it: language, name,
    version. What has no rules for the language is stood in for by what says so."""
    language = primary(model)
    if language == ENGLISH and not shortcoming("attribution", model):
        return DETECTORS
    return tuple(_reading(detector, language, model) for detector in DETECTORS)


def event_detectors(encode: Encoder | None = None, *, name: str = "") -> tuple[
        EventDetector, ...]:
    """Return what needs all articles of an event, with an encoder of sentences and its name."""
    if encode is None:
        return EVENT_DETECTORS
    return (OmissionDetector(encode=encode, encoder_name=name, least_score=LEAST_WITH_MEANING),)


def _reading(detector: Detector, language: str, model: str) -> Detector:
    if detector.id != "attribution":
        return SilentDetector(id=detector.id, device=detector.device)
    if shortcoming("attribution", model):
        return QuotationDetector(language=language)
    return AttributionDetector(language=language)


def make_pipeline(
    model: str = "", *, language: str = ENGLISH, detectors: Sequence[str] = (),
    entities: bool = False,
) -> Pipeline:
    """Load a model and the named detectors, or all of them.

    Without a model the language's own is taken, or one that only cuts text into words where there
    is none. Raises ModelUnavailable for the model and ValueError for an unknown detector.
    """
    known = [detector.id for detector in DETECTORS]
    for name in detectors:
        if name not in known:
            raise ValueError(f"There is no detector '{name}'. There are: {', '.join(known)}.")
    name = model or MODELS.get(primary(language), "")
    whole = Pipeline(load_model(name, entities=entities)) if name else blank_pipeline(language)
    wanted = [d for d in whole.detectors if not detectors or d.id in detectors]
    return Pipeline(whole.nlp, wanted)

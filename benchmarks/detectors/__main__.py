"""Score the detectors: ``python -m benchmarks.detectors [GOLD]``.

Without a file the project's own gold sentences are the test; GOLD is annotations JSONL, a folder or
an archive of it, such as a release. Beside our detectors stand textacy's direct quotations (in an
environment of its own, made on first use; ``--no-peer`` leaves it out) and a highlighter that marks
every word of our table of loaded terms.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

from framing.annotations import Annotation, Part
from framing.cli.detect import proposed
from framing.cli.source import rows_of
from framing.detectors.loaded_terms.lexical import TERMS
from framing.detectors.pipeline import Pipeline, make_pipeline
from framing.documents import Document
from framing.evaluation import Score, evaluate
from framing.formats import catalog
from framing.formats.jsonl_writer import encoded
from framing.spans import Span
from tests.framing.detectors.gold import attribution_sentences, loaded_sentences

HERE = Path(__file__).parent
OUT = Path("var/benchmarks")
ENVIRONMENT = OUT / "textacy"
SHOWN = (("attribution", "content", "jaccard"), ("attribution", "content", "sourced"),
         ("attribution", "content", "tokens"), ("attribution", "cue", "tokens"),
         ("attribution", "source", "tokens"), ("loaded_terms", "span", "overlap"),
         ("loaded_terms", "span", "tokens"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detectors", description=__doc__)
    parser.add_argument("gold", nargs="?", help="annotations JSONL; the gold sentences without it")
    parser.add_argument("--no-peer", action="store_true", help="leave textacy out")
    args = parser.parse_args()
    documents, gold = _given(args.gold) if args.gold else _sentences()
    pipeline = make_pipeline()
    systems = {"ours": list(_ours(pipeline, documents)),
               "highlighter": list(_highlighted(pipeline, documents))}
    if not args.no_peer:
        systems["textacy"] = list(_textacy(documents))
    scores = {name: _scored(documents, gold, found, all_devices=bool(args.gold))
              for name, found in systems.items()}
    table = _table(scores, len(documents))
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "detectors.md").write_text(table, encoding="utf-8")
    print(table)


def _scored(documents: list[Document], gold: list[Annotation], found: list[Annotation],
            *, all_devices: bool) -> list[Score]:
    """Score each device on the texts that were annotated for it."""
    scores = []
    for device in ("attribution", "loaded_terms"):
        texts = {d.id: d.text for d in documents if all_devices or d.id.startswith(device)}
        scores += evaluate([a for a in gold if a.device == device],
                           [a for a in found if a.device == device], texts, bootstrap=500)
    return scores


def _given(path: str) -> tuple[list[Document], list[Annotation]]:
    items = [row.item for row in rows_of(path)]
    documents = [item for item in items if isinstance(item, Document)]
    return documents, [item for item in items if isinstance(item, Annotation)]


def _sentences() -> tuple[list[Document], list[Annotation]]:
    """Return the gold sentences as articles of one sentence each."""
    documents, annotations = [], []
    for number, one in enumerate(attribution_sentences()):
        documents.append(Document(f"attribution{number}", one.text))
        for index, relation in enumerate(one.relations):
            parts = tuple(Part(role, span, span.quote(one.text))
                          for role, spans in relation.parts.items() for span in spans)
            annotations.append(Annotation(f"attribution{number}.{index}", f"attribution{number}",
                                          "gold", "attribution", "at.attribution", parts))
    for number, two in enumerate(loaded_sentences()):
        documents.append(Document(f"loaded_terms{number}", two.text))
        annotations += [
            Annotation(f"loaded_terms{number}.{span.start}", f"loaded_terms{number}", "gold",
                       "loaded_terms", label, (Part("span", span, span.quote(two.text)),))
            for label, span in sorted(two.terms)]
    return documents, annotations


def _ours(pipeline: Pipeline, documents: Iterable[Document]) -> Iterator[Annotation]:
    for document in documents:
        doc = pipeline.parse(document.text)
        for detector in pipeline.detectors:
            yield from proposed(document, detector, detector.detect(doc))


def _highlighted(pipeline: Pipeline, documents: Iterable[Document]) -> Iterator[Annotation]:
    """Mark each single word that the table of loaded terms has, wherever it stands."""
    for document in documents:
        for token in pipeline.parse(document.text):
            terms = TERMS.get(token.lemma_.lower()) or TERMS.get(token.lower_, ())
            if any(len(term.words) == 1 for term in terms):
                span = Span(token.idx, token.idx + len(token))
                yield Annotation(f"{document.id}:{token.i}", document.id, "highlighter",
                                 "loaded_terms", terms[0].label, (Part("span", span, token.text),))


def _textacy(documents: Iterable[Document]) -> Iterator[Annotation]:
    content = b"".join(encoded(document) for document in documents)
    done = subprocess.run([_peer(), HERE / "peer.py"], input=content, capture_output=True,
                          check=True)
    for row in catalog.read(io.BytesIO(done.stdout), name="textacy.jsonl"):
        if isinstance(row.item, Annotation):
            yield row.item
        elif row.problem:
            print(row.problem, file=sys.stderr)


def _peer() -> Path:
    """Return the interpreter that has textacy, making its environment if need be."""
    python = ENVIRONMENT / "bin" / "python"
    wanted = (HERE / "requirements.txt").read_text()
    made = ENVIRONMENT / "made-from.txt"
    if not made.exists() or made.read_text() != wanted:
        print("making the environment of textacy ...", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"],
                       check=True)
        made.write_text(wanted)
    return python


def _table(scores: dict[str, list[Score]], documents: int) -> str:
    lines = [f"{documents:,} texts; F1 with its 95 % bootstrap interval over texts", "",
             "| device | role | measure | system | P | R | F1 | 95 % | gold | predicted |",
             "|---|---|---|---|---|---|---|---|---|---|"]
    for device, role, measure in SHOWN:
        for name, found in scores.items():
            score = next((s for s in found if not s.label and (s.device, s.role, s.measure)
                          == (device, role, measure)), None)
            if score is not None and score.predicted:
                lines.append(_line(name, score))
    (OUT / "detectors.json").write_text(json.dumps(
        {name: [vars(s) for s in found] for name, found in scores.items()}, indent=1))
    return "\n".join(lines) + "\n"


def _line(name: str, score: Score) -> str:
    low, high = score.interval or (0.0, 0.0)
    numbers = " | ".join("-" if v is None else f"{v:.3f}"
                         for v in (score.precision, score.recall, score.f1))
    return (f"| {score.device} | {score.role} | {score.measure} | {name} | {numbers} | "
            f"{low:.2f}-{high:.2f} | {score.gold} | {score.predicted} |")


if __name__ == "__main__":
    main()

"""Time alignment and suggestions beside spaCy alone, and their growth with the event.

    python benchmarks/omission/speed.py [--encoder minilm] [--set paraphrase]

Events are drawn from the planted ones: each article mixes their passages at random, about 600
words, so that a hundred articles share claims as in a large event. With an encoder the time hangs
on what words leave open: little in the set "overlap", nearly all in "paraphrase".
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.omission import encoders, gold
from framing.detectors.pipeline import event_detectors, make_pipeline
from framing.documents import Document

SIZES = (3, 5, 10, 25, 50, 100)
WORDS = 600


def event(size: int, chance: random.Random, kind: str) -> list[Document]:
    """Draw one passage for each claim of a few events, then passages of its own."""
    chosen = [e for e in gold.events() if e.set == kind][:6]
    documents = []
    for number in range(size):
        text, words = [f"Report {number} of the day"], 0
        claims = [(e, c) for e in chosen for c in e.shared]
        chance.shuffle(claims)
        for story, claim in claims:
            article = chance.choice(story.articles)
            passage = article.spans(claim)[-1].quote(article.document.text)
            text.append(passage)
            words += len(passage.split())
            if words >= WORDS:
                break
        documents.append(Document(id=str(number), text="\n\n".join(text), outlet=f"O{number}",
                                  event="drawn"))
    return documents


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", choices=sorted(encoders.ENCODERS), default="")
    parser.add_argument("--set", choices=["overlap", "paraphrase"], default="overlap")
    args = parser.parse_args()
    encoder: str = args.encoder
    pipeline = make_pipeline()
    encode = encoders.make(encoder)
    [detector] = event_detectors(encode, name=encoder)
    chance = random.Random(1)
    pipeline.parse("Warm up. " * 200)
    if encode is not None:
        encode(["Warm up."] * 20)
    print("articles  sentences  spaCy s  ours s  ours / spaCy  ms a sentence")
    for size in SIZES:
        documents = event(size, chance, args.set)
        begun = time.process_time()
        docs = {d.id: pipeline.parse(d.text) for d in documents}
        parsed = time.process_time()
        detector.detect(docs, documents)
        done = time.process_time()
        sentences = sum(sum(1 for _ in doc.sents) for doc in docs.values())
        ours, spacy = done - parsed, parsed - begun
        print(f"{size:8}  {sentences:9}  {spacy:7.2f}  {ours:6.2f}  {ours / spacy:12.2f}  "
              f"{1000 * ours / sentences:13.2f}")


if __name__ == "__main__":
    main()

"""Take claims out of articles and count how many are proposed.

    python benchmarks/omission/run.py [--split held] [--encoder minilm] [--show]

Needs scikit-learn for the baseline. One line for each set and method:

found      share of removed claims proposed, with evidence from two siblings that carry the claim
false      share of claims proposed for whole articles that do carry them
wrong      proposals for whole articles whose evidence is not one claim, per article
proposals  all proposals for a whole article, and for one that lost a claim

"asked first" counts only the proposals that a person is shown without asking for more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.omission import baseline, encoders, gold
from framing.annotations import Part
from framing.detectors.pipeline import Pipeline, event_detectors, make_pipeline
from framing.documents import Document
from framing.omission.ranking import asked_first

Method = Callable[[Mapping[str, Doc], Sequence[Document]], Mapping[str, Sequence[Sequence[Part]]]]


@dataclass
class Score:
    """Counts of one method on one set."""

    cases: int = 0
    found: int = 0
    present: int = 0
    false: int = 0
    articles: int = 0
    whole: int = 0
    wrong: int = 0
    reduced: int = 0
    missed: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        def share(part: int, of: int) -> str:
            return f"{part / max(1, of):6.1%} ({part}/{of})"

        return (f"{name:40} found {share(self.found, self.cases):18} "
                f"false {share(self.false, self.present):15} "
                f"wrong {self.wrong / self.articles:.2f}  proposals "
                f"{self.whole / self.articles:.2f} whole, {self.reduced / self.cases:.2f} reduced")


def claims_of(evidence: Sequence[Part], event: gold.Event) -> list[frozenset[str]]:
    articles = {a.document.id: a for a in event.articles}
    return [gold.claims_at(articles[part.document], part.span) for part in evidence]


def score(event: gold.Event, method: Method, parse: Callable[[str], Doc], total: Score) -> None:
    """Add one event: its whole articles, and each of its cases."""
    for article, found in zip(event.articles, run(event, method, parse), strict=True):
        total.articles += 1
        total.whole += len(found)
        both = [frozenset.intersection(*claims_of(e, event)) for e in found]
        total.wrong += sum(not claims for claims in both)
        present = article.claims & set(event.shared)
        total.present += len(present)
        total.false += len(present & frozenset().union(*both))
    for claim, index, rest in event.cases():
        found = run(rest, method, parse)[index]
        total.cases += 1
        total.reduced += len(found)
        if any(sum(claim in c for c in claims_of(e, rest)) >= 2 for e in found):
            total.found += 1
        else:
            total.missed.append(f"{event.name} {claim} from {index + 1}")


def run(event: gold.Event, method: Method, parse: Callable[[str], Doc]) -> list[
        list[list[Part]]]:
    """Return the evidence of each proposal by article, in the event's order."""
    found = method({d.id: parse(d.text) for d in event.documents}, event.documents)
    return [[list(parts) for parts in found.get(d.id, ())] for d in event.documents]


def ours(encoder: str = "") -> Method:
    [detector] = event_detectors(encoders.make(encoder), name=encoder)

    def method(docs: Mapping[str, Doc], documents: Sequence[Document]) -> Mapping[
            str, Sequence[Sequence[Part]]]:
        found = detector.detect(docs, documents).suggestions
        return {id: [[p for p in s.parts if p.role == "evidence"] for s in all_]
                for id, all_ in found.items()}

    return method


def asked(method: Method) -> Method:
    """Keep of a method's proposals, best first, what an article of that length is asked about."""
    def first(docs: Mapping[str, Doc], documents: Sequence[Document]) -> Mapping[
            str, Sequence[Sequence[Part]]]:
        most = {d.id: asked_first(len(d.text.split())) for d in documents}
        return {id: found[: most[id]] for id, found in method(docs, documents).items()}

    return first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=["tune", "held"], default="held")
    parser.add_argument("--encoder", choices=sorted(encoders.ENCODERS), default="")
    parser.add_argument("--show", action="store_true", help="list the claims that were missed")
    args = parser.parse_args()
    pipeline: Pipeline = make_pipeline()
    parse = cache(pipeline.parse)
    methods: dict[str, Method] = {
        "TF-IDF alone": baseline.proposals, "ours": ours(), "ours, asked first": asked(ours())}
    if args.encoder:
        encoded = ours(args.encoder)
        methods[f"ours + {args.encoder}"] = encoded
        methods[f"ours + {args.encoder}, asked first"] = asked(encoded)
    for kind in ("overlap", "paraphrase"):
        chosen = [e for e in gold.events() if e.set == kind and e.split == args.split]
        for name, method in methods.items():
            total = Score()
            for event in chosen:
                score(event, method, parse, total)
            print(total.line(f"{kind}: {name}"))
            if args.show:
                print(*(f"    missed {case}" for case in total.missed), sep="\n")


if __name__ == "__main__":
    main()

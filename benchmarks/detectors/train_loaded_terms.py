"""Make `loaded_terms/weights.json` and `lexicons/likeness.toml`, and say how good they are.

    python -m benchmarks.detectors.train_loaded_terms annotations_final_notempty.xlsx

The ratings are those of MBIC (`mbic.py`); the target of a word is the share that typed it. Needs
MiniLM (requirements-minilm.txt) for the levels of `likeness.py`; what it makes is used without.
Figures come from sentences, outlets and topics held back in turn, levels, weights and thresholds
made without them.
"""

from __future__ import annotations

import argparse
import textwrap
from collections import defaultdict
from pathlib import Path

import numpy as np
import spacy

from benchmarks.detectors.likeness import Likeness
from benchmarks.detectors.mbic import SPLITS, Words, best_threshold, read, report
from framing.detectors.attribution.lexicon import TABLES
from framing.detectors.loaded_terms.features import VERSION
from framing.detectors.logistic import Weights, fit, save
from framing.encoders import MiniLM

TARGET = Path("framing/detectors/loaded_terms/weights.json")
LIKENESS = TABLES / "likeness.toml"
HEAD = """\
# How like the words that readers of news marked as loaded a word means, from 1 to 8; what is not
# here has 0. Compiled for this project, by the machine:
#   python -m benchmarks.detectors.train_loaded_terms FILE
# from the ratings of MBIC (Spinde et al. 2021, Apache-2.0), by what the encoder {encoder}
# (Apache-2.0) makes of each lemma that {model} knows. A word's own ratings never
# count for its own level. A feature of the ranker, never a reason to propose a word by itself.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ratings", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    parser.add_argument("--likeness", type=Path, default=LIKENESS)
    args = parser.parse_args()
    words = read(args.ratings)
    print(f"{len(words.docs):,} sentences, {len(words.names):,} words")
    likeness = Likeness(vocabulary(words))
    about: dict[str, str | int | float] = {
        "data": "MBIC (Spinde et al. 2021), Apache-2.0", "sha256": words.sha256,
        "sentences": len(words.docs), "words": len(words.names), "target": "share of readers",
        "features": VERSION, "model": words.model, "penalty": 1.0}
    for split in SPLITS:
        about |= cross_validate(words, likeness, split)
    levels = likeness.levels(words, np.ones(len(words.names), dtype=bool))
    write(levels, args.likeness, model=words.model)
    weights = fit(words.liked(levels), words.shares.tolist(), about=about)
    save(weights, args.output)
    print(f"{len(weights.weights):,} weights, {args.output.stat().st_size:,} bytes; "
          f"{len(levels):,} levels, {args.likeness.stat().st_size:,} bytes")


def vocabulary(words: Words) -> list[str]:
    """Return the lemmas of the ratings, and those of open classes that the model has met."""
    nlp = spacy.load(words.model.rpartition("-")[0])  # as released, with its tables of lemmas
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    known = {word for lemmas in index.values() for word in lemmas
             if word.isalpha() and word.islower() and len(word) > 2 and word in nlp.vocab.strings}
    return sorted(known | set(words.lemmas))


def cross_validate(words: Words, likeness: Likeness, split: str) -> dict[str, float]:
    """Return token scores on held-back words; the threshold is chosen on others, held back too."""
    fold, gold = words.folds(split), words.marked
    found, values, thresholds = np.zeros(len(gold), dtype=bool), np.zeros(len(gold)), []
    for number in range(fold.max() + 1):
        held = fold == number
        values[held] = probabilities(words, likeness, ~held, held)
        inner = fold == (number + 1) % (fold.max() + 1)
        seen = probabilities(words, likeness, ~held & ~inner, inner)
        thresholds.append(best_threshold(np.array(seen), gold[inner]))
        found[held] = values[held] >= thresholds[-1]
    return report(split, values, found, thresholds, gold)


def probabilities(words: Words, likeness: Likeness, train: np.ndarray, test: np.ndarray
                  ) -> list[float]:
    names = words.liked(likeness.levels(words, train))
    weights: Weights = fit([names[i] for i in np.flatnonzero(train)],
                           words.shares[train].tolist(), about={})
    return [weights.probability(names[i]) for i in np.flatnonzero(test)]


def write(levels: dict[str, int], path: Path, *, model: str) -> None:
    """Write the table of levels, each with its words in order."""
    by_level = defaultdict(list)
    for lemma, level in sorted(levels.items()):
        if lemma.isalpha():
            by_level[level].append(lemma)
    groups = [f'\n[level.{level}]\nwords = """\n'
              + textwrap.fill(" ".join(by_level[level]), 100) + '\n"""\n'
              for level in sorted(by_level)]
    path.write_text(HEAD.format(encoder=MiniLM.name, model=model) + "".join(groups),
                    encoding="utf-8")


if __name__ == "__main__":
    main()

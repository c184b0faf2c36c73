"""From labels to a version in use: asked for, trained, compared, and chosen by a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.urls import reverse

from annotator import queueing
from annotator.accounts.models import User
from annotator.corpus.models import Article, Project
from annotator.labeling import detection
from annotator.labeling.learning import versions
from annotator.labeling.models import Annotation, Assignment, Completion, LearnedVersion
from annotator.research import training
from annotator.research.references import reference
from annotator.review.models import GoldAnnotation, ReviewDecision

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
State = LearnedVersion.State
PLAIN = "The council met at noon and the vote was held. " * 8  # too long for an excerpt


def text(person: str, place: str) -> str:
    return f"The wooden {person} opened the {place}. Rain fell on the town. {PLAIN}"


def read(article: Article, person: User, *quotes: str, by: User) -> Assignment:
    sheet = Assignment.objects.create(
        article=article, annotator=person, position=1, seed=1, assigned_by=by, state="submitted"
    )
    for quote in quotes:
        start = article.text.index(quote)
        mark = Annotation.objects.create(
            assignment=sheet, device="loaded_terms", label="lt.evaluative", revision=1
        )
        mark.parts.create(role="span", position=0, start=start, end=start + len(quote),
                          quote=quote, article=article)  # fmt: skip
    Completion.objects.create(assignment=sheet, device="loaded_terms", at=NOW)
    return sheet


@pytest.fixture
def corpus(project: Project, people: Any, make_article: Any) -> list[Article]:
    """Thirty-two articles of eight events, in which two annotators always mark one word."""
    made = []
    pairs = product(["mayor", "farmer", "teacher", "driver", "baker", "painter", "clerk", "nurse"],
                    ["bridge", "harbour", "school", "station"])  # fmt: skip
    for person, place in pairs:
        article = make_article(text(person, place), event=person)
        for name in ("ada", "dov"):
            read(article, people[name], "wooden", by=people["rhea"])
        made.append(article)
    return made


def ask(project: Project, people: Any, *, now: datetime = NOW) -> LearnedVersion:
    return versions.do_ask(
        project=project, detector="loaded_terms", actor=people["rhea"], now=now
    )


def train(version: LearnedVersion, *, now: datetime = NOW) -> LearnedVersion:
    assert training.train(
        version.pk, pipeline=detection.pipeline(), clock=lambda: now, tell=lambda: None
    )
    version.refresh_from_db()
    return version


def test_agreed_labels_make_a_version_that_is_better_where_it_never_looked(
    project: Project, people: Any, corpus: list[Article]
) -> None:
    version = train(ask(project, people))
    assert (version.state, version.error, version.better) == (State.DONE, "", True)
    card = version.card
    assert card["figures"]["candidate"]["f1"] > (card["figures"]["incumbent"]["f1"] or 0)
    held = Article.objects.filter(pk__in=card["held_back"])
    assert card["about"]["documents"] == len(corpus) - len(held)
    for event in {article.event_id for article in held}:
        assert sum(article.event_id == event for article in held) == 4
    assert version.weights["format"] == "framing-logistic-1"
    assert "+" not in version.base


def test_a_second_version_is_compared_with_the_one_in_use(
    project: Project, people: Any, corpus: list[Article]
) -> None:
    first = train(ask(project, people))
    versions.do_use(version=first, actor=people["rhea"], now=NOW)
    second = train(ask(project, people))
    assert second.base.endswith(f"+{first.name}")
    assert (second.state, second.better) == (State.DONE, False)


def test_too_little_is_the_reason_of_a_failed_version(project: Project, people: Any) -> None:
    version = train(ask(project, people))
    assert version.state == State.FAILED
    assert "Learning needs 10 articles" in version.error


def test_a_training_is_done_once(project: Project, people: Any) -> None:
    version = train(ask(project, people))
    assert not training.train(
        version.pk, pipeline=detection.pipeline(), clock=lambda: NOW, tell=lambda: None
    )


def test_a_training_whose_worker_died_is_taken_up_again(project: Project, people: Any) -> None:
    version = ask(project, people)
    LearnedVersion.objects.update(state=State.RUNNING, begun_at=NOW)
    later = NOW + versions.LONGEST + timedelta(seconds=1)
    assert train(version, now=later).state == State.FAILED


def test_an_error_is_kept_with_the_version(
    project: Project, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise LookupError("no such word")

    monkeypatch.setattr(training, "reference", broken)
    version = ask(project, people)
    with pytest.raises(LookupError):
        train(version)
    version.refresh_from_db()
    assert (version.state, version.error) == (State.FAILED, "LookupError: no such word")


def test_lessons_of_gold_have_one_reader(
    project: Project, people: Any, codebook: Any, corpus: list[Article]
) -> None:
    article = corpus[0]
    decision = ReviewDecision.objects.create(
        article=article, device="loaded_terms", kind="own", codebook=codebook,
        reviewer=people["ben"], at=NOW,
    )  # fmt: skip
    gold = GoldAnnotation.objects.create(
        article=article, decision=decision, device="loaded_terms", label="lt.scale"
    )
    start = article.text.index("Rain")
    gold.parts.create(role="span", position=0, start=start, end=start + 4, quote="Rain",
                      article=article)  # fmt: skip
    (lesson,) = training.lessons(reference(project, "loaded_terms"))
    assert [[mark.parts[0].quote for mark in marks] for marks in lesson.readers] == [["Rain"]]
    assert [label.label for label in lesson.labels] == ["lt.scale"]


def test_a_lead_trains_uses_and_stops_by_clicks(
    signed_in: Any, project: Project, people: Any, corpus: list[Article],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    woken: list[Any] = []
    monkeypatch.setattr(queueing, "wake", lambda *task: woken.append(task))
    rhea, page = signed_in("rhea"), reverse("detectors", args=[project.slug])

    def click(name: str, *args: int) -> str:
        posted = {"detector": "loaded_terms"}
        answer = rhea.post(reverse(name, args=[project.slug, *args]), posted, follow=True)
        assert answer.status_code == 200
        return str(answer.content.decode())

    assert "as soon as a worker is free" in click("detectors-train")
    version = LearnedVersion.objects.get()
    assert woken[-1] == ("annotator.research.tasks.train", version.pk)
    assert "Use it here" not in rhea.get(page).content.decode()
    train(version)
    content = rhea.get(page).content.decode()
    assert "Use it here" in content
    assert "Model card" in content
    assert "In use since" in click("detectors-use", version.pk)
    assert woken[-1] == ("annotator.labeling.tasks.plan", 1)
    version.refresh_from_db()
    assert (version.in_use, version.used_by) == (True, people["rhea"])
    assert "shipped version is used again" in click("detectors-stop", version.pk)
    version.refresh_from_db()
    assert not version.in_use


@pytest.mark.parametrize("name", ["detectors-train", "detectors-use", "detectors-stop"])
@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("cy", 404)])
def test_nobody_else_decides_about_versions(
    signed_in: Any, project: Project, people: Any, name: str, who: str, status: int
) -> None:
    version = ask(project, people)
    args = [project.slug] if name == "detectors-train" else [project.slug, version.pk]
    assert signed_in(who).post(reverse(name, args=args)).status_code == status
    assert not LearnedVersion.objects.exclude(pk=version.pk).exists()


def test_what_is_not_better_is_refused_with_a_sentence(
    signed_in: Any, project: Project, people: Any
) -> None:
    version = ask(project, people)
    answer = signed_in("rhea").post(
        reverse("detectors-use", args=[project.slug, version.pk]), follow=True
    )
    assert "Only a version that is better" in answer.content.decode()


def test_a_version_of_another_project_is_not_found(
    signed_in: Any, project: Project, people: Any, codebook: Any
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=codebook, created_by=people["ben"]
    )
    theirs = ask(other, people)
    for name in ("detectors-use", "detectors-stop"):
        answer = signed_in("rhea").post(reverse(name, args=[project.slug, theirs.pk]))
        assert answer.status_code == 404

"""A learned version runs on its project's articles once a person chose it, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from annotator.accounts.refusals import Conflict
from annotator.corpus.models import Article, Project
from annotator.labeling import detection
from annotator.labeling.learning import serving, versions
from annotator.labeling.models import LearnedVersion, SuggestionRun
from annotator.labeling.suggesting import current_runs
from framing.detectors.courses import COURSES
from framing.detectors.loaded_terms.learning import LearnedTermDetector
from framing.detectors.logistic import Weights, as_dict
from framing.detectors.pipeline import DETECTORS, Pipeline, Run
from tests.annotator.labeling.pipelines import Detector
from tests.annotator.labeling.pipelines import Pipeline as Stub

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
WEIGHTS = {"format": "framing-logistic-1", "about": {"features": "1"}, "bias": -1.0, "weights": {}}
State = LearnedVersion.State


@dataclass
class Many(Stub):
    """The stub with a detector that can be exchanged; each has a version of its own."""

    name: str = ""

    @property
    def runs(self) -> tuple[Run, ...]:
        version = f"1.2+{self.name}" if self.name else "1.2"
        return (Run("loaded_terms", version, "loaded_terms", "0" * 16, self.model),)

    def having(self, detector: LearnedTermDetector) -> Many:
        return Many([Detector("loaded_terms")], name=detector.version.partition("+")[2])


@pytest.fixture(autouse=True)
def fresh() -> None:
    serving._detector.cache_clear()


@pytest.fixture
def shipped() -> Many:
    return Many([Detector("loaded_terms")])


@pytest.fixture
def learned(project: Project, people: Any) -> Callable[..., LearnedVersion]:
    def made(**fields: Any) -> LearnedVersion:
        fields = {
            "state": State.DONE, "better": True, "weights": WEIGHTS, "threshold": 0.5,
            "base": "1.2", "detector": "loaded_terms", **fields,
        }  # fmt: skip
        return LearnedVersion.objects.create(
            project=project, number=LearnedVersion.objects.count() + 1,
            asked_by=people["rhea"], asked_at=NOW, **fields,
        )  # fmt: skip

    return made


@pytest.fixture
def use(people: Any) -> Callable[[LearnedVersion], None]:
    return lambda version: versions.do_use(version=version, actor=people["rhea"], now=NOW)


def run_all(shipped: Any, article: Article) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(detection, "reader", lambda _: shipped)
        serving.plan(detection.reader)
        pipelines = serving.readers([article.pk])
    detection.detect_articles(pipelines, clock=lambda: NOW, draw=lambda: 0.5)


def shown(article: Article) -> list[str]:
    return list(current_runs(article.pk).values_list("version", flat=True))


def test_nothing_changes_until_somebody_uses_it(
    article: Article, shipped: Many, learned: Any
) -> None:
    learned()
    run_all(shipped, article)
    assert shown(article) == ["1.2"]


def test_a_version_in_use_reads_the_articles_of_its_project_alone(
    article: Article, shipped: Many, learned: Any, use: Any, codebook: Any, people: Any
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=codebook, created_by=people["ben"]
    )
    theirs = Article.objects.create(
        project=other, external_id="x", title="x", text="A b.", sha256="x", length=4, words=2
    )
    version = learned()
    use(version)
    for one in (article, theirs):
        run_all(shipped, one)
    assert shown(article) == [f"1.2+{version.name}"]
    assert shown(theirs) == ["1.2"]
    assert serving.plan(lambda _: shipped) == 0


def test_going_back_and_forth_shows_what_is_in_use(
    article: Article, shipped: Many, learned: Any, use: Any
) -> None:
    version = learned()
    use(version)
    run_all(shipped, article)
    versions.do_stop(version=version)
    assert shown(article) == []
    run_all(shipped, article)
    assert shown(article) == ["1.2"]
    use(version)
    assert shown(article) == [f"1.2+{version.name}"]
    second = learned(base=f"1.2+{version.name}")
    use(second)
    run_all(shipped, article)
    assert shown(article) == [f"1.2+{second.name}"]
    assert list(LearnedVersion.objects.filter(in_use=True)) == [second]


def test_work_that_waits_for_a_version_out_of_use_is_dropped(
    article: Article, shipped: Many, learned: Any, use: Any
) -> None:
    serving.plan(lambda _: shipped)
    version = learned()
    use(version)
    serving.plan(lambda _: shipped)
    assert [run.version for run in SuggestionRun.objects.all()] == [f"1.2+{version.name}"]


def test_weights_that_no_longer_fit_let_the_shipped_version_run(
    article: Article, shipped: Many, learned: Any, use: Any, caplog: pytest.LogCaptureFixture
) -> None:
    version = learned(weights={**WEIGHTS, "about": {"features": "0"}})
    use(version)
    run_all(shipped, article)
    assert [run.version for run in SuggestionRun.objects.all()] == ["1.2"]
    assert "train again" in caplog.text
    version.refresh_from_db()
    assert version.error.startswith("The shipped version runs instead: the weights")
    LearnedVersion.objects.update(weights=WEIGHTS)
    serving._detector.cache_clear()
    serving.plan(lambda _: shipped)
    version.refresh_from_db()
    assert version.error == ""


def test_the_real_pipeline_takes_a_learned_detector(article: Article, learned: Any) -> None:
    weights = Weights(-1.0, {"lemma=dam": 9.0}, {"features": "1"})
    version = learned(weights=as_dict(weights))
    pipeline = detection.pipeline()
    assert isinstance(pipeline, Pipeline)
    mine = serving.having(pipeline, version)
    assert mine.nlp is pipeline.nlp
    assert [run.detector for run in mine.runs] == [d.id for d in DETECTORS]
    assert [run.version.partition("+")[2] for run in mine.runs] == [version.name, ""]
    assert "dam" in {s.parts[0].quote for s in mine.detect(mine.parse("Trees by the dam fell."))}


def test_versions_of_two_detectors_are_used_side_by_side(
    project: Project, article: Article, learned: Any, use: Any
) -> None:
    terms, relations = learned(), learned(detector="attribution")
    use(terms)
    use(relations)
    mine = serving.readers([article.pk])[article.pk]
    names = {run.detector: run.version.partition("+")[2] for run in mine.runs}
    assert names == {"loaded_terms": terms.name, "attribution": relations.name}
    versions.do_stop(version=relations)
    assert list(LearnedVersion.objects.filter(in_use=True)) == [terms]
    assert versions.in_use(project.pk, "attribution") is None


def test_only_what_can_learn_is_trained(project: Project, people: Any) -> None:
    assert set(versions.DETECTORS) == set(COURSES)
    with pytest.raises(Conflict, match="only of: loaded_terms, attribution"):
        versions.do_ask(project=project, detector="omission", actor=people["rhea"], now=NOW)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"better": False}, "Only a version that is better"),
        ({"state": State.FAILED}, "Only a version that is better"),
        ({"base": "1.2+p9.9"}, "compared with another version"),
    ],
)
def test_only_what_is_better_than_what_is_in_use_is_used(
    learned: Any, use: Any, fields: dict[str, Any], says: str
) -> None:
    version = learned(**fields)
    with pytest.raises(Conflict, match=says):
        use(version)
    assert not LearnedVersion.objects.filter(in_use=True).exists()


def test_a_version_that_was_in_use_can_be_used_again(learned: Any, use: Any) -> None:
    first = learned()
    use(first)
    second = learned(base=f"1.2+{first.name}")
    use(second)
    third = learned(base=f"1.2+{second.name}")
    use(third)
    use(second)  # its base is out of use, but people have relied on it
    assert LearnedVersion.objects.get(in_use=True) == second


def test_the_database_itself_refuses_a_worse_one(learned: Any) -> None:
    version = learned(better=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        LearnedVersion.objects.filter(pk=version.pk).update(in_use=True)


def test_asking_twice_asks_once_and_not_while_one_is_trained(project: Project, people: Any) -> None:
    def ask(now: datetime = NOW) -> LearnedVersion:
        return versions.do_ask(
            project=project, detector="loaded_terms", actor=people["rhea"], now=now
        )

    first = ask()
    assert ask() == first
    LearnedVersion.objects.update(state=State.RUNNING, begun_at=NOW)
    with pytest.raises(Conflict, match="is being trained"):
        ask()
    later = ask(NOW + versions.LONGEST + timedelta(seconds=1))
    first.refresh_from_db()
    assert (first.state, first.error) == (State.FAILED, versions.STOPPED)
    assert later.number == 2

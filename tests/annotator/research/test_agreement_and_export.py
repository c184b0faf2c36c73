"""The agreement page, the exported file and the command line tell the same numbers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from annotator.accounts.models import User
from annotator.corpus.models import Project
from annotator.labeling.demo import do_load_demo
from annotator.labeling.models import Annotation, Completion
from annotator.research.agreement import CHOICES, RESAMPLES, SEED, agreement, data_fingerprint
from annotator.research.models import AgreementRun
from framing.agreement import Study, Unit, measure
from framing.formats import catalog

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def demo(people: dict[str, User]) -> Project:
    admin = User.objects.create_superuser("admin")
    project = do_load_demo(people={**people, "admin": admin}, now=timezone.now())
    assert project is not None
    return project


def download(signed_in: Any, project: Project, format_id: str = "annotations-jsonl") -> bytes:
    answer = signed_in("rhea").get(f"/projects/{project.slug}/export/{format_id}/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def agree(file: Path, *options: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "framing", "agree", str(file), "--json", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_file_gives_every_number_of_the_page(
    demo: Project, signed_in: Any, tmp_path: Path
) -> None:
    file = tmp_path / "demo.jsonl"
    file.write_bytes(download(signed_in, demo))
    measures = [option for choice in CHOICES for option in ("--measure", choice.id)]
    compared = 0
    for group in agreement(demo, named=False):
        for start in range(0, len(group["rows"]), len(CHOICES)):
            rows = group["rows"][start : start + len(CHOICES)]
            role = ["--role", rows[0]["role"]] if rows[0]["role"] else []
            found = agree(
                file, *measures, *role, "--device", group["device"], "--characters", "in-out",
                "--bootstrap", str(RESAMPLES), "--seed", str(SEED),
            )  # fmt: skip
            for row, report in zip(rows, found, strict=True):
                for key in ("measure", "value", "interval", "n_documents", "n_annotators",
                            "n_units", "undefined", "per_document"):  # fmt: skip
                    assert report[key] == row["report"][key], (group["device"], role, key)
                compared += 1
    assert compared >= 9


def test_the_demo_has_agreement_to_look_at(demo: Project) -> None:
    values = {
        group["device"]: group["rows"][0]["report"]["value"]
        for group in agreement(demo, named=True)
    }
    assert 0 < values["loaded_terms"] < 1
    assert 0 < values["attribution"] < 1


@pytest.mark.parametrize("inside", [(), (("b", 2, 6, "y"),), (("b", 2, 5, "z"),)])
def test_no_row_of_the_page_says_1_where_spans_inside_spans_differ(
    inside: tuple[tuple[str, int, int, str], ...],
) -> None:
    marks = (("a", 0, 20, "x"), ("b", 0, 20, "x"), ("a", 2, 5, "y"), *inside)
    study = Study({"d": 30}, frozenset(), tuple(Unit("d", *mark) for mark in marks))
    for choice in CHOICES:
        value = measure(study, choice.id, resamples=0, **dict(choice.parameters)).value
        assert value is not None
        assert value < 1


def test_the_export_reads_back_without_a_problem_and_names_nobody(
    demo: Project, signed_in: Any, tmp_path: Path
) -> None:
    content = download(signed_in, demo)
    file = tmp_path / "demo.jsonl"
    file.write_bytes(content)
    rows = list(catalog.read_path(file))
    assert [row.problem for row in rows if row.problem] == []
    kinds = [json.loads(line)["type"] for line in content.decode().splitlines()]
    done = Completion.objects.filter(assignment__article__project=demo)
    assert kinds.count("document") == demo.articles.count()
    assert kinds.count("reading") == done.count()
    assert kinds.count("annotation") == sum(
        Annotation.objects.filter(
            assignment=row.assignment, device=row.device, deleted_at=None
        ).count()
        for row in done
    )
    annotators = {
        json.loads(line)["annotator"]
        for line in content.decode().splitlines()
        if json.loads(line)["type"] != "document"
    }
    assert annotators == {
        user.pseudonym for user in User.objects.filter(username__in=["ada", "dov"])
    }


def test_the_same_data_give_the_same_file(demo: Project, signed_in: Any) -> None:
    assert download(signed_in, demo) == download(signed_in, demo)


@pytest.mark.parametrize("format_id", ["annotations-csv", "units-csv"])
def test_tables_are_offered_too(demo: Project, signed_in: Any, format_id: str) -> None:
    assert download(signed_in, demo, format_id).count(b"\n") > 10


def test_an_unfinished_device_stays_out(demo: Project, signed_in: Any) -> None:
    before = download(signed_in, demo)
    Completion.objects.filter(device="loaded_terms").delete()
    after = download(signed_in, demo)
    assert b'"loaded_terms"' in before
    assert b'"loaded_terms"' not in after


def test_kept_numbers_stay_when_the_data_change(demo: Project, signed_in: Any) -> None:
    rhea = signed_in("rhea")
    answer = rhea.post(f"/projects/{demo.slug}/agreement/keep/", follow=True)
    assert answer.status_code == 200
    run = AgreementRun.objects.get()
    assert run.data_sha256 == data_fingerprint(demo)
    kept = run.reports
    Completion.objects.all().delete()
    run.refresh_from_db()
    assert run.reports == kept
    assert run.data_sha256 != data_fingerprint(demo)
    page = rhea.get(run.get_absolute_url()).content.decode()
    assert "As kept by Rhea" in page


def test_with_nothing_to_compare_the_page_says_what_is_missing(
    project: Project, signed_in: Any
) -> None:
    page = signed_in("rhea").get(f"/projects/{project.slug}/agreement/").content.decode()
    assert "agreement appears once two annotators have read the same article" in page
    assert "undefined" in page


def test_an_unknown_export_is_not_found(project: Project, signed_in: Any) -> None:
    answer = signed_in("rhea").get(f"/projects/{project.slug}/export/secrets/")
    assert answer.status_code == 404

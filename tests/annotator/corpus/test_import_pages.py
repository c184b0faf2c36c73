"""Handing in files through the page: what comes in, what is told, and to whom."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotator.corpus.importing import run_batch
from annotator.corpus.models import Article, ImportBatch, Project

from .bad_files import BAD_FILES, GOOD


def upload(*files: tuple[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, data) for name, data in files]


@pytest.fixture
def page(project: Project) -> str:
    return reverse("import", args=[project.slug])


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_gets_a_page_that_says_why(signed_in: Any, page: str, case: str) -> None:
    name, data, good, bad = BAD_FILES[case]
    rhea = signed_in("rhea")
    answer = rhea.post(page, {"upload": upload((name, data)), "event_name": ""})
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == batch.get_absolute_url()
    run_batch(batch.pk)
    shown = rhea.get(batch.get_absolute_url())
    assert shown.status_code == 200
    assert Article.objects.count() == good
    for _, word in bad:
        assert word in shown.content.decode()


def test_several_files_make_several_imports(signed_in: Any, page: str) -> None:
    files = upload(("a.txt", b"One."), ("b.txt", b"Two."))
    answer = signed_in("rhea").post(page, {"upload": files, "event_name": "Dam"})
    assert answer.headers["Location"] == f"{page}#imports"
    for batch in ImportBatch.objects.all():
        run_batch(batch.pk)
    assert Article.objects.filter(event__name="Dam").count() == 2


def test_a_worker_is_woken_after_the_commit(
    signed_in: Any, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr("annotator.queueing.wake", lambda *args: told.append(args))
    signed_in("rhea").post(page, {"upload": upload(("a.txt", b"One."))})
    assert told == [("annotator.corpus.tasks.import_batch", ImportBatch.objects.get().pk)]


def test_a_file_that_is_too_large_leaves_the_others_in(
    signed_in: Any, page: str, settings: Any
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    files = upload(("big.txt", b"x" * (1024 * 1024 + 1)), ("good.txt", GOOD.encode()))
    answer = signed_in("rhea").post(page, {"upload": files}, follow=True)
    assert "big.txt has more than 1 MB" in answer.content.decode()
    assert ImportBatch.objects.get().name == "good.txt"


def test_a_pasted_article_takes_the_same_way_in(signed_in: Any, page: str) -> None:
    data = {
        "paste": "1",
        "paste-text": "  The dam\r\nholds.",
        "paste-title": "Dam",
        "paste-outlet": "Post",
        "paste-event_name": "Brindle",
        "paste-published": "2026-05-04",
        "paste-url": "",
    }
    signed_in("rhea").post(page, data)
    run_batch(ImportBatch.objects.get().pk)
    article = Article.objects.get()
    assert article.text == "  The dam\nholds."
    assert (article.title, article.published) == ("Dam", "2026-05-04")
    assert str(article.event) == "Brindle"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"send": "1"}, "Choose at least one file."),
        ({"paste": "1"}, "Paste the text of an article."),
        ({"paste": "1", "paste-text": "a\x00b"}, "Null characters are not allowed."),
        ({"paste": "1", "paste-text": "a", "paste-published": "soon"}, "Enter a valid date."),
        ({"paste": "1", "paste-text": "a", "paste-url": "javascript:1"}, "Enter a valid URL."),
    ],
)
def test_a_form_that_lacks_something_says_so(
    signed_in: Any, page: str, data: dict[str, str], sentence: str
) -> None:
    answer = signed_in("rhea").post(page, data)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_the_page_of_a_waiting_import_asks_again_by_itself(
    signed_in: Any, hand_in: Any
) -> None:
    batch = hand_in("a.txt", b"One.", run=False)
    rhea = signed_in("rhea")
    whole = rhea.get(batch.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 1s"' in whole
    part = rhea.get(batch.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="batch"')
    run_batch(batch.pk)
    part = rhea.get(batch.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part


def test_rows_can_be_filtered_and_a_wrong_filter_shows_all(
    signed_in: Any, hand_in: Any
) -> None:
    batch = hand_in("two.csv", b'id,text\ngoodrow,"A."\nbadrow,\n')
    rhea = signed_in("rhea")
    refused = rhea.get(batch.get_absolute_url(), {"outcome": "refused"}).content.decode()
    assert "two.csv, row 3" in refused
    assert "two.csv, row 2" not in refused
    both = rhea.get(batch.get_absolute_url(), {"outcome": "' OR 1=1", "page": "9" * 5000})
    assert "two.csv, row 2" in both.content.decode()


def test_refused_rows_come_as_a_table_that_runs_nothing(signed_in: Any, hand_in: Any) -> None:
    batch = hand_in("=cmd.csv", b'id,text\na,"A."\nb,\n')
    url = reverse("import-refused", args=[batch.project.slug, batch.pk])
    answer = signed_in("rhea").get(url)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text))
    assert header == ["row", "place", "reason"]
    assert row[0] == "2"
    assert row[1].startswith("'=cmd.csv")
    assert "empty" in row[2]


def test_names_of_files_are_shown_as_text(signed_in: Any, hand_in: Any) -> None:
    batch = hand_in("<img src=x onerror=alert(1)>.txt", b"One.")
    shown = signed_in("rhea").get(batch.get_absolute_url()).content.decode()
    assert "<img" not in shown
    assert "&lt;img" in shown

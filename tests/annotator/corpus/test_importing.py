"""What becomes of each row of a file, and what a second run changes: nothing."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from annotator.accounts.models import User
from annotator.accounts.refusals import TooLarge
from annotator.corpus import importing
from annotator.corpus.importing import clean_name, do_receive, run_batch
from annotator.corpus.models import Article, Event, ImportBatch, ImportRow, Outlet, Project
from framing.offsets import fingerprint

from .bad_files import BAD_FILES

STATE = ImportBatch.State


def outcomes(batch: ImportBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("outcome", flat=True))


@pytest.mark.parametrize("case", BAD_FILES)
def test_each_bad_row_gets_its_place_and_reason_and_good_rows_stay(
    hand_in: Any, case: str
) -> None:
    name, data, good, bad = BAD_FILES[case]
    batch = hand_in(name, data)
    assert batch.state == STATE.DONE
    assert Article.objects.count() == good
    refused = batch.rows.filter(outcome="refused").order_by("number")
    assert len(refused) == len(bad)
    for row, (place, word) in zip(refused, bad, strict=True):
        assert row.place.startswith(place)
        assert word in row.reason
        assert "Traceback" not in row.reason


def test_an_article_is_stored_as_it_was_written(hand_in: Any, lines: Any) -> None:
    text = "Zoë’s 👩‍👩‍👧 dam\r\n\r\n  holds.  "
    record = {"id": "a1", "text": text, "title": "Dam", "outlet": "Post", "event": "Brindle",
              "published": "2026-05-04", "url": "https://post.example/1"}  # fmt: skip
    hand_in("one.jsonl", lines(record))
    article = Article.objects.get()
    assert article.text == "Zoë’s 👩‍👩‍👧 dam\n\n  holds.  "
    assert article.length == len(article.text)
    assert article.sha256 == fingerprint(article.text)
    assert article.words == 4
    assert (article.outlet.name, article.event.name) == ("Post", "Brindle")  # type: ignore[union-attr]
    assert (article.external_id, article.published) == ("a1", "2026-05-04")


def test_handing_in_the_same_file_again_changes_nothing(hand_in: Any, lines: Any) -> None:
    data = lines(*({"id": f"a{n}", "text": f"Text {n}.", "event": "E"} for n in range(5)))
    first = hand_in("five.jsonl", data)
    before = list(Article.objects.order_by("pk").values())
    second = hand_in("five.jsonl", data)
    assert list(Article.objects.order_by("pk").values()) == before
    assert Event.objects.count() == 1
    assert outcomes(first) == ["added"] * 5
    assert outcomes(second) == ["known"] * 5
    assert first.sha256 == second.sha256


def test_the_same_text_under_another_id_is_known(hand_in: Any, lines: Any) -> None:
    batch = hand_in("two.jsonl", lines({"id": "a", "text": "Same."}, {"id": "b", "text": "Same."}))
    assert outcomes(batch) == ["added", "known"]
    assert Article.objects.get().external_id == "a"


def test_a_known_text_of_another_event_stays_and_says_so(hand_in: Any, lines: Any) -> None:
    one, two = {"id": "a", "text": "One.", "event": "Dam"}, {"id": "b", "text": "Two."}
    hand_in("two.jsonl", lines(one, two))
    moved = {"id": "c", "text": "One.", "event": "Pier"}
    again = hand_in("three.jsonl", lines(one, moved, two), event="Ferry")
    assert outcomes(again) == ["known"] * 3
    assert [row.reason for row in again.rows.order_by("number")] == [
        "",
        "The same text is here as “One.”. "
        "It stays in the event “Dam”: move it by hand if it belongs to “Pier”.",
        "It stays in no event: move it by hand if it belongs to “Ferry”.",
    ]


def test_another_text_under_a_known_id_is_refused_with_the_remedy(
    hand_in: Any, lines: Any
) -> None:
    hand_in("one.jsonl", lines({"id": "a", "text": "First."}))
    batch = hand_in("two.jsonl", lines({"id": "a", "text": "Second."}))
    row = batch.rows.get()
    assert row.outcome == "refused"
    assert "'a' already belongs" in row.reason
    assert "another id" in row.reason
    assert Article.objects.count() == 1


def test_another_project_may_hold_the_same_article(
    hand_in: Any, lines: Any, project: Project, people: dict[str, User]
) -> None:
    other = Project.objects.create(
        name="Other", slug="other", codebook=project.codebook, created_by=people["ben"]
    )
    data = lines({"id": "a", "text": "Same."})
    hand_in("one.jsonl", data)
    batch = do_receive(project=other, user=people["ben"], name="a.jsonl", stream=io.BytesIO(data))
    run_batch(batch.pk)
    assert Article.objects.filter(project=other).count() == 1


def test_the_named_event_is_for_articles_that_name_none(hand_in: Any, lines: Any) -> None:
    records = ({"text": "One.", "event": "Own"}, {"text": "Two."})
    hand_in("two.jsonl", lines(*records), event=" Given ")
    assert sorted(Article.objects.values_list("event__name", flat=True)) == ["Given", "Own"]


def test_an_article_whose_file_names_no_language_has_the_projects(
    hand_in: Any, lines: Any, project: Project
) -> None:
    Project.objects.filter(pk=project.pk).update(language="fr")
    hand_in("two.jsonl", lines({"text": "Un."}, {"text": "Two.", "language": "en-GB"}))
    hand_in("deux.txt", b"Deux.")
    assert sorted(Article.objects.values_list("text", "language")) == [
        ("Deux.", "fr"), ("Two.", "en-GB"), ("Un.", "fr")]


def test_annotations_in_a_file_are_left_out_and_said_so(hand_in: Any, lines: Any) -> None:
    reading = {"type": "reading", "document": "a", "annotator": "x", "device": "loaded_terms",
               "state": "done"}  # fmt: skip
    batch = hand_in("both.jsonl", lines({"type": "document", "id": "a", "text": "T."}, reading))
    assert outcomes(batch) == ["added", "skipped"]


def test_a_run_that_broke_off_goes_on_where_it_stopped(
    hand_in: Any, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK_ROWS", 3)
    data = lines(*({"id": f"a{n}", "text": f"Text {n}."} for n in range(10)))
    batch = hand_in("ten.jsonl", data, run=False)

    def stop(at: ImportBatch) -> None:
        if at.rows_seen == 6:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        importing.import_rows(batch, watch=stop)
    assert Article.objects.count() == 6

    later = timezone.now() + 2 * importing.LEASE
    run_batch(batch.pk, clock=lambda: later)
    batch.refresh_from_db()
    assert batch.state == STATE.DONE
    assert batch.rows_seen == 10
    assert outcomes(batch) == ["added"] * 10
    assert Article.objects.count() == 10


def test_a_batch_that_somebody_is_reading_is_left_alone(hand_in: Any, lines: Any) -> None:
    batch = hand_in("one.jsonl", lines({"text": "T."}), run=False)
    now = timezone.now()
    ImportBatch.objects.update(state=STATE.RUNNING, not_before=now + timedelta(seconds=5))
    run_batch(batch.pk, clock=lambda: now)
    assert not ImportRow.objects.exists()


def test_a_batch_that_is_done_is_not_read_again(hand_in: Any, lines: Any) -> None:
    batch = hand_in("one.jsonl", lines({"text": "T."}))
    with CaptureQueriesContext(connection) as queries:
        run_batch(batch.pk)
    assert len(queries) == 1


def test_a_lost_file_fails_the_batch_with_a_sentence(
    hand_in: Any, lines: Any, files_of_the_test: Path
) -> None:
    batch = hand_in("one.jsonl", lines({"text": "T."}), run=False)
    (files_of_the_test / batch.stored).unlink()
    run_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == STATE.FAILED
    assert "Hand it in again" in batch.error


def test_a_file_over_the_limit_is_refused_and_not_kept(
    hand_in: Any, settings: Any, files_of_the_test: Path
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    with pytest.raises(TooLarge, match=r"big\.txt has more than 1 MB"):
        hand_in("big.txt", b"x" * (1024 * 1024 + 1))
    assert not ImportBatch.objects.exists()
    assert [path for path in files_of_the_test.rglob("*") if path.is_file()] == []


def test_an_article_of_five_megabytes_in_one_line_is_told_what_fits(hand_in: Any) -> None:
    batch = hand_in("long.txt", b"word " * 1_000_000)
    row = batch.rows.get()
    assert row.outcome == "refused"
    assert "2,000,000" in row.reason


def test_a_file_of_many_articles_needs_few_queries(hand_in: Any, lines: Any) -> None:
    records = ({"id": f"a{n}", "text": f"Text {n}.", "outlet": "Post"} for n in range(200))
    batch = hand_in("many.jsonl", lines(*records), run=False)
    with CaptureQueriesContext(connection) as queries:
        run_batch(batch.pk)
    assert Outlet.objects.count() == 1
    assert len(queries) < 30


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("plain.txt", "plain.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\texts\\a.csv", "a.csv"),
        ("nul\x00\nname.txt", "nulname.txt"),
        ("invoice\u202etxt.exe", "invoicetxt.exe"),
        ("", "file"),
        ("..", ".."),
        ("a" * 300 + ".jsonl", "a" * 113 + "….jsonl"),
    ],
)
def test_a_file_name_is_shown_without_tricks(given_name: str, shown: str) -> None:
    assert clean_name(given_name) == shown


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.binary(max_size=300),
    suffix=st.sampled_from([".txt", ".csv", ".tsv", ".jsonl", ".zip", "", ".md"]),
)
def test_no_bytes_stop_an_import(hand_in: Any, data: bytes, suffix: str) -> None:
    batch = hand_in(f"file{suffix}", data)
    assert batch.state == STATE.DONE
    assert batch.rows.count() >= 1
    for row in batch.rows.filter(outcome="refused"):
        assert row.place
        assert row.reason.endswith(".")

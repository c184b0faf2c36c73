"""Uploaded files go to a folder of the test's own."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from annotator.accounts.models import User
from annotator.corpus.importing import do_receive, run_batch
from annotator.corpus.models import ImportBatch, Project


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    storage = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": storage, "OPTIONS": {"location": folder}},
    }
    return folder


@pytest.fixture
def hand_in(project: Project, people: dict[str, User]) -> Any:
    """Return a function that imports bytes as a file of that name, and gives its batch."""

    def hand_in(name: str, data: bytes, *, event: str = "", run: bool = True) -> ImportBatch:
        batch = do_receive(
            project=project,
            user=people["rhea"],
            name=name,
            stream=io.BytesIO(data),
            event_name=event,
        )
        if run:
            run_batch(batch.pk)
            batch.refresh_from_db()
        return batch

    return hand_in


def jsonl(*records: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.fixture
def lines() -> Any:
    return jsonl

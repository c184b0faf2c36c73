"""Take a file in, then turn its rows into articles: resumable, and harmless to run twice.

The batch row says what is due. Whoever finds it due may run it: the page's task, the sweep, the
command. A run records its rows in short transactions and skips those that are recorded already.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone

from annotator.accounts.models import User
from annotator.accounts.refusals import TooLarge
from annotator.corpus.models import ImportBatch, Project
from annotator.corpus.recording import record
from framing.formats import catalog
from framing.formats.base import Row
from framing.problems import Problem

CHUNK_ROWS = 200
CHUNK_CHARACTERS = 5_000_000
LEASE = timedelta(seconds=120)
NAME_LIMIT = 120

State = ImportBatch.State
Clock = Callable[[], datetime]
Watch = Callable[[ImportBatch], object]

# Control and direction characters in a file name could make it look like another one.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def do_receive(
    *,
    project: Project,
    user: User,
    name: str,
    stream: IO[bytes],
    event_name: str = "",
    hold_until: datetime | None = None,
) -> ImportBatch:
    """Keep the bytes that were handed in and note that they are due.

    ``hold_until`` keeps workers away when the caller reads the batch itself. Raises TooLarge.
    """
    shown = clean_name(name)
    upload = _Counted(stream, name=shown, limit=settings.UPLOAD_LIMIT_BYTES)
    stored = f"imports/{uuid.uuid4().hex}"
    try:
        default_storage.save(stored, upload)
    except TooLarge:
        default_storage.delete(stored)
        raise
    return ImportBatch.objects.create(
        project=project,
        created_by=user,
        name=shown,
        stored=stored,
        sha256=upload.digest.hexdigest(),
        size=upload.seen,
        event_name=_UNSEEN.sub("", event_name).strip()[:200],
        not_before=hold_until,
    )


def run_batch(batch_id: int, *, clock: Clock = timezone.now) -> None:
    """Import what is left of a batch, unless it is done or somebody else is at it."""
    now = clock()
    due = Q(not_before=None) | Q(not_before__lte=now)
    claimed = ImportBatch.objects.filter(
        due, pk=batch_id, state__in=[State.PENDING, State.RUNNING]
    ).update(state=State.RUNNING, not_before=now + LEASE, tries=F("tries") + 1)
    if claimed:
        batch = ImportBatch.objects.select_related("project").get(pk=batch_id)
        import_rows(batch, clock=clock)


def import_rows(
    batch: ImportBatch, *, clock: Clock = timezone.now, watch: Watch | None = None
) -> None:
    """Read the batch to its end; ``watch`` is called after each transaction."""
    try:
        stream = default_storage.open(batch.stored)
    except OSError as error:
        reason = f"The stored file cannot be read ({error.strerror}). Hand it in again."
        do_fail(batch, reason, clock)
        return
    with stream:
        for chunk in _chunks(enumerate(_rows(stream, batch.name), start=1)):
            record(batch, chunk)
            batch.rows_seen = chunk[-1][0]
            batch.not_before = clock() + LEASE
            batch.save(update_fields=["rows_seen", "not_before"])
            if watch:
                watch(batch)
    batch.state, batch.finished_at, batch.error = State.DONE, clock(), ""
    batch.save(update_fields=["state", "finished_at", "error"])


def do_fail(batch: ImportBatch, reason: str, clock: Clock = timezone.now) -> None:
    """Give a batch up, keeping the rows that came in, and say why."""
    batch.state, batch.finished_at, batch.error = State.FAILED, clock(), reason
    batch.save(update_fields=["state", "finished_at", "error"])


def clean_name(name: str) -> str:
    """Return a file's name that can be shown: no folder, nothing invisible, not too long."""
    last = _UNSEEN.sub("", PurePosixPath(name.replace("\\", "/")).name).strip() or "file"
    if len(last) <= NAME_LIMIT:
        return last
    suffix = PurePosixPath(last).suffix[:20]
    return last[: NAME_LIMIT - len(suffix) - 1] + "…" + suffix


def _rows(stream: Any, name: str) -> Iterator[Row]:
    """Read with the format decided beforehand: so the stream stays seekable, as archives need."""
    head = stream.read(catalog.HEAD)
    stream.seek(0)
    found = catalog.detect(name, head)
    if isinstance(found, Problem):
        return iter((Row(name, 0, problem=found),))
    return catalog.read(stream, name=name, format_id=found.id)


def _chunks(rows: Iterator[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    """Group rows so that one transaction stays short and one chunk fits in memory."""
    while first := next(rows, None):
        chunk, room = [first], CHUNK_CHARACTERS - _weight(first[1])
        for pair in islice(rows, CHUNK_ROWS - 1) if room > 0 else ():
            chunk.append(pair)
            room -= _weight(pair[1])
            if room <= 0:
                break
        yield chunk


def _weight(row: Row) -> int:
    return len(getattr(row.item, "text", ""))


class _Counted(File):  # type: ignore[type-arg]  # generic in the stubs only
    """A file that is hashed and measured while the storage copies it."""

    def __init__(self, stream: IO[bytes] | BinaryIO, *, name: str, limit: int) -> None:
        super().__init__(stream, name=name)
        self.stream, self.limit = stream, limit
        self.digest, self.seen = hashlib.sha256(), 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        while piece := self.stream.read(chunk_size or 1 << 16):
            self.seen += len(piece)
            if self.seen > self.limit:
                raise TooLarge(
                    f"{self.name} has more than {self.limit // 1024 // 1024} MB. "
                    "Split it into several files."
                )
            self.digest.update(piece)
            yield piece

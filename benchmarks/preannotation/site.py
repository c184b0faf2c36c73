"""A whole site in a folder of its own, with real workers: articles in, suggestions out."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from django.db.models import Q

from annotator import queueing
from annotator.accounts.models import User
from annotator.corpus.importing import do_receive
from annotator.corpus.models import Article, Project
from annotator.corpus.projects import do_create_project
from annotator.labeling.models import Suggestion, SuggestionRun
from annotator.labeling.tasks import plan
from benchmarks.preannotation.clocks import Spent, cpu_seconds, family, peak_megabytes
from framing.offsets import fingerprint

ROOT = Path(__file__).parents[2]
PATIENCE = 1800.0
State = SuggestionRun.State


class Site:
    """The site while `manage.py up` runs it with so many worker processes."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.up = subprocess.Popen(
            [sys.executable, "manage.py", "up"], cwd=ROOT, text=True,
            env={**os.environ, "FRAMING_WORKERS": str(workers)},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert self.up.stdout
        said: list[str] = []
        for line in self.up.stdout:
            said.append(line)
            if "ready at" in line:
                return
        raise RuntimeError("the site did not start:\n" + "".join(said))

    def stop(self) -> None:
        self.up.send_signal(signal.SIGINT)
        self.up.communicate(timeout=60)

    def warm_up(self, articles: Sequence[str]) -> None:
        """Have every worker process load the language model."""
        for text in articles:
            self.work([text] * 4 * self.workers)

    @property
    def worker(self) -> list[int]:
        """Return the worker's processes: the one that hands out, then those that work."""
        for pid in family(self.up.pid):
            if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return family(pid)
        raise RuntimeError("there is no worker")

    def peaks(self) -> list[float]:
        """Return the most memory of each of the worker's processes, in MB."""
        return [peak_megabytes(pid) for pid in self.worker]

    def work(self, articles: Sequence[str]) -> Spent:
        """Have the articles read; return what that took, planning and storing included."""
        _store(articles)
        before, begun = cpu_seconds(self.worker[0]), time.monotonic()
        queueing.send(plan.name, 1)
        _wait(lambda: _done(len(articles)))
        wall = time.monotonic() - begun
        cpu = cpu_seconds(self.worker[0]) - before
        _clear()
        return Spent(cpu, wall)

    def first_suggestion(self, text: str) -> float:
        """Return the seconds from handing an article in to its first suggestion."""
        line = io.BytesIO(json.dumps({"id": "first", "text": text}).encode())
        begun = time.monotonic()
        user = User.objects.get(username="bench")
        batch = do_receive(project=_project(), user=user, name="a.jsonl", stream=line)
        queueing.send("annotator.corpus.tasks.import_batch", batch.pk)
        _wait(Suggestion.objects.exists, pause=0.02)
        seconds = time.monotonic() - begun
        _wait(lambda: _done(1))
        _clear()
        return seconds


def _project() -> Project:
    user, _ = User.objects.get_or_create(username="bench", defaults={"is_superuser": True})
    found = Project.objects.filter(name="Bench").first()
    return found or do_create_project(user=user, name="Bench", description="")


def _store(articles: Sequence[str]) -> None:
    """Put articles straight into the tables: how long an import takes is not the question."""
    project = _project()
    Article.objects.bulk_create(
        Article(
            project=project, external_id=str(number), text=text, length=len(text),
            sha256=fingerprint(f"{number} {text}"), words=len(text.split()),
        )
        for number, text in enumerate(articles)
    )  # fmt: skip


def _done(articles: int) -> bool:
    """Tell whether every article has its runs and all are finished. Raises when one failed."""
    failed = SuggestionRun.objects.filter(state=State.FAILED).first()
    if failed is not None:
        raise RuntimeError(f"{failed} failed: {failed.error}")
    if SuggestionRun.objects.filter(~Q(state=State.DONE)).exists():
        return False
    return SuggestionRun.objects.values("article").distinct().count() == articles


def _wait(holds: Callable[[], bool], *, pause: float = 0.05) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError(f"the worker was not done within {PATIENCE:.0f} s")
        time.sleep(pause)


def _clear() -> None:
    Suggestion.objects.all().delete()
    SuggestionRun.objects.all().delete()
    Article.objects.all().delete()

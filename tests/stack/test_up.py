"""The whole site under blows: nothing lost, nothing doubled, nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import urllib.request
from pathlib import Path

import pytest

from framing.detectors.pipeline import make_pipeline
from tests.stack.site import Site, kill, wait_until

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc"),
]

STORY = """The harbour office closed pier {n} on Monday.

"We had no choice," said harbour master Lena Ostrik. Critics claimed that the radical clique
around Ostrik had ignored a staggering {n}0 warnings. According to the ferry union, crews were
told nothing.
The so-called "safety pause" will last {n} days, a spokesman insisted.
"""
ARTICLES = [
    {"type": "document", "id": f"pier-{n}", "text": STORY.format(n=n) * 6} for n in range(1, 61)
]
RUNS = "labeling_suggestionrun"


def test_killed_workers_and_an_emptied_redis_lose_and_double_nothing(site: Site) -> None:
    site.start()
    site.hand_in(ARTICLES)

    def done() -> int:
        return site.count(f"{RUNS} WHERE state = 'done'")

    wait_until(lambda: done() >= 4, seconds=30, what="the first runs")
    kill(site.processes("celery"))
    site.redis.flushall()
    assert site.count(f"{RUNS} WHERE state != 'done'") > 0, "too late to harm anything"
    before = done()
    wait_until(lambda: done() > before, seconds=30, what="runs after the worker was killed")
    kill(site.processes("redis-server"))

    unfinished = f"{RUNS} WHERE state != 'done'"
    wait_until(lambda: not site.count(unfinished), seconds=60, what="every run done")
    pipeline = make_pipeline()
    expected = sum(len(pipeline.detect(pipeline.parse(str(a["text"])))) for a in ARTICLES)
    assert site.count("corpus_article") == len(ARTICLES)
    assert site.count(RUNS) == len(ARTICLES) * len(pipeline.detectors)
    assert site.count("labeling_suggestion") == expected > 0
    assert site.count("labeling_textlayer") == len(ARTICLES)
    assert site.manage("verify").returncode == 0


def test_a_child_of_the_worker_killed_in_its_work_costs_seconds(site: Site) -> None:
    site.start()
    site.hand_in(ARTICLES[:20])
    wait_until(
        lambda: site.count(f"{RUNS} WHERE state = 'running'"), seconds=30, what="a run under way"
    )
    parent = min(site.processes("celery"))
    kill([pid for pid in site.processes("celery") if pid != parent])
    unfinished = f"{RUNS} WHERE state != 'done'"
    wait_until(lambda: not site.count(unfinished), seconds=30, what="every run done")
    assert site.count("labeling_textlayer") == 20


def test_ctrl_c_ends_everything_and_a_second_start_finds_all_as_it_was(site: Site) -> None:
    site.start()
    assert not any("database" in line or "static" in line for line in site.said)
    assert len(site.processes()) >= 4
    assert site.stop(signal.SIGINT) == 0
    assert site.processes() == []
    assert "stopped" in site.said[-1]


def test_nothing_outlives_a_supervisor_that_was_killed(site: Site) -> None:
    site.start()
    assert site.up
    kill([site.up.pid])
    site.up.wait()
    wait_until(lambda: not site.processes(), seconds=20, what="orphans to end")


def test_two_cannot_run_on_one_folder(running: Site) -> None:
    second = running.manage("up")
    assert second.returncode == 1
    process = running.up.pid if running.up else 0
    assert f"already runs on {running.var} (process {process}, http" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_taken_port_is_stepped_over_and_said(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        site.env["PORT"] = str(port)
        address = site.start()
    assert not address.endswith(f":{port}/")
    assert any(f"port {port} is taken" in line for line in site.said)


def test_the_state_folder_keeps_its_secrets(running: Site) -> None:
    for name in ("secret_key", "run", "redis"):
        assert os.stat(running.var / name).st_mode & 0o077 == 0, name


def test_readyz_sees_every_part_alive(running: Site) -> None:
    def ready() -> bool:
        with urllib.request.urlopen(f"{running.address}readyz", timeout=10) as answer:
            return bool(not json.load(answer)["degraded"])

    wait_until(ready, seconds=20, what="the worker's first sign of life")


SEARCH = """
from django.utils import timezone
from annotator import queueing
from annotator.corpus import event_search
from annotator.corpus.models import Project

project = Project.objects.get(slug="stack")
asked = event_search.do_ask(project=project, actor=project.created_by, now=timezone.now())
queueing.send("annotator.corpus.tasks.search_events", asked.pk)
"""


def test_a_search_for_events_goes_through_redis_and_the_worker(running: Site) -> None:
    running.hand_in(ARTICLES[:2])
    wait_until(lambda: running.count("corpus_article") == 2, seconds=20, what="the import")
    done = running.manage("shell", "--no-imports", "-c", SEARCH)
    assert done.returncode == 0, done.stderr
    searches = "corpus_eventsearch WHERE state = 'done' AND loose = 2"
    wait_until(lambda: running.count(searches), seconds=20, what="the search")
    [(articles,)] = running.rows("SELECT articles FROM corpus_eventproposal WHERE state = 'open'")
    assert len(json.loads(articles)) == 2


def test_doctor_finds_nothing_wrong_with_a_running_site(running: Site) -> None:
    wait_until(
        lambda: running.count("labeling_pulse WHERE name = 'worker'"), seconds=20, what="a pulse"
    )
    done = running.manage("doctor")
    assert (done.returncode, "!!" in done.stdout) == (0, False), done.stdout

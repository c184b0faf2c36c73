"""A program that the supervisor starts ends when asked, with all that it started."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from annotator.supervisor.child import Child
from tests.stack.site import wait_until


def child(tmp_path: Path, code: str, *, grace: float = 5.0) -> Child:
    argv = [sys.executable, "-c", code]
    return Child("test", argv, log=tmp_path / "test.log", env=os.environ, grace=grace)


def test_a_child_that_ignores_the_request_is_killed_after_its_grace_time(tmp_path: Path) -> None:
    stubborn = child(
        tmp_path,
        "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('up', flush=True); time.sleep(60)",
        grace=0.1,
    )
    stubborn.start()
    while "up" not in stubborn.last_words():
        assert stubborn.alive
    stubborn.stop()
    assert not stubborn.alive


def test_a_child_takes_its_own_children_along(tmp_path: Path) -> None:
    parent = child(
        tmp_path,
        "import subprocess, sys, time;"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print(p.pid, flush=True); time.sleep(60)",
    )
    parent.start()
    while not parent.last_words().strip():
        assert parent.alive
    grandchild = int(parent.last_words())
    parent.stop()
    wait_until(lambda: not _runs(grandchild), seconds=5, what="the grandchild to end")


def _runs(pid: int) -> bool:
    """A killed process nobody has waited for yet runs no more."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_a_long_log_is_moved_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.supervisor.child.LOG_LIMIT", 10)
    talker = child(tmp_path, "")
    talker.log.write_text("a long story\n")
    talker.trim_log()
    assert talker.log.read_text() == ""
    assert (tmp_path / "test.1.log").read_text() == "a long story\n"

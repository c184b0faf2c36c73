"""A whole site in a temporary folder: started by `manage.py up`, looked at from outside."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from redis import Redis

ROOT = Path(__file__).resolve().parents[2]

RECEIVE = """
import io, sys
from annotator.accounts.models import User
from annotator.corpus import codebooks, importing
from annotator.corpus.models import CodebookVersion, Project
from framing import scheme
from framing.offsets import fingerprint

source = scheme.source("framing-1")
book, _ = CodebookVersion.objects.get_or_create(
    sha256=fingerprint(source),
    defaults={"scheme_id": "framing-1", "version": 1, "source": source},
)
user, _ = User.objects.get_or_create(username="rhea")
project, _ = Project.objects.get_or_create(
    slug="stack", defaults={"name": "Stack", "codebook": book, "created_by": user}
)
with open(FILE, "rb") as stream:
    importing.do_receive(project=project, user=user, name="articles.jsonl", stream=stream)
"""


def wait_until(holds: Callable[[], Any], *, seconds: float, what: str) -> Any:
    """Return the first true answer; fail with ``what`` when none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := holds():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")


class Site:
    def __init__(self, var: Path, **env: str) -> None:
        self.var = var
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in {"REDIS_URL", "DATABASE_URL"}},
            "FRAMING_VAR": str(var),
            "FRAMING_DEMO": "0",
            "PORT": "8700",
            **env,
        }
        self.up: subprocess.Popen[str] | None = None
        self.said: list[str] = []
        self.address = ""

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def start(self) -> str:
        """Start everything and return the address it says."""
        self.up = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert self.up.stdout
        for line in self.up.stdout:
            self.said.append(line)
            if "ready at" in line:
                self.address = line.split()[-1]
                return self.address
        raise AssertionError("it did not start:\n" + "".join(self.said))

    def stop(self, number: int = signal.SIGINT) -> int:
        assert self.up
        self.up.send_signal(number)
        self.said += self.up.communicate(timeout=30)[0].splitlines(keepends=True)
        return self.up.returncode

    def hand_in(self, articles: Sequence[dict[str, str]]) -> None:
        file = self.var / "articles.jsonl"
        file.write_text("".join(json.dumps(article) + "\n" for article in articles))
        done = self.manage("shell", "--no-imports", "-c", f"FILE = {str(file)!r}\n{RECEIVE}")
        assert done.returncode == 0, done.stderr

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"file:{self.var}/annotator.sqlite3?mode=ro", uri=True)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()

    def count(self, question: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {question}")[0][0])

    @property
    def redis(self) -> Redis:
        return Redis(unix_socket_path=str(self.var / "run" / "redis.sock"))

    def processes(self, word: str = "") -> list[int]:
        """Return every live process that belongs to this site, by its environment."""
        mark = f"FRAMING_VAR={self.var}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                environment = (folder / "environ").read_bytes().split(b"\0")
                line = (folder / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if mark in environment and word in line.replace("\0", " "):
                found.append(int(folder.name))
        return sorted(found)


def kill(pids: Sequence[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)

"""One process that the supervisor keeps: started, watched, stopped with all it started itself."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LOG_LIMIT = 10_000_000  # bytes, kept twice
_PR_SET_PDEATHSIG = 1


class Child:
    """A process in a session of its own, so that Ctrl-C reaches only the supervisor."""

    def __init__(
        self, name: str, argv: Sequence[str], *, log: Path, env: Mapping[str, str], grace: float
    ) -> None:
        self.name, self.argv, self.log, self.grace = name, list(argv), log, grace
        self.env = dict(env)
        self.started_at = 0.0
        self.quick_deaths = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.started_at = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own command lines
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def age(self) -> float:
        return time.monotonic() - self.started_at

    def ask_to_stop(self) -> None:
        if self._process and self.alive:
            self._process.terminate()

    def stop(self) -> None:
        """Ask politely, wait for the grace time, then kill the whole session."""
        self.ask_to_stop()
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(self.grace)
        self.kill()

    def kill(self) -> None:
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def last_words(self, lines: int = 5) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def trim_log(self) -> None:
        """Move a long log aside. The process appends, so it goes on in the emptied file."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            shutil.copyfile(self.log, self.log.with_suffix(".1.log"))
            os.truncate(self.log, 0)


def _die_with_parent() -> None:
    """Have the kernel stop this process when the supervisor is killed and cannot do it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

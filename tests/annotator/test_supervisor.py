"""The supervisor's decisions, with children that only pretend; the real ones are in tests/stack."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from annotator import environment
from annotator.supervisor import CannotStart, grounds, redis_server, watch
from annotator.supervisor.child import Child
from annotator.supervisor.watch import Supervisor
from tests.stack.site import wait_until


class Pretender:
    """A child that dies when told and notes what is done to it."""

    def __init__(self, name: str, diary: list[str], tmp_path: Path) -> None:
        self.name, self.diary, self.log = name, diary, tmp_path / f"{name}.log"
        self.alive, self.age, self.quick_deaths = False, 100.0, 0

    def start(self) -> None:
        self.alive = True
        self.diary.append(f"start {self.name}")

    def kill(self) -> None:
        self.alive = False
        self.diary.append(f"kill {self.name}")

    def stop(self) -> None:
        self.alive = False
        self.diary.append(f"stop {self.name}")

    def ask_to_stop(self) -> None:
        self.diary.append(f"ask {self.name}")

    def trim_log(self) -> None:
        return

    def last_words(self) -> str:
        return "its last words"


class Stage:
    """A supervisor over pretenders; ``play`` runs the loop and changes the world between rounds."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(watch, "TICK", 0.0)
        monkeypatch.setattr(watch, "LOOK_EVERY", 0.0)
        self.diary: list[str] = []
        self.said: list[str] = []
        self.life = "first"
        self.silent: timedelta | None = None
        self.redis, self.worker, self.web = (
            Pretender(name, self.diary, tmp_path) for name in ("redis", "worker", "web")
        )
        self.supervisor = Supervisor(
            redis=self.redis,  # type: ignore[arg-type]
            worker=self.worker,  # type: ignore[arg-type]
            web=self.web,  # type: ignore[arg-type]
            redis_life=lambda: self.life,
            overdue=lambda _: self.silent,
            revive=lambda: self.diary.append("revive"),
            say=self.said.append,
        )

    def play(self, *acts: Callable[[], Any]) -> list[str]:
        """Start, then do one act before each round, and return what was done to the children."""
        self.supervisor.start()
        self.diary.clear()
        script = iter(acts)

        def wait(_: float) -> bool:
            act = next(script, None)
            if act:
                act()
            return act is None

        self.supervisor.stopping.wait = wait  # type: ignore[method-assign]
        self.supervisor.run()
        return self.diary


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return Stage(tmp_path, monkeypatch)


def nothing() -> None:
    """Let a round pass."""


def test_redis_starts_first_and_old_claims_are_given_back_before_the_worker(stage: Stage) -> None:
    stage.supervisor.start()
    assert stage.diary == ["start redis", "revive", "start worker", "start web"]


def test_while_all_is_well_nothing_is_touched(stage: Stage) -> None:
    assert stage.play(nothing, nothing, nothing) == []


def test_a_dead_worker_is_replaced(stage: Stage) -> None:
    def die() -> None:
        stage.worker.alive = False

    assert stage.play(die, nothing) == ["kill worker", "revive", "start worker"]
    assert stage.said == ["the worker had stopped; starting it again"]


def test_a_dead_redis_takes_the_worker_along(stage: Stage) -> None:
    def die() -> None:
        stage.redis.alive = False
        stage.life = "second"

    assert stage.play(die, nothing, nothing) == [
        "kill redis", "start redis", "kill worker", "revive", "start worker",
    ]  # fmt: skip


def test_somebody_elses_redis_that_restarted_is_noticed(stage: Stage) -> None:
    stage.supervisor.redis = None

    def restart() -> None:
        stage.life = "second"

    assert stage.play(nothing, restart, nothing) == ["kill worker", "revive", "start worker"]


def test_a_redis_that_hangs_is_killed_after_some_patience(stage: Stage) -> None:
    def hang() -> None:
        stage.life = ""

    def recover() -> None:
        stage.life = "second"

    assert stage.play(hang, nothing, nothing) == []
    stage.life = "first"
    assert stage.play(hang, nothing, nothing, nothing, recover, nothing) == [
        "kill redis", "kill redis", "start redis", "kill worker", "revive", "start worker",
    ]  # fmt: skip
    assert "Redis does not answer" in stage.said


def test_a_worker_without_a_sign_of_life_is_killed_and_replaced(stage: Stage) -> None:
    def freeze() -> None:
        stage.silent = timedelta(seconds=75)

    def thaw() -> None:
        stage.silent = None

    assert stage.play(freeze, thaw) == ["kill worker", "revive", "start worker"]
    assert stage.said == ["the worker is started again after 75 s without a sign of life"]


def test_a_program_that_cannot_live_ends_the_supervisor_with_its_last_words(stage: Stage) -> None:
    stage.web.age = 0.1

    def die() -> None:
        stage.web.alive = False

    with pytest.raises(CannotStart, match="its last words"):
        stage.play(*[die] * 20)


def test_redis_stops_last(stage: Stage) -> None:
    stage.supervisor.start()
    stage.diary.clear()
    stage.supervisor.stop()
    assert stage.diary == ["ask web", "ask worker", "stop web", "stop worker", "stop redis"]


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


MOUNTS = [
    "/dev/vda / ext4 rw 0 0",
    "server:/home /home nfs4 rw 0 0",
    "tmpfs /home/ada/scratch tmpfs rw 0 0",
    "//nas/share /mnt/with\\040space cifs rw 0 0",
]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/var", ""),
        ("/home/ada/var", "nfs4"),
        ("/home", "nfs4"),
        ("/homestead/var", ""),
        ("/home/ada/scratch/var", ""),
        ("/mnt/with space/var", "cifs"),
    ],
)
def test_network_disks_are_told_from_local_ones(folder: str, kind: str) -> None:
    assert grounds.network_disk(Path(folder), MOUNTS) == kind


def test_a_taken_port_gives_the_next_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert grounds.free_port("127.0.0.1", port) > port


def test_no_port_at_all_is_one_sentence() -> None:
    with pytest.raises(CannotStart, match="Set PORT or HOST"):
        grounds.free_port("192.0.2.1", 8000)  # an address that no machine has (RFC 5737)


def test_a_state_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "var"
    file.touch()
    with pytest.raises(CannotStart, match="FRAMING_VAR"):
        grounds.take(file)


def test_the_state_folder_is_ours_until_the_lock_closes(tmp_path: Path) -> None:
    lock = grounds.take(tmp_path)
    with pytest.raises(CannotStart, match=f"process {os.getpid()}"):
        grounds.take(tmp_path)
    os.close(lock)
    os.close(grounds.take(tmp_path))


def test_a_redis_server_is_found_and_new_enough() -> None:
    assert redis_server.version(redis_server.find_server()) >= redis_server.OLDEST


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("Redis server v=6.2.14 sha=40305114:0 malloc=libc bits=64", (6, 2, 14)),
        ("Valkey server v=8.1.8 sha=00000000:0 malloc=jemalloc", (8, 1, 8)),
        ("something else", ()),
    ],
)
def test_the_version_of_a_server_is_read(
    tmp_path: Path, answer: str, numbers: tuple[int, ...]
) -> None:
    program = tmp_path / "redis-server"
    program.write_text(f"#!/bin/sh\necho '{answer}'\n")
    program.chmod(0o700)
    assert redis_server.version(program) == numbers


def test_without_any_server_the_sentence_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(redis_server, "WHEELS", ())
    with pytest.raises(CannotStart, match="REDIS_URL"):
        redis_server.find_server()


def test_the_folders_of_redis_are_private(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir(mode=0o755)
    redis_server.prepare(socket=tmp_path / "run" / "redis.sock", folder=tmp_path / "redis")
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("run", "redis")} == {0o700}


def test_redis_opens_no_port_and_keeps_an_append_only_file() -> None:
    words = redis_server.arguments(Path("r"), socket=Path("/s"), folder=Path("/d"))
    pairs = dict(zip(words[1::2], words[2::2], strict=True))
    wanted = {"--port": "0", "--appendonly": "yes", "--unixsocketperm": "700"}
    assert wanted.items() <= pairs.items()


def test_a_path_too_long_for_a_socket_gets_a_short_one_that_stays_the_same() -> None:
    long = Path("/var") / ("x" * 120) / "redis.sock"
    short = environment.socket_path(long)
    assert len(os.fsencode(short)) <= environment.SOCKET_LIMIT
    assert short == environment.socket_path(long)
    assert short != environment.socket_path(long.parent / "other" / "redis.sock")
    assert environment.socket_path(Path("/srv/redis.sock")) == Path("/srv/redis.sock")

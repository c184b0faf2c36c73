"""The supervisor's decisions, with children that only pretend; the real ones are in tests/stack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from annotator.supervisor import CannotStart, watch
from annotator.supervisor.watch import Supervisor


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

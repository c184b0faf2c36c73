"""Keep Redis, worker and web server alive until told to stop.

The worker is started anew whenever Redis was, and when it gives no sign of life: a worker can stay
alive and yet never take another message.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from annotator.supervisor import CannotStart
from annotator.supervisor.child import Child

TICK = 0.5
LOOK_EVERY = 5.0
QUICK = 5.0
MOST_QUICK_DEATHS = 5
REDIS_PATIENCE = 4  # unanswered looks in a row

Say = Callable[[str], None]


class Supervisor:
    """Children in starting order; Redis, when it is ours, comes first and stops last.

    ``redis_life`` returns what names this life of Redis, empty when it does not answer.
    ``silence`` returns how much longer than allowed the worker has been silent, given its age.
    """

    def __init__(
        self,
        *,
        redis: Child | None,
        worker: Child,
        web: Child,
        redis_life: Callable[[], str],
        overdue: Callable[[float], timedelta | None],
        revive: Callable[[], object],
        say: Say,
    ) -> None:
        self.redis, self.worker, self.web = redis, worker, web
        self.redis_life, self.overdue, self.revive, self.say = redis_life, overdue, revive, say
        self.stopping = threading.Event()
        self._life = ""
        self._unanswered = 0
        self._looked_at = 0.0

    @property
    def children(self) -> Sequence[Child]:
        return [child for child in (self.redis, self.worker, self.web) if child]

    def start(self) -> None:
        """Start everything, Redis first. Raises CannotStart when Redis does not come up."""
        if self.redis:
            self.redis.start()
        self._await_redis(20.0)
        self.revive()
        self.worker.start()
        self.web.start()

    def run(self) -> None:
        """Watch until ``stopping`` is set. Raises CannotStart when a child cannot live."""
        while not self.stopping.wait(TICK):
            for child in self.children:
                if not child.alive:
                    self._replace(child)
            if time.monotonic() - self._looked_at >= LOOK_EVERY:
                self._looked_at = time.monotonic()
                self._look()

    def stop(self) -> None:
        """Stop web and worker together, then Redis, and leave nothing behind."""
        self.web.ask_to_stop()
        self.worker.ask_to_stop()
        for child in reversed(self.children):
            child.stop()

    def _replace(self, child: Child) -> None:
        child.kill()
        child.quick_deaths = child.quick_deaths + 1 if child.age < QUICK else 0
        if child.quick_deaths >= MOST_QUICK_DEATHS:
            raise CannotStart(
                f"The {child.name} ends as soon as it is started. Its last words in {child.log}:\n"
                f"{child.last_words()}"
            )
        if self.stopping.wait(min(8.0, 2.0**child.quick_deaths - 1)):
            return
        self.say(f"the {child.name} had stopped; starting it again")
        self._start_again(child)

    def _start_again(self, child: Child) -> None:
        if child is self.worker:
            self.revive()
        child.start()
        if child is self.redis:
            self._await_redis(20.0)
            self._restart_worker("because Redis was")

    def _restart_worker(self, why: str) -> None:
        self.say(f"the worker is started again {why}")
        self.worker.kill()
        self.revive()
        self.worker.start()

    def _look(self) -> None:
        for child in self.children:
            child.trim_log()
        self._look_at_redis()
        silent = self.overdue(self.worker.age)
        if silent is not None:
            self._restart_worker(f"after {silent.total_seconds():.0f} s without a sign of life")

    def _look_at_redis(self) -> None:
        life = self.redis_life()
        if not life:
            self._unanswered += 1
            if self.redis and self._unanswered >= REDIS_PATIENCE:
                self.say("Redis does not answer")
                self._unanswered = 0
                self.redis.kill()
            return
        self._unanswered = 0
        if life != self._life:
            known, self._life = self._life, life
            if known:
                self._restart_worker("because Redis was")

    def _await_redis(self, seconds: float) -> None:
        """Wait for our own Redis; somebody else's may come later, the database keeps the work."""
        if not self.redis:
            self._life = self.redis_life()
            return
        deadline = time.monotonic() + seconds
        while not (life := self.redis_life()):
            if not self.redis.alive or time.monotonic() > deadline:
                raise CannotStart(
                    f"Redis does not start. Its last words in {self.redis.log}:\n"
                    f"{self.redis.last_words()}"
                )
            if self.stopping.wait(0.02):
                return
        self._life, self._unanswered = life, 0

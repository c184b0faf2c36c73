"""Start the whole site: Redis, worker, web server; the command behind `make run`."""

from __future__ import annotations

import http.client
import os
import signal
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from annotator import environment as env
from annotator.accounts import demo_accounts
from annotator.labeling import outbox, vitals
from annotator.supervisor import CannotStart, first_steps, grounds, programs, redis_server
from annotator.supervisor.watch import Supervisor


class Command(BaseCommand):
    help = "Start Redis, worker and web server, and keep them alive until Ctrl-C."
    requires_system_checks = ()

    def handle(self, **_: Any) -> None:
        var = Path(settings.VAR_DIR)
        try:
            lock = grounds.take(var)
            _refuse_network_disk(var)
            self._prepare(var)
            self._serve(var, lock)
        except CannotStart as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("stopped before everything was ready", returncode=130) from None

    def _prepare(self, var: Path) -> None:
        first_steps.migrate(self._say)
        first_steps.collect_static(var, self._say)
        if env.flag("FRAMING_DEMO", default=True):
            first_steps.load_demo(self._say)

    def _serve(self, var: Path, lock: int) -> None:
        host, wanted = env.text("HOST", default="127.0.0.1"), env.number("PORT", default=8000)
        port = grounds.free_port(host, wanted)
        if port != wanted:
            self._say(f"port {wanted} is taken, using {port}")
        supervisor = self._supervisor(var, host, port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, lambda *_: supervisor.stopping.set())
        try:
            supervisor.start()
            if _wait_for_page(supervisor, host, port):
                address = f"http://{'localhost' if host in _HERE else host}:{port}/"
                grounds.note(lock, f"process {os.getpid()}, {address}")
                self._welcome(var, address)
            supervisor.run()
        finally:
            self._say("stopping")
            supervisor.stop()
        self._say("stopped; nothing is lost, start again with the same command")

    def _supervisor(self, var: Path, host: str, port: int) -> Supervisor:
        own = not settings.REDIS_URL
        return Supervisor(
            redis=programs.redis(socket=settings.REDIS_SOCKET, var=var) if own else None,
            worker=programs.worker(
                var=var, processes=env.number("FRAMING_WORKERS", default=_processes(), minimum=1)
            ),
            web=programs.web(
                var=var,
                host=host,
                port=port,
                workers=env.number("FRAMING_WEB_WORKERS", default=1, minimum=1),
                threads=env.number("FRAMING_WEB_THREADS", default=16, minimum=1),
            ),
            redis_life=lambda: redis_server.run_id(settings.CELERY_BROKER_URL),
            overdue=self._overdue,
            revive=self._revive,
            say=self._say,
        )

    def _overdue(self, age: float) -> timedelta | None:
        """Return how long a worker of this age has been silent, if that is too long."""
        try:
            return vitals.overdue(now=timezone.now(), age=timedelta(seconds=age))
        except DatabaseError as error:
            self._say(f"the database does not answer: {error}")
            return None
        finally:
            connection.close()

    def _revive(self) -> None:
        """Give back what the worker before had claimed: it is dead, and nobody else is ours."""
        outbox.release(now=timezone.now())
        connection.close()

    def _welcome(self, var: Path, address: str) -> None:
        self._say(f"ready at {address}")
        sign_ins = demo_accounts.working_sign_ins(var)
        for name, password in sign_ins.items():
            self.stdout.write(f"    {demo_accounts.PEOPLE.get(name, name):<22}{name:<8}{password}")
        if sign_ins:
            self.stdout.write(f"    (kept in {var / demo_accounts.FILE})")
        self.stdout.write(f"    Logs are in {var / 'log'}. Stop with Ctrl-C.")
        connection.close()

    def _say(self, line: str) -> None:
        self.stdout.write(f"{time.strftime('%H:%M:%S')} {line}")
        self.stdout.flush()


_HERE = {"127.0.0.1", "0.0.0.0", "::1", "::", "localhost"}  # noqa: S104  # compared, not bound


def _processes() -> int:
    return min(4, max(1, (os.cpu_count() or 1) // 2))


def _refuse_network_disk(var: Path) -> None:
    kind = "" if settings.DATABASE_URL else grounds.network_disk(var, grounds.mounts())
    if kind:
        raise CannotStart(
            f"The state folder {var} is on a network disk ({kind}), where SQLite loses data. "
            "Set FRAMING_VAR to a folder on a local disk, or DATABASE_URL to a PostgreSQL."
        )


def _wait_for_page(supervisor: Supervisor, host: str, port: int) -> bool:
    """Wait until the web server answers anything; false when it does not or we are to stop."""
    where = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and supervisor.web.alive:
        try:
            connection = http.client.HTTPConnection(where, port, timeout=10)
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            connection.getresponse().read()
        except OSError:
            if supervisor.stopping.wait(0.1):
                return False
        else:
            return True
    return False

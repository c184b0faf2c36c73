"""The queue as the rest of the site sees it: tell the worker, and never wait for Redis to do so.

What is told may get lost: the database knows what is due, and the sweep tells again.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Callable
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

LAST = 9
"""Priority of what can wait: through Redis a lower number is read earlier."""

BROKER_ERRORS = (OperationalError, RedisError, OSError)


class Unreachable(RuntimeError):
    """Redis refused, or did not answer in time."""


def send(task: str, *args: int, soon: bool = True) -> None:
    """Publish one message now. Raises Unreachable after a second or so.

    One that need not be read ``soon`` is taken when no other waits in any queue.
    """
    try:
        current_app.send_task(task, args=args, retry=False, priority=0 if soon else LAST)
    except BROKER_ERRORS as error:
        raise Unreachable(f"Redis does not take messages: {error}") from error


def length(name: str) -> int:
    """Count the messages waiting in one queue. Raises Unreachable."""
    try:
        with current_app.connection_for_write() as connection, connection.channel() as channel:
            return int(channel.queue_declare(queue=name, durable=True).message_count)
    except BROKER_ERRORS as error:
        raise Unreachable(f"Redis does not answer: {error}") from error


class Publisher:
    """A bounded list of messages and one thread that sends them; ``lost`` counts failures."""

    def __init__(self, send: Callable[..., None], *, room: int = 1000) -> None:
        self._send = send
        self._waiting: queue.Queue[tuple[str, tuple[int, ...]]] = queue.Queue(room)
        self._lock = threading.Lock()
        self._process = 0
        self.lost = 0

    def put(self, task: str, *args: int) -> None:
        """Hand over a message; never waits and never raises."""
        self._start()
        try:
            self._waiting.put_nowait((task, args))
        except queue.Full:
            self.lost += 1

    def _start(self) -> None:
        """Start the thread on first use, and again in a forked child, which inherits none."""
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._run, name="publisher", daemon=True).start()

    def _run(self) -> None:
        while True:
            task, args = self._waiting.get()
            try:
                self._send(task, *args)
            except Unreachable as error:
                self.lost += 1
                logger.warning("%s was not sent, the sweep will: %s", task, error)


publisher = Publisher(send)


def wake(task: str, *args: int) -> None:
    """Have the named task run soon, once the surrounding transaction is committed."""
    transaction.on_commit(partial(_put, task, *args), robust=True)


def _put(task: str, *args: int) -> None:
    publisher.put(task, *args)

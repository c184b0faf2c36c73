"""Telling the worker something never costs a page its time, whatever Redis does."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from django.conf import settings as site
from django.db import transaction

from annotator import queueing
from annotator.queueing import Publisher, Unreachable
from tests.stack.site import wait_until


class Sent(list[tuple[Any, ...]]):
    def __call__(self, *message: Any) -> None:
        self.append(message)


@pytest.fixture
def hanging() -> Iterator[str]:
    """The address of a server that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def refused() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a way to point the queue at another Redis, with the site's own time limits."""

    def use(url: str) -> None:
        app = Celery("elsewhere", broker=url, set_as_current=False)
        app.conf.broker_transport_options = {
            **site.CELERY_BROKER_TRANSPORT_OPTIONS, "socket_timeout": 0.5
        }  # fmt: skip
        monkeypatch.setattr(queueing, "current_app", app)

    return use


def test_messages_are_sent_in_order() -> None:
    sent = Sent()
    publisher = Publisher(sent)
    publisher.put("detect", 1)
    publisher.put("detect", 2)
    wait_until(lambda: len(sent) == 2, seconds=5, what="two messages")
    assert sent == [("detect", 1), ("detect", 2)]


def test_handing_over_waits_for_nobody_and_drops_what_has_no_room() -> None:
    stuck, release = threading.Event(), threading.Event()

    def hang(*_: Any) -> None:
        stuck.set()
        release.wait(30)

    publisher = Publisher(hang, room=10)
    publisher.put("detect", 0)
    stuck.wait(5)
    begun = time.perf_counter()
    for number in range(1000):
        publisher.put("detect", number)
    assert time.perf_counter() - begun < 0.5
    assert publisher.lost == 990
    release.set()


def test_a_message_that_cannot_be_sent_stops_no_other() -> None:
    sent = Sent()

    def send(*message: Any) -> None:
        if message == ("detect", 1):
            raise Unreachable("away")
        sent(*message)

    publisher = Publisher(send)
    publisher.put("detect", 1)
    publisher.put("detect", 2)
    wait_until(lambda: sent, seconds=5, what="the second message")
    assert (publisher.lost, sent) == (1, [("detect", 2)])


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_by_what_is_rolled_back(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[Any] = []
    monkeypatch.setattr(queueing.publisher, "put", lambda *message: woken.append(message))
    with transaction.atomic():
        queueing.wake("detect", 1)
        transaction.set_rollback(True)
    with transaction.atomic():
        queueing.wake("detect", 2)
        assert woken == []
    assert woken == [("detect", 2)]


@pytest.mark.parametrize("away", ["hanging", "refused"])
def test_without_redis_sending_fails_soon_and_says_so(
    away: str, broker: Any, request: pytest.FixtureRequest
) -> None:
    broker(request.getfixturevalue(away))
    for ask in (lambda: queueing.send("detect", 1), lambda: queueing.length("articles")):
        begun = time.perf_counter()
        with pytest.raises(Unreachable):
            ask()
        assert time.perf_counter() - begun < 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("away", ["hanging", "refused"])
def test_a_request_does_not_notice_that_redis_is_away(
    away: str, broker: Any, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker(request.getfixturevalue(away))
    monkeypatch.setattr(queueing, "publisher", Publisher(queueing.send))
    begun = time.perf_counter()
    for number in range(100):
        queueing.wake("detect", number)
    assert time.perf_counter() - begun < 0.2

"""Errors that a person can act on, and how the API says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rest_framework.exceptions import NotAuthenticated, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler


class Refusal(Exception):
    """A request that cannot be done. ``status`` is the HTTP status, ``body`` the JSON answer."""

    status = 400

    def __init__(self, detail: str, **body: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.body: dict[str, Any] = {"detail": detail, **body}


class Invalid(Refusal):
    """The data breaks a rule; ``problems`` say where and what to do."""

    def __init__(self, detail: str, *, problems: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(detail, problems=[dict(problem) for problem in problems])


class Forbidden(Refusal):
    status = 403


class Conflict(Refusal):
    status = 409


class Stale(Refusal):
    status = 412


class TooLarge(Refusal):
    status = 413


class Unconditional(Refusal):
    status = 428


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a refusal into its answer; broken fields become problems with their place."""
    if isinstance(error, NotAuthenticated):
        # The library says 403, which a page cannot tell from "not yours".
        detail = {"detail": "You are signed out. Sign in and send it again."}
        return Response(detail, status=401, headers={"WWW-Authenticate": "Session"})
    if isinstance(error, Refusal):
        return Response(error.body, status=error.status)
    if isinstance(error, ValidationError):
        problems = list(_problems(error.detail, place=""))
        first = problems[0] if problems else {"place": "body", "message": "is not valid."}
        return Response(
            {"detail": f"{first['place']}: {first['message']}", "problems": problems}, status=400
        )
    return exception_handler(error, context)


def _problems(detail: Any, *, place: str) -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            step = name if isinstance(name, str) else f"[{name}]"
            yield from _problems(inner, place=f"{place}.{step}" if place else str(step))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _problems(inner, place=f"{place}[{index}]" if nested else place)
    else:
        yield {"place": place or "body", "message": str(detail), "remedy": ""}

"""Errors that a person can act on, and how the API says them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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


class Unconditional(Refusal):
    status = 428


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a refusal into its answer; everything else is the framework's."""
    if isinstance(error, Refusal):
        return Response(error.body, status=error.status)
    return exception_handler(error, context)

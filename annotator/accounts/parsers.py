"""JSON that the databases can hold: no NUL, no lone surrogate, no NaN, no endless nesting."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

DEEPEST = 40


class StrictJSONParser(BaseParser):
    """Parse a request body, refusing what one of our databases would fail on later."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  # DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        try:
            text = codecs.getreader("utf-8")(stream).read()
            data = json.loads(text, parse_constant=_refuse_constant)
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
        except ValueError as error:
            raise ParseError(f"The body is not JSON: {error}") from error
        _check(data, place="body", depth=0)
        return data


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _check(value: Any, *, place: str, depth: int) -> None:
    if depth > DEEPEST:
        raise ParseError(f"{place} is nested more than {DEEPEST} levels deep.")
    if isinstance(value, str):
        _check_text(value, place=place)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key, place=place)
            _check(item, place=f"{place}.{key}", depth=depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check(item, place=f"{place}[{index}]", depth=depth + 1)


def _check_text(value: str, *, place: str) -> None:
    if "\x00" in value:
        raise ParseError(f"{place} holds a NUL character. Leave it out.")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise ParseError(f"{place} holds half a surrogate pair, which is no character.")

"""Read plain data (TOML or JSON) into the scheme's dataclasses, noting every problem."""

from __future__ import annotations

import reprlib
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from framing.problems import Problem
from framing.scheme.model import Scheme

MISSING_VALUE: Any = object()
LARGEST = 1_000_000


@dataclass(frozen=True)
class Place:
    """Where in the scheme we are. Lists are named by id where there is one, else counted from 1."""

    path: str = ""

    def field(self, name: str) -> Place:
        return Place(f"{self.path}.{name}" if self.path else name)

    def item(self, number: int) -> Place:
        return Place(f"{self.path}[{number}]")

    def device(self, id: str) -> Place:
        return Place(f"{self.path}.{id}")


def read(data: Mapping[str, Any]) -> tuple[Scheme | None, list[Problem]]:
    """Build a scheme from plain data; no scheme when a field is missing, unknown or mistyped."""
    problems: list[Problem] = []
    scheme = _record(Scheme, data, Place(), problems)
    return (None if problems else scheme), problems


def _record(kind: type[Any], data: Mapping[str, Any], place: Place, out: list[Problem]) -> Any:
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    for name in data:
        if name not in known:
            out.append(Problem(place.field(str(name)).path, "this field is not known here.",
                               _meant(str(name), list(known))))
    values = {}
    for name, field in known.items():
        if name in data:
            values[name] = _value(hints[name], data[name], place.field(name), out)
        elif field.default is MISSING:
            out.append(Problem(place.field(name).path, "this field is missing.",
                               f"Add {name} = {_example(hints[name])}."))
            values[name] = MISSING_VALUE
    return None if MISSING_VALUE in values.values() else kind(**values)


def _value(hint: Any, data: Any, place: Place, out: list[Problem]) -> Any:
    origin = get_origin(hint)
    if origin is tuple:
        return _items(get_args(hint)[0], data, place, out)
    if origin is Literal:
        if data in get_args(hint):
            return data
        return _refuse(data, f"one of {', '.join(get_args(hint))}", place, out)
    if origin in (Union, types.UnionType):
        hint = next(option for option in get_args(hint) if option is not type(None))
        return None if data is None else _value(hint, data, place, out)
    # bool is an int to isinstance, and `version = true` is a mistake.
    fits = isinstance(data, hint) and (hint is bool or not isinstance(data, bool))
    if fits and not (hint is int and abs(data) > LARGEST):
        return data
    return _refuse(data, _NAMES[hint], place, out)


def _items(kind: Any, data: Any, place: Place, out: list[Problem]) -> tuple[Any, ...]:
    if isinstance(data, str) or not isinstance(data, Sequence):
        _refuse(data, "a list", place, out)
        return ()
    if not is_dataclass(kind):
        return tuple(_value(kind, item, place.item(n), out) for n, item in enumerate(data, 1))
    result = []
    for number, item in enumerate(data, 1):
        here = _item_place(place, item, number)
        if isinstance(item, Mapping):
            result.append(_record(kind, item, here, out))  # type: ignore[arg-type]
        else:
            _refuse(item, "a table of fields", here, out)
    return tuple(result)


def _item_place(place: Place, item: Any, number: int) -> Place:
    """Name a device by its id, as people speak of it; everything else by its number."""
    if place.path == "devices" and isinstance(item, Mapping):
        id = item.get("id")
        if isinstance(id, str) and id:
            return place.device(id)
    return place.item(number)


def _refuse(data: Any, wanted: str, place: Place, out: list[Problem]) -> Any:
    out.append(Problem(place.path, f"{_shown(data)} does not fit.", f"Give {wanted}."))
    return MISSING_VALUE


def _shown(data: Any) -> str:
    try:
        return reprlib.repr(data)  # short, also of what is long or deep
    except ValueError:  # Python writes no integer of more than 4,300 digits
        return "this number"


def _meant(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]}?" if close else f"Known are: {', '.join(known)}."


def _example(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return " or ".join(f'"{option}"' for option in get_args(hint))
    if get_origin(hint) is tuple:
        return "[…], or write it as [[tables]]"
    return {str: '"…"', int: "1", bool: "true"}[hint]


_NAMES: Mapping[Any, str] = {
    str: "a text in quotes", int: "a whole number up to a million", bool: "true or false"}

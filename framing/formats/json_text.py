"""One JSON object, parsed as strictly as the standard asks."""

from __future__ import annotations

import json
from typing import NoReturn

from framing.formats.fields import RefusedError, shown

_ONE_OBJECT = "Write one JSON object a line."


class _NotJsonError(ValueError):
    """What Python's parser accepts although JSON does not have it."""


def object_of(line: bytes, *, place: str) -> dict[str, object]:
    """Return the JSON object of a line. Raises RefusedError with line, byte or column."""
    try:
        value = json.loads(
            line.decode(), parse_constant=_no_constant, object_pairs_hook=_without_repeats
        )
    except UnicodeDecodeError as error:
        byte = f"0x{line[error.start]:02X}"
        raise RefusedError(
            f"{place}, byte {error.start + 1}", f"{byte} is not UTF-8.", "Save the file as UTF-8."
        ) from None
    except json.JSONDecodeError as error:
        raise RefusedError(
            f"{place}, column {error.colno}", f"this is not JSON: {error.msg}.", _ONE_OBJECT
        ) from None
    except RecursionError:
        raise RefusedError(place, "the JSON is nested too deeply.", _ONE_OBJECT) from None
    except _NotJsonError as error:
        raise RefusedError(place, f"{error}.", _ONE_OBJECT) from None
    except ValueError:  # Python refuses whole numbers of more than 4,300 digits.
        raise RefusedError(place, "a number has too many digits.", _ONE_OBJECT) from None
    if not isinstance(value, dict):
        raise RefusedError(place, f"{shown(value)} is not an object.", _ONE_OBJECT)
    return value


def _no_constant(name: str) -> NoReturn:
    raise _NotJsonError(f"{name} is not JSON")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        repeated = next(key for i, (key, _) in enumerate(pairs) if key in dict(pairs[:i]))
        raise _NotJsonError(f"the key {shown(repeated)} stands twice in one object")
    return values

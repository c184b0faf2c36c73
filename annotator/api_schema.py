"""The schema of the API as a page needs it: operations by tag, shapes by name, an example each.

Everything comes from the OpenAPI document, so that the page cannot say what the API does not do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "maxLength": "at most {} characters",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
}
# Largest numbers of the database: no limit that a script would ever meet.
BOUNDLESS = {2**31 - 1, 2**63 - 1}
EXAMPLES: dict[str, Any] = {
    "integer": 0,
    "number": 0,
    "boolean": False,
    "uuid": "0198c1a2-7b3e-7cc0-8a51-3f0d9e6b2a14",
    "date-time": "2026-05-04T10:00:00Z",
    "uri": "https://example.org/",
}


@dataclass(frozen=True)
class Kind:
    """What a value is: words, and the shape they speak of, if any."""

    words: str
    shape: str = ""
    values: tuple[tuple[str, str], ...] = ()  # of a choice, each with its meaning


@dataclass(frozen=True)
class Field:
    name: str
    kind: Kind
    required: bool
    notes: tuple[str, ...] = ()
    place: str = ""  # of a parameter: path, query or header


@dataclass(frozen=True)
class Answer:
    status: int
    meaning: str
    kind: Kind


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    about: str
    parameters: tuple[Field, ...]
    body: Kind | None
    example: str  # a body as short as the API takes it, as JSON
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Shape:
    name: str
    about: str
    fields: tuple[Field, ...]


class Schema:
    """One OpenAPI document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.about: str = document["info"].get("description", "")
        self._shapes: Mapping[str, Any] = document["components"]["schemas"]
        self._paths: Mapping[str, Any] = document["paths"]

    def by_tag(self) -> dict[str, list[Operation]]:
        groups: dict[str, list[Operation]] = {}
        for path, entry in self._paths.items():
            for method in METHODS:
                if method in entry:
                    tag = (entry[method].get("tags") or ["other"])[0]
                    groups.setdefault(tag, []).append(self._operation(method, path, entry[method]))
        return groups

    def shapes(self) -> list[Shape]:
        """Return what has fields; choices are told where they are used."""
        return [
            Shape(name, _flat(shape.get("description", "")), tuple(self._fields(shape)))
            for name, shape in self._shapes.items()
            if "properties" in shape
        ]

    def example(self, schema: Mapping[str, Any]) -> Any:
        """Return the shortest value that fits: required fields only."""
        schema = self._resolved(schema)
        if "oneOf" in schema:
            return self.example(schema["oneOf"][0])
        if "enum" in schema:
            return schema["enum"][0]
        if "properties" in schema:
            wanted = schema.get("required", ())
            return {
                name: self.example(inner)
                for name, inner in schema["properties"].items()
                if name in wanted
            }
        kind = schema.get("type", "object")
        if kind == "array":
            return [self.example(schema["items"])] if schema.get("minItems") else []
        if kind == "object":
            return {}
        value = EXAMPLES.get(schema.get("format", ""), EXAMPLES.get(kind, ""))
        return max(value, schema["minimum"]) if "minimum" in schema else value

    def _operation(self, method: str, path: str, entry: Mapping[str, Any]) -> Operation:
        body = _content(entry.get("requestBody", {}))
        return Operation(
            id=entry["operationId"],
            method=method.upper(),
            path=path,
            about=_flat(entry.get("description", "")),
            parameters=tuple(self._parameter(one) for one in entry.get("parameters", ())),
            body=self._kind(body) if body else None,
            example=json.dumps(self.example(body)) if body else "",
            answers=tuple(
                self._answer(HTTPStatus(int(status)), _content(answer))
                for status, answer in entry["responses"].items()
            ),
        )

    def _answer(self, status: HTTPStatus, content: Mapping[str, Any]) -> Answer:
        kind = self._kind(content) if content else Kind("nothing")
        return Answer(status.value, status.phrase, kind)

    def _parameter(self, entry: Mapping[str, Any]) -> Field:
        notes = (entry["description"],) if entry.get("description") else ()
        kind = self._kind(entry["schema"])
        return Field(entry["name"], kind, entry.get("required", False), notes, entry["in"])

    def _fields(self, shape: Mapping[str, Any]) -> Iterator[Field]:
        required = shape.get("required", ())
        for name, schema in shape["properties"].items():
            yield Field(name, self._kind(schema), name in required, tuple(_notes(schema)))

    def _kind(self, schema: Mapping[str, Any]) -> Kind:
        if not schema:
            return Kind("anything")
        if len(schema.get("allOf", ())) == 1:
            return self._kind(schema["allOf"][0])
        if "oneOf" in schema:
            kinds = [self._kind(one) for one in schema["oneOf"]]
            return Kind("one of", "", tuple(pair for kind in kinds for pair in kind.values))
        if schema.get("type") == "array":
            inner = self._kind(schema["items"])
            return Kind(f"list of {inner.words}".rstrip(), inner.shape, inner.values)
        if "additionalProperties" in schema and "properties" not in schema:
            return Kind("object")
        found = self._resolved(schema)
        if "enum" in found:
            return Kind("one of", "", tuple(_meanings(found)))
        if "properties" in found:
            return Kind("", str(schema["$ref"]).rsplit("/", 1)[-1])
        return Kind(found.get("format") or found.get("type", "any"))

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if len(schema.get("allOf", ())) == 1:
            schema = schema["allOf"][0]
        if "$ref" in schema:
            resolved: Mapping[str, Any] = self._shapes[schema["$ref"].rsplit("/", 1)[-1]]
            return resolved
        return schema


def _content(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (
        entry.get("content", {}).get("application/json", {}).get("schema", {})
    )
    return found


def _notes(schema: Mapping[str, Any]) -> Iterator[str]:
    if schema.get("nullable"):
        yield "or null"
    if schema.get("readOnly"):
        yield "only read"
    for key, words in LIMITS.items():
        if key in schema and schema[key] not in BOUNDLESS and schema[key] != 0:
            yield words.format(f"{schema[key]:,}")
    if "default" in schema:
        yield f"{json.dumps(schema['default'])} when left out"


def _meanings(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each value with what the description says of it."""
    told = dict(re.findall(r"^\* `(.*?)` - (.*)$", schema.get("description", ""), re.MULTILINE))
    for value in schema["enum"]:
        meaning = told.get(str(value), "")
        yield json.dumps(value), "" if meaning == str(value).replace("_", " ") else meaning


def _flat(text: str) -> str:
    return " ".join(text.replace("``", "").split())

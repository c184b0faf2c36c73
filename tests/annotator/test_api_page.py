"""The page about the API says what the schema says, all of it, with examples that would do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from annotator.accounts.models import User
from annotator.api_schema import Schema

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
DOCUMENT = yaml.safe_load(SNAPSHOT.read_text(encoding="utf-8"))
SCHEMA = Schema(DOCUMENT)
OPERATIONS = [one for group in SCHEMA.by_tag().values() for one in group]
SENT = [one for one in OPERATIONS if one.body]
PIECE: dict[str, Any] = {
    "info": {},
    "paths": {
        "/things/": {
            "post": {
                "operationId": "make",
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                    }
                },
                "responses": {"201": {"content": {}}, "403": {"content": {}}},
            }
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "required": ["size", "colour"],
                "properties": {
                    "size": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
                    "colour": {"$ref": "#/components/schemas/Colour"},
                    "name": {"type": "string", "default": "", "maxLength": 1000},
                    "inner": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
                    "twin": {"allOf": [{"$ref": "#/components/schemas/Thing"}], "nullable": True},
                },
            },
            "Colour": {
                "enum": ["sea_green", "r"],
                "description": "* `sea_green` - sea green\n* `r` - red",
            },
        }
    },
}


def test_every_operation_of_the_document_is_there_once() -> None:
    wanted = {
        (method.upper(), path)
        for path, entry in DOCUMENT["paths"].items()
        for method in entry
        if method != "parameters"
    }
    assert sorted((one.method, one.path) for one in OPERATIONS) == sorted(wanted)
    assert len({one.id for one in OPERATIONS}) == len(OPERATIONS)


@pytest.mark.parametrize("one", SENT, ids=lambda one: one.id)
def test_every_example_is_of_the_shape_it_explains(one: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{one.body.shape}", **DOCUMENT}
    jsonschema.validate(json.loads(one.example), schema)


def test_an_example_that_lacks_a_field_would_be_noticed() -> None:
    one = next(one for one in SENT if json.loads(one.example))
    schema = {"$ref": f"#/components/schemas/{one.body.shape}", **DOCUMENT}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({}, schema)


def test_fields_say_kind_limits_and_choices_in_words() -> None:
    (thing,) = Schema(PIECE).shapes()
    told = {field.name: field for field in thing.fields}
    assert told["size"].required
    assert told["size"].notes == ("at least 1",)
    assert told["colour"].kind.values == (('"sea_green"', ""), ('"r"', "red"))
    assert told["name"].notes == ("at most 1,000 characters", '"" when left out')
    assert (told["inner"].kind.words, told["inner"].kind.shape) == ("list of", "Thing")
    assert (told["twin"].kind.shape, told["twin"].notes) == ("Thing", ("or null",))
    (make,) = Schema(PIECE).by_tag()["other"]
    assert json.loads(make.example) == {"size": 1, "colour": "sea_green"}
    assert [(one.status, one.meaning, one.kind.words) for one in make.answers] == [
        (201, "Created", "nothing"),
        (403, "Forbidden", "nothing"),
    ]


@pytest.mark.django_db
def test_the_page_leads_from_each_shape_named_to_its_fields(client: Any) -> None:
    client.force_login(User.objects.create_user("cy"))
    page = client.get("/api/v1/").content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert {one.id for one in OPERATIONS} <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert "<style" not in page
    assert page.count("<script") == 1  # the theme's


@pytest.mark.django_db
def test_the_schema_itself_stays_to_be_had_in_both_forms(client: Any) -> None:
    client.force_login(User.objects.create_user("cy"))
    for form, read in (("yaml", yaml.safe_load), ("json", json.loads)):
        answer = client.get(f"/api/v1/schema/?format={form}")
        assert answer.status_code == 200
        assert read(answer.content)["paths"] == DOCUMENT["paths"]

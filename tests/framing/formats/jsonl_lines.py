"""Lines of JSONL as tests write them, and what the reader makes of them."""

import io
import json

from framing.formats import jsonl


def read(data):
    return list(jsonl.read(io.BytesIO(data), name="a.jsonl"))


def annotation(**changes):
    values = {
        "type": "annotation", "id": "a1", "document": "dam", "annotator": "ada",
        "device": "loaded_terms", "label": "lt.scale",
        "parts": [{"role": "span", "start": 0, "end": 4, "quote": "mere"}],
    }  # fmt: skip
    values.update(changes)
    return json.dumps({key: value for key, value in values.items() if value != "-"}).encode()


def part(**changes):
    values = {"role": "span", "start": 0, "end": 4, "quote": "mere"} | changes
    return annotation(parts=[{key: value for key, value in values.items() if value != "-"}])

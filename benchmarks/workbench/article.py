"""Make an article of any length with spans that overlap, as the server would send it."""

from __future__ import annotations

import hashlib
import random
import re
from typing import Any

WORDS = re.findall(
    r"\w+",
    """the council said that water rose over night and nobody at the old bridge had seen it before
    guards opened a gate while residents of Harlow waited near their houses for an answer from
    the mayor who spoke of a mere delay in March as critics called the plan reckless late again""",
)
LABELS = ("lt.epithet", "lt.evaluative", "lt.charged_verb", "lt.metaphor", "lt.scale")


def make_assignment(*, words: int, spans: int, scheme: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return the JSON of an assignment; ``spans`` counts marks, three of them to an attribution."""
    dice = random.Random(seed)
    text, tokens, sentences = _write(words, dice)
    annotations, suggestions = _mark(text, tokens, spans, dice)
    article = {
        "id": 5, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "title": text.split("\n")[0], "language": "en", "outlet": "", "url": "",
        "published": "2026-05-05", "words": words, "event": None,
    }  # fmt: skip
    return {
        "id": 1, "state": "open", "revision": 0, "arm": "shown",
        "annotator": {"id": 3, "name": "Ada", "keys": {}},
        "project": {"slug": "b", "name": "Bench", "blind": True, "preset": "core",
                    "may_reopen": True},
        "queue": {"position": 3, "total": 9, "done": 2, "next": None, "previous": None},
        "article": article,
        "layer": {"model": "made", "tokens": tokens, "sentences": sentences, "entities": []},
        "scheme": scheme, "annotations": annotations, "suggestions": suggestions, "runs": [],
        "completion": {device["id"]: "open" for device in scheme["devices"]}, "siblings": [],
    }  # fmt: skip


def _write(words: int, dice: random.Random) -> tuple[str, list[list[int]], list[list[int]]]:
    """Write sentences of 8 to 24 words in paragraphs of 2 to 5 sentences."""
    text, tokens, sentences = "", [], []
    left, room = words, 0
    while left > 0:
        if room == 0:
            text += "\n\n" if text else ""
            room = dice.randint(2, 5)
        elif text:
            text += " "
        begin = len(text)
        size = min(left, dice.randint(8, 24))
        for i in range(size):
            word = dice.choice(WORDS)
            text += " " if i else ""
            tokens.append([len(text), len(text) + len(word)])
            text += word.capitalize() if i == 0 else word
        tokens.append([len(text), len(text) + 1])
        text += "."
        sentences.append([begin, len(text)])
        left, room = left - size, room - 1
    return text, tokens, sentences


def _mark(
    text: str, tokens: list[list[int]], spans: int, dice: random.Random
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    annotations: list[dict[str, Any]] = []
    suggestions: list[dict[str, Any]] = []

    def part(role: str, first: int, last: int) -> dict[str, Any]:
        start, end = tokens[first][0], tokens[last][1]
        return {"role": role, "start": start, "end": end, "quote": text[start:end], "article": 5}

    left = spans
    while left > 0:
        at = dice.randrange(len(tokens) - 16)
        kind = dice.random()
        if kind < 0.15 and left >= 3:
            parts = [part("source", at, at + 1), part("cue", at + 2, at + 2),
                     part("content", at + 3, at + dice.randint(5, 15))]  # fmt: skip
            annotations.append(
                _annotation(len(annotations), "attribution", "at.attribution", parts)
            )
        elif kind < 0.7:
            parts = [part("span", at, at + dice.choice([0, 0, 1, 3]))]
            label = dice.choice(LABELS)
            annotations.append(_annotation(len(annotations), "loaded_terms", label, parts))
        else:
            parts = [part("span", at, at + dice.choice([0, 0, 1, 3]))]
            suggestions.append(_suggestion(len(suggestions) + 1, dice.choice(LABELS), parts))
        left -= len(parts)
    return annotations, suggestions


def _annotation(number: int, device: str, label: str, parts: list[Any]) -> dict[str, Any]:
    return {
        "id": f"01920000-0000-7000-8000-{number:012x}", "device": device, "label": label,
        "parts": parts, "attributes": {}, "note": "", "confidence": "", "flag": "",
        "suggestion": None, "edited": False, "revision": 0,
    }  # fmt: skip


def _suggestion(number: int, label: str, parts: list[Any]) -> dict[str, Any]:
    return {
        "id": number, "detector": "loaded_terms", "version": "1", "device": "loaded_terms",
        "label": label, "parts": parts, "attributes": {}, "score": 0.7, "rule": "made",
        "reason": "made for measuring", "decision": None,
    }  # fmt: skip

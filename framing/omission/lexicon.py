"""The words behind the proposals, read once from the table that says what each is for."""

from __future__ import annotations

import tomllib

from framing.detectors.attribution.lexicon import TABLES
from framing.detectors.words import words

_TABLE = tomllib.loads((TABLES / "omission.toml").read_text(encoding="utf-8"))

HARMS = tuple(words(group["words"]) for group in _TABLE["harm"])
PASSIVE = words(_TABLE["passive"]["words"])
COUNTERCLAIM = words(_TABLE["counterclaim"]["words"])
CONSEQUENCE = words(_TABLE["consequence"]["words"])
PAST = words(_TABLE["past"]["words"])
ANSWERS = words(_TABLE["answers"]["words"])
GENERIC = words(_TABLE["generic"]["words"])

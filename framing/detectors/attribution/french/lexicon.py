"""The French cue words by every form that news uses, and the source words; read once.

The lemmatiser of the small pipeline misses forms as common as "estime", so that a form is looked
up as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from framing.detectors.attribution.lexicon import (
    Cue,
    Lexicon,
    cue_words,
    read_table,
    source_words,
)

_ENDINGS = (
    "e", "ent", "ait", "aient", "a", "èrent", "ant", "é", "ée", "és", "ées", "era", "eront",
    "erait", "eraient",
)  # fmt: skip
_SILENT = ("e", "ent", "era", "eront", "erait", "eraient")
_VOWELS = "aeiouyéèêàâîôûëï"


def forms_of(infinitive: str) -> Iterator[str]:
    """Yield the third persons and participles of a verb in -er; nothing for another one."""
    if not infinitive.endswith("er"):
        return
    stem = infinitive[:-2]
    for ending in _ENDINGS:
        yield _stem(stem, ending) + ending


def _stem(stem: str, ending: str) -> str:
    """Return the stem as it is spelt: annonç-ait, jug-e-ait, révèl-e, rappell-e."""
    if ending[0] in "aâ" and stem.endswith("c"):
        return stem[:-1] + "ç"
    if ending[0] in "aâ" and stem.endswith("g"):
        return stem + "e"
    if ending in _SILENT and stem.endswith("appel"):
        return stem + "l"
    if ending in _SILENT[:2] and len(stem) > 2 and stem[-2] == "é" and stem[-1] not in _VOWELS:
        return stem[:-2] + "è" + stem[-1]
    if ending in _SILENT and stem.endswith(("lev", "tel")):
        return stem[:-2] + "è" + stem[-1]
    return stem


def _forms(table: Mapping[str, Any], cues: Lexicon) -> dict[str, str]:
    found = {form: verb for verb in cues.verbs for form in forms_of(verb)}
    listed = {form: verb for verb, forms in table["forms"].items() for form in forms.split()
              if verb in cues.verbs}
    return found | listed | {verb: verb for verb in cues.verbs}


def _with_values(table: Mapping[str, Any], cues: Lexicon) -> Lexicon:
    """Give each verb the stance and attitude that the table notes for it apart."""
    stances = {verb: s for s, verbs in table["stances"].items() for verb in verbs.split()}
    attitudes = {verb: a for a, verbs in table["attitudes"].items() for verb in verbs.split()}

    def valued(verb: str, cue: Cue) -> Cue:
        plain = cue.stance == "neutral" and cue.attitude == "assertion"
        if not plain:
            return cue
        return replace(cue, stance=stances.get(verb, cue.stance),
                       attitude=attitudes.get(verb, cue.attitude))

    return replace(cues, verbs={verb: tuple(valued(verb, cue) for cue in entries)
                                for verb, entries in cues.verbs.items()})


_TABLE = read_table("cues_fr.toml")
CUES = _with_values(_TABLE, cue_words(_TABLE))
FORMS: Mapping[str, str] = _forms(_TABLE, CUES)
"""The infinitive of each form."""
SURE = frozenset(
    form for form, verb in FORMS.items()
    if form != verb and not form.endswith(("é", "ée", "és", "ées", "ant"))
) - frozenset(_TABLE["ambiguous"]["words"].split())
"""Finite forms that are nothing else, whatever the tagger says."""
SOURCES = source_words(read_table("sources_fr.toml"))

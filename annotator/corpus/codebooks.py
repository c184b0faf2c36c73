"""The codebook of a project as the science knows it."""

from __future__ import annotations

from functools import lru_cache

from annotator.corpus.models import CodebookVersion
from framing import scheme as schemes
from framing.scheme import Scheme


def scheme_of(codebook: CodebookVersion) -> Scheme:
    """Return the parsed scheme; parsing is done once a process and version."""
    return _parsed(codebook.sha256, codebook.source)


@lru_cache(maxsize=32)
def _parsed(sha256: str, source: str) -> Scheme:  # noqa: ARG001  # the hash keys the cache
    return schemes.reopen(source)

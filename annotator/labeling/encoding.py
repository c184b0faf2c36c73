"""The optional encoder, or what stands in for it and says why it is not there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from framing.spans import Span


class Encoder(Protocol):
    """What `framing.encoders.MiniLM` can do."""

    name: str

    def __call__(self, texts: Sequence[str]) -> NDArray[float64]: ...

    def words(self, text: str, spans: Sequence[Span]) -> NDArray[float64]: ...


@cache
def minilm(refusal: type[Exception]) -> Encoder:
    """Return the encoder, once a process; one that is missing raises ``refusal`` when it is used.

    So the runs that need it fail with the reason and all others go on.
    """
    try:
        made: Encoder = import_string("framing.encoders.MiniLM")()
    except (ImportError, RuntimeError) as error:
        return _Missing(refusal(str(error)))
    return made


class _Missing:
    name = "minilm-missing"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __call__(self, texts: Sequence[str]) -> Any:  # noqa: ARG002
        raise self._error

    def words(self, text: str, spans: Sequence[Span]) -> Any:  # noqa: ARG002
        raise self._error

"""What a measure returns: a value with everything needed to trust or doubt it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Scalar = str | int | float | bool | None
Interval = tuple[float, float]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Estimate:
    """A value under one way of pooling; ``undefined`` says why when there is none."""

    value: float | None
    interval: Interval | None = None
    undefined: str = ""

    def as_dict(self) -> dict[str, object]:
        return {"value": self.value, "interval": _listed(self.interval),
                "undefined": self.undefined}


@dataclass(frozen=True)
class Report:
    """One measure of one study.

    ``value`` is None exactly when ``undefined`` holds a sentence. ``n_documents`` counts the
    documents (for codes: items) that bear on the value, those with two readers or more; the
    others stand in ``undefined_documents`` with their reason. ``pools`` holds every way of
    pooling that was asked for; ``value`` and ``interval`` repeat the first. ``refused`` means
    that the data cannot carry the measure at all, whatever was marked in them.
    """

    measure: str
    value: float | None
    interval: Interval | None = None
    n_documents: int = 0
    n_annotators: int = 0
    n_units: int = 0
    coverage: float | None = None
    undefined: str = ""
    parameters: Mapping[str, Scalar] = field(default_factory=dict)
    per_document: Mapping[str, float | None] = field(default_factory=dict)
    undefined_documents: Mapping[str, str] = field(default_factory=dict)
    observed: float | None = None
    expected: float | None = None
    precision: float | None = None
    recall: float | None = None
    pools: Mapping[str, Estimate] = field(default_factory=dict)
    notes: Sequence[str] = ()
    details: Mapping[str, object] = field(default_factory=dict)
    refused: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return the report as plain data for JSON; no value in it is ever NaN."""
        return {
            "measure": self.measure,
            "value": self.value,
            "interval": _listed(self.interval),
            "n_documents": self.n_documents,
            "n_annotators": self.n_annotators,
            "n_units": self.n_units,
            "coverage": self.coverage,
            "undefined": self.undefined,
            "parameters": dict(self.parameters),
            "per_document": dict(self.per_document),
            "undefined_documents": dict(self.undefined_documents),
            "observed": self.observed,
            "expected": self.expected,
            "precision": self.precision,
            "recall": self.recall,
            "pools": {name: estimate.as_dict() for name, estimate in self.pools.items()},
            "notes": list(self.notes),
            "details": dict(self.details),
        }


def _listed(interval: Interval | None) -> list[float] | None:
    return None if interval is None else list(interval)

"""From sums over documents to a report: pooled, mean per document, interval, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from framing.agreement.codes import Codes
from framing.agreement.ledger import Ledger
from framing.agreement.report import Estimate, Report, Scalar
from framing.agreement.resampling import bootstrap, resampled_means, resampled_totals
from framing.agreement.statistics import Array, Solve, Solved, Statistics
from framing.agreement.structures import Structures
from framing.agreement.study import Study

POOLS = ("pooled", "mean")


@dataclass(frozen=True)
class Options:
    """How documents are pooled and resampled."""

    pools: tuple[str, ...]
    resamples: int
    seed: int

    @classmethod
    def checked(cls, *, pool: str, resamples: int, seed: int) -> Options:
        """Raise ValueError for a way of pooling, a number of resamples or a seed not possible."""
        pools = tuple(name.strip() for name in pool.split(","))
        odd = next((name for name in pools if name not in POOLS), None)
        if odd is not None:
            raise ValueError(f"pool is one of {', '.join(POOLS)}; got '{odd}'")
        if resamples < 0 or seed < 0:
            raise ValueError("resamples and seed must be 0 or more, got "
                             f"{resamples} and {seed}")
        return cls(pools, resamples, seed)

    def kept(self, parameters: Mapping[str, Scalar]) -> dict[str, Scalar]:
        """Return what must be stored beside a value to compute it again."""
        return {**parameters, "pool": ",".join(self.pools), "resamples": self.resamples,
                "seed": self.seed}


@dataclass(frozen=True)
class Extent:
    """What a value rests on: documents with two readers or more, and what they hold."""

    n_documents: int
    n_annotators: int
    n_units: int
    unread: Mapping[str, str]
    reason: str = ""

    @classmethod
    def of(cls, data: Study | Codes | Structures | Ledger) -> Extent:
        if isinstance(data, Codes):
            return cls._of_codes(data)
        if isinstance(data, Study):
            return cls._of_study(data)
        counted = cls._of_study(data.study)
        shared = {name for name in data.study.documents if name not in counted.unread}
        return replace(counted, n_units=sum(name in shared for name in data.unit_documents))

    @classmethod
    def _of_codes(cls, codes: Codes) -> Extent:
        size: dict[str, int] = {}
        for code in codes.codes:
            size[code.item] = size.get(code.item, 0) + 1
        documents = dict(zip(codes.items, codes.documents, strict=True))
        pairable = len({documents[item] for item, number in size.items() if number >= 2})
        reason = ("there are no codes" if not size else
                  f"only one annotator, {codes.annotators[0]}, has coded these items"
                  if len(codes.annotators) == 1 else
                  "no item was coded by two annotators" if not pairable else "")
        return cls(pairable, len(codes.annotators), len(codes.codes), {}, reason)

    @classmethod
    def _of_study(cls, study: Study) -> Extent:
        readers = study.readers()
        unread = {document: "nobody has read it" if not names else
                  f"only one annotator, {names[0]}, has read it"
                  for document, names in sorted(readers.items()) if len(names) < 2}
        shared = {document for document, names in readers.items() if len(names) >= 2}
        names = {name for document in shared for name in readers[document]}
        return cls(len(shared), len(names), len(study.layout.unit), unread,
                   _study_reason(study, shared))


def refused(id: str, extent: Extent, options: Options, parameters: Mapping[str, Scalar],
            reason: str) -> Report:
    """Return a report without a value that says why."""
    pools = {name: Estimate(None, undefined=reason) for name in options.pools}
    return Report(id, None, None, extent.n_documents, extent.n_annotators, extent.n_units,
                  undefined=reason, parameters=options.kept(parameters), pools=pools,
                  per_document=dict.fromkeys(extent.unread),
                  undefined_documents=extent.unread, refused=True)


def report_from(id: str, statistics: Statistics, solve: Solve, extent: Extent,
                options: Options, parameters: Mapping[str, Scalar]) -> Report:
    """Compute the value, the interval and the documents' values from their sums."""
    whole = solve(statistics.columns, statistics.total(), parameters)
    each = solve(statistics.columns, statistics.table, parameters)
    notes = dict.fromkeys(statistics.notes)
    pools = {}
    for name in options.pools:
        pools[name], said = _POOLING[name](statistics, whole, each, solve, options, parameters)
        notes.update(dict.fromkeys(said))
    first = pools[options.pools[0]]
    per_document, undefined_documents = _by_document(statistics, each, extent)
    notes.update(dict.fromkeys(_left_out(extent, per_document, undefined_documents)))
    return Report(
        id, first.value, first.interval, extent.n_documents, extent.n_annotators, extent.n_units,
        _first(whole.coverage), first.undefined, options.kept(parameters), per_document,
        undefined_documents,
        _first(whole.observed), _first(whole.expected),
        _first(whole.precision), _first(whole.recall), pools, tuple(notes),
        dict(statistics.details))


def _pooled(statistics: Statistics, whole: Solved, each: Solved, solve: Solve, options: Options,
            parameters: Mapping[str, Scalar]) -> tuple[Estimate, list[str]]:
    del each
    if np.isnan(whole.value[0]):
        return Estimate(None, undefined=whole.reason(0)), []

    def draw() -> Array:
        totals = resampled_totals(statistics, resamples=options.resamples, seed=options.seed)
        return solve(statistics.columns, totals, parameters).value

    interval, notes = bootstrap(draw, n_documents=statistics.n_documents,
                                resamples=options.resamples)
    return Estimate(float(whole.value[0]), interval), notes


def _mean(statistics: Statistics, whole: Solved, each: Solved, solve: Solve, options: Options,
          parameters: Mapping[str, Scalar]) -> tuple[Estimate, list[str]]:
    del whole, solve, parameters
    if statistics.copies is not None or not statistics.documents:
        return Estimate(None, undefined="a mean per document needs documents, and codes have "
                        "items, which carry no agreement of their own"), []
    defined = each.value[~np.isnan(each.value)]
    if not len(defined):
        return Estimate(None, undefined=f"no document has a value: {each.reason(0)}"), []
    interval, notes = bootstrap(
        lambda: resampled_means(each.value, resamples=options.resamples, seed=options.seed),
        n_documents=len(each.value), resamples=options.resamples)
    return Estimate(float(defined.mean()), interval), notes


_POOLING = {"pooled": _pooled, "mean": _mean}


def _by_document(statistics: Statistics, each: Solved, extent: Extent
                 ) -> tuple[dict[str, float | None], dict[str, str]]:
    if statistics.copies is not None:
        return {}, {}
    values: dict[str, float | None] = dict.fromkeys(extent.unread)
    values.update(zip(statistics.documents, each.value.tolist(), strict=True))
    reasons = dict(extent.unread)
    for row in np.flatnonzero(np.isnan(each.value)).tolist():
        document = statistics.documents[row]
        values[document], reasons[document] = None, each.reason(row)
    return dict(sorted(values.items())), dict(sorted(reasons.items()))


def _left_out(extent: Extent, values: Mapping[str, float | None],
              reasons: Mapping[str, str]) -> list[str]:
    notes = []
    if extent.unread:
        notes.append(f"{_documents(len(extent.unread))} without a second reader, not counted")
    empty = len(reasons) - len(extent.unread)
    if empty:
        notes.append(f"{_documents(empty)} of {len(values) - len(extent.unread)} without a value "
                     "of its own: counted in the pooled value, not in the mean")
    return notes


def _documents(number: int) -> str:
    return f"{number} document" if number == 1 else f"{number} documents"


def _first(values: Array | None) -> float | None:
    if values is None or np.isnan(values[0]):
        return None
    return float(values[0])


def _study_reason(study: Study, shared: set[str]) -> str:
    if not study.documents:
        return "there are no documents"
    if not study.readings:
        return "nobody has read these documents"
    if len(study.annotators) == 1:
        return f"only one annotator, {study.annotators[0]}, has read these documents"
    return "" if shared else "no document was read by two annotators"

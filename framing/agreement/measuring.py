"""Compute a measure of the catalog: the one way from data to a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

from framing.agreement.catalog import MEASURES
from framing.agreement.codes import Codes
from framing.agreement.pooling import Extent, Options, refused, report_from
from framing.agreement.report import Estimate, Pair, Report, Scalar
from framing.agreement.spec import Additive, Data, Measure, Model
from framing.agreement.statistics import Statistics


def measure(data: Data, id: str, *, pool: str = "pooled", resamples: int = 1000, seed: int = 0,
            **parameters: Scalar) -> Report:
    """Compute one measure with its interval.

    ``pool`` is ``pooled`` (sum over documents first), ``mean`` (mean of the documents' values) or
    both with a comma; the first gives ``value``. Data that cannot carry the measure give a report
    that says why; ValueError is raised only for a measure or an option that does not exist.
    """
    chosen = spec(id)
    settled = chosen.settled(parameters)
    options = Options.checked(pool=pool, resamples=resamples, seed=seed)
    extent = Extent.of(data)
    reason = chosen.refusal(data, settled) or extent.reason
    if reason:
        return refused(id, extent, options, settled, reason)
    if isinstance(chosen, Model):
        return _fitted(chosen, data, extent, options, settled)
    return _additive(chosen, data, extent, options, settled)


def statistics(data: Data, id: str, *, seed: int = 0, **parameters: Scalar) -> Statistics:
    """Return what each document adds to a measure, to be stored and summed.

    Raises ValueError when the data cannot carry the measure or it has no sums.
    """
    chosen = spec(id)
    settled = chosen.settled(parameters)
    reason = chosen.refusal(data, settled)
    if reason or not isinstance(chosen, Additive):
        raise ValueError(reason or f"{id} is fitted to all data at once and has no sums")
    return chosen.count(data, {**settled, "seed": seed})


def from_statistics(found: Statistics, id: str, *, pool: str = "pooled", resamples: int = 1000,
                    seed: int = 0, **parameters: Scalar) -> Report:
    """Compute a measure from stored sums alone, with the parameters they were counted with.

    Numbers of annotators and units are not in the sums and stay 0.
    """
    chosen = spec(id)
    if not isinstance(chosen, Additive):
        raise ValueError(f"{id} is fitted to all data at once and has no sums")
    options = Options.checked(pool=pool, resamples=resamples, seed=seed)
    extent = Extent(found.n_documents, 0, 0, {})
    settled = chosen.settled(parameters)
    if not found.n_documents:
        return refused(id, extent, options, settled, "there are no documents")
    return reported(chosen, found, extent, options, settled)


def pairwise(data: Data, id: str, *, pool: str = "pooled", resamples: int = 1000, seed: int = 0,
             **parameters: Scalar) -> dict[Pair, Report]:
    """Compute a measure for each two annotators on what both have seen, keys sorted by name."""
    return {pair: measure(shared(data, pair), id, pool=pool, resamples=resamples, seed=seed,
                          **parameters)
            for pair in combinations(data.annotators, 2)}


def shared(data: Data, annotators: Pair) -> Data:
    """Keep two annotators and the documents or items that both have seen."""
    if isinstance(data, Codes):
        return data.restricted(annotators=annotators)
    both = {document for document, names in data.readers().items()
            if set(annotators) <= set(names)}
    return data.restricted(documents=both, annotators=annotators)


def spec(id: str) -> Measure:
    """Return a measure of the registry; raises ValueError that lists them for an unknown id."""
    if id not in MEASURES:
        raise ValueError(f"there is no measure '{id}'; there are: {', '.join(MEASURES)}")
    return MEASURES[id]


def _additive(chosen: Measure, data: Data, extent: Extent, options: Options,
              settled: Mapping[str, Scalar]) -> Report:
    if not isinstance(chosen, Additive):
        raise TypeError(f"{chosen.id} is neither a sum nor a model")
    found = chosen.count(data, {**settled, "seed": options.seed})
    return reported(chosen, found, extent, options, settled)


def reported(chosen: Additive, found: Statistics, extent: Extent, options: Options,
             settled: Mapping[str, Scalar]) -> Report:
    """Compute the report of a measure from its sums."""
    found = found.in_order()
    report = report_from(chosen.id, found, chosen.solve, extent, options, settled)
    if chosen.detail is None:
        return report
    more = chosen.detail(found.columns, found.total())
    return replace(report, details={**report.details, **more})


def _fitted(chosen: Model, data: Data, extent: Extent, options: Options,
            settled: Mapping[str, Scalar]) -> Report:
    found = chosen.fit(data, {**settled, "seed": options.seed})
    return Report(chosen.id, found.value, None, extent.n_documents, extent.n_annotators,
                  extent.n_units, parameters={**settled, "seed": options.seed},
                  undefined=found.undefined, notes=found.notes, details=found.details,
                  pools={"pooled": Estimate(found.value, undefined=found.undefined)})

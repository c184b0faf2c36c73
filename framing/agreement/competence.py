"""How good each annotator is, from codes or from the labels of matched units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from framing.agreement.codes import Code, Codes
from framing.agreement.columns import Ints
from framing.agreement.dawid_skene import error_rates
from framing.agreement.gamma.alignment import aligned
from framing.agreement.gamma.continua import Continua
from framing.agreement.gamma.dissimilarity import Dissimilarity
from framing.agreement.gamma.sampling import documents_by_readers
from framing.agreement.mace import learned_trust
from framing.agreement.nesting import Mask, inner
from framing.agreement.report import Scalar
from framing.agreement.statistics import Array, Parameters
from framing.agreement.study import Study

UNMARKED = "(unmarked)"
MODEL_NOTE = ("the value is the mean over annotators; who is how good, and the labels inferred, "
              "stand in the details")
NO_INTERVAL = ("no interval: the model is fitted to all documents at once, and a resample that "
               "loses an annotator's documents says nothing about that annotator")


@dataclass(frozen=True)
class Fitted:
    """What a model of annotators found; ``value`` is the mean competence."""

    value: float | None
    details: Mapping[str, object]
    notes: tuple[str, ...] = (MODEL_NOTE, NO_INTERVAL)
    undefined: str = ""


NOTHING = Fitted(None, {}, (), "nobody marked anything in these documents")


def fit_dawid_skene(data: Study | Codes, parameters: Parameters) -> Fitted:
    """Estimate error rates; the competence of an annotator is her chance of the true label."""
    codes = as_codes(data)
    if not codes.codes:
        return NOTHING
    found = error_rates(codes, iterations=_whole(parameters, "iterations"),
                        tolerance=float(parameters["tolerance"] or 0))
    confusion = {
        name: {true: dict(zip(codes.labels, map(float, row), strict=True))
               for true, row in zip(codes.labels, table, strict=True)}
        for name, table in zip(codes.annotators, found.confusion, strict=True)}
    return Fitted(float(found.competence.mean()), {
        "competence": _by_name(codes.annotators, found.competence),
        "prior": _by_name(codes.labels, found.prior),
        "confusion": confusion,
        "labels": _best(codes, found.posterior),
        "iterations": found.iterations,
    })


def fit_mace(data: Study | Codes, parameters: Parameters) -> Fitted:
    """Estimate trust; the competence of an annotator is θ, the share that is not guessed."""
    codes = as_codes(data)
    if not codes.codes:
        return NOTHING
    found = learned_trust(codes, method=str(parameters["method"]),
                          restarts=_whole(parameters, "restarts"),
                          iterations=_whole(parameters, "iterations"),
                          seed=int(parameters["seed"] or 0))
    spam = {name: _by_name(codes.labels, row)
            for name, row in zip(codes.annotators, found.spam, strict=True)}
    return Fitted(float(found.trust.mean()), {
        "competence": _by_name(codes.annotators, found.trust),
        "spam": spam,
        "labels": _best(codes, found.posterior),
        "log_likelihood": found.likelihood,
    })


def as_codes(data: Study | Codes) -> Codes:
    """Return codes as they are, and units as codes of the places where someone marked."""
    return data if isinstance(data, Codes) else matched_codes(data)


def matched_codes(study: Study, *, unmarked: bool = True,
                  dissimilarity: Dissimilarity | None = None) -> Codes:
    """Return one item for each group of units that the best alignment of gamma brings together.

    A reader without a unit in the group has the value UNMARKED, or with ``unmarked=False`` none,
    which leaves agreement on labels alone. A unit inside another of its annotator stays with
    equal ones only. The item names the document and the span of the group's first unit.
    """
    layout = study.layout
    inside = inner(layout)
    codes = []
    for documents, continua in documents_by_readers(layout, canonical=False):
        groups = aligned(continua, dissimilarity or Dissimilarity()).groups
        chosen = np.isin(layout.document, documents)
        for row in _all_groups(continua, groups, inside[chosen]):
            first = int(row[row >= 0][0])
            document = int(documents[continua.continuum[first]])
            item = (f"{layout.documents[document]} [{continua.start[first]:.0f}, "
                    f"{continua.end[first]:.0f}) {first}")
            codes += [Code(item, layout.annotators[layout.slots[document, slot]],
                           layout.labels[continua.label[unit]] if unit >= 0 else UNMARKED,
                           layout.documents[document])
                      for slot, unit in enumerate(row) if unit >= 0 or unmarked]
    return Codes(tuple(codes))


def _all_groups(continua: Continua, groups: Ints, inside: Mask) -> Ints:
    """Return the groups, those of unequal nested units divided, and each unit left alone."""
    width = continua.annotators
    groups = groups.reshape(-1, width)
    here = groups >= 0
    start, end = (np.where(here, place[groups], np.nan) for place in (continua.start,
                                                                      continua.end))
    unequal = (np.nanmax(start, axis=1) > np.nanmin(start, axis=1)) \
        | (np.nanmax(end, axis=1) > np.nanmin(end, axis=1))
    split = unequal & (here & inside[groups]).any(axis=1)
    kept = [groups[~split]]
    for group in groups[split]:
        units = group[group >= 0]
        places = np.stack([continua.start[units], continua.end[units]])
        _, part = np.unique(places, axis=1, return_inverse=True)
        for number in range(part.max() + 1):
            own = np.full(width, -1)
            own[continua.slot[units[part.ravel() == number]]] = units[part.ravel() == number]
            kept.append(own[None])
    alone = np.setdiff1d(np.arange(len(continua.start)), groups)
    single = np.full((len(alone), width), -1)
    single[np.arange(len(alone)), continua.slot[alone]] = alone
    return np.concatenate([*kept, single])


def _best(codes: Codes, posterior: Array) -> dict[str, str]:
    return {item: codes.labels[int(index)]
            for item, index in zip(codes.items, posterior.argmax(axis=1), strict=True)}


def _by_name(names: tuple[str, ...], values: Array) -> dict[str, float]:
    return dict(zip(names, map(float, values), strict=True))


def _whole(parameters: Mapping[str, Scalar], name: str) -> int:
    number = int(parameters[name] or 0)
    if number < 1:
        raise ValueError(f"{name} must be 1 or more, got {number}")
    return number

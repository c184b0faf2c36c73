"""All measures of agreement: the only registry, and the one way to compute them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from types import MappingProxyType

from framing.agreement import coding, coefficients, matching, unitizing, unitizing_1995
from framing.agreement.codes import Codes
from framing.agreement.gamma import measure as gamma
from framing.agreement.gamma.samplers import SAMPLERS
from framing.agreement.layout import laid_out
from framing.agreement.metrics import LEVELS, check_values
from framing.agreement.overlap import overlap_within
from framing.agreement.pooling import Options, report_from
from framing.agreement.ratings import Ratings, character_ratings, code_ratings
from framing.agreement.report import Pair, Report, Scalar
from framing.agreement.statistics import Array, Key, Parameters, Solve, Statistics
from framing.agreement.study import Study

Data = Study | Codes
CHARACTERS = ("labels", "in-out")
KAPPA_WEIGHTS = ("none", "linear", "quadratic")
AC2_WEIGHTS = ("linear", "quadratic", "ordinal")
KAPPA_ANNOTATORS = 50
LAYERS = ("one", "label")


@dataclass(frozen=True)
class Measure:
    """One measure: what it accepts, what a document adds to it, how sums become a value."""

    id: str
    title: str
    count: Callable[[Data, Parameters], Statistics]
    solve: Solve
    parameters: Mapping[str, Scalar] = field(default_factory=dict)
    choices: Mapping[str, tuple[Scalar, ...]] = field(default_factory=dict)
    accepts: tuple[type, ...] = (Study, Codes)
    refuse: Callable[[Data, Parameters], str] | None = None
    detail: Callable[[tuple[Key, ...], Array], Mapping[str, object]] | None = None

    @property
    def levels(self) -> tuple[Scalar, ...]:
        """Return the levels of measurement it can take; a span measure is always nominal."""
        return self.choices.get("level", ("nominal",))


def measure(data: Data, id: str, *, pool: str = "pooled", resamples: int = 1000, seed: int = 0,
            **parameters: Scalar) -> Report:
    """Compute one measure with its interval.

    ``pool`` is ``pooled`` (sum over documents first), ``mean`` (mean of the documents' values) or
    both with a comma; the first gives ``value``. Data that cannot carry the measure give a report
    that says why; ValueError is raised only for a measure or an option that does not exist.
    """
    chosen = spec(id)
    settled = _settled(chosen, parameters)
    options = Options.checked(pool=pool, resamples=resamples, seed=seed)
    reason = _refusal(chosen, data, settled)
    statistics = None if reason else chosen.count(data, {**settled, "seed": seed})
    report = report_from(chosen.id, statistics, chosen.solve, data, options, settled, reason)
    if chosen.detail is None or statistics is None or report.refused:
        return report
    more = chosen.detail(statistics.columns, statistics.total())
    return replace(report, details={**report.details, **more})


def statistics(data: Data, id: str, *, seed: int = 0, **parameters: Scalar) -> Statistics:
    """Return what each document adds to a measure, to be stored and summed.

    Raises ValueError when the data cannot carry the measure.
    """
    chosen = spec(id)
    settled = _settled(chosen, parameters)
    reason = _refusal(chosen, data, settled)
    if reason:
        raise ValueError(reason)
    return chosen.count(data, {**settled, "seed": seed})


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
    both = [document for document, names in data.readers().items()
            if set(annotators) <= set(names)]
    return data.restricted(documents=set(both), annotators=annotators)


def spec(id: str) -> Measure:
    """Return a measure of the registry; raises ValueError that lists them for an unknown id."""
    if id not in MEASURES:
        raise ValueError(f"there is no measure '{id}'; there are: {', '.join(MEASURES)}")
    return MEASURES[id]


def _settled(chosen: Measure, given: Parameters) -> dict[str, Scalar]:
    for name, value in given.items():
        if name not in chosen.parameters:
            raise ValueError(f"{chosen.id} takes no '{name}'; it takes: "
                             f"{', '.join(chosen.parameters) or 'nothing'}")
        allowed = chosen.choices.get(name)
        if allowed is not None and value not in allowed:
            raise ValueError(f"{chosen.id} takes as {name} one of "
                             f"{', '.join(map(str, allowed))}; got '{value}'")
    return {**chosen.parameters, **given}


def _refusal(chosen: Measure, data: Data, parameters: Parameters) -> str:
    if not isinstance(data, chosen.accepts):
        needed = "spans" if Study in chosen.accepts else "codes"
        return f"{chosen.id} needs {needed}, and these data are " \
               f"{'codes' if needed == 'spans' else 'spans'}"
    return chosen.refuse(data, parameters) if chosen.refuse else ""


def _ratings(data: Data, parameters: Parameters, *, anonymous: bool = True) -> Ratings:
    if isinstance(data, Codes):
        return code_ratings(data, anonymous=anonymous)
    return character_ratings(laid_out(data), in_out=parameters["characters"] == "in-out")


def _count_alpha(data: Data, parameters: Parameters) -> Statistics:
    ratings = _ratings(data, parameters)
    nominal = parameters["level"] == "nominal"
    return coding.nominal_counts(ratings) if nominal else coding.coincidence_counts(ratings)


def _count_items(data: Data, parameters: Parameters) -> Statistics:
    return coding.item_counts(_ratings(data, parameters))


def _count_annotators(data: Data, parameters: Parameters) -> Statistics:
    return coding.pair_of_annotators_counts(_ratings(data, parameters, anonymous=False))


def _on_layout(count: Callable[..., Statistics]) -> Callable[[Data, Parameters], Statistics]:
    def counted(data: Data, _: Parameters) -> Statistics:
        return count(laid_out(_spans(data)))

    return counted


def _count_units(data: Data, parameters: Parameters) -> Statistics:
    layout = laid_out(_spans(data))
    return unitizing.count_units(layout, layered=parameters.get("layers") == "label")


def _refuse_overlap(data: Data, parameters: Parameters) -> str:
    return overlap_within(_spans(data), layered=parameters.get("layers") == "label")


def _refuse_overlap_by_label(data: Data, _parameters: Parameters) -> str:
    return overlap_within(_spans(data), layered=True)


def _spans(data: Data) -> Study:
    if not isinstance(data, Study):
        raise TypeError("this measure counts spans")
    return data


def _count_gamma(data: Data, parameters: Parameters) -> Statistics:
    return gamma.count_gamma(laid_out(_spans(data)), parameters)


def _count_gamma_labels(data: Data, parameters: Parameters) -> Statistics:
    return gamma.count_gamma_labels(laid_out(_spans(data)), parameters)


def _refuse_level(data: Data, parameters: Parameters) -> str:
    level = str(parameters.get("level", parameters.get("weights", "nominal")))
    if isinstance(data, Study):
        return "" if level in ("nominal", "none") else (
            f"characters have labels without order, so the level '{level}' does not apply to "
            "spans; use nominal")
    return check_values(list(data.labels), level)


def _refuse_kappa(data: Data, parameters: Parameters) -> str:
    many = len(data.annotators)
    if many > KAPPA_ANNOTATORS:
        return (f"kappa compares two annotators at a time and there are {many}; take alpha or "
                "AC1, which take any number")
    return _refuse_level(data, parameters)


def _refuse_more_than_two(data: Data, _parameters: Parameters) -> str:
    many = len(data.annotators)
    return "" if many <= 2 else (f"Scott's pi compares two annotators and there are {many}; take "
                                 "fleiss, or pairwise reports")


_ON_CHARACTERS: Mapping[str, Scalar] = {"characters": "labels"}
_CHARACTER_CHOICES: Mapping[str, tuple[Scalar, ...]] = {"characters": CHARACTERS}

MEASURES: Mapping[str, Measure] = MappingProxyType({m.id: m for m in (
    Measure("percent", "Share of agreeing pairs", _count_items, coefficients.solve_percent,
            _ON_CHARACTERS, _CHARACTER_CHOICES),
    Measure("alpha", "Krippendorff's alpha", _count_alpha, coefficients.solve_alpha,
            {"level": "nominal", **_ON_CHARACTERS}, {"level": LEVELS, **_CHARACTER_CHOICES},
            refuse=_refuse_level),
    Measure("kappa", "Cohen's kappa", _count_annotators, coefficients.solve_kappa,
            {"weights": "none", **_ON_CHARACTERS}, {"weights": KAPPA_WEIGHTS, **_CHARACTER_CHOICES},
            refuse=_refuse_kappa),
    Measure("scott", "Scott's pi", _count_items, coefficients.solve_fleiss,
            _ON_CHARACTERS, _CHARACTER_CHOICES, refuse=_refuse_more_than_two),
    Measure("fleiss", "Fleiss' kappa", _count_items, coefficients.solve_fleiss,
            _ON_CHARACTERS, _CHARACTER_CHOICES),
    Measure("ac1", "Gwet's AC1", _count_items, coefficients.solve_gwet,
            _ON_CHARACTERS, _CHARACTER_CHOICES),
    Measure("ac2", "Gwet's AC2", _count_items, coefficients.solve_gwet,
            {"weights": "quadratic", **_ON_CHARACTERS},
            {"weights": AC2_WEIGHTS, **_CHARACTER_CHOICES}, refuse=_refuse_level),
    Measure("s", "Bennett's S (PABAK)", _count_items, coefficients.solve_free_marginal,
            _ON_CHARACTERS, _CHARACTER_CHOICES),
    Measure("u-alpha", "Krippendorff's u-alpha", _count_units, unitizing.solve_u_alpha,
            {"layers": "one"}, {"layers": LAYERS}, (Study,), _refuse_overlap),
    Measure("bu-alpha", "Krippendorff's |u-alpha", _count_units, unitizing.solve_bu_alpha,
            {"layers": "one"}, {"layers": LAYERS}, (Study,), _refuse_overlap),
    Measure("cu-alpha", "Krippendorff's cu-alpha", _count_units, unitizing.solve_cu_alpha,
            {}, {}, (Study,), _refuse_overlap),
    Measure("ku-alpha", "Krippendorff's (k)u-alpha", _count_units, unitizing.solve_ku_alpha,
            {"label": ""}, {}, (Study,), _refuse_overlap, unitizing.ku_alpha_details),
    Measure("alpha-u-1995", "Krippendorff's alpha_U of 1995",
            _on_layout(unitizing_1995.count_units_1995), unitizing_1995.solve_u_alpha_1995,
            {}, {}, (Study,), _refuse_overlap_by_label, unitizing_1995.u_alpha_1995_details),
    Measure("gamma", "Gamma", _count_gamma, gamma.solve_gamma, gamma.DEFAULTS,
            {"sampler": SAMPLERS}, (Study,)),
    Measure("gamma-cat", "Gamma-cat", _count_gamma_labels, gamma.solve_gamma_cat, gamma.DEFAULTS,
            {"sampler": SAMPLERS}, (Study,)),
    Measure("gamma-k", "Gamma-k", _count_gamma_labels, gamma.solve_gamma_k,
            {**gamma.DEFAULTS, "label": ""}, {"sampler": SAMPLERS}, (Study,), None,
            gamma.gamma_k_details),
    Measure("f1-strict", "F1 of equal spans", _on_layout(matching.strict_counts),
            matching.solve_f1, accepts=(Study,)),
    Measure("f1-overlap", "F1 of overlapping spans", _on_layout(matching.overlap_counts),
            matching.solve_f1, accepts=(Study,)),
)})

"""All measures of agreement: the only registry."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from framing.agreement import (
    coefficients,
    competence,
    counting,
    fractional,
    ledger,
    mace,
    matching,
    muc,
    positive,
    segmented,
    structures,
    unitizing,
    unitizing_1995,
)
from framing.agreement.codes import Codes
from framing.agreement.gamma import measure as gamma
from framing.agreement.gamma.samplers import SAMPLERS
from framing.agreement.metrics import LEVELS
from framing.agreement.report import Scalar
from framing.agreement.spec import Additive, Choices, Measure, Model
from framing.agreement.study import Study

CODING = (Study, Codes)
SPANS = (Study,)

_VALUES: Mapping[str, Scalar] = {"characters": "labels"}
_VALUE_CHOICES: Choices = {"characters": ("labels", "in-out")}
_LAYERS: Choices = {"layers": ("one", "label")}
_SAMPLERS: Choices = {"sampler": SAMPLERS}

_CODING_MEASURES: tuple[Measure, ...] = (
    Additive("percent", "Share of agreeing pairs", CODING, _VALUES, _VALUE_CHOICES,
             count=counting.count_items, solve=coefficients.solve_percent),
    Additive("alpha", "Krippendorff's alpha", CODING, {"level": "nominal", **_VALUES},
             {"level": LEVELS, **_VALUE_CHOICES}, counting.refuse_level,
             count=counting.count_alpha, solve=coefficients.solve_alpha),
    Additive("kappa", "Cohen's kappa", CODING, {"weights": "none", **_VALUES},
             {"weights": ("none", "linear", "quadratic"), **_VALUE_CHOICES},
             counting.refuse_kappa, count=counting.count_annotators,
             solve=coefficients.solve_kappa),
    Additive("scott", "Scott's pi", CODING, _VALUES, _VALUE_CHOICES,
             counting.refuse_more_than_two, count=counting.count_items,
             solve=coefficients.solve_fleiss),
    Additive("fleiss", "Fleiss' kappa", CODING, _VALUES, _VALUE_CHOICES,
             count=counting.count_items, solve=coefficients.solve_fleiss),
    Additive("ac1", "Gwet's AC1", CODING, _VALUES, _VALUE_CHOICES,
             count=counting.count_items, solve=coefficients.solve_ac1),
    Additive("ac2", "Gwet's AC2", (Codes,), {"weights": "quadratic"},
             {"weights": ("linear", "quadratic", "ordinal")}, counting.refuse_level,
             count=counting.count_weighted_items, solve=coefficients.solve_ac2),
    Additive("s", "Bennett's S (PABAK)", CODING, _VALUES, _VALUE_CHOICES,
             count=counting.count_items, solve=coefficients.solve_free_marginal),
    Additive("f1-positive", "F1 of one value", (Codes,), {"label": ""}, {},
             counting.refuse_positive, count=counting.count_annotator_pairs,
             solve=positive.solve_positive),
)

_UNITIZING_MEASURES: tuple[Measure, ...] = (
    Additive("u-alpha", "Krippendorff's u-alpha", SPANS, {"layers": "one"}, _LAYERS,
             counting.refuse_overlap, count=counting.count_units,
             solve=unitizing.solve_u_alpha),
    Additive("bu-alpha", "Krippendorff's |u-alpha", SPANS, {"layers": "one"}, _LAYERS,
             counting.refuse_overlap, count=counting.count_units,
             solve=unitizing.solve_bu_alpha),
    Additive("cu-alpha", "Krippendorff's cu-alpha", SPANS, {}, {}, counting.refuse_overlap,
             count=counting.count_units, solve=unitizing.solve_cu_alpha),
    Additive("ku-alpha", "Krippendorff's (k)u-alpha", SPANS, {"label": ""}, {},
             counting.refuse_overlap, count=counting.count_units,
             solve=unitizing.solve_ku_alpha, detail=unitizing.ku_alpha_details),
    Additive("alpha-u-1995", "Krippendorff's alpha_U of 1995", SPANS, {}, {},
             counting.refuse_overlap_by_label,
             count=counting.on_layout(unitizing_1995.count_units_1995),
             solve=unitizing_1995.solve_u_alpha_1995,
             detail=unitizing_1995.u_alpha_1995_details),
    Additive("gamma", "Gamma", SPANS, gamma.DEFAULTS, _SAMPLERS,
             counting.refuse_overlap_without_labels, count=counting.count_gamma,
             solve=gamma.solve_gamma, detail=gamma.gamma_details),
    Additive("gamma-cat", "Gamma-cat", SPANS, gamma.DEFAULTS, _SAMPLERS,
             counting.refuse_overlap_of_aligned, count=counting.count_gamma_labels,
             solve=gamma.solve_gamma_cat, detail=gamma.gamma_details),
    Additive("gamma-k", "Gamma-k", SPANS, {**gamma.DEFAULTS, "label": ""}, _SAMPLERS,
             counting.refuse_overlap_of_aligned, count=counting.count_gamma_labels,
             solve=gamma.solve_gamma_k, detail=gamma.gamma_k_details),
)

_MATCHING_MEASURES: tuple[Measure, ...] = (
    Additive("f1-strict", "F1 of equal spans", SPANS,
             count=counting.on_layout(matching.strict_counts), solve=matching.solve_f1),
    Additive("f1-overlap", "F1 of overlapping spans", SPANS,
             count=counting.on_layout(matching.overlap_counts), solve=matching.solve_f1),
    Additive("f1-fractional", "F1 of shared characters", SPANS,
             count=counting.on_layout(fractional.fractional_counts), solve=matching.solve_f1),
    Additive("f1-muc", "F1 of the MUC classes", SPANS, {"scheme": "strict"},
             {"scheme": muc.SCHEMES}, counting.refuse_overlap_of_classes,
             count=counting.count_muc, solve=muc.solve_muc, detail=muc.muc_details),
    Additive("boundary-similarity", "Boundary similarity B", SPANS, {}, {},
             segmented.refuse_gaps, count=counting.on_layout(segmented.count_segmentations),
             solve=segmented.solve_b),
    Additive("segmentation-similarity", "Segmentation similarity S", SPANS, {}, {},
             segmented.refuse_gaps, count=counting.on_layout(segmented.count_segmentations),
             solve=segmented.solve_s),
    Additive("f1-triple", "F1 of annotations with roles", (structures.Structures,),
             {"match": "overlap"}, {"match": structures.MATCHES},
             count=structures.count_structures, solve=structures.solve_structures,
             detail=structures.structure_details),
    Additive("anchor-distance", "Distance of anchors in sentences", (ledger.Ledger,),
             count=ledger.count_anchor_distance, solve=ledger.solve_anchor_distance,
             detail=ledger.anchor_details),
)

_MODELS: tuple[Measure, ...] = (
    Model("dawid-skene", "Error rates of Dawid and Skene", CODING,
          {"iterations": 100, "tolerance": 1e-8}, fit=competence.fit_dawid_skene),
    Model("mace", "Trust of MACE", CODING, {"method": "vb", "restarts": 10, "iterations": 50},
          {"method": mace.METHODS}, fit=competence.fit_mace),
)

MEASURES: Mapping[str, Measure] = MappingProxyType({
    measure.id: measure
    for measure in (*_CODING_MEASURES, *_UNITIZING_MEASURES, *_MATCHING_MEASURES, *_MODELS)
})

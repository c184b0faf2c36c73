"""Between the catalog and the counts: which arrays a measure counts, and when it must refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from framing.agreement import coding, muc, unitizing
from framing.agreement.codes import Codes
from framing.agreement.gamma import measure as gamma
from framing.agreement.layout import Layout
from framing.agreement.metrics import check_values
from framing.agreement.nesting import told_apart
from framing.agreement.overlap import (
    ALIGNED_ONLY,
    WITHOUT_BETA,
    WITHOUT_CLASS,
    overlap_within,
    point_within,
)
from framing.agreement.ratings import Ratings, character_ratings, code_ratings
from framing.agreement.statistics import Parameters, Statistics
from framing.agreement.study import Study

MOST_ANNOTATORS = 50
NESTED = ("where spans of one annotator overlap, characters are compared by the labels of all "
          "spans that hold them, not only by in or out")

Data = Study | Codes


def ratings_of(data: Data, parameters: Parameters, *, anonymous: bool = True) -> Ratings:
    if isinstance(data, Codes):
        return code_ratings(data, anonymous=anonymous)
    return character_ratings(data.layout, in_out=parameters["characters"] == "in-out")


def count_alpha(data: Data, parameters: Parameters) -> Statistics:
    ratings = ratings_of(data, parameters)
    nominal = parameters["level"] == "nominal"
    counted = coding.nominal_counts(ratings) if nominal else coding.coincidence_counts(ratings)
    return _noted(counted, data, parameters)


def count_items(data: Data, parameters: Parameters) -> Statistics:
    return _noted(coding.item_counts(ratings_of(data, parameters)), data, parameters)


def count_weighted_items(data: Data, parameters: Parameters) -> Statistics:
    return coding.item_counts(ratings_of(data, parameters), weighted=True)


def count_annotators(data: Data, parameters: Parameters) -> Statistics:
    ratings = ratings_of(data, parameters, anonymous=False)
    counted = coding.annotator_counts(ratings) if parameters["weights"] == "none" \
        else coding.annotator_pair_counts(ratings)
    return _noted(counted, data, parameters)


def count_annotator_pairs(data: Data, parameters: Parameters) -> Statistics:
    return coding.annotator_pair_counts(ratings_of(data, parameters, anonymous=False))


def _noted(counted: Statistics, data: Data, parameters: Parameters) -> Statistics:
    """Say so when in / out has more than two values, because spans of one annotator overlap."""
    if isinstance(data, Codes) or parameters.get("characters") != "in-out" \
            or not overlap_within(data):
        return counted
    return replace(counted, notes=(NESTED,))


def on_layout(count: Callable[[Layout], Statistics]
              ) -> Callable[[Study, Parameters], Statistics]:
    def counted(study: Study, _: Parameters) -> Statistics:
        return count(study.layout)

    return counted


def count_units(study: Study, parameters: Parameters) -> Statistics:
    if parameters.get("layers") == "label":
        return unitizing.count_units(told_apart(study.layout), layered=True)
    return unitizing.count_units(study.layout, layered=False)


def refuse_overlap(study: Study, parameters: Parameters) -> str:
    if parameters.get("layers") == "label":
        return refuse_overlap_by_label(study, parameters)
    return overlap_within(study)


def refuse_overlap_by_label(study: Study, _parameters: Parameters) -> str:
    return overlap_within(study, layered=True) or point_within(study)


def refuse_overlap_of_aligned(study: Study, _parameters: Parameters) -> str:
    """Refuse units in units for measures that look at labels of aligned units only."""
    return overlap_within(study, because=ALIGNED_ONLY)


def refuse_overlap_without_labels(study: Study, parameters: Parameters) -> str:
    """Refuse units in units for a gamma that gives labels no weight, where labels can differ."""
    if parameters["beta"]:
        return ""
    return overlap_within(study, because=WITHOUT_BETA, several_labels=True)


def refuse_overlap_of_classes(study: Study, parameters: Parameters) -> str:
    """Refuse units in units for schemes that leave out boundaries or labels."""
    scheme = str(parameters["scheme"])
    if scheme == "strict":
        return ""
    what = "boundaries" if scheme == "type" else "labels"
    return overlap_within(study, because=WITHOUT_CLASS.format(scheme=scheme, what=what))


def count_gamma(study: Study, parameters: Parameters) -> Statistics:
    return gamma.count_gamma(study.layout, parameters)


def count_gamma_labels(study: Study, parameters: Parameters) -> Statistics:
    return gamma.count_gamma_labels(study.layout, parameters)


def count_muc(study: Study, parameters: Parameters) -> Statistics:
    return muc.muc_counts(study.layout, str(parameters["scheme"]))


def refuse_positive(codes: Codes, parameters: Parameters) -> str:
    """Refuse a label that nobody used, and a crowd, whose pairs share too little."""
    label = str(parameters["label"])
    if label not in codes.labels:
        return (f"f1-positive counts one value; give label= one of {', '.join(codes.labels)}"
                if not label else f"no code has the value '{label}'")
    return refuse_crowd(codes)


def refuse_crowd(data: Data) -> str:
    many = len(data.annotators)
    return "" if many <= MOST_ANNOTATORS else (
        f"this measure compares two annotators at a time and there are {many}; take alpha or AC1, "
        "which take any number")


def refuse_level(data: Data, parameters: Parameters) -> str:
    level = str(parameters.get("level", parameters.get("weights", "nominal")))
    if isinstance(data, Study):
        return "" if level in ("nominal", "none") else (
            f"characters have labels without order, so the level '{level}' does not apply to "
            "spans; use nominal")
    return check_values(list(data.labels), level)


def refuse_kappa(data: Data, parameters: Parameters) -> str:
    return refuse_crowd(data) or refuse_level(data, parameters)


def refuse_more_than_two(data: Data, _parameters: Parameters) -> str:
    many = len(data.annotators)
    return "" if many <= 2 else (f"Scott's pi compares two annotators and there are {many}; take "
                                 "fleiss, or pairwise reports")

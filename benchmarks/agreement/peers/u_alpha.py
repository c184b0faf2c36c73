"""u-alpha, document by document, by krippendorff-unitized-alpha."""

from krippendorff_unitized_alpha.krippendorffs_unitized_alpha import (
    EMPTY_TAG,
    KrippendorffUnitizedAlpha,
    Segment,
)


def prepare(data):
    def with_gaps(units):
        segments, place = [], 0
        for start, end, label in sorted(units):
            if start > place:
                segments.append(Segment(EMPTY_TAG, place, start))
            segments.append(Segment(str(label), start, end))
            place = end
        if place < data["length"]:
            segments.append(Segment(EMPTY_TAG, place, data["length"]))
        return segments

    lines = {}
    for document, annotator, start, end, label in data["units"]:
        lines.setdefault(document, {}).setdefault(f"a{annotator}", []).append((start, end, label))
    segments = [{name: with_gaps(units) for name, units in lines[d].items()}
                for d in range(data["documents"])]

    def run():
        return {"values": [KrippendorffUnitizedAlpha(document).result for document in segments]}

    return run, None

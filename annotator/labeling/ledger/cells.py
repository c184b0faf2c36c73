"""A judged cell as the page and history have it. Whether it is a check is in neither."""

from __future__ import annotations

from typing import Any

from annotator.labeling.models import CellOperation, JudgedCell

PLAIN = ("answer", "kind", "salience", "favours", "favours_polarity", "note", "confidence")


def as_json(cell: JudgedCell) -> dict[str, Any]:
    """Return the cell as docs/ledger-protocol.md has it."""
    return {
        "claim": str(cell.claim_id),
        **{name: getattr(cell, name) for name in PLAIN},
        "anchor": anchor_json(cell),
        "revision": cell.revision,
    }


def anchor_json(cell: JudgedCell) -> dict[str, Any] | None:
    """Return the anchor, None where it is the whole article."""
    if cell.anchor_start is None or cell.anchor_end is None:
        return None
    return {"start": cell.anchor_start, "end": cell.anchor_end, "quote": cell.anchor_quote}


def operation_json(operation: CellOperation) -> dict[str, Any]:
    return {
        "id": str(operation.pk),
        "kind": operation.kind,
        "revision": operation.revision,
        "claim": str(operation.claim_id),
        "before": operation.before,
        "after": operation.after,
        "undoes": operation.undoes and str(operation.undoes),
        "at": operation.at.isoformat(),
        "client_time": operation.client_time and operation.client_time.isoformat(),
        "tab": operation.tab,
    }

"""Which claims of an event's articles correspond: the rows of its ledger."""

from framing.alignment.aligning import align
from framing.alignment.ledger import Carries, Cell, Ledger, LedgerRow, Passage, carried_over

__all__ = ["Carries", "Cell", "Ledger", "LedgerRow", "Passage", "align", "carried_over"]

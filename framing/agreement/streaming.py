"""Measure long data in blocks of whole documents, keeping sums by document instead of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from framing.agreement.codes import Codes
from framing.agreement.ledger import Ledger
from framing.agreement.measuring import reported, spec
from framing.agreement.pooling import Extent, Options, refused
from framing.agreement.report import Report, Scalar
from framing.agreement.spec import Additive
from framing.agreement.statistics import Statistics
from framing.agreement.structures import Structures
from framing.agreement.study import Study

Way = tuple[str, Mapping[str, Scalar]]


def can_stream(ways: Iterable[Way]) -> bool:
    """Say whether each measure is a sum over documents, none of which asks for all the others.

    Claims of a ledger are those of all articles of an event, so it is not cut into blocks.
    """
    return all(isinstance(spec(id), Additive) and not parameters.get("precision")
               and spec(id).accepts != (Ledger,) for id, parameters in ways)


def measure_blocks(blocks: Iterable[Study] | Iterable[Structures], ways: Sequence[Way], *,
                   pool: str = "pooled", resamples: int = 1000, seed: int = 0) -> list[Report]:
    """Compute measures as ``measure`` does from all blocks together; no document is in two.

    The numbers are the same to the last bit. Memory grows with the documents and with one
    block's units. Raises ValueError for what ``can_stream`` denies, and for options that do not
    exist.
    """
    options = Options.checked(pool=pool, resamples=resamples, seed=seed)
    sums = [_Sums.of(*way) for way in ways]
    documents: dict[str, int] = {}
    readings: set[tuple[str, str]] = set()
    units = 0
    for block in blocks:
        documents.update(block.documents)
        readings |= block.readings
        units += Extent.of(block).n_units
        for each in sums:
            each.add(block, seed)
    bare = Study(documents, frozenset(readings), ())
    extent = replace(Extent.of(bare), n_units=units)
    return [each.report(bare, extent, options) for each in sums]


@dataclass
class _Sums:
    """What the blocks so far add to one measure, or why it is refused."""

    chosen: Additive
    settled: Mapping[str, Scalar]
    parts: list[Statistics] = field(default_factory=list)
    reason: str = ""

    @classmethod
    def of(cls, id: str, parameters: Mapping[str, Scalar]) -> _Sums:
        chosen = spec(id)
        if not isinstance(chosen, Additive) or not can_stream([(id, parameters)]):
            raise ValueError(f"{id} with these parameters needs all documents at once")
        return cls(chosen, chosen.settled(parameters))

    def add(self, block: Study | Structures, seed: int) -> None:
        self.reason = self.reason or self.chosen.refusal(block, self.settled)
        if not self.reason:
            self.parts.append(self.chosen.count(block, {**self.settled, "seed": seed}))

    def report(self, bare: Study, extent: Extent, options: Options) -> Report:
        # What coding measures refuse depends on who the annotators are, over all blocks.
        whole = self.chosen.refusal(bare, self.settled) if Codes in self.chosen.accepts else ""
        reason = self.reason or whole or extent.reason
        if reason:
            return refused(self.chosen.id, extent, options, self.settled, reason)
        return reported(self.chosen, Statistics.joined(self.parts), extent, options, self.settled)

"""What a measure is: what it accepts, what a document adds to it, how sums become a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from framing.agreement.codes import Codes
from framing.agreement.competence import Fitted
from framing.agreement.ledger import Ledger
from framing.agreement.report import Scalar
from framing.agreement.statistics import Array, Key, Parameters, Solve, Statistics
from framing.agreement.structures import Structures
from framing.agreement.study import Study

Data = Study | Codes | Structures | Ledger
Choices = Mapping[str, tuple[Scalar, ...]]

NAMES: Mapping[type, str] = {Study: "spans", Codes: "codes", Structures: "annotations with roles",
                             Ledger: "a ledger of omissions"}


@dataclass(frozen=True)
class Measure:
    """What every measure has. ``refuse`` returns why data cannot be measured, or nothing.

    ``parameters`` are its own with their defaults, ``choices`` the values some of them may take.
    """

    id: str
    title: str
    accepts: tuple[type, ...]
    parameters: Mapping[str, Scalar] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    refuse: Callable[[Any, Parameters], str] | None = None

    @property
    def levels(self) -> tuple[Scalar, ...]:
        """Return the levels of measurement it can take; without a choice it is nominal."""
        return self.choices.get("level", ("nominal",))

    def settled(self, given: Parameters) -> dict[str, Scalar]:
        """Fill in defaults; raises ValueError for a parameter or a value that does not exist."""
        for name, value in given.items():
            if name not in self.parameters:
                raise ValueError(f"{self.id} takes no '{name}'; it takes: "
                                 f"{', '.join(self.parameters) or 'nothing'}")
            allowed = self.choices.get(name)
            if allowed is not None and value not in allowed:
                raise ValueError(f"{self.id} takes as {name} one of "
                                 f"{', '.join(map(str, allowed))}; got '{value}'")
        return {**self.parameters, **given}

    def refusal(self, data: Data, parameters: Parameters) -> str:
        """Return a sentence when these data cannot carry the measure, whatever is in them."""
        if not isinstance(data, self.accepts):
            needed = " or ".join(NAMES[kind] for kind in self.accepts)
            return f"{self.id} needs {needed}, and these data are {NAMES[type(data)]}"
        return self.refuse(data, parameters) if self.refuse else ""


@dataclass(frozen=True, kw_only=True)
class Additive(Measure):
    """A measure that is a function of sums over documents; ``detail`` reads more from the sums."""

    count: Callable[[Any, Parameters], Statistics]
    solve: Solve
    detail: Callable[[tuple[Key, ...], Array], Mapping[str, object]] | None = None


@dataclass(frozen=True, kw_only=True)
class Model(Measure):
    """A model of the annotators, fitted to all data at once."""

    fit: Callable[[Any, Parameters], Fitted]

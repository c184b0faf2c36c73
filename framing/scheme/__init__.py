"""The codebook as data: what can be annotated, how it is decided, and with which key."""

from framing.scheme.keys import RESERVED, expand
from framing.scheme.library import (
    SchemeError,
    as_dict,
    from_dict,
    load,
    parse,
    reopen,
    shipped,
    source,
)
from framing.scheme.model import (
    Attribute,
    Device,
    LabelDef,
    Preset,
    Role,
    Rule,
    Scheme,
    UnknownNameError,
    Value,
)

__all__ = [
    "RESERVED",
    "Attribute",
    "Device",
    "LabelDef",
    "Preset",
    "Role",
    "Rule",
    "Scheme",
    "SchemeError",
    "UnknownNameError",
    "Value",
    "as_dict",
    "expand",
    "from_dict",
    "load",
    "parse",
    "reopen",
    "shipped",
    "source",
]

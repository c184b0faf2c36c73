"""Reasons name outlets; whether a reader may know them is decided when the reason is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import ascii_uppercase

from annotator.corpus.models import Article, Outlet

_OUTLET = re.compile(r"\[outlet (\d+)\]|\[no outlet (\d+)\]")


def stand_in(article: Article) -> str:
    """Return what reasons call the outlet of an article; articles without one have one each."""
    return f"[outlet {article.outlet_id}]" if article.outlet_id else f"[no outlet {article.pk}]"


def names_in(reasons: Iterable[str]) -> dict[str, str]:
    """Return the names of all outlets that the reasons speak of."""
    ids = {match[1] for reason in reasons for match in _OUTLET.finditer(reason) if match[1]}
    return {
        str(pk): name for pk, name in Outlet.objects.filter(pk__in=ids).values_list("pk", "name")
    }


def readable(reason: str, *, names: Mapping[str, str] | None) -> str:
    """Return the reason with outlets by name, or by letter for whoever must not know them."""
    letters: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        if names is not None:
            return names.get(match[1] or "", "an outlet without a name")
        number = len(letters)
        suffix = str(number // 26) if number >= 26 else ""
        return letters.setdefault(match[0], f"outlet {ascii_uppercase[number % 26]}{suffix}")

    return _OUTLET.sub(name, reason)

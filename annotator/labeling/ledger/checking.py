"""What is wrong with an answer to a claim, by the codebook of the project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Article
from annotator.labeling.models import JudgedCell
from framing.problems import Problem
from framing.scheme import Device, Scheme

Answer = JudgedCell.Answer


def document_device(scheme: Scheme) -> Device | None:
    """Return the device of whole articles, which is that of omissions."""
    return next((device for device in scheme.devices if device.unit == "document"), None)


def problems(article: Article, content: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with an answer."""
    if content.get("answer") not in set(Answer):
        known = ", ".join(Answer)
        yield Problem("cell.answer", f"{content.get('answer')!r} is no answer.", f"Known: {known}.")
        return
    scheme = scheme_of(article.project.codebook)
    yield from _confidence(scheme, content.get("confidence", ""))
    details = ("kind", "salience", "favours", "favours_polarity", "anchor")
    given = [name for name in details if content.get(name)]
    if content["answer"] != Answer.OMITTED:
        if given:
            yield Problem(
                f"cell.{given[0]}", "belongs to an omission.", "Leave it out, or answer omitted."
            )
        return
    yield from _unknown(scheme, content)
    anchor = content.get("anchor")
    if anchor and not _reads(article.text, anchor):
        yield Problem("cell.anchor", "does not read as quoted.", "Reload the page and set it anew.")


def _reads(text: str, anchor: Mapping[str, Any]) -> bool:
    start, end = anchor["start"], anchor["end"]
    return bool(0 <= start <= end <= len(text) and text[start:end] == anchor["quote"])


def _unknown(scheme: Scheme, content: Mapping[str, Any]) -> Iterator[Problem]:
    device = document_device(scheme)
    labels = [label.id for label in (device.labels if device else ()) if label.enabled]
    values = {
        attribute.id: [value.id for value in attribute.values]
        for attribute in (device.attributes if device else ())
    }
    known = {
        "kind": labels,
        "salience": values.get("salience", []),
        "favours_polarity": values.get("favours_polarity", []),
    }
    for name, ids in known.items():
        if content.get(name) and str(content[name]) not in ids:
            yield _not_in_codebook(name, content[name], ids)
    if content.get("favours") and "favours" not in values:
        yield _not_in_codebook("favours", content["favours"], [])


def _confidence(scheme: Scheme, value: str) -> Iterator[Problem]:
    grades = [grade.id for grade in scheme.confidence]
    if value and grades and value not in grades:
        yield _not_in_codebook("confidence", value, grades)


def _not_in_codebook(name: str, value: object, ids: Sequence[str]) -> Problem:
    remedy = f"It has {', '.join(ids)}." if ids else "Leave it out."
    return Problem(f"cell.{name}", f"{value!r} is not in the codebook.", remedy)

"""Agreement of a project's annotators, as the page shows it and as a run keeps it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from django.db import transaction

from annotator.accounts.models import User
from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Project
from annotator.research import datasets, ledger
from annotator.research.models import AgreementRun
from framing.agreement import Report, Study, measure, pairwise
from framing.annotations import Annotation, Reading
from framing.documents import Document
from framing.scheme import Device

RESAMPLES = 1000
SEED = 7


@dataclass(frozen=True)
class Layer:
    """One thing that annotators can agree on: a device, or one role of it."""

    device: str
    role: str | None
    title: str


@dataclass(frozen=True)
class Choice:
    """One measure as it is shown, with its parameters."""

    id: str
    title: str
    parameters: tuple[tuple[str, str], ...] = ()


CHOICES = (
    Choice("alpha", "Characters in or out, nominal α", (("characters", "in-out"),)),
    Choice("f1-strict", "Equal spans, F1"),
    Choice("f1-overlap", "Overlapping spans, F1"),
)


def agreement(project: Project, *, named: bool) -> list[dict[str, Any]]:
    """Return one group a device, each with its rows and pairs; reports as plain data.

    ``named`` shows people's names in the pairs, otherwise their pseudonyms.
    """
    documents, annotations, readings = _records(project, named=named)
    groups = []
    for device in scheme_of(project.codebook).devices:
        layers = [
            (layer, _study(layer, documents, annotations, readings)) for layer in _layers(device)
        ]
        groups.append(
            {
                "device": device.id,
                "name": device.name,
                "family": device.family,
                "rows": [row for layer, study in layers for row in _rows(layer, study)],
                "pairs": _pairs(layers[0][1]),
            }
        )
    return groups


@transaction.atomic
def do_freeze(*, project: Project, actor: User) -> AgreementRun:
    """Keep the numbers of this moment with a fingerprint of the data behind them."""
    return AgreementRun.objects.create(
        project=project,
        codebook=project.codebook,
        created_by=actor,
        data_sha256=data_fingerprint(project),
        parameters={"resamples": RESAMPLES, "seed": SEED},
        reports=agreement(project, named=False),
        ledger=ledger.summary(project),
        ledger_sha256=_fingerprint(partial(ledger.write, project, kind="jsonl")),
    )


def data_fingerprint(project: Project) -> str:
    """Return the SHA-256 of the exported dataset."""
    return _fingerprint(partial(datasets.write, project))


def _fingerprint(write: Callable[[BinaryIO], object]) -> str:
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _records(
    project: Project, *, named: bool
) -> tuple[list[Document], list[Annotation], list[Reading]]:
    documents: list[Document] = []
    annotations: list[Annotation] = []
    readings: list[Reading] = []
    for block in datasets.blocks(project, named=named):
        documents += [item for item in block if isinstance(item, Document)]
        annotations += [item for item in block if isinstance(item, Annotation)]
        readings += [item for item in block if isinstance(item, Reading)]
    return documents, annotations, readings


def _layers(device: Device) -> list[Layer]:
    own = [role for role in device.roles if not role.sibling]
    whole = Layer(device.id, None if len(own) > 1 else own[0].id, "")
    if len(own) == 1:
        return [whole]
    return [whole, *(Layer(device.id, role.id, role.name) for role in own)]


def _study(
    layer: Layer,
    documents: list[Document],
    annotations: list[Annotation],
    readings: list[Reading],
) -> Study:
    return Study.from_annotations(
        documents, annotations, readings, device=layer.device, role=layer.role
    )


def _rows(layer: Layer, study: Study) -> list[dict[str, Any]]:
    rows = []
    for choice in CHOICES:
        report = measure(
            study, choice.id, resamples=RESAMPLES, seed=SEED, **dict(choice.parameters)
        )
        title = f"{layer.title}: {choice.title}" if layer.title else choice.title
        rows.append({"title": title, "role": layer.role, "report": report.as_dict()})
    return rows


def _pairs(study: Study) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Report]] = {}
    for choice in CHOICES:
        reports = pairwise(study, choice.id, resamples=0, seed=SEED, **dict(choice.parameters))
        for pair, report in reports.items():
            found.setdefault(pair, {})[choice.id] = report
    return [
        {
            "annotators": list(pair),
            "reports": [reports[choice.id].as_dict() for choice in CHOICES],
        }
        for pair, reports in found.items()
    ]

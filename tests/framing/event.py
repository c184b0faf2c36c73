"""One small event of four articles: three outlets and a reprint."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from framing.detectors.pipeline import Pipeline
from framing.documents import Document

HARBOUR = """Crane topples in Lisk harbour

A crane fell onto the pier in Lisk on Monday and crushed two containers. Nobody was on board.
The operator Norcal had been fined 40,000 crowns for a worn cable in May. \
Harbour master Ida Brandt closed the western pier until Friday.

Some 300 lorries wait at the gate. A choir sang for the drivers in the evening."""

PORT = """Norcal crane falls on containers

In Lisk a crane fell onto the pier on Monday. Two containers were crushed under it. \
Some 300 lorries were waiting at the gate on Tuesday.

Ida Brandt, the harbour master, said the western pier would be closed until Friday. \
In May the operator Norcal had been fined 40,000 crowns because of a worn cable."""

SHORT = """Accident at the harbour

Two containers were crushed when a crane fell onto the pier in Lisk on Monday. \
The western pier is closed until Friday, harbour master Ida Brandt said.

About 300 lorries wait at the gate. Norcal says that it trains its people every month."""


def document(id: str, text: str, outlet: str, published: str = "2022-03-08",
             **more: str) -> Document:
    return Document(id=id, text=text, outlet=outlet, event="crane", published=published, **more)


A = document("a", HARBOUR, "Lisk Herald")
B = document("b", PORT, "Port Gazette")
C = document("c", SHORT, "Norcal Today")
REPRINT = document("r", HARBOUR.replace("evening.", "night."), "Island Mirror")


def parsed(pipeline: Pipeline, documents: Sequence[Document]) -> dict[str, Doc]:
    return {d.id: pipeline.parse(d.text) for d in documents}

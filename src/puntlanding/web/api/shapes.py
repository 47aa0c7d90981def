"""What the addresses answer with, for the OpenAPI document. Names are those of the JSON contract."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import ConfigDict


class JaarVorm(Schema):
    jaar: int


class JarenVorm(Schema):
    jaren: list[JaarVorm]


class VersieVorm(Schema):
    """``soort`` and ``toestand`` by their names in the program, which do not depend on the language."""

    soort: str
    nummer: int
    toestand: str
    inhoud: str
    bestanden: str
    gemaakt_op: datetime
    akkoord: list[str]


class VersiesVorm(Schema):
    jaar: int
    versies: list[VersieVorm]


class TabelVorm(Schema):
    """As `puntlanding … --json`."""

    model_config = ConfigDict(extra="allow")
    vakgroepen: list[dict[str, Any]]
    totaal: dict[str, Any]


class FoutVorm(Schema):
    bestand: str | None
    rij: int | None
    kolom: str | None
    waarde: str | None
    melding: str


class FoutenVorm(Schema):
    fouten: list[FoutVorm]

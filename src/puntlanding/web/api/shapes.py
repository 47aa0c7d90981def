"""What the addresses answer with, for the OpenAPI document. Names are those of the JSON contract."""

from __future__ import annotations

from datetime import date, datetime
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


class PrognoseVorm(Schema):
    """As `puntlanding forecast --json`, with what stands below the groups."""

    model_config = ConfigDict(extra="allow")
    bekend_op: str
    totaal: dict[str, Any]
    vakgroepen: list[dict[str, Any]]
    onderverdeling: list[dict[str, Any]]


class GebeurtenisVorm(Schema):
    """``vakgroep`` null: all groups. ``capaciteit``: a share of the usual."""

    van: date
    tot: date
    vakgroep: str | None
    capaciteit: str
    reden: str


class GebeurtenissenVorm(Schema):
    jaar: int
    gebeurtenissen: list[GebeurtenisVorm]

"""The documented field map of HiX: where each of our columns comes from, what is done on the way, what HiX does not carry."""

from __future__ import annotations

from puntlanding.intake.base import Absent, Field

_DBC, _SESSION, _CODING = "EPISODE_DBCPER", "FAKTUUR_VERRICHT", "FAKTUUR_VERRSEC"
_DAY_NL, _DAY_EN = "Het tijdstip vervalt.", "The time of day is dropped."
_DOCTOR_NL = "De arts opgezocht in CSZISLIB_ARTS (SPECIALISM), en dat in CSZISLIB_SPEC (COTGCODE, de AGB-code)."
_DOCTOR_EN = "The doctor looked up in CSZISLIB_ARTS (SPECIALISM), and that in CSZISLIB_SPEC (COTGCODE, the AGB code)."


def _zeros(width: int) -> tuple[str, str]:
    return f"Aangevuld met voorloopnullen tot {width} tekens.", f"Leading zeros are added up to {width} characters."


FIELDS = (
    Field(
        "subtrajecten.subtraject_id",
        f"{_DBC}.DBCNUMMER",
        "C",
        "Subtrajecten met VERVALLEN = 1 en met het lokale zorgtype W zijn weggelaten en geteld.",
        "Trajectories with VERVALLEN = 1 and of the local care type W are left out and counted.",
    ),
    Field("subtrajecten.zorgtraject_id", f"{_DBC}.EPISODE"),
    Field(
        "subtrajecten.patient",
        "EPISODE_EPISODE.PATIENTNR",
        "C",
        "Het zorgtraject opgezocht met EPISODE.",
        "The care path looked up with EPISODE.",
    ),
    Field(
        "subtrajecten.specialisme",
        f"{_DBC}.SPECIALISM",
        "C",
        "De lokale code opgezocht in CSZISLIB_SPEC; COTGCODE is de AGB-code. Een onbekende code blijft leeg en wordt gemeld.",
        "The local code looked up in CSZISLIB_SPEC; COTGCODE is the AGB code. An unknown one stays empty and is reported.",
    ),
    Field("subtrajecten.diagnose", f"{_DBC}.HOOFDDIAG", "C", *_zeros(4)),
    Field("subtrajecten.zorgtype", f"{_DBC}.ZORGTYPE", "C", *_zeros(2)),
    Field("subtrajecten.openingsdatum", f"{_DBC}.BEGINDAT", "C", _DAY_NL, _DAY_EN),
    Field(
        "subtrajecten.sluitdatum",
        f"{_DBC}.EINDDAT",
        "C",
        "Leeg of NULL: het subtraject is nog open; STATUS wordt niet gebruikt. Het tijdstip vervalt.",
        "Empty or NULL: the trajectory is still open; STATUS is not used. The time of day is dropped.",
    ),
    Field("subtrajecten.afsluitreden", f"{_DBC}.AFSLUIT", "D", *_zeros(2)),
    Field("subtrajecten.zorgproduct", f"{_DBC}.ZORGPROD", "C", *_zeros(9)),
    Field(
        "subtrajecten.declaratiecode",
        f"{_DBC}.DECLCODE",
        "C",
        "Leeg als de kolom niet is geëxporteerd.",
        "Empty where the column was not exported.",
    ),
    Field(
        "subtrajecten.verzekeraar",
        f"{_DBC}.VERZEKERIN",
        "I",
        "De code van de verzekeraar zoals het ziekenhuis haar in HiX heeft staan; alleen als dat de UZOVI-code is, sluit zij "
        "aan op andere vormen. Leeg als de kolom niet is geëxporteerd.",
        "The insurer's code as the hospital has it in HiX; it links to other formats only where that is the UZOVI code. Empty "
        "where the column was not exported.",
    ),
    Field(
        "subtrajecten.geboortejaar",
        "PATIENT_PATIENT.GEBDAT",
        "C",
        "Alleen het jaar, opgezocht met PATIENTNR; de datum zelf wordt nergens bewaard.",
        "The year only, looked up with PATIENTNR; the date itself is kept nowhere.",
    ),
    Field(
        "subtrajecten.geslacht",
        "PATIENT_PATIENT.GESLACHT",
        "I",
        "Opgezocht met PATIENTNR. M, man of 1 wordt M; V, vrouw, F of 2 wordt V; O, onbekend, 0 of 9 wordt O.",
        "Looked up with PATIENTNR. M, man or 1 becomes M; V, vrouw, F or 2 becomes V; O, onbekend, 0 or 9 becomes O.",
    ),
    Field(
        "zorgactiviteiten.subtraject_id",
        f"{_SESSION}.CASENR",
        "C",
        "Verrichtingen zonder CASENR, of van een weggelaten subtraject, zijn weggelaten en geteld. FAKTUUR_VERRICHT en "
        "FAKTUUR_VERRSEC horen bij elkaar met ID; wat in één van de twee ontbreekt, wordt gemeld.",
        "Activities without CASENR, or of a trajectory left out, are left out and counted. FAKTUUR_VERRICHT and "
        "FAKTUUR_VERRSEC belong together by ID; what is missing in one of them is reported.",
    ),
    Field(
        "zorgactiviteiten.za_code",
        f"{_CODING}.CTGCODE",
        "D",
        "Regels met een declaratiecode (14 tot en met 17 vooraan) of zonder CTGCODE zijn geen zorgactiviteit: weggelaten en "
        "geteld. Aangevuld met voorloopnullen tot 6 tekens.",
        "Lines with a claim code (14 to 17 in front) or without CTGCODE are no activity: left out and counted. Leading zeros "
        "are added up to 6 characters.",
    ),
    Field("zorgactiviteiten.datum", f"{_SESSION}.DATUM", "C", _DAY_NL, _DAY_EN),
    Field(
        "zorgactiviteiten.aantal",
        f"{_CODING}.AANTAL",
        "C",
        "Regels waarin de vierde plaats van CORRECTIE 1 is, zijn weggelaten en geteld.",
        "Lines in which the fourth place of CORRECTIE is 1 are left out and counted.",
    ),
    Field("zorgactiviteiten.specialisme_uitvoerder", f"{_SESSION}.UITVOERDER", "D", _DOCTOR_NL, _DOCTOR_EN),
    Field(
        "zorgactiviteiten.specialisme_aanvrager",
        f"{_SESSION}.AANVRAGER",
        "D",
        f"{_DOCTOR_NL} Een aanvrager van buiten, zoals een huisarts, blijft leeg en wordt geteld.",
        f"{_DOCTOR_EN} A requester from outside, such as a general practitioner, stays empty and is counted.",
    ),
)

_RECORDED_NL = "Deze tabellen zeggen niet wanneer iets is vastgelegd; bewaar daarom elke maandlevering met haar datum."
_RECORDED_EN = "These tables do not say when something was recorded; so keep every monthly delivery with its date."

ABSENT = (
    Absent(
        "subtrajecten.verzekeraar",
        "HiX heeft de eigen code van het ziekenhuis, die niet de UZOVI-code hoeft te zijn.",
        "HiX has the hospital's own code, which need not be the UZOVI code.",
    ),
    Absent("subtrajecten.geregistreerd_op", _RECORDED_NL, _RECORDED_EN),
    Absent(
        "subtrajecten.product_bekend_op",
        "HiX heeft de factuurdatum (FAKTUURDAT); die ligt na de dag waarop het zorgproduct bekend werd en wordt niet gebruikt.",
        "HiX has the invoice date (FAKTUURDAT); it lies after the day on which the product became known and is not used.",
    ),
    Absent("zorgactiviteiten.geregistreerd_op", _RECORDED_NL, _RECORDED_EN),
)

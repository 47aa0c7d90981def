"""What hospitals call our columns, and how their values look: what a guess is made from.

Names are as met in public descriptions of hospital exports and in common Dutch usage, in letters and digits only. They are
suggestions to a user who corrects them, so a wrong one costs a look and no money.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from puntlanding.intake.convert import SEXES, to_date
from puntlanding.records.tables import TableName

_TRAJECTORY = "subtrajectid subtrajectnr subtrajectnummer subtraject subtrajectkey dbcnummer dbcnr dbcid dbctrajectnummer dbctrajectid subtrajectnrdbc"
_INSTITUTION = (
    "instelling agbinstelling instellingscode instellingcode agbcodeinstelling agbcode agb ziekenhuis ziekenhuiscode"
)
_RECORDED = "geregistreerdop registratiedatum datumregistratie aanmaakdatum invoerdatum datuminvoer vastgelegdop mutatiedatum ingevoerd ingevoerdop"
_PATIENT = "patient patientid patientnr patientnummer patnr patid ptnr pid clientnummer clientnr patientkey zisnummer patientcode"
_BIRTH_DATE = "geboortedatum gebdat gebdatum geboortedat datumgeboorte"
_SEX = "geslacht sexe sex geslachtscode geslachtcode gender mv"
_INSURER = "verzekeraar uzovi uzovicode uzovinr uzovinummer verzekeraarscode verzekeraarcode zorgverzekeraar"

NAMES: Mapping[str, Mapping[str, str]] = {
    TableName.TRAJECTORIES: {
        "subtraject_id": _TRAJECTORY,
        "zorgtraject_id": "zorgtrajectid zorgtrajectnr zorgtrajectnummer zorgtraject zorgtrajectkey ztnr ztnummer episode episodeid episodenr episodenummer",
        "patient": _PATIENT,
        "specialisme": "specialisme specialismecode specialismeagb agbspecialisme spec speccode poortspecialisme hoofdspecialisme behandelendspecialisme dbcspecialisme",
        "diagnose": "diagnose diagnosecode dbcdiagnose dbcdiagnosecode diag diagcode hoofddiagnose hoofddiagnosecode typerendediagnose diagn",
        "zorgtype": "zorgtype zorgtypecode zt ztype",
        "openingsdatum": "openingsdatum opendatum openingsdat begindatum begindat startdatum startdat ingangsdatum datumopening begindatumsubtraject startdatumsubtraject begindatumdbc startdatumdbc dbcbegindatum dbcstartdatum openingsdatumsubtraject",
        "sluitdatum": "sluitdatum sluitingsdatum afsluitdatum einddatum einddat datumsluiting datumafsluiting einddatumsubtraject sluitdatumsubtraject einddatumdbc sluitdatumdbc dbceinddatum",
        "afsluitreden": "afsluitreden afsluitredencode afsluitcode sluitreden sluitredencode redenafsluiting redensluiting redensluitingcode",
        "zorgproduct": "zorgproduct zorgproductcode dbczorgproduct dbczorgproductcode zpcode productcode afgeleidzorgproduct",
        "declaratiecode": "declaratiecode declcode declaratie tariefcode",
        "verzekeraar": _INSURER,
        "geboortejaar": "geboortejaar gebjaar jaarvangeboorte",
        "geboortedatum": _BIRTH_DATE,
        "geslacht": _SEX,
        "geregistreerd_op": _RECORDED,
        "product_bekend_op": "productbekendop afleidingsdatum datumafleiding afleiddatum grouperdatum datumgrouper productdatum afgeleidop",
        "instelling": _INSTITUTION,
    },
    TableName.ACTIVITIES: {
        "subtraject_id": _TRAJECTORY,
        "za_code": "zacode za zorgactiviteit zorgactiviteitcode zorgactiviteitscode verrichting verrichtingcode verrichtingscode activiteitcode ctgcode nzacode prestatiecode",
        "datum": "datum uitvoerdatum uitvoeringsdatum datumuitvoering verrichtingdatum verrichtingsdatum datumverrichting activiteitdatum zadatum verrdat verrdatum",
        "aantal": "aantal hoeveelheid aantaluitgevoerd aant",
        "specialisme_uitvoerder": "specialismeuitvoerder uitvoerendspecialisme uitvoerendspecialismecode uitvoerder uitvspec specuitvoerder uitvoerendspec agbuitvoerder uitgevoerddoor",
        "specialisme_aanvrager": "specialismeaanvrager aanvragendspecialisme aanvragendspecialismecode aanvrager aanvrspec specaanvrager aanvragendspec agbaanvrager aangevraagddoor",
        "geregistreerd_op": _RECORDED,
        "instelling": _INSTITUTION,
    },
    "patienten": {
        "patient": _PATIENT,
        "geboortejaar": "geboortejaar gebjaar jaarvangeboorte",
        "geboortedatum": _BIRTH_DATE,
        "geslacht": _SEX,
        "verzekeraar": _INSURER,
    },
}

# Local letters for specialisms in common use [M: from memory]; a draft calls them a guess.
SPECIALISMS: Mapping[str, str] = {
    "oog": "0301", "kno": "0302", "chi": "0303", "hlk": "0303", "plc": "0304", "pla": "0304", "ort": "0305",
    "uro": "0306", "gyn": "0307", "nch": "0308", "der": "0310", "int": "0313", "kin": "0316", "mdl": "0318",
    "car": "0320", "lon": "0322", "reu": "0324", "all": "0326", "rev": "0327", "ctc": "0328", "psy": "0329",
    "neu": "0330", "ger": "0335", "kge": "0335", "rth": "0361", "rad": "0362", "nuc": "0363", "ane": "0389",
    "klg": "0390",
}  # fmt: skip
CARE_TYPES: Mapping[str, str] = {"r": "11", "regulier": "11", "initieel": "11", "v": "21", "vervolg": "21"}
_SPECIALISM = re.compile(r"0?3\d\d|84\d\d|1[19]00")


def letters(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.lower())


def _share(values: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(value)) for value in values) / len(values)


def _matches(pattern: str) -> Callable[[Sequence[str]], float]:
    compiled = re.compile(pattern)
    return lambda values: _share(values, compiled.fullmatch)


def _dates(values: Sequence[str]) -> float:
    import polars as pl

    return to_date(pl.Series(values)).count() / len(values)


def _specialisms(values: Sequence[str]) -> float:
    return _share(values, lambda value: _SPECIALISM.fullmatch(value) or value.lower() in SPECIALISMS)


def _sexes(values: Sequence[str]) -> float:
    return _share(values, lambda value: sex(value) is not None) if len(set(values)) <= 10 else 0.0


def sex(value: str) -> str | None:
    """M, V or O for what stands there; None where it is not even a guess."""
    text = value.lower()
    return SEXES.get(text) or {"m": "M", "v": "V", "f": "V", "w": "V", "o": "O"}.get(text[:1])


_NUMBER = r".*\d.*"
# The share of the filled values that look like the column's.
FITS: Mapping[str, Callable[[Sequence[str]], float]] = {
    "subtraject_id": _matches(_NUMBER),
    "zorgtraject_id": _matches(_NUMBER),
    "patient": _matches(_NUMBER),
    "specialisme": _specialisms,
    "diagnose": _matches(r"[A-Za-z]?\d{1,4}"),
    "zorgtype": lambda values: _share(values, lambda v: re.fullmatch(r"[1-5]\d", v) or v.lower() in CARE_TYPES),
    "openingsdatum": _dates,
    "sluitdatum": _dates,
    "afsluitreden": _matches(r"\d{1,2}"),
    "zorgproduct": _matches(r"\d{8,9}"),
    "declaratiecode": _matches(r"1[4-7][0-9A-Za-z]{4}"),
    "verzekeraar": _matches(r"\d{1,4}"),
    "geboortejaar": _matches(r"(19|20)\d\d"),
    "geboortedatum": _dates,
    "geslacht": _sexes,
    "geregistreerd_op": _dates,
    "product_bekend_op": _dates,
    "instelling": _matches(r"0?\d{7}"),
    "za_code": _matches(r"[0-3]?\d{5}"),
    "datum": _dates,
    "aantal": _matches(r"-?\d{1,4}([.,]0+)?"),
    "specialisme_uitvoerder": _specialisms,
    "specialisme_aanvrager": _specialisms,
}
DATES = frozenset(name for name, fits in FITS.items() if fits is _dates)
# What may be known by its values alone, where no name says so.
TELLING = ("zorgproduct", "za_code", "declaratiecode", "specialisme", "geslacht")

"""What of a ZH308 record becomes what of ours, and what the format does not carry. Source: data-facts §5.3."""

from __future__ import annotations

from puntlanding.intake.base import Absent, Field
from puntlanding.intake.zh308_fields import ACTIVITY, FIELDS, INSURED, PERFORMANCE
from puntlanding.intake.zh308_tidy import Rule, Taken

# Canonical column → field. Record 01 gives the insurer, 02 the person, 04 the trajectory.
TRAJECTORIES: dict[str, Taken] = {
    "subtraject_id": Taken("0419", Rule.TEXT, shown=False),
    "zorgtraject_id": Taken("0415", Rule.TEXT, shown=False),
    "patient": Taken("0203", Rule.NUMBER, shown=False),
    "specialisme": Taken("0439", Rule.NUMBER),
    "diagnose": Taken("0431", Rule.CODE, 4),
    "zorgtype": Taken("0427", Rule.CODE, 2),
    "openingsdatum": Taken("0411", Rule.DAY),
    "sluitdatum": Taken("0412", Rule.DAY),
    "afsluitreden": Taken("0418", Rule.TEXT),
    "zorgproduct": Taken("0414", Rule.TEXT),
    "declaratiecode": Taken("0410", Rule.TEXT),
    "verzekeraar": Taken("0108", Rule.NUMBER),
    "geboortejaar": Taken("0207", Rule.NUMBER, shown=False),
    "geslacht": Taken("0208", Rule.SEX),
}
PEOPLE = {name: TRAJECTORIES[name] for name in ("patient", "geboortejaar", "geslacht")}
INSTITUTION = Taken("0440", Rule.NUMBER)

ACTIVITIES: dict[str, Taken] = {
    "subtraject_id": Taken("0419", Rule.TEXT, shown=False),
    "za_code": Taken("1611", Rule.CODE, 6),
    "datum": Taken("1612", Rule.DAY),
    "aantal": Taken("1614", Rule.QUANTITY),
    "specialisme_uitvoerder": Taken("1618", Rule.NUMBER),
}
SIGN_OF_ACTIVITY = Taken("1619", Rule.TEXT)

# What is cut out of the records of each kind; with the institution and the sign, which are no columns of ours.
CUT = {
    INSURED: tuple(PEOPLE.values()),
    PERFORMANCE: (*(one for one in TRAJECTORIES.values() if FIELDS[one.number].record == PERFORMANCE), INSTITUTION),
    ACTIVITY: (*(one for one in ACTIVITIES.values() if FIELDS[one.number].record == ACTIVITY), SIGN_OF_ACTIVITY),
}

# ours → rule in Dutch and English, how sure the reading is where that is less than its position
_RULES: dict[str, tuple[str, str, str | None]] = {
    "subtrajecten.subtraject_id": (
        "een prestatie zonder subtrajectnummer is geen subtraject: geteld, niet geladen",
        "a performance without trajectory number is no trajectory: counted, not loaded",
        None,
    ),
    "subtrajecten.patient": ("het bsn; alleen nullen is leeg", "the BSN; nothing but zeros is empty", None),
    "subtrajecten.diagnose": (
        "zonder voorloopnullen hoogstens vier tekens, aangevuld tot vier",
        "without leading zeros at most four characters, filled up to four",
        "I",
    ),
    "subtrajecten.zorgtype": (
        "zonder voorloopnullen hoogstens twee tekens",
        "without leading zeros at most two characters",
        "I",
    ),
    "subtrajecten.openingsdatum": (
        "een prestatie met debet en credit vervalt; van debet, credit, debet blijft de laatste",
        "a performance with debit and credit is dropped; of debit, credit, debit the last one stays",
        None,
    ),
    "subtrajecten.verzekeraar": ("van het voorlooprecord", "of the header record", None),
    "subtrajecten.geboortejaar": ("alleen het jaar wordt gelezen", "only the year is read", None),
    "subtrajecten.geslacht": ("1 M, 2 V, 0 en 9 onbekend", "1 M, 2 V, 0 and 9 unknown", None),
    "zorgactiviteiten.subtraject_id": (
        "van het prestatierecord erboven",
        "of the performance record above it",
        None,
    ),
    "zorgactiviteiten.za_code": (
        "zonder voorloopnullen hoogstens zes tekens, aangevuld tot zes",
        "without leading zeros at most six characters, filled up to six",
        "I",
    ),
    "zorgactiviteiten.aantal": (
        "negatief waar 1619 credit is",
        "negative where 1619 says credit",
        None,
    ),
}


def _field(ours: str, taken: Taken) -> Field:
    nl, en, status = _RULES.get(ours, ("", "", None))
    return Field(ours, taken.label, status or FIELDS[taken.number].status, nl, en)


MAP: tuple[Field, ...] = (
    *(_field(f"subtrajecten.{name}", one) for name, one in TRAJECTORIES.items()),
    *(_field(f"zorgactiviteiten.{name}", one) for name, one in ACTIVITIES.items()),
)

ABSENT: tuple[Absent, ...] = (
    Absent(
        "subtrajecten.geregistreerd_op",
        "een declaratie zegt niet wanneer het subtraject is vastgelegd",
        "a declaration does not say when the trajectory was recorded",
    ),
    Absent(
        "subtrajecten.product_bekend_op",
        "een declaratie zegt niet wanneer het zorgproduct is afgeleid",
        "a declaration does not say when the product was derived",
    ),
    Absent(
        "subtrajecten.sluitdatum",
        "open subtrajecten staan niet in declaraties: alles is gesloten en gefactureerd, en niet-declarabele subtrajecten ontbreken",
        "open trajectories are not in declarations: all are closed and invoiced, and those that cannot be declared are missing",
    ),
    Absent(
        "subtrajecten.patient",
        "er is alleen een bsn, geen patiëntnummer van het ziekenhuis: andere pseudoniemen dan in andere vormen",
        "there is a BSN only, no patient number of the hospital: other pseudonyms than in other formats",
    ),
    Absent(
        "zorgactiviteiten.subtraject_id",
        "record 16 is voorwaardelijk: niet elke verzekeraar krijgt alle zorgactiviteiten",
        "record 16 is conditional: not every insurer gets all activities",
    ),
    Absent(
        "zorgactiviteiten.specialisme_aanvrager",
        "een declaratie noemt alleen de uitvoerder",
        "a declaration names the executor only",
    ),
    Absent(
        "zorgactiviteiten.geregistreerd_op",
        "een declaratie zegt niet wanneer de activiteit is vastgelegd",
        "a declaration does not say when the activity was recorded",
    ),
)

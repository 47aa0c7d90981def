"""The six Open DIS files: their columns, by name and in any order, and how each is read. Source: data-facts §4.7."""

from __future__ import annotations

import polars as pl

from puntlanding.intake.base import Field, ReferenceFormat
from puntlanding.intake.convert import SPACE

VOLUMES, PROFILES = "01_DBC", "02_DBC_PROFIEL"

KEYS = {
    "JAAR": "jaar",
    "BEHANDELEND_SPECIALISME_CD": "specialisme",
    "TYPERENDE_DIAGNOSE_CD": "diagnose",
    "ZORGPRODUCT_CD": "zorgproduct",
}
EDITION = {"PEILDATUM": "peildatum", "VERSIE": "versie"}
PROFILE_KEYS = {name: ours for name, ours in KEYS.items() if ours != "diagnose"} | {
    "ZORGACTIVITEIT_CD": "za_code",
    "ZORGPROFIELKLASSE_CD": "klasse",
}
VOLUME = {"AANTAL_SUBTRAJECT_PER_ZPD": "subtrajecten"}
VOLUME_OPTIONAL = {
    "AANTAL_PAT_PER_ZPD": "patienten",
    "AANTAL_SUBTRAJECT_PER_DIAG": "totaal_diagnose",
    "AANTAL_SUBTRAJECT_PER_SPC": "totaal_specialisme",
    "AANTAL_PAT_PER_SPC": "patienten_specialisme",
}
PRICE = "GEMIDDELDE_VERKOOPPRIJS"
PROFILE = {"SOM_AANTAL_ZAT": "aantal", "AANTAL_SUBTRAJECT": "subtrajecten_met"}
WIDTHS = {"specialisme": 4, "diagnose": 4, "zorgproduct": 9, "za_code": 6}

# file → (kind of code, its column, the column of its description, the specialism it is within)
NAMES = {
    "03_REF_ZAT": ("zorgactiviteit", "ZORGACTIVITEIT_CD", "OMSCHRIJVING", None),
    "04_REF_DGN": ("diagnose", "DIAGNOSE_CD", "DIAGNOSE_OMSCHRIJVING", "SPECIALISME_CD"),
    "05_REF_ZPD": ("zorgproduct", "ZORGPRODUCT_CD", "LATIJN_OMS", None),
    "06_REF_SPC": ("specialisme", "SPECIALISME_CD", "OMSCHRIJVING", None),
}
NAME_WIDTHS = {"zorgactiviteit": 6, "diagnose": 4, "zorgproduct": 9, "specialisme": 4}


def code(column: pl.Expr, ours: str) -> pl.Expr:
    """A code as it is compared: leading zeros as wide as the code, and none for a profile class."""
    text = column.str.strip_chars(SPACE)
    return text.str.strip_chars_start("0") if ours == "klasse" else text.str.pad_start(WIDTHS[ours], "0")


def whole(column: pl.Expr) -> pl.Expr:
    """A whole number; "12.0" is one, "12.5" and "-3" are none and become empty."""
    plain = column.str.strip_chars(SPACE).str.replace(r"[.,]0+$", "")
    return pl.when(plain.str.contains(r"^\d{1,15}$")).then(plain).cast(pl.Int64)


def plain_whole(column: pl.Expr) -> pl.Expr:
    """As `whole`, of digits only: three times as fast, which counts in a file of 750 MB."""
    number = column.cast(pl.Int64, strict=False)
    return pl.when(number >= 0).then(number)


def cents(column: pl.Expr) -> pl.Expr:
    """Euros with at most two decimals → cents, exactly; anything else becomes empty."""
    plain = column.str.strip_chars(SPACE).str.replace(",", ".", literal=True).str.replace(r"(\.\d*?)0+$", "$1")
    shape = plain.str.extract_groups(r"^(?<euro>\d{1,12})(?:\.(?<cent>\d{0,2}))?$")
    euros = shape.struct.field("euro").cast(pl.Int64)
    return euros * 100 + shape.struct.field("cent").fill_null("").str.pad_end(2, "0").cast(pl.Int64)


_SUM = (
    "Opgeteld over de diagnosen.",
    "Summed over the diagnoses.",
)
OPENDIS_FIELDS: tuple[Field, ...] = (
    *(Field(f"landelijk.{ours}", f"{VOLUMES}: {name}") for name, ours in KEYS.items()),
    Field("landelijk.subtrajecten", f"{VOLUMES}: AANTAL_SUBTRAJECT_PER_ZPD"),
    Field(
        "landelijk.patienten",
        f"{VOLUMES}: AANTAL_PAT_PER_ZPD",
        "C",
        "Niet optelbaar over zorgproducten: dezelfde patiënt kan er meer hebben.",
        "Not to be added up over products: the same patient may have more of them.",
    ),
    Field(
        "landelijk.verkoopprijs",
        f"{VOLUMES}: {PRICE}",
        "C",
        "Gehele centen; mag leeg zijn.",
        "Whole cents; may be empty.",
    ),
    Field("totalen.subtrajecten", f"{VOLUMES}: AANTAL_SUBTRAJECT_PER_SPC"),
    Field("totalen.patienten", f"{VOLUMES}: AANTAL_PAT_PER_SPC"),
    *(Field(f"profielen.{ours}", f"{PROFILES}: {name}") for name, ours in PROFILE_KEYS.items()),
    Field("profielen.aantal", f"{PROFILES}: SOM_AANTAL_ZAT", "I", *_SUM),
    Field("profielen.subtrajecten_met", f"{PROFILES}: AANTAL_SUBTRAJECT", "I", *_SUM),
    Field(
        "profielen.subtrajecten",
        f"{VOLUMES}: AANTAL_SUBTRAJECT_PER_ZPD",
        "I",
        "Het gemiddelde per subtraject is aantal ÷ subtrajecten, exact.",
        "The average per trajectory is aantal ÷ subtrajecten, exactly.",
    ),
    Field(
        "jaren.as_of",
        "PEILDATUM",
        "C",
        "Per jaar de nieuwste; het jaar ervoor is voorlopig, het jaar zelf vrijwel leeg.",
        "The newest per year; the year before it is provisional, the year itself nearly empty.",
    ),
    *(Field(f"namen.{kind}", f"{file}: {name}, {text}") for file, (kind, name, text, _) in NAMES.items()),
)

OPENDIS = ReferenceFormat(
    "opendis",
    "De zes bestanden van Open DIS: landelijke volumes en zorgprofielen.",
    "The six files of Open DIS: national volumes and care profiles.",
    OPENDIS_FIELDS,
)

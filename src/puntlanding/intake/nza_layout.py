"""Which NZa reference tables are read, and what their columns are called here.

Source: data-facts §4.6; the names are those of the NZa's "Grouper Tabellen" XML, which its CSV conversions keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from puntlanding.intake.base import Field, ReferenceFormat
from puntlanding.records.codes import FROM, TEXT, UNTIL


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """``width``: shorter codes get leading zeros, which spreadsheets drop; ``number`` for whole numbers."""

    ours: str
    theirs: str
    required: bool = True
    width: int | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class CodeTable:
    """``name`` is its field of `CodeTables`; ``stems`` the file names and ``element`` the XML row it may stand in, lower case."""

    name: str
    nl: str
    en: str
    stems: tuple[str, ...]
    elements: tuple[str, ...]
    keys: tuple[CodeColumn, ...]
    others: tuple[CodeColumn, ...] = ()
    text: str | None = None

    @property
    def columns(self) -> tuple[CodeColumn, ...]:
        text = (CodeColumn(TEXT, self.text, required=False),) if self.text else ()
        return (*self.keys, *text, *self.others, *PERIOD)


PERIOD = (CodeColumn(FROM, "BeginDatum"), CodeColumn(UNTIL, "EindDatum"))
_SPECIALISM = CodeColumn("specialisme", "SpecialismeCode", width=4)
_ACTIVITY = CodeColumn("za_code", "ZorgActiviteitCode", width=6)

LAYOUTS: tuple[CodeTable, ...] = (
    CodeTable(
        "products",
        "zorgproducten",
        "care products",
        ("zorgproducten", "producten", "product", "zorgproduct"),
        ("product", "zorgproduct"),
        (CodeColumn("zorgproduct", "ProductCode"),),
        (
            CodeColumn("consumentenomschrijving", "ConsumentenProductOmschrijving", required=False),
            CodeColumn("declaratiecode", "DeclaratieCodeVerzekerdeZorg", required=False),
            CodeColumn("declaratiecode_onverzekerd", "DeclaratieCodeOnVerzekerdeZorg", required=False),
        ),
        "ProductOmschrijving",
    ),
    CodeTable(
        "activities",
        "zorgactiviteiten",
        "activities",
        ("zorgactiviteiten", "zorgactiviteit"),
        ("zorgactiviteit",),
        (_ACTIVITY,),
        (
            CodeColumn("klasse", "Zorgprofielklassecode"),
            CodeColumn("tarieftype", "TariefType", required=False),
        ),
        "ZorgActiviteitOmschrijving",
    ),
    CodeTable(
        "diagnoses",
        "diagnosen",
        "diagnoses",
        ("diagnosen", "diagnose"),
        ("diagnose",),
        (_SPECIALISM, CodeColumn("diagnose", "DiagnoseCode", width=4)),
        (CodeColumn("icd10", "ICD10DiagnoseCode", required=False),),
        "DiagnoseOmschrijving",
    ),
    CodeTable(
        "specialisms",
        "specialismen",
        "specialisms",
        ("specialismen", "specialisme"),
        ("specialisme",),
        (_SPECIALISM,),
        (CodeColumn("typering", "SpecialismeIndicatie", required=False),),
        "SpecialismeOmschrijving",
    ),
    CodeTable(
        "care_types",
        "zorgtypen",
        "care types",
        ("zorgtypen", "zorgtype"),
        ("zorgtype",),
        (_SPECIALISM, CodeColumn("zorgtype", "ZorgTypeCode", width=2)),
        (CodeColumn("max_looptijd", "MaximaleLooptijd", number=True),),
        "ZorgTypeOmschrijving",
    ),
    CodeTable(
        "closing_reasons",
        "afsluitredenen",
        "closing reasons",
        ("afsluitredenen", "afsluitreden"),
        ("afsluitreden",),
        (CodeColumn("afsluitreden", "AfsluitRedenCode", width=2),),
        (),
        "AfsluitRedenOmschrijving",
    ),
    CodeTable(
        "replaced_activities",
        "vertaling van zorgactiviteiten",
        "replaced activities",
        ("vertaal_zorgactiviteiten", "vertaalzorgactiviteiten", "vertaalzorgactiviteit"),
        ("vertaalzorgactiviteit",),
        (CodeColumn("za_code_oud", "ZorgActiviteitCodeOud", width=6), _ACTIVITY),
        (),
        "ZorgActiviteitOmschrijving",
    ),
    CodeTable(
        "care_questions",
        "zorgvragen",
        "care questions",
        ("zorgvragen", "zorgvraag"),
        ("zorgvraag",),
        (_SPECIALISM, CodeColumn("zorgvraag", "ZorgVraagCode", width=3)),
        (),
        "ZorgVraagOmschrijving",
    ),
    CodeTable(
        "product_groups",
        "zorgproductgroepen",
        "product groups",
        ("zorgproductgroepen", "zorgproductgroep"),
        ("zorgproductgroep",),
        (CodeColumn("zorgproductgroep", "ZorgProductGroepCode"),),
        (),
        "ZorgProductGroepOmschrijving",
    ),
)
BY_STEM: Mapping[str, CodeTable] = {stem: one for one in LAYOUTS for stem in one.stems}
BY_ELEMENT: Mapping[str, CodeTable] = {element: one for one in LAYOUTS for element in one.elements}

_PERIOD_RULE = (
    "Geldig van en met BeginDatum tot en met EindDatum; leeg is nog geldig. Opzoeken op de openingsdatum.",
    "Valid from BeginDatum up to and including EindDatum; empty is still valid. Looked up as of the opening date.",
)


def _field(table: CodeTable, column: CodeColumn) -> Field:
    nl, en = "", ""
    if column in PERIOD:
        nl, en = _PERIOD_RULE
    elif column.width:
        nl, en = f"Voorloopnullen tot {column.width} tekens.", f"Leading zeros to {column.width} characters."
    elif column.ours == "zorgproduct":
        nl, en = (
            "Alleen negen cijfers; overige zorgproducten (zes cijfers) zijn weggelaten en geteld.",
            "Nine digits only; other care products (six digits) are left out and counted.",
        )
    return Field(f"{table.name}.{column.ours}", f"{table.elements[0]}: {column.theirs}", "C", nl, en)


NZA_FIELDS: tuple[Field, ...] = tuple(_field(table, column) for table in LAYOUTS for column in table.columns)

NZA = ReferenceFormat(
    "nza", "De codetabellen van de NZa, als CSV of XML.", "The NZa's code tables, as CSV or XML.", NZA_FIELDS
)

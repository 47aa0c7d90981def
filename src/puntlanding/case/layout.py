"""The tables of a case: names, columns, what each is for. Reading, the template and the reference page follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ColumnKind(StrEnum):
    TEXT = "tekst"
    CODE = "code"
    YEAR = "jaar"
    NUMBER = "getal"  # zero or more
    SIGNED = "getal met teken"
    EUROS = "euro"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: ColumnKind
    nl: str
    en: str
    required: bool = True
    choices: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)  # other words for a choice, as people write them


@dataclass(frozen=True, slots=True)
class Layout:
    """``at_least_one`` names columns of which a file must have one (the measures of a production file)."""

    name: str
    nl: str
    en: str
    columns: tuple[Column, ...]
    at_least_one: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)


_GROUP = Column(
    "vakgroep", ColumnKind.TEXT, "Naam van de vakgroep, zoals in vakgroepen", "Name of the group, as in vakgroepen"
)
_VALUE = Column("waarde", ColumnKind.NUMBER, "Score van de vakgroep", "The group's score")
_KINDS = ("zorgproduct", "zorgactiviteit")


def _production(name: str, nl: str, en: str) -> Layout:
    columns = (
        _GROUP,
        Column(
            "contract", ColumnKind.TEXT, "Contract uit de afspraak; mag weg als er één contract is",
            "Contract of the agreement; may be left out where there is one", required=False,
        ),
        Column(
            "jaar", ColumnKind.YEAR, "Jaar; leeg = het jaar van de afspraak",
            "Year; empty = the year of the agreement", required=False,
        ),
        Column(
            "zorgproduct", ColumnKind.CODE, "Code van zorgproduct of zorgactiviteit (met aantal)",
            "Code of a care product or activity (with aantal)", required=False,
        ),
        Column(
            "soort", ColumnKind.TEXT, "zorgproduct of zorgactiviteit, alleen nodig als een code beide is",
            "zorgproduct or zorgactiviteit, needed only where a code is both", required=False, choices=_KINDS,
        ),
        Column("aantal", ColumnKind.NUMBER, "Volume van het zorgproduct", "Volume of the product", required=False),
        Column("normuren", ColumnKind.NUMBER, "Normuren, in plaats van aantallen", "Norm hours, instead of volumes", required=False),
        Column("norm_fte", ColumnKind.NUMBER, "Norm fte, in plaats van normuren", "Norm fte, instead of norm hours", required=False),
    )  # fmt: skip
    return Layout(name, nl, en, columns, at_least_one=("aantal", "normuren", "norm_fte"))


GROUPS = Layout(
    "vakgroepen", "De vakgroepen van het gremium, in de volgorde waarin ze overal staan",
    "The groups of the collective, in the order in which they are shown everywhere",
    (
        Column("vakgroep", ColumnKind.TEXT, "Naam van de vakgroep", "Name of the group"),
        Column("specialisme", ColumnKind.CODE, "AGB-code van 4 cijfers, bijvoorbeeld 0301", "AGB code of 4 digits, e.g. 0301"),
        Column(
            "rol", ColumnKind.TEXT, "poort of ondersteunend", "poort (gatekeeping) or ondersteunend (supporting)",
            choices=("poort", "ondersteunend"), also={"ondersteuner": "ondersteunend", "poortspecialisme": "poort"},
        ),
        Column("zorgeenheid", ColumnKind.TEXT, "Cluster van vakgroepen", "Cluster of groups", required=False),
    ),
)  # fmt: skip
NORM_TIMES = Layout(
    "normtijden", "Normtijden in minuten per zorgproduct of zorgactiviteit", "Norm times in minutes per product or activity",
    (
        Column("jaar", ColumnKind.YEAR, "Jaar waarvoor de normtijd geldt", "Year the norm time is for"),
        Column("specialisme", ColumnKind.CODE, "AGB-code van 4 cijfers", "AGB code of 4 digits"),
        Column("soort", ColumnKind.TEXT, "zorgproduct of zorgactiviteit", "zorgproduct or zorgactiviteit", choices=_KINDS),
        Column("code", ColumnKind.CODE, "Code, als tekst (voorloopnullen blijven)", "Code, as text (leading zeros stay)"),
        Column("minuten", ColumnKind.NUMBER, "Minuten per stuk", "Minutes each"),
    ),
)  # fmt: skip
BENCHMARK = Layout(
    "benchmark", "Normuren per fte in vergelijkbare vakgroepen", "Norm hours per fte in comparable groups",
    (_GROUP, Column("normuren_per_fte", ColumnKind.NUMBER, "Normuren per fte", "Norm hours per fte")),
)  # fmt: skip
BUDGET = _production("begroting", "De productiebegroting", "The production budget")
REALISATION = _production(
    "realisatie", "Wat is gerealiseerd; kolommen als begroting", "What was realised; columns as begroting"
)
FORECAST = _production(
    "prognose", "De prognose voor het hele jaar; kolommen als begroting", "The full-year forecast; columns as begroting"
)
EFFICIENCY = Layout(
    "efficiency", "Efficiency per vakgroep en jaar; 1,05 = 5 % beter dan de referentie",
    "Efficiency per group and year; 1.05 = 5 % better than the reference",
    (
        _GROUP,
        Column("jaar", ColumnKind.YEAR, "Jaar van de efficiency", "Year of the efficiency"),
        Column("onderdeel", ColumnKind.TEXT, "Onderdeel, bijvoorbeeld poliklinisch", "Component, e.g. outpatient", required=False),
        Column("waarde", ColumnKind.NUMBER, "Efficiency, bijvoorbeeld 1,05", "Efficiency, e.g. 1.05"),
        Column("correctie", ColumnKind.SIGNED, "Correctie voor een oorzaak van buiten", "Correction for an external cause", required=False),
        Column("reden", ColumnKind.TEXT, "De oorzaak van buiten", "The external cause", required=False),
    ),
)  # fmt: skip
FORMATION = Layout(
    "formatie", "Dagdelen per week per functie en categorie", "Half-days per week by role and category",
    (
        _GROUP,
        Column("functie", ColumnKind.TEXT, "Functie, zonder naam: medisch specialist, anios, …", "Role, without a name"),
        Column(
            "categorie", ColumnKind.TEXT, "1a patiëntgebonden, 1b daarvoor nodig, 2 en 3 overig",
            "1a patient-related, 1b conditional for it, 2 and 3 other", choices=("1a", "1b", "2", "3"),
        ),
        Column("dagdelen_per_week", ColumnKind.NUMBER, "Dagdelen per week", "Half-days per week"),
        Column("weken", ColumnKind.NUMBER, "Gewerkte weken; leeg = het hele jaar", "Weeks worked; empty = whole year", required=False),
    ),
)  # fmt: skip
COSTS = Layout(
    "kosten", "Algemene kosten die aan de vakgroepen worden doorbelast", "General costs charged to the groups",
    (
        Column("post", ColumnKind.TEXT, "Naam van de post", "Name of the item"),
        Column("bedrag", ColumnKind.EUROS, "Bedrag in euro's", "Amount in euros"),
        Column(
            "sleutel", ColumnKind.TEXT, "als_kader, zorgverlening_fte of norm_fte; leeg = als_kader",
            "als_kader (as the frame), zorgverlening_fte or norm_fte; empty = als_kader", required=False,
            choices=("als_kader", "zorgverlening_fte", "norm_fte"),
            also={"kader": "als_kader", "algemeen": "als_kader", "verdeling": "als_kader", "fte": "zorgverlening_fte"},
        ),
    ),
)  # fmt: skip
APPROPRIATE_CARE = Layout(
    "passende_zorg", "Score passende zorg per vakgroep", "Score on appropriate care per group", (_GROUP, _VALUE)
)  # fmt: skip

_EUROS_BEFORE = "Bedrag in euro's, vóór algemene kosten"
DISUTILITY = Layout(
    "disutility", "Disutility-punten per vakgroep (onderdeel disutility)", "Disutility points per group (component disutility)",
    (_GROUP, Column("waarde", ColumnKind.NUMBER, "Punten van de vakgroep", "The group's points")),
)  # fmt: skip
DUTIES = Layout(
    "diensten", "De dienstroosters, voor disutility uit diensten", "The duty rosters, for disutility from duties",
    (
        _GROUP,
        Column("dienst", ColumnKind.TEXT, "Naam van de dienst, bijvoorbeeld weekend", "Name of the duty, e.g. weekend"),
        Column("frequentie", ColumnKind.NUMBER, "Hoe vaak per jaar", "How often a year"),
        Column("intensiteit", ColumnKind.TEXT, "Hoe zwaar, zoals in dienstgewichten", "How heavy, as in dienstgewichten"),
        Column("duur", ColumnKind.NUMBER, "Uren per dienst", "Hours per duty"),
    ),
)  # fmt: skip
DUTY_WEIGHTS = Layout(
    "dienstgewichten", "Hoe zwaar een uur dienst telt, per intensiteit (lokaal)", "How much an hour on duty counts, by intensity (local)",
    (
        Column("intensiteit", ColumnKind.TEXT, "Naam, bijvoorbeeld thuis of aanwezig", "Name, e.g. thuis or aanwezig"),
        Column("vanaf", ColumnKind.YEAR, "Het eerste jaar waarin dit gewicht telt", "The first year in which this weight counts"),
        Column("gewicht", ColumnKind.NUMBER, "Gewicht van een uur", "Weight of an hour"),
        Column("bron", ColumnKind.TEXT, "Waar het is afgesproken", "Where it was agreed", required=False),
    ),
)  # fmt: skip
QUALITY = Layout(
    "kwaliteit", "Kwaliteitsscore per vakgroep (onderdeel kwaliteit)", "Quality score per group (component kwaliteit)",
    (_GROUP, _VALUE),
)  # fmt: skip
SCORES = Layout(
    "scores", "Scores per pot en vakgroep, voor geoormerkte budgetten", "Scores per pot and group, for earmarked budgets",
    (Column("pot", ColumnKind.TEXT, "Naam van het budget, zoals in de afspraak", "Name of the budget, as in the agreement"), _GROUP, _VALUE),
)  # fmt: skip
MUTATIONS = Layout(
    "mutaties", "Besluiten over de mutatiereserve", "Decisions on the mutation reserve",
    (
        _GROUP, Column("bedrag", ColumnKind.EUROS, "Toegekend bedrag in euro's", "Amount granted in euros"),
        Column("reden", ColumnKind.TEXT, "Waarom", "Why"),
    ),
)  # fmt: skip
SAVINGS = Layout(
    "besparingen", "Wat de zorg volgens de basislijn had gekost en wat zij kostte", "What care would have cost by the baseline and what it cost",
    (
        Column("initiatief", ColumnKind.TEXT, "Naam van het initiatief", "Name of the initiative"),
        Column("vakgroep", ColumnKind.TEXT, "Wiens initiatief; leeg = van allen", "Whose initiative; empty = everybody's", required=False),
        Column("basislijn", ColumnKind.EUROS, "Kosten volgens de basislijn, in euro's", "Cost by the baseline, in euros"),
        Column("werkelijk", ColumnKind.EUROS, "Werkelijke kosten, in euro's", "Actual cost, in euros"),
    ),
)  # fmt: skip
BEFORE_MODEL = Layout(
    "vorig_model", "Bedrag per vakgroep onder het vorige model (onderdeel overgang)", "Amount per group under the model before (component overgang)",
    (_GROUP, Column("bedrag", ColumnKind.EUROS, _EUROS_BEFORE, "Amount in euros, before general costs")),
)  # fmt: skip
LAST_YEAR = Layout(
    "vorig_jaar", "Bedrag per vakgroep van vorig jaar (onderdeel vangnet)", "Amount per group of last year (component vangnet)",
    (_GROUP, Column("bedrag", ColumnKind.EUROS, _EUROS_BEFORE, "Amount in euros, before general costs")),
)  # fmt: skip
INPUT = Layout(
    "input", "Norm fte volgens de input (patiënten en activiteiten), alleen voor het oude model in compare --old-model",
    "Norm fte by input (patients and activities), only for the old model in compare --old-model",
    (_GROUP, Column("norm_fte", ColumnKind.NUMBER, "Norm fte volgens de input", "Norm fte by input")),
)  # fmt: skip

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        GROUPS, NORM_TIMES, BENCHMARK, BUDGET, REALISATION, FORECAST, EFFICIENCY, FORMATION, COSTS, APPROPRIATE_CARE,
        INPUT, DISUTILITY, DUTIES, DUTY_WEIGHTS, QUALITY, SCORES, MUTATIONS, SAVINGS, BEFORE_MODEL, LAST_YEAR,
    )
}  # fmt: skip

# Tables that only some agreements need: a new case does not begin with them.
ONLY_WHEN_AGREED = frozenset(
    layout.name
    for layout in (
        INPUT,
        DISUTILITY,
        DUTIES,
        DUTY_WEIGHTS,
        QUALITY,
        SCORES,
        MUTATIONS,
        SAVINGS,
        BEFORE_MODEL,
        LAST_YEAR,
    )
)

# Tables of files.md that nothing uses yet: said, so that nobody thinks they count.
NOT_YET_USED = ("tarieven",)
AGREEMENT = "afspraak"
# What the program writes itself; never read back as input.
RESULT_PREFIX = "resultaat_"

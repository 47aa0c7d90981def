"""Lists that are no part of a case but are typed like its tables: what the fold, the norm times and the benchmark need.

They may stand beside a case's files; the case itself does not read them.
"""

from __future__ import annotations

from puntlanding.benchmark.efficiency_weights import DEFAULTS as EFFICIENCY_DEFAULTS
from puntlanding.case.layout import NORM_TIMES, Column, ColumnKind, Layout
from puntlanding.contribution.about import HOSPITAL_KINDS

_YEAR = Column("jaar", ColumnKind.YEAR, "Jaar waarvoor de regel geldt", "Year the row is for")
_SPECIALISM = Column("specialisme", ColumnKind.CODE, "AGB-code van 4 cijfers", "AGB code of 4 digits")
_KINDS = ("zorgproduct", "zorgactiviteit")
_KIND = Column(
    "soort", ColumnKind.TEXT, "zorgproduct of zorgactiviteit", "zorgproduct or zorgactiviteit", choices=_KINDS
)
_PRODUCT = Column("zorgproduct", ColumnKind.CODE, "Zorgproduct, negen cijfers", "Care product, nine digits")
_ACTIVITY = Column("zorgactiviteit", ColumnKind.CODE, "Zorgactiviteit, zes cijfers", "Activity, six digits")


def _maybe(column: Column) -> Column:
    return Column(column.name, column.kind, column.nl, column.en, required=False, choices=column.choices)


COST_PRICES = Layout(
    "kostprijzen", "Kostprijs per zorgactiviteit, voor de diagnostische efficiency", "Cost price per activity, for diagnostic efficiency",
    (_YEAR, _ACTIVITY, Column("bedrag", ColumnKind.EUROS, "Euro's per stuk", "Euros each")),
)  # fmt: skip
DIAGNOSIS_GROUPS = Layout(
    "diagnosegroepen", "Welke diagnoses samen één groep zijn voor de efficiency", "Which diagnoses are one group for efficiency",
    (
        _YEAR, _SPECIALISM, Column("diagnose", ColumnKind.CODE, "Diagnosecode, vier tekens", "Diagnosis, four characters"),
        Column("diagnosegroep", ColumnKind.TEXT, "Naam van de groep", "Name of the group"),
    ),
)  # fmt: skip
HOSPITALS = Layout(
    "ziekenhuizen", "De ziekenhuizen van de benchmark en hun type", "The hospitals of the benchmark and their type",
    (
        Column("ziekenhuis", ColumnKind.TEXT, "Naam in de opslag", "Name in the store"),
        Column("type", ColumnKind.TEXT, ", ".join(HOSPITAL_KINDS), ", ".join(HOSPITAL_KINDS), choices=HOSPITAL_KINDS),
    ),
)  # fmt: skip
PRODUCT_STRUCTURE = Layout(
    "productstructuur", "Wat in een jaar verandert aan zorgproducten of zorgactiviteiten: vervangen, nieuw, vervallen",
    "What changes in products or activities in a year: replaced, added, dropped",
    (
        _YEAR, _SPECIALISM, _KIND,
        Column("oud", ColumnKind.CODE, "Code die vervalt of wordt vervangen; leeg = nieuw", "Code that is dropped or replaced; empty = added", required=False),
        Column("nieuw", ColumnKind.CODE, "Code die ervoor komt; leeg = vervalt", "Code in its place; empty = dropped", required=False),
        Column("factor", ColumnKind.NUMBER, "Aantal nieuwe per oude; leeg = 1", "New ones per old one; empty = 1", required=False),
        Column("aantal", ColumnKind.NUMBER, "Verwacht aantal van een nieuwe code, per ziekenhuis", "Expected volume of an added code, per hospital", required=False),
        Column("ziekenhuis", ColumnKind.TEXT, "Alleen voor dit ziekenhuis; leeg = elk", "For this hospital only; empty = each", required=False),
    ),
)  # fmt: skip
TRENDS = Layout(
    "trends", "Lokale ontwikkeling van het volume ten opzichte van het basisjaar", "Local development of volumes since the base year",
    (
        _SPECIALISM, Column("rol", ColumnKind.TEXT, "poort of ondersteunend; leeg = beide", "poort or ondersteunend; empty = both", required=False, choices=("poort", "ondersteunend")),
        Column("code", ColumnKind.CODE, "Alleen deze code; leeg = alle", "This code only; empty = all", required=False),
        Column("ziekenhuis", ColumnKind.TEXT, "Alleen dit ziekenhuis; leeg = elk", "This hospital only; empty = each", required=False),
        Column("factor", ColumnKind.NUMBER, "1,02 = 2 % meer", "1.02 = 2 % more"),
        Column("reden", ColumnKind.TEXT, "Waarom", "Why"),
    ),
)  # fmt: skip
PROFILES = Layout(
    "profielen", "Gemiddeld zorgprofiel: hoe vaak een activiteit in een zorgproduct voorkomt", "Mean profile: how often an activity occurs in a product",
    (_SPECIALISM, _PRODUCT, _ACTIVITY, Column("gemiddeld", ColumnKind.NUMBER, "Gemiddeld aantal per subtraject", "Mean number per trajectory")),
)  # fmt: skip
SURCHARGES = Layout(
    "toeslagen", "Toeslag in minuten per subtraject, boven op de activiteiten", "Surcharge in minutes per trajectory, on top of the activities",
    (_YEAR, _SPECIALISM, _maybe(_PRODUCT), Column("minuten", ColumnKind.NUMBER, "Minuten per subtraject", "Minutes per trajectory")),
)  # fmt: skip
ROUTES = Layout(
    "routes", "Of een zorgproduct een operatieve of een conservatieve route is", "Whether a product is an operative or a conservative route",
    (
        _SPECIALISM, _PRODUCT,
        Column("route", ColumnKind.TEXT, "operatief of conservatief", "operatief (operative) or conservatief", choices=("operatief", "conservatief")),
    ),
)  # fmt: skip
EFFICIENCY_WEIGHTS = Layout(
    "efficiencygewichten", "Hoe zwaar eenheden en onderdelen in de efficiency wegen (lokaal)", "How much units and components weigh in efficiency (local)",
    (
        _maybe(_SPECIALISM),
        Column("onderdeel", ColumnKind.TEXT, ", ".join(EFFICIENCY_DEFAULTS), ", ".join(EFFICIENCY_DEFAULTS), choices=tuple(EFFICIENCY_DEFAULTS)),
        Column("waarde", ColumnKind.NUMBER, "Standaardkosten in euro's; van ehealth en de onderdelen het gewicht", "Standard costs in euros; of ehealth and the components the weight"),
    ),
)  # fmt: skip
_FROM = Column("van", ColumnKind.TEXT, "Eerste dag, jjjj-mm-dd", "First day, yyyy-mm-dd")
_UNTIL = Column("tot", ColumnKind.TEXT, "Laatste dag, die dag inbegrepen", "Last day, that day included")
EVENTS = Layout(
    "gebeurtenissen", "Wat de capaciteit in een periode anders maakt dan gewoonlijk, voor de prognose",
    "What makes capacity in a period other than usual, for the forecast",
    (
        _FROM, _UNTIL,
        Column("vakgroep", ColumnKind.TEXT, "Naam van de vakgroep; leeg of alle = elke", "Name of the group; empty or alle = each", required=False),
        Column("capaciteit", ColumnKind.NUMBER, "Deel van het gewone: 0,8 = 80 %", "Share of the usual: 0.8 = 80 %"),
        Column("reden", ColumnKind.TEXT, "Waarom", "Why"),
    ),
)  # fmt: skip
HOLIDAYS = Layout(
    "vakanties", "Schoolvakanties van de eigen regio, in plaats van de meegeleverde tabel; voor de prognose",
    "School holidays of the own region, instead of the table that comes along; for the forecast",
    (
        Column("vakantie", ColumnKind.TEXT, "voorjaar, mei, zomer, herfst of kerst", "voorjaar (spring), mei (May), zomer (summer), herfst (autumn) or kerst (Christmas)", choices=("voorjaar", "mei", "zomer", "herfst", "kerst")),
        _FROM, _UNTIL,
    ),
)  # fmt: skip
SESSIONS = Layout(
    "dagdelen", "Wat er in een spreekuur of operatiedagdeel past, om ‘nodig om te landen’ in dagdelen te zeggen",
    "What fits in a clinic or operating session, to tell ‘needed to land’ in sessions",
    (
        Column("vakgroep", ColumnKind.TEXT, "Naam van de vakgroep, zoals in vakgroepen", "Name of the group, as in vakgroepen"),
        Column("dagdeel", ColumnKind.TEXT, "Hoe het heet, bijvoorbeeld spreekuur", "What it is called, for instance spreekuur"),
        Column("openingen", ColumnKind.NUMBER, "Nieuwe subtrajecten per dagdeel", "New trajectories per session", required=False),
        Column("normuren", ColumnKind.NUMBER, "Of: normuren per dagdeel", "Or: norm hours per session", required=False),
    ),
)  # fmt: skip
SPREADS = Layout(
    "spreiding", "Hoe ver volumes van hun verwachting kunnen afwijken, om een jaar te simuleren (lokaal)",
    "How far volumes may be off what is expected, to simulate a year (local)",
    (
        Column("vakgroep", ColumnKind.TEXT, "Naam van de vakgroep; alle = elke zonder eigen regel", "Name of the group; alle = each without a row of its own"),
        Column("contract", ColumnKind.TEXT, "Alleen in dit contract; leeg = elk", "In this contract only; empty = each", required=False),
        Column("zorgproduct", ColumnKind.CODE, "Alleen dit product, boven op de vakgroep; leeg = de vakgroep als geheel", "This product only, beside the group; empty = the group as a whole", required=False),
        Column("spreiding", ColumnKind.NUMBER, "Standaardafwijking als deel van het volume: 0,05 = 5 %", "Standard deviation as a share of the volume: 0.05 = 5 %"),
    ),
)  # fmt: skip

LISTS: dict[str, Layout] = {
    one.name: one
    for one in (
        NORM_TIMES, COST_PRICES, DIAGNOSIS_GROUPS, HOSPITALS, PRODUCT_STRUCTURE, TRENDS, PROFILES, SURCHARGES, ROUTES,
        EFFICIENCY_WEIGHTS, EVENTS, HOLIDAYS, SESSIONS, SPREADS,
    )
}  # fmt: skip

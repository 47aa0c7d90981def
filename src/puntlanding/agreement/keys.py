"""Every setting of afspraak.toml, by section (files.md, "The agreement"). Contract types add their own to [[contract]]."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.quantities import ONE, ZERO, AllocationMode
from puntlanding.setting import Kind, Setting, share

CONTRACT = "contract"
ROLE_WEIGHTS = "functiegewichten"
COMPONENT_WEIGHTS = "onderdelen"
WEIGHTS_KEYS = ("output", "efficiency", "passende_zorg")
OLD_MODEL = "prestatiemodel"
YEARS = "meerjaren"
OLD_MODEL_KEYS = ("input", "output", "efficiency")

_CONTRACT_KEYS = (
    Setting(
        "naam", Kind.TEXT, "text",
        "Naam van het contract; zo heet het ook in de kolom contract van begroting en realisatie.",
        "Name of the contract, as in the column contract of budget and realisation.",
        example="Verzekeraar A",
    ),
    Setting(
        "soort", Kind.CHOICE, "choice",
        "Hoe dit contract wordt afgerekend.",
        "How this contract is settled.",
        choices=tuple(CONTRACT_TYPES), example="plafond",
    ),
    Setting(
        "verzekeraars", Kind.TEXTS, "UZOVI codes",
        "Wiens trajecten onder dit contract vallen, als productie uit de opslag komt; het contract zonder lijst krijgt de rest.",
        "Whose trajectories fall under this contract, where production comes from the store; the contract without a list has the rest.",
        optional=True, example='["3311", "3313"]', pattern=r"[0-9A-Z]{4}",
    ),
)  # fmt: skip

SECTIONS: dict[str, tuple[Setting, ...]] = {
    "afspraak": (
        Setting(
            "organisatie", Kind.TEXT, "text",
            "Naam van het gremium of ziekenhuis; staat boven elk resultaat.",
            "Name of the collective or hospital; it heads every result.",
            example="MSB Voorbeeld",
        ),
        Setting(
            "jaar", Kind.YEAR, "year",
            "Het jaar waarover wordt begroot en afgerekend.",
            "The year that is budgeted and settled.",
            minimum=Fraction(2000), maximum=Fraction(2100), example="2026",
        ),
        Setting(
            "ingangsdatum", Kind.DATE, "date",
            "De dag waarop deze versie van de afspraak ingaat, in het jaar zelf; zonder datum is dat 1 januari.",
            "The day from which this version of the agreement holds, in the year itself; without a date that is 1 January.",
            optional=True, example="2026-07-01",
        ),
        Setting(
            "versie", Kind.TEXT, "text",
            "Hoe deze versie heet, bijvoorbeeld \"concept 2\"; alleen om te noemen.",
            "What this version is called, for instance \"draft 2\"; only to refer to it.",
            optional=True, example="1",
        ),
    ),
    CONTRACT: _CONTRACT_KEYS,
    "afrekening": (
        Setting(
            "herverdeling", Kind.CHOICE, "choice",
            "Bij een plafond: betaalt de onderproductie van de een de meerproductie van de ander, naar rato?",
            "With a ceiling: does the under-production of some pay the over-production of others, pro rata?",
            default="geen", choices=("geen", "naar_rato"),
        ),
        Setting(
            "maximum_overproductie", Kind.NUMBER, "share of the group's budget",
            "Bij naar_rato: het meeste dat een vakgroep extra kan krijgen, als deel van haar begroting.",
            "With naar_rato: the most a group's extra may be, as a share of its budget.",
            optional=True, minimum=ZERO, example="0.10",
        ),
        Setting(
            "ondersteuners", Kind.CHOICE, "choice",
            "Ondersteuners worden afgerekend als de anderen (gelijk), op hun realisatie, of volgen de poort.",
            "Supporting groups are settled as the others (gelijk), on realisation, or follow the gatekeepers.",
            default="gelijk", choices=("gelijk", "realisatie", "volgt_poort"),
        ),
        Setting(
            "bandbreedte_fte", Kind.PAIR, "norm fte per care fte",
            "Onder- en bovengrens van norm fte gedeeld door zorgverlening-fte, na afrekening.",
            "Lower and upper bound of norm fte divided by care fte, after settlement.",
            optional=True, minimum=ZERO, example="[0.90, 1.15]",
        ),
    ),
    "weging": (
        share(
            "output", "Gewicht van de output (normuren) in de score.", "Weight of output (norm hours) in the score.",
            default=Fraction("0.80"),
        ),
        share(
            "efficiency", "Gewicht van de efficiency in de score.", "Weight of efficiency in the score.",
            default=Fraction("0.20"),
        ),
        share(
            "passende_zorg", "Gewicht van passende zorg in de score.", "Weight of appropriate care in the score.",
            default=ZERO,
        ),
        Setting(
            "efficiency_stijging", Kind.CHOICE, "choice",
            "Telt een stijging van de efficiency ten opzichte van vorig jaar mee in de realisatie?",
            "Does a rise of efficiency since last year count in the realisation?",
            default="telt_mee", choices=("telt_mee", "telt_niet"),
        ),
    ),
    "benchmark": (
        Setting(
            "basisjaar", Kind.CHOICE, "choice",
            "Het jaar waaruit volumes en formatie voor begroting en benchmark komen: een of twee jaar voor het jaar van de afspraak.",
            "The year that volumes and formation of budget and benchmark come from: one or two years before the agreement's year.",
            default="T-1", choices=("T-1", "T-2"),
        ),
        Setting(
            "vergelijking", Kind.CHOICE, "choice",
            "Met welke ziekenhuizen wordt vergeleken: die van hetzelfde type, of alle.",
            "Which hospitals are compared with: those of the same type, or all.",
            default="type", choices=("type", "alle"),
        ),
        Setting(
            "methode", Kind.CHOICE, "choice",
            "Normuren per fte van de vergelijkingsgroep: alle uren gedeeld door alle fte, het gemiddelde of de mediaan van de vakgroepen.",
            "Norm hours per fte of the peer group: all hours divided by all fte, the mean, or the median of the groups.",
            default="gepoold", choices=("gepoold", "gemiddelde", "mediaan"),
        ),
        Setting(
            "eigen_vakgroep", Kind.CHOICE, "choice",
            "Telt de eigen vakgroep mee in de benchmark waarmee zij wordt vergeleken?",
            "Does a group's own count in the benchmark that it is compared with?",
            default="in", choices=("in", "uit"),
        ),
    ),
    "kader": (
        Setting(
            "bedrag", Kind.EUROS, "euro",
            "Het financieel kader dat wordt verdeeld, in euro's.",
            "The financial frame to be divided, in euros.",
            minimum=ZERO, example="25_000_000.00",
        ),
        share(
            "vaste_component", "Deel van het kader, na de potten van onderdelen, dat op zorgverlening-fte wordt verdeeld.",
            "Share of the frame, after the pots of components, that is divided on care fte.", default=ZERO,
        ),
        Setting(
            "niet_uitgekeerd", Kind.CHOICE, "choice",
            "Wat de afrekening niet uitkeert, blijft staan (blijft) of wordt mee verdeeld (verdelen).",
            "What the settlement leaves unpaid stays (blijft) or is divided with the rest (verdelen).",
            default="blijft", choices=("blijft", "verdelen"),
        ),
        Setting(
            "afronding", Kind.CHOICE, "choice",
            "Wie de centen krijgt die niet gelijk te delen zijn: de grootste resten, bij gelijke rest op naam.",
            "Who gets the cents that do not divide evenly: the largest remainders, equal ones by name.",
            default=AllocationMode.LARGEST_REMAINDER.value, choices=tuple(mode.value for mode in AllocationMode),
        ),
    ),
    "formatie": (
        Setting(
            "dagdelen_per_fte", Kind.NUMBER, "half-days per week",
            "Dagdelen per week die samen één fte zijn (lokale keuze; er zijn twee lijsten in omloop).",
            "Half-days per week that make one fte (a local choice; two lists are in use).",
            default=Fraction(10), minimum=Fraction("0.01"),
        ),
        Setting(
            "weken_per_jaar", Kind.NUMBER, "weeks",
            "Weken die een vol jaar telt, voor wie maar een deel van het jaar werkte (lokale keuze).",
            "Weeks in a full year, for those who worked part of it (a local choice).",
            default=Fraction(52), minimum=ONE, maximum=Fraction(53),
        ),
    ),
    OLD_MODEL: (
        share(
            "input", "Gewicht van de input (patiënten en activiteiten) in het oude model (lokale keuze).",
            "Weight of input (patients and activities) in the old model (a local choice).", default=Fraction("0.30"),
        ),
        share(
            "output", "Gewicht van de output (normuren) in het oude model (lokale keuze).",
            "Weight of output (norm hours) in the old model (a local choice).", default=Fraction("0.50"),
        ),
        share(
            "efficiency", "Gewicht van de efficiency in het oude model (lokale keuze).",
            "Weight of efficiency in the old model (a local choice).", default=Fraction("0.20"),
        ),
    ),
    YEARS: (
        Setting(
            "saldo", Kind.CHOICE, "choice",
            "In een run van enkele jaren: wat dit jaar aan euro's overlaat, vervalt, gaat naar het kader of naar de mutatiereserve van volgend jaar.",
            "In a run of several years: the euros this year leaves lapse, or go to the frame or the mutation reserve of next year.",
            choices=("vervalt", "kader", "mutatiereserve"), example="kader", noun=("het saldo van het jaar", "the balance of the year"),
            reads={
                "vervalt": ("wat een jaar aan euro's overlaat, vervalt", "the euros that a year leaves lapse"),
                "kader": (
                    "wat een jaar aan euro's overlaat, gaat naar het kader van volgend jaar",
                    "the euros that a year leaves go to next year's frame",
                ),
                "mutatiereserve": (
                    "wat een jaar aan euro's overlaat, gaat naar de mutatiereserve van volgend jaar",
                    "the euros that a year leaves go to next year's mutation reserve",
                ),
            },
        ),
    ),
    **{section: component.settings for section, component in COMPONENTS.items()},
}  # fmt: skip

# Sections that may stand there more than once: [[contract]], [[geoormerkt]].
REPEATED = (CONTRACT, *(section for section, component in COMPONENTS.items() if component.repeated))

# Sections whose keys the user makes up: a name and a number from `minimum` on.
OPEN_SECTIONS: dict[str, Setting] = {
    f"formatie.{ROLE_WEIGHTS}": Setting(
        "*", Kind.NUMBER, "weight",
        "Hoe zwaar een functie meetelt in de fte (lokaal), bijvoorbeeld \"physician assistant\" = 0.5.",
        "How much a role counts in the fte (local), for instance \"physician assistant\" = 0.5.",
        optional=True, minimum=ZERO,
    ),
    f"weging.{COMPONENT_WEIGHTS}": Setting(
        "*", Kind.NUMBER, "weight",
        "Hoe zwaar een onderdeel van de efficiency meetelt (lokaal); zonder gewichten tellen ze gelijk.",
        "How much a component of efficiency counts (local); without weights they count equally.",
        optional=True, minimum=ZERO,
    ),
}  # fmt: skip

REQUIRED_SECTIONS = ("afspraak",)


def contract_settings(kind: str | None) -> tuple[Setting, ...]:
    """The keys a [[contract]] of this type may have; with no known type, those of all types, none of which it must have."""
    if kind in CONTRACT_TYPES:
        return _CONTRACT_KEYS + CONTRACT_TYPES[kind].settings
    of_types = (setting for contract_type in CONTRACT_TYPES.values() for setting in contract_type.settings)
    return _CONTRACT_KEYS + tuple(replace(setting, optional=True) for setting in of_types)

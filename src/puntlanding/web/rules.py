"""Who may do what, and whose detail they see: one table, read by every page and by nothing around it.

What is not in ``RULES`` is not allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    HOSPITAL_FINANCE = "hospital_finance"
    HOSPITAL_BOARD = "hospital_board"
    COLLECTIVE_BOARD = "collective_board"
    COLLECTIVE_CONTROLLER = "collective_controller"
    GROUP_REPRESENTATIVE = "group_representative"
    SPECIALIST = "specialist"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Party(StrEnum):
    COLLECTIVE = "collective"
    HOSPITAL = "hospital"


class Permission(StrEnum):
    SEE_YEAR = "see_year"
    SEE_AGREEMENT = "see_agreement"
    SEE_DISTRIBUTION = "see_distribution"
    SEE_DATA = "see_data"
    SEE_AUDIT = "see_audit"
    CALCULATE = "calculate"
    SEE_FILES = "see_files"
    LOAD_RECORDS = "load_records"
    DELIVER = "deliver"
    PROPOSE = "propose"
    APPROVE = "approve"
    ADMINISTER = "administer"
    SEE_OWN = "see_own"


class Detail(StrEnum):
    """Of which groups more than the total is shown."""

    ALL = "all"
    OWN = "own"
    NONE = "none"


Text = tuple[str, str]  # Dutch, English

PERMISSIONS: Mapping[Permission, Text] = {
    Permission.SEE_YEAR: (
        "Ziet het jaar: de stappen, de begroting, het volgen en de afrekening.",
        "Sees the year: its steps, the budget, the monitoring and the settlement.",
    ),
    Permission.SEE_AGREEMENT: (
        "Leest de afspraak, haar versies en wie akkoord gaf.",
        "Reads the agreement, its versions and who approved.",
    ),
    Permission.SEE_DISTRIBUTION: (
        "Ziet de verdeling van het geld over de vakgroepen.",
        "Sees how the money is divided over the groups.",
    ),
    Permission.SEE_DATA: (
        "Ziet welke bestanden zijn aangeleverd en wat de controles daarvan zeggen.",
        "Sees which files were delivered and what the checks say of them.",
    ),
    Permission.SEE_AUDIT: ("Leest het logboek.", "Reads the log."),
    Permission.CALCULATE: (
        "Laat simulaties en rapporten maken, en ziet wat er loopt en wat klaar is.",
        "Has simulations and reports made, and sees what runs and what is done.",
    ),
    Permission.SEE_FILES: (
        "Haalt de bestanden op waaruit een versie bestaat; wie de verdeling niet ziet, van wat alleen daarvoor dient naam en kenmerk.",
        "Fetches the files that a version consists of; who does not see the distribution, name and mark of what only serves that.",
    ),
    Permission.LOAD_RECORDS: (
        "Levert de registratie van het ziekenhuis aan en zet haar in de opslag.",
        "Delivers the hospital's records and puts them into the store.",
    ),
    Permission.DELIVER: (
        "Levert bestanden aan en maakt er een nieuwe versie van.",
        "Delivers files and makes a new version of them.",
    ),
    Permission.PROPOSE: (
        "Legt een versie voor akkoord voor aan beide partijen.",
        "Proposes a version to both parties for approval.",
    ),
    Permission.APPROVE: (
        "Geeft namens de eigen partij akkoord, of weigert.",
        "Approves or refuses on behalf of their own party.",
    ),
    Permission.ADMINISTER: (
        "Beheert wie er mag inloggen en met welke rol.",
        "Manages who may log in and with which role.",
    ),
    Permission.SEE_OWN: ("Ziet de eigen rol en rechten.", "Sees their own role and rights."),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """``party``: on whose behalf somebody of this role acts; None where they act for neither."""

    name: Text
    party: Party | None
    detail: Detail
    permissions: frozenset[Permission]
    why: Text


_READ = frozenset(
    {
        Permission.SEE_OWN,
        Permission.SEE_YEAR,
        Permission.SEE_AGREEMENT,
        Permission.SEE_DATA,
        Permission.SEE_FILES,
        Permission.SEE_AUDIT,
        Permission.CALCULATE,
    }
)
_GROUP = frozenset({Permission.SEE_OWN, Permission.SEE_YEAR, Permission.SEE_AGREEMENT, Permission.SEE_DISTRIBUTION})

RULES: Mapping[Role, Rule] = {
    Role.HOSPITAL_FINANCE: Rule(
        ("financiën ziekenhuis", "hospital finance"),
        Party.HOSPITAL,
        Detail.ALL,
        _READ | {Permission.LOAD_RECORDS, Permission.DELIVER, Permission.PROPOSE},
        (
            "Maakt begroting en afrekening samen met de controller van het gremium en ziet daarom elke vakgroep; hoe het gremium"
            " zijn geld verdeelt, is niet van het ziekenhuis. Levert als enige records van patiënten aan: die zijn van het ziekenhuis.",
            "Makes budget and settlement together with the collective's controller and so sees each group; how the collective"
            " divides its money is not the hospital's. Alone delivers records of patients: these are the hospital's.",
        ),
    ),
    Role.HOSPITAL_BOARD: Rule(
        ("bestuur ziekenhuis", "hospital board"),
        Party.HOSPITAL,
        Detail.ALL,
        _READ | {Permission.APPROVE},
        (
            "Geeft akkoord namens het ziekenhuis op wat anderen hebben voorbereid.",
            "Approves on behalf of the hospital what others prepared.",
        ),
    ),
    Role.COLLECTIVE_BOARD: Rule(
        ("bestuur gremium", "collective board"),
        Party.COLLECTIVE,
        Detail.ALL,
        _READ | {Permission.SEE_DISTRIBUTION, Permission.APPROVE},
        (
            "Geeft akkoord namens de medisch specialisten op wat anderen hebben voorbereid.",
            "Approves on behalf of the specialists what others prepared.",
        ),
    ),
    Role.COLLECTIVE_CONTROLLER: Rule(
        ("controller gremium", "collective controller"),
        Party.COLLECTIVE,
        Detail.ALL,
        _READ | {Permission.SEE_DISTRIBUTION, Permission.DELIVER, Permission.PROPOSE},
        (
            "Bereidt voor wat de besturen vaststellen, en kan daarom zelf niet akkoord geven.",
            "Prepares what the boards decide, and therefore cannot approve it.",
        ),
    ),
    Role.GROUP_REPRESENTATIVE: Rule(
        ("vertegenwoordiger vakgroep", "group representative"),
        None,
        Detail.OWN,
        _GROUP | {Permission.SEE_DATA},
        (
            "Ziet het totaal en de eigen vakgroep tot op het product; van andere vakgroepen niets dat het totaal niet zegt.",
            "Sees the total and their own group down to the product; of other groups nothing that the total does not say.",
        ),
    ),
    Role.SPECIALIST: Rule(
        ("medisch specialist", "specialist"),
        None,
        Detail.OWN,
        _GROUP,
        ("Ziet het totaal en de eigen vakgroep.", "Sees the total and their own group."),
    ),
    Role.AUDITOR: Rule(
        ("accountant", "auditor"),
        None,
        Detail.ALL,
        _READ | {Permission.SEE_DISTRIBUTION},
        ("Leest alles en verandert niets.", "Reads everything and changes nothing."),
    ),
    Role.ADMINISTRATOR: Rule(
        ("beheerder", "administrator"),
        None,
        Detail.NONE,
        frozenset({Permission.SEE_OWN, Permission.ADMINISTER, Permission.SEE_AUDIT}),
        (
            "Regelt wie er in mag en ziet geen cijfers: daarvoor is dat niet nodig.",
            "Arranges who may come in and sees no figures: that takes none.",
        ),
    ),
}

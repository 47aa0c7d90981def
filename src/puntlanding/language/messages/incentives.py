"""What is wrong with a question about incentives."""

from __future__ import annotations

INCENTIVES: dict[str, tuple[str, str]] = {
    "incentives_no_table": (
        "De case heeft geen {value}, dus kunnen de anderen daar niet op staan. Vul de tabel in, of kies iets anders bij --others.",
        "The case has no {value}, so the others cannot stand there. Fill in the table, or choose something else with --others.",
    ),
    "incentives_forecast_lacks": (
        "Deze vakgroep heeft in contract {contract} wel een begroting en geen prognose. Voeg een rij toe, of kies --others begroting.",
        "This group has a budget in contract {contract} and no forecast. Add a row, or choose --others begroting.",
    ),
    "incentives_distance": (
        "Geef een percentage groter dan 0 en hooguit 100, bijvoorbeeld --distance 10%.",
        "Give a percentage above 0 and at most 100, such as --distance 10%.",
    ),
    "incentives_group": (
        "Deze vakgroep is er niet.{close} Kies uit: {allowed}.",
        "There is no such group.{close} Choose from: {allowed}.",
    ),
}  # fmt: skip

"""What is wrong with what is to be compared."""

from __future__ import annotations

COMPARISON: dict[str, tuple[str, str]] = {
    "compare_nothing": (
        "Er is niets om mee te vergelijken. Geef andere afspraken met --agreements, of kies --types of --old-model.",
        "There is nothing to compare with. Give other agreements with --agreements, or choose --types or --old-model.",
    ),
    "compare_too_many": (
        "Dit zijn {count} afspraken; naast elkaar leesbaar zijn er hooguit {most}. Vergelijk ze in twee keer.",
        "These are {count} agreements; at most {most} can be read side by side. Compare them in two goes.",
    ),
    "compare_file_twice": (
        "Dit bestand is twee keer opgegeven. Noem elke afspraak één keer.",
        "This file was given twice. Name each agreement once.",
    ),
    "compare_other_year": (
        "Deze afspraak gaat over {found} en de case over {year}. Vergelijk afspraken van één jaar, of zet in een kopie het jaar op {year}.",
        "This agreement is of {found} and the case of {year}. Compare agreements of one year, or set the year to {year} in a copy.",
    ),
    "compare_contract_unknown": (
        "Deze productie valt onder een contract dat {file} niet heeft (wel: {allowed}). Neem het contract daar op, of geef een aanvulling die alleen wijzigt.",
        "This production falls under a contract that {file} does not have (it has: {allowed}). Add the contract there, or give an overlay that only changes.",
    ),
    "compare_within": (
        "Geef een percentage van 0 tot en met 100, bijvoorbeeld --within 5%.",
        "Give a percentage from 0 to 100, such as --within 5%.",
    ),
    "compare_within_euros": (
        "Een vergoeding is in euro's, en die zijn hier niet te vergelijken. Vul aan wat hieronder staat, of laat --within weg.",
        "Compensation is in euros, and these cannot be compared here. Complete what is below, or leave out --within.",
    ),
    "compare_value_alone": (
        "--value zegt met welke waarde een contractsoort wordt vergeleken, en hoort bij --types. Voeg --types toe, of laat het weg.",
        "--value says with which value a contract type is compared, and belongs to --types. Add --types, or leave it out.",
    ),
    "compare_value_key": (
        "Geen contractsoort heeft deze sleutel.{close} Schrijf SLEUTEL=WAARDE; bekend zijn: {allowed}.",
        "No contract type has this key.{close} Write KEY=VALUE; known are: {allowed}.",
    ),
    "compare_value": (
        "De waarde van {key} is een deel van 1 of een percentage, bijvoorbeeld {key}=5% of {key}=0.05.",
        "The value of {key} is a share of 1 or a percentage, such as {key}=5% or {key}=0.05.",
    ),
    "compare_value_twice": (
        "{key} is twee keer opgegeven. Noem elke sleutel één keer.",
        "{key} was given twice. Name each key once.",
    ),
    "overlay_contract": (
        "De afspraak waar deze aanvulling bij hoort heeft dit contract niet.{close} Bekend zijn: {allowed}. Een nieuw contract heeft ten minste naam en soort.",
        "The agreement that this overlay is on has no such contract.{close} Known are: {allowed}. A new contract has at least naam and soort.",
    ),
    "overlay_empty": (
        "Deze aanvulling wijzigt niets. Noem de sleutels die anders zijn, onder hun onderdeel; een hele afspraak begint met [afspraak].",
        "This overlay changes nothing. Name the keys that differ, under their section; a whole agreement begins with [afspraak].",
    ),
    "old_model_needs": (
        "Voor het oude model is {table} nodig, met ten minste één rij. Vul {table} in, of geef een opslag met --store en de bijdragen van anderen met --contributions.",
        "The old model needs {table}, with at least one row. Fill in {table}, or give a store with --store and the contributions of others with --contributions.",
    ),
    "old_model_no_input": (
        "Deze vakgroep heeft geen norm fte volgens de input; zonder is het oude model niet te berekenen. Voeg een rij toe; 0 mag.",
        "This group has no norm fte by input; without it the old model cannot be computed. Add a row; 0 is allowed.",
    ),
    "old_model_group": (
        "Van deze vakgroep is de gerealiseerde norm fte niet te berekenen: zij heeft geen realisatie, of normuren zonder benchmark. Vul dat aan.",
        "The realised norm fte of this group cannot be computed: it has no realisation, or norm hours without a benchmark. Complete that.",
    ),
}  # fmt: skip

"""What is wrong with what is to be simulated."""

from __future__ import annotations

SIMULATION: dict[str, tuple[str, str]] = {
    "simulate_draws": (
        "Het aantal trekkingen is een geheel getal van 100 tot en met 1.000.000; gewoon is 10.000.",
        "The number of draws is a whole number from 100 to 1,000,000; usual is 10,000.",
    ),
    "simulate_threads": (
        "Het aantal threads is een geheel getal van 1 tot en met 64; de uitkomst hangt er niet van af.",
        "The number of threads is a whole number from 1 to 64; the outcome does not depend on it.",
    ),
    "simulate_seed": (
        "Het zaad is een geheel getal van 0 of meer; hetzelfde zaad geeft dezelfde trekkingen.",
        "The seed is a whole number of 0 or more; the same seed gives the same draws.",
    ),
    "simulate_no_spread": (
        "Niemand heeft gezegd hoe ver de volumes van hun verwachting kunnen afwijken. Geef één spreiding voor alles, bijvoorbeeld "
        "--spread 5%, of zet een lijst spreiding.csv naast de case. Met --store neemt het programma die van de prognose.",
        "Nobody has said how far volumes may be off what is expected. Give one spread for all, such as --spread 5%, or put a list "
        "spreiding.csv beside the case. With --store the program takes those of the forecast.",
    ),
    "simulate_spread": (
        "Een spreiding is een percentage van 0 tot 100 (100 niet), of een deel van 1: --spread 5% of --spread 0.05.",
        "A spread is a percentage from 0 up to 100 (100 not included), or a share of 1: --spread 5% or --spread 0.05.",
    ),
    "simulate_correlation": (
        "De samenhang tussen vakgroepen is een getal van 0 tot 1 (1 niet): 0 is los van elkaar. Bijvoorbeeld --correlation 0.25.",
        "The correlation between groups is a number from 0 up to 1 (1 not included): 0 is apart from each other. Such as --correlation 0.25.",
    ),
    "simulate_centre": (
        "De volumes zouden rond {table} worden getrokken, en die is er niet. Voeg {table} toe, of kies met --volumes een andere tabel.",
        "Volumes were to be drawn around {table}, and there is none. Add {table}, or choose another table with --volumes.",
    ),
    "simulate_nothing": (
        "De case heeft geen prognose en geen begroting om volumes omheen te trekken. Voeg een van beide toe.",
        "The case has no forecast and no budget to draw volumes around. Add one of them.",
    ),
    "simulate_no_records": (
        "De opslag heeft van dit jaar nog niets, dus ook geen prognose. Kies --volumes begroting met een spreiding.",
        "The store has nothing of this year yet, and so no forecast. Choose --volumes begroting with a spread.",
    ),
    "simulate_year_known": (
        "Dit jaar is voorbij en alles is gesloten: er valt niets te voorspellen. Kies --volumes realisatie of begroting met een spreiding.",
        "This year is over and everything is closed: there is nothing to forecast. Choose --volumes realisatie or begroting with a spread.",
    ),
    "spread_bounds": (
        "Een spreiding is een deel van 1, van 0 tot 1 (1 niet): 5 % is 0,05. Verbeter het getal.",
        "A spread is a share of 1, from 0 up to 1 (1 not included): 5 % is 0.05. Correct the number.",
    ),
    "spread_group": (
        "Deze vakgroep heeft geen volumes in de case.{close} Bekend zijn: {allowed}.",
        "This group has no volumes in the case.{close} Known are: {allowed}.",
    ),
    "spread_contract": (
        "Dit contract heeft geen volumes in de case.{close} Bekend zijn: {allowed}.",
        "This contract has no volumes in the case.{close} Known are: {allowed}.",
    ),
    "spread_product": (
        "Dit zorgproduct is er niet onder de volumes van {group}. Verbeter de code (let op voorloopnullen), of haal de regel weg.",
        "This product is not among the volumes of {group}. Correct the code (mind leading zeros), or remove the row.",
    ),
    "spread_product_group": (
        "Een zorgproduct hoort bij één vakgroep; ‘alle’ kan hier niet. Noem de vakgroep.",
        "A product belongs to one group; ‘alle’ will not do here. Name the group.",
    ),
    "spread_group_missing": (
        "De lijst zegt niets van deze vakgroep. Voeg een regel toe (0 als haar volumes vaststaan), of één regel ‘alle’ voor wie geen eigen regel heeft.",
        "The list says nothing of this group. Add a row (0 if its volumes are certain), or one row ‘alle’ for those without a row of their own.",
    ),
}  # fmt: skip

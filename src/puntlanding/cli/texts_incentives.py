"""What the command that shows incentives says of itself, in Dutch and English."""

from __future__ import annotations

TEXTS_INCENTIVES: dict[str, tuple[str, str]] = {
    "incentives": (
        "Laat zien wat één normuur meer oplevert, en wie het betaalt.\n\n"
        "Per vakgroep en contract onder, net onder, net boven en boven de begroting: waar de afspraak volume beloont, krimp "
        "straft, of de winst van de een het verlies van de ander laat zijn.",
        "Show what one norm hour more pays, and who pays it.\n\n"
        "By group and contract below, just below, just above and above the budget: where the agreement rewards volume, punishes "
        "shrink, or makes one group's gain another's loss.",
    ),
    "opt_incentives_others": (
        "Waar alle anderen staan; zonder keuze de realisatie, anders de prognose, anders de begroting.",
        "Where everybody else stands; without a choice the realisation, else the forecast, else the budget.",
    ),
    "opt_incentives_distance": (
        "Hoe ver onder en boven de begroting wordt gekeken.",
        "How far below and above the budget is looked at.",
    ),
    "opt_incentives_groups": (
        "Alleen deze vakgroep; mag vaker.",
        "Only this group; may be given more than once.",
    ),
    "opt_incentives_page": (
        "Schrijf het ook als webpagina (.html) voor het bestuur.",
        "Write it as a web page (.html) for the board too.",
    ),
}

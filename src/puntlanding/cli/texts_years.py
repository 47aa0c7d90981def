"""What the command for several years says of itself, in Dutch and English."""

from __future__ import annotations

TEXTS_YEARS: dict[str, tuple[str, str]] = {
    "years": (
        "Bereken enkele jaren achter elkaar: wie gaat vooruit of achteruit, en wat gaat van jaar naar jaar mee.\n\n"
        "Elke CASE is een map of werkmap van één jaar; de volgorde doet er niet toe, de jaren volgen op elkaar. Een jaar krijgt van het "
        "jaar ervoor de begroting (meerjaren aanneemsom), de bedragen (vangnet) en het saldo ([meerjaren] in de afspraak).",
        "Compute several years in a row: who gains or loses, and what goes from year to year.\n\n"
        "Each CASE is a folder or workbook of one year; their order does not matter, the years follow each other. A year takes from the "
        "year before its budget (multi-year lump sum), its amounts (net) and its balance ([meerjaren] in the agreement).",
    ),
}

"""The page on who may do what in the web application: it follows from its table of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generate_web_pages import pages_part
from puntlanding.web.outputs import DIVIDING
from puntlanding.web.rules import PERMISSIONS, RULES, Detail, Party

TABLE = Callable[[Iterable[str], Iterable[Iterable[str]]], str]
PARTIES = {Party.COLLECTIVE: "gremium", Party.HOSPITAL: "ziekenhuis", None: "-"}
DETAILS = {Detail.ALL: "alle vakgroepen", Detail.OWN: "het totaal en de eigen vakgroep", Detail.NONE: "geen cijfers"}

INTRODUCTION = """# Rollen en rechten in de webtoepassing

Wie inlogt, heeft één rol bij een gremium en zijn ziekenhuis. Wat hier niet staat, mag niet: elke pagina noemt het recht dat zij
vraagt, en een test opent elk adres met elke rol. Wie voorbereidt, geeft geen akkoord; wie akkoord geeft, bereidt niet voor; wie
beheert, ziet geen cijfers en verandert zichzelf niet ([mensen en rollen](../how-to/mensen-en-rollen.md)).
"""

SIGNED = """## Wat elke partij tekent

Beide partijen geven akkoord op hetzelfde kenmerk: de hash van de inhoud van de afspraak en van alle tabellen van die versie. Het ziekenhuis
leest daarvan de afspraak en elke tabel waar beide mee werken (vakgroepen, begroting, prognose, realisatie, normtijden, benchmark, efficiency,
formatie, besparingen en de lijsten). Tabellen die alleen dienen om het geld te verdelen ({dividing}), werkmappen en bestanden met een eigen naam ziet
het ziekenhuis met naam en kenmerk, niet met inhoud.

Dat is genoeg om te tekenen. Wat het ziekenhuis afspreekt en betaalt, volgt uit wat het leest: de betaalde norm fte, het kader en
het aandeel in besparingen hangen van geen verdeeltabel af. En het kenmerk bewijst later dat het gremium verdeelde met precies de tabellen die er bij het tekenen lagen, want één
ander teken is een ander kenmerk. Wat beide partijen wel weten, zegt ook iets: met de norm fte per vakgroep en het kader is te schatten wat een
vakgroep ongeveer krijgt. Dat hoort bij een afspraak die samen wordt gemaakt; kosten, scores, mutaties en vangnetten blijven van het gremium.
"""


def rights_page(table: TABLE) -> str:
    roles = ((rule.name[0], PARTIES[rule.party], DETAILS[rule.detail], rule.why[0]) for rule in RULES.values())
    rights = (
        (text[0], ", ".join(rule.name[0] for rule in RULES.values() if permission in rule.permissions))
        for permission, text in PERMISSIONS.items()
    )
    return (
        f"{INTRODUCTION}\n## Rollen\n\n{table(('rol', 'namens', 'ziet', 'waarom'), roles)}"
        f"\n## Rechten\n\n{table(('recht', 'rollen'), rights)}"
        f"\n{SIGNED.format(dividing=', '.join(f'`{name}`' for name in DIVIDING))}"
        f"\n{pages_part(table)}"
    )

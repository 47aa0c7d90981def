"""The page on who may do what in the web application: it follows from its table of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from puntlanding.web.rules import PERMISSIONS, RULES, Detail, Party

TABLE = Callable[[Iterable[str], Iterable[Iterable[str]]], str]
PARTIES = {Party.COLLECTIVE: "gremium", Party.HOSPITAL: "ziekenhuis", None: "-"}
DETAILS = {Detail.ALL: "alle vakgroepen", Detail.OWN: "het totaal en de eigen vakgroep", Detail.NONE: "geen cijfers"}

INTRODUCTION = """# Rollen en rechten in de webtoepassing

Wie inlogt, heeft één rol bij een gremium en zijn ziekenhuis. Wat hier niet staat, mag niet: elke pagina noemt het recht dat zij
vraagt, en een test opent elk adres met elke rol. Wie voorbereidt, geeft geen akkoord; wie akkoord geeft, bereidt niet voor; wie
beheert, ziet geen cijfers en verandert zichzelf niet ([mensen en rollen](../how-to/mensen-en-rollen.md)).
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
    )

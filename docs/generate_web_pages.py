"""Every page of the web application with what each role does there: from its own addresses and its table of rules."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from puntlanding.web.rules import RULES, Permission, Role

TABLE = Callable[[Iterable[str], Iterable[Iterable[str]]], str]
PAGES = """Per adres: `leest` wie de pagina of het bestand opent, `doet` wie er ook iets doet. Een lege plaats is een weigering; bij een knop komt wie
hem niet heeft op de pagina waar hij bij hoort. Wie alleen het totaal en de eigen vakgroep ziet, leest op dezelfde pagina alleen die; wie de verdeling niet ziet, leest nergens euro's per vakgroep. Wat een knop
doet, vraagt het recht nog eens, en alleen binnen het eigen gremium. De tabel komt uit de adressen van de toepassing zelf.
"""
UNTOLD = "(zeg in docs/generate_web_pages.py waarvoor)"  # a test asks that no page is
# How the columns of that table are called
BRIEF = {
    Role.HOSPITAL_FINANCE: "financiën zkh", Role.HOSPITAL_BOARD: "bestuur zkh", Role.COLLECTIVE_BOARD: "bestuur gremium",
    Role.COLLECTIVE_CONTROLLER: "controller", Role.GROUP_REPRESENTATIVE: "vertegenw.", Role.SPECIALIST: "specialist",
    Role.AUDITOR: "accountant", Role.ADMINISTRATOR: "beheerder",
}  # fmt: skip
# Per page what it is for, and what who may do something there does
TOLD = {
    "start": ("het begin: het jaar, of het beheer", ""),
    "words": ("wat de woorden betekenen", ""),
    "year": ("het jaar: waar staan we, en wat is de volgende stap", ""),
    "new_year": ("een nieuw jaar openen", "opent een jaar"),
    "agreement": ("de afspraak in zinnen", ""),
    "agreement_change": ("de afspraak als formulier", "wijzigt de afspraak in een concept"),
    "agreement_check": ("het concept van de afspraak nalezen", "bevestigt het concept of gooit het weg"),
    "agreement_compare": ("de afspraak naast andere", "legt een voorstel ernaast"),
    "agreement_incentives": ("wat één uur meer oplevert", ""),
    "version": ("één versie: wat zij verandert, met haar bestanden", ""),
    "version_file": ("een bestand van een versie", ""),
    "propose": ("een versie voorleggen", "legt voor aan beide partijen"),
    "approve": ("akkoord geven", "geeft akkoord namens de eigen partij"),
    "refuse": ("weigeren", "weigert, met een reden"),
    "approvals": ("wat er voor akkoord ligt", ""),
    "budget": ("de begroting per vakgroep", ""),
    "budget_group": ("de begroting van een vakgroep per product", ""),
    "budget_edit": ("volumes wijzigen", "wijzigt volumes in een concept"),
    "budget_effect": ("wat een wijziging met de vakgroep doet", "rekent de wijziging door"),
    "budget_draft": ("het concept van de begroting: de verschillen", "bevestigt het concept of gooit het weg"),
    "budget_workbook": ("de begroting als werkmap", ""),
    "budget_upload": ("een gewijzigde werkmap inlezen", "leest een werkmap in een concept"),
    "budget_records": ("begroting of afrekening uit de registratie", "laat een concept maken uit de registratie"),
    "deliver": ("bestanden van de case aanleveren", "maakt een concept van bestanden"),
    "monitoring": ("landen we op de begroting: prognose en verloop", ""),
    "planned_events": ("gebeurtenissen die de prognose meetelt", "voegt een gebeurtenis toe"),
    "planned_event": ("één gebeurtenis", "verandert haar of neemt haar terug"),
    "settlement": ("de afrekening", ""),
    "every_type": ("hetzelfde jaar onder elke soort contract", ""),
    "distribution": ("de verdeling van het geld", ""),
    "statements": ("de verklaringen om te tekenen", ""),
    "benchmark": ("de plaats tussen vergelijkbare vakgroepen", ""),
    "efficiency": ("waarin de patiënten van een vakgroep anders vragen", ""),
    "formation": ("met hoeveel fte de vakgroepen werken", ""),
    "simulation": ("wat als het jaar anders uitvalt", "start een simulatie"),
    "report_set": ("alle rapporten van een versie", "laat de rapporten maken"),
    "work": ("wat er loopt en wat klaar is", ""),
    "job": ("één opdracht: voortgang en uitkomst", ""),
    "cancel_job": ("een opdracht stoppen", "stopt de opdracht"),
    "data": ("waar de cijfers vandaan komen: leveringen en bestanden", ""),
    "deliver_records": ("een levering aanbieden", "levert de export van het ziekenhuis aan"),
    "make_contribution": ("de eigen bijdrage aan de benchmark", "laat de bijdrage maken"),
    "try_forecast": ("de prognose toetsen op vorige jaren", "start de terugtoets"),
    "delivery": ("één levering en wat de controles zeggen", ""),
    "load_delivery": ("een levering in de opslag zetten", "laadt de levering"),
    "check_delivery": ("een levering opnieuw controleren", "laat opnieuw controleren"),
    "withdraw_delivery": ("een levering intrekken", "trekt de levering in"),
    "log": ("het logboek", ""),
    "collective": ("voor welk gremium u nu werkt", "kiest een van de eigen gremia"),
    "people": ("wie er mag inloggen", "voegt iemand toe"),
    "person": ("één persoon en zijn rol", "verandert rol of account, of maakt een nieuwe link"),
    "tokens": ("sleutels voor eigen programma's", "maakt een sleutel of trekt haar in"),
    "verify": ("klopt dit stuk nog", "laat een verklaring, uitkomst of zegel nagaan"),
}
# An address that only takes what a button sends
_BUTTONS = frozenset({
    "propose", "approve", "refuse", "report_set", "cancel_job", "deliver_records", "make_contribution", "try_forecast", "load_delivery",
    "check_delivery", "withdraw_delivery",
})  # fmt: skip
_FILES = (
    "_file",
    "_table",
    "_chain",
    "_figures",
    "_seal",
    "statement",
)  # what an address hands out belongs to the page beside it


@dataclass(frozen=True, slots=True)
class Address:
    route: str
    name: str
    opens: Permission
    acts: Permission | None

    @property
    def shown(self) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", self.route).replace("<year>", "<jaar>")

    def word(self, role: Role) -> str:
        allowed = RULES[role].permissions
        if self.opens not in allowed:
            return ""
        if self.acts in allowed:
            return "doet"
        return "" if self.name in _BUTTONS else "leest"


def pages_part(table: TABLE) -> str:
    found = list(_addresses())
    head = ("pagina", "adres", *(BRIEF[role] for role in RULES))
    lines = ((_named(one), f"`{one.shown}`", *(one.word(role) for role in RULES)) for one in found)
    deeds = ((RULES[role].name[0], _does(role, found)) for role in RULES)
    return (
        f"## Wat elke rol doet\n\n{table(('rol', 'wat zij zelf doet'), deeds)}"
        f"\n## Elke pagina, elke rol\n\n{PAGES}\n{table(head, lines)}"
    )


def _addresses() -> Iterator[Address]:
    program = Path(__file__).with_name("web_addresses.py")
    told = subprocess.run([sys.executable, program], check=True, capture_output=True, text=True).stdout  # noqa: S603 - ours
    for route, name, opens, acts in json.loads(told):
        yield Address(route, name, Permission(opens), Permission(acts) if acts else None)


def _named(one: Address) -> str:
    if one.name in TOLD:
        return TOLD[one.name][0]
    if re.search(r"\.\w+$", one.route) or one.name.endswith(_FILES):
        return "bestand"
    return UNTOLD


def _does(role: Role, found: Iterable[Address]) -> str:
    deeds = [TOLD[one.name][1] for one in found if one.name in TOLD and one.word(role) == "doet"]
    return "; ".join(dict.fromkeys(deed for deed in deeds if deed)) or "-"

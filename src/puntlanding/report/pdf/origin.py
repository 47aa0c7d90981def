"""Where the numbers came from and how anybody can check them; and what every page of a report has at its head and foot."""

from __future__ import annotations

from typing import Any

from puntlanding import __version__
from puntlanding.agreement.content import short
from puntlanding.agreement.seal import Party
from puntlanding.language.notation import Language
from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.agreed import frozen
from puntlanding.report.pdf.blocks import Block, hashes, signatures, text
from puntlanding.report.pdf.paper import MISSING
from puntlanding.report.pdf.saying import Say, first_capital
from puntlanding.stage import Stage


def page_record(dossier: Dossier, title: str, shown: str, above: str) -> dict[str, Any]:
    """``title`` is the document's, ``shown`` what the page has at its head, ``above`` the line above that."""
    say = Say(dossier.language)
    agreement, data = short(dossier.provenance.content.hash), short(dossier.provenance.data_hash)
    return {
        "title": title,
        "shown": shown,
        "above": above,
        "organisation": dossier.agreement.organisation,
        "lang": dossier.language.value,
        "region": "NL" if dossier.language is Language.DUTCH else "GB",
        "foot": say.pick(
            f"{dossier.title} · afspraak {agreement} · gegevens {data}",
            f"{dossier.title} · agreement {agreement} · data {data}",
        ),
        "words": {"page": say.pick("bladzijde", "page"), "of": say.pick("van", "of")},
    }


def strange(dossier: Dossier) -> str:
    return Say(dossier.language).pick(
        f"{MISSING} staat voor een teken dat niet af te drukken is",
        f"{MISSING} stands for a sign that cannot be printed",
    )


def origin(dossier: Dossier) -> tuple[Block, ...]:
    say, found = Say(dossier.language), dossier.provenance
    told = say.pick(
        "De codes hieronder horen bij precies deze afspraak en deze gegevens. Wie iets verandert, krijgt andere codes. Met de opdracht "
        "puntlanding verify is de uitkomst na te rekenen.",
        "The codes below belong to exactly this agreement and these data. Whoever changes anything gets other codes. The command "
        "puntlanding verify works the result out again.",
    )
    rows = (
        (say.pick("afspraak", "agreement"), found.content.hash),
        (say.pick("gegevens", "data"), found.data_hash),
        (say.pick("programma", "program"), f"puntlanding {__version__}"),
    )
    given = dossier.approval
    if given is None:
        return text(f"{told} {frozen(dossier)}"), hashes(*rows)
    return text(told), text(given.text), hashes((say.pick("akkoord op", "approved"), given.hash), *rows)


def room_to_sign(dossier: Dossier) -> Block:
    say = Say(dossier.language)
    hospital, collective = (party.words[say.which] for party in Party)
    on_behalf = say.pick("Namens", "On behalf of")
    return signatures(say, f"{on_behalf} {hospital}", f"{on_behalf} {collective}")


def left_out(dossier: Dossier, stages: tuple[Stage, ...]) -> list[str]:
    """What is not in the report, and why."""
    say = Say(dossier.language)
    names = {
        Stage.BUDGET: say.pick("de begroting in norm fte", "the budget in norm fte"),
        Stage.MONITOR: say.pick("de prognose ten opzichte van de begroting", "the forecast against the budget"),
        Stage.SETTLE: say.pick("de afrekening in norm fte", "the settlement in norm fte"),
        Stage.DISTRIBUTE: say.pick("de verdeling in euro's", "the distribution in euros"),
    }
    return [
        f"{first_capital(names[stage])}. {dossier.why_not(stage)}" for stage in stages if not dossier.has(stage)
    ]  # fmt: skip

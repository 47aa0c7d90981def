"""Why a group is paid what it is paid, contract by contract, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from puntlanding.agreement import Contract, Supporting
from puntlanding.budget import CapacityRow
from puntlanding.collective import Role
from puntlanding.contract_types.ceiling import CEILING
from puntlanding.contract_types.ceiling_bandwidth import CEILING_BANDWIDTH
from puntlanding.contract_types.lump_sum import LUMP_SUM
from puntlanding.contract_types.multi_year_lump_sum import MULTI_YEAR_LUMP_SUM
from puntlanding.contract_types.shadow_run import SHADOW_RUN
from puntlanding.quantities import ZERO
from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.saying import Say
from puntlanding.settlement import GroupSettlement
from puntlanding.settlement.lines import Line


def delivered(row: CapacityRow, say: Say) -> str:
    """From norm hours to norm fte after scoring; empty where the case begins with norm fte."""
    if row.hours is None or row.rate is None or row.norm_fte is None:
        return ""
    hours, rate, fte = say.hours(row.hours), say.hours(row.rate), say.fte(row.norm_fte)
    told = say.pick(
        f"Geleverd zijn {hours} normuren. Bij een benchmark van {rate} normuren per fte is dat {fte} norm fte",
        f"Delivered were {hours} norm hours. At a benchmark of {rate} norm hours per fte that is {fte} norm fte",
    )
    if row.factor is None or row.scored is None:
        return told + "."
    score = say.percent(row.factor, 2)
    return told + say.pick(
        f"; met een score van {score} telt dat als {say.fte(row.scored)}.",
        f"; with a score of {score} it counts as {say.fte(row.scored)}.",
    )


def explained(dossier: Dossier, row: GroupSettlement) -> Iterator[str]:
    """A sentence or two for each contract, and one for what holds of all together."""
    say = Say(dossier.language)
    agreement = dossier.agreement
    roles = {group.name: group.role for group in dossier.case.groups}
    apart = roles[row.line.group] is Role.SUPPORTING and agreement.supporting is not Supporting.AS_OTHERS
    for line in row.contracts:
        contract = agreement.contract(line.contract or "")
        told = _supporting(line, agreement.supporting, say) if apart else _contract(dossier, contract, line, say)
        yield f"{line.contract}: {told}"
    correction = row.line.correction
    if correction is not None:
        yield _band(dossier, row, correction.value, say)


def _contract(dossier: Dossier, contract: Contract, line: Line, say: Say) -> str:
    match contract.type.name:
        case CEILING.name:
            return _ceiling(dossier, line, say)
        case CEILING_BANDWIDTH.name:
            return _bandwidth(contract, line, say)
        case LUMP_SUM.name | MULTI_YEAR_LUMP_SUM.name:
            return _lump_sum(line, say)
        case SHADOW_RUN.name:
            return say.pick(
                f"betaald wordt wat is gerealiseerd, {say.fte(line.paid)}; de begroting was {say.fte(line.budgeted)}.",
                f"what was realised is paid, {say.fte(line.paid)}; the budget was {say.fte(line.budgeted)}.",
            )
        case _:
            return say.pick(
                f"gerealiseerd {say.fte(line.realised)}, begroot {say.fte(line.budgeted)}, extra {say.fte(line.extra)}, "
                f"betaald {say.fte(line.paid)}.",
                f"realised {say.fte(line.realised)}, budgeted {say.fte(line.budgeted)}, extra {say.fte(line.extra)}, "
                f"paid {say.fte(line.paid)}.",
            )


def _beside(line: Line, say: Say) -> str:
    """Where the realisation came beside the budget."""
    budget = say.fte(line.budgeted)
    if line.over is not None and line.over.value:
        return say.pick(
            f"{say.fte(line.over)} norm fte boven de begroting van {budget}",
            f"{say.fte(line.over)} norm fte above the budget of {budget}",
        )
    if line.under is not None and line.under.value:
        return say.pick(
            f"{say.fte(line.under)} norm fte onder de begroting van {budget}",
            f"{say.fte(line.under)} norm fte below the budget of {budget}",
        )
    return say.pick(f"precies op de begroting van {budget}", f"exactly on the budget of {budget}")


def _ceiling(dossier: Dossier, line: Line, say: Say) -> str:
    told = _beside(line, say)
    pool = _redistributed(dossier, line, say)
    if line.over is None or not line.over.value:
        paid = say.fte(line.paid)
        return told + say.pick(f"; betaald wordt {paid}.", f"; {paid} is paid.") + pool
    extra, rest = line.extra.value, line.over.value - line.extra.value
    if not extra:
        return told + say.pick("; daarvan wordt niets betaald.", "; nothing of it is paid.")
    told += say.pick(
        f"; daarvan wordt {say.fte(extra)} betaald uit wat anderen onder hun begroting bleven",
        f"; of it {say.fte(extra)} is paid from what others left under their budget",
    )
    if rest:
        told += say.pick(f" en {say.fte(rest)} niet", f" and {say.fte(rest)} is not")
    return told + "." + _at_most(dossier, line, say) + pool


def _at_most(dossier: Dossier, line: Line, say: Say) -> str:
    most = dossier.agreement.maximum_over_production
    if most is None or line.extra.value != most.value * line.budgeted.value:
        return ""
    return say.pick(
        f" Meer dan {say.share(most)} van de begroting laat de afspraak niet toe.",
        f" More than {say.share(most)} of the budget the agreement does not allow.",
    )


def _redistributed(dossier: Dossier, line: Line, say: Say) -> str:
    """What moved between groups in this contract: who gave which part of it cannot be told, because all gave together."""
    under, moved = _together(dossier, line)
    if not moved or not under:
        return ""
    return say.pick(
        f" In dit contract bleven vakgroepen samen {say.fte(under)} onder hun begroting; daarvan is {say.fte(moved)} "
        "gebruikt om meerproductie van anderen te betalen.",
        f" In this contract groups left {say.fte(under)} under their budgets together; of it {say.fte(moved)} was used to pay "
        "for over-production of others.",
    )


def _together(dossier: Dossier, line: Line) -> tuple[Fraction, Fraction]:
    """Of all groups that share in this contract: norm fte under budget, and extra paid from it."""
    agreement = dossier.agreement
    if not agreement.redistribute:
        return ZERO, ZERO
    alike = agreement.supporting is Supporting.AS_OTHERS
    sharing = {one.name for one in dossier.case.groups if alike or one.role is Role.GATEKEEPING}
    lines = [
        one
        for row in dossier.year.settlement.rows
        for one in row.contracts
        if one.contract == line.contract and one.group in sharing
    ]
    under = sum((one.under.value for one in lines if one.under is not None), ZERO)
    return under, sum((one.extra.value for one in lines), ZERO)


def _bandwidth(contract: Contract, line: Line, say: Say) -> str:
    told, paid = _beside(line, say), say.fte(line.paid)
    if line.over is None or not line.over.value:
        return told + say.pick(f"; betaald wordt {paid}.", f"; {paid} is paid.")
    band = say.share(contract.settings["bandbreedte"])
    told += say.pick(
        f"; tot {band} daarboven wordt betaald: {say.fte(line.extra)}",
        f"; up to {band} above it is paid: {say.fte(line.extra)}",
    )
    rest = line.over.value - line.extra.value
    return told + (say.pick(f", en {say.fte(rest)} niet.", f", and {say.fte(rest)} is not.") if rest else ".")


def _lump_sum(line: Line, say: Say) -> str:
    told = say.pick(
        f"de begroting van {say.fte(line.budgeted)} wordt betaald, wat ook is gerealiseerd",
        f"the budget of {say.fte(line.budgeted)} is paid, whatever was realised",
    )
    if line.realised is not None:
        told += f" ({say.fte(line.realised)})"
    if line.extra.value:
        told += say.pick(
            f"; daar komt {say.fte(line.extra)} bij voor de krimp sinds vorig jaar",
            f"; {say.fte(line.extra)} is added for the shrink since last year",
        )
    return told + "."


def _supporting(line: Line, mode: Supporting, say: Say) -> str:
    if mode is Supporting.ON_REALISATION:
        return say.pick(
            f"een ondersteuner wordt betaald op zijn realisatie, {say.fte(line.paid)}; de begroting was {say.fte(line.budgeted)}.",
            f"a supporting group is paid what it realised, {say.fte(line.paid)}; the budget was {say.fte(line.budgeted)}.",
        )
    return say.pick(
        f"een ondersteuner volgt de poortspecialismen: de begroting van {say.fte(line.budgeted)}, maal hun realisatie ÷ begroting, "
        f"is {say.fte(line.paid)}.",
        f"a supporting group follows the gatekeepers: the budget of {say.fte(line.budgeted)}, times what they realised ÷ their "
        f"budget, is {say.fte(line.paid)}.",
    )


def _band(dossier: Dossier, row: GroupSettlement, correction: Fraction, say: Say) -> str:
    bounds = dossier.agreement.fte_bandwidth
    if bounds is None:
        raise ValueError("a correction without a bandwidth")
    low, high = (say.fte(one) for one in bounds)
    care = dossier.year.formation[row.line.group].care_fte
    told = say.pick(
        f"Norm fte per zorgverlening-fte blijft tussen {low} en {high} (bij {say.fte(care)} zorgverlening-fte): ",
        f"Norm fte per care fte stays between {low} and {high} (with {say.fte(care)} care fte): ",
    )
    if not correction:
        return told + say.pick("dat verandert hier niets.", "that changes nothing here.")
    if correction > 0:
        return told + say.pick(f"daardoor komt {say.fte(correction)} erbij.", f"that adds {say.fte(correction)}.")
    return told + say.pick(f"daardoor gaat {say.fte(-correction)} eraf.", f"that takes away {say.fte(-correction)}.")

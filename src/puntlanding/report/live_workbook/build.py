"""A year → a workbook with live formulas, sheet after sheet in the order of the calculation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from puntlanding.components import Choice
from puntlanding.report.dossier import Dossier
from puntlanding.report.live_workbook import component_sheets, reserve_sheets
from puntlanding.report.live_workbook.agreement_sheet import write_agreement
from puntlanding.report.live_workbook.cells import Book
from puntlanding.report.live_workbook.control_sheet import write_control
from puntlanding.report.live_workbook.cost_sheets import write_costs, write_distribution
from puntlanding.report.live_workbook.divide_sheets import named_choices, write_main, write_pots
from puntlanding.report.live_workbook.groups_sheet import write_formation, write_groups
from puntlanding.report.live_workbook.guide_sheet import write_guide
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.origin_sheet import write_origin
from puntlanding.report.live_workbook.production_sheets import BEFORE, BUDGET, REALISED, write_production
from puntlanding.report.live_workbook.score_sheets import write_efficiency, write_score
from puntlanding.report.live_workbook.settlement_sheets import contracts_with_rows, write_contract, write_together
from puntlanding.report.live_workbook.words import Words
from puntlanding.report.live_workbook.write import written

# Disutility may add norm fte to what the main part divides on: its sheet is made before it.
WRITERS: dict[str, Callable[[Model, Choice, str, int | None], None]] = {
    "harmonisatie": component_sheets.write_harmonisation,
    "kwaliteit": component_sheets.write_weighted,
    "geoormerkt": component_sheets.write_weighted,
    "mutatiereserve": reserve_sheets.write_reserve,
    "gedeelde_besparing": reserve_sheets.write_savings,
    "overgang": component_sheets.write_transition,
    "vangnet": component_sheets.write_net,
}


def files(dossier: Dossier, target: Path) -> Mapping[Path, bytes]:
    return {target: workbook_bytes(dossier)}


def workbook_bytes(dossier: Dossier) -> bytes:
    return written(live_book(dossier), dossier)


def live_book(dossier: Dossier) -> Book:
    model = Model(dossier, Book(), Words(dossier.language))
    guide = model.book.sheet(model.words.title("guide"))
    _inputs(model)
    if model.settles:
        for k in contracts_with_rows(model):
            write_contract(model, k)
        write_together(model)
    if model.distributes:
        _euros(model)
    if model.settles or "budget" in model.tables:
        write_control(model)
    write_origin(model)
    write_guide(model, guide)
    return model.book


def _inputs(model: Model) -> None:
    case, agreement = model.case, model.agreement
    title = model.words.title("agreement")
    model.about.append(
        (title, ("elke keuze van de afspraak waarmee wordt gerekend", "every choice of the agreement that counts"))
    )
    write_agreement(model.book, agreement, model.parts, model.roles, model.words)
    if case.formation:
        write_formation(model)
    write_groups(model)
    if model.case.efficiency:
        write_efficiency(model)
    if model.scores:
        write_score(model)
    if case.budget is not None:
        write_production(model, BUDGET, case.budget, agreement.year)
        if model.looks_back:
            write_production(model, BEFORE, case.budget, agreement.year - 1)
    if case.realisation is not None and model.settles:
        write_production(model, REALISED, case.realisation, agreement.year)


def _euros(model: Model) -> None:
    write_pots(model)
    choices = named_choices(model)
    for choice, _ in choices:
        if choice.component.section == "disutility":
            component_sheets.write_disutility(model, choice)
    write_main(model)
    for choice, prefix in choices:
        section = choice.component.section
        if section == "disutility":
            model.running.append(model.parts_of[choice.key])
            continue
        same = [one for one, _ in choices if one.component.section == section]
        WRITERS[section](model, choice, prefix, 1 + same.index(choice) if choice.component.repeated else None)
    if model.case.costs:
        write_costs(model)
    write_distribution(model)

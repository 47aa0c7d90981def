"""The first sheet: the answer, what the other sheets are for, how to work with them, and what is left out."""

from __future__ import annotations

from puntlanding.report.live_workbook.cells import Ref, Sheet
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.words import Pair
from puntlanding.stage import Stage

HOW: tuple[Pair, ...] = (
    ("Gele cellen zijn invoer: verander er een en alle bladen rekenen opnieuw, volgens dezelfde regels als het programma.",
     "Yellow cells are inputs: change one and all sheets calculate again, by the same rules as the program."),
    ("De soort van een contract, herverdeling, ondersteuners en de andere keuzes staan op het blad Afspraak, met een keuzelijst.",
     "The type of a contract, redistribution, supporting groups and the other choices are on the sheet Agreement, with a list to choose from."),
    ("Het blad Controle zet de uitkomst naast die van het programma: na een verandering staat daar wat zij doet, per vakgroep.",
     "The sheet Control puts the outcome beside the program's: after a change it shows what that does, for each group."),
    ("Werkkolommen van een verdeling zijn dichtgevouwen; met het plusje boven de kolommen gaan zij open.",
     "Working columns of a division are folded away; the plus sign above the columns opens them."),
    ("Een werkblad rekent met 15 cijfers. Bij het verdelen van centen gelden resten als gelijk die op 6 decimalen van een cent gelijk zijn (bij bedragen vanaf tien miljoen minder); dan beslist de naam.",
     "A spreadsheet has 15 digits. In dividing cents, fractions count as equal that are so to 6 decimals of a cent (fewer for amounts from ten million); then the name decides."),
    ("Een onderdeel, contract of vakgroep toevoegen kan niet in deze werkmap: daarvoor verandert u de case en maakt u haar opnieuw.",
     "A component, contract or group cannot be added in this workbook: change the case and make it anew."),
)  # fmt: skip
STAGES: dict[Stage, Pair] = {
    Stage.BUDGET: ("Begroting in norm fte", "Budget in norm fte"),
    Stage.SETTLE: ("Afrekening", "Settlement"),
    Stage.DISTRIBUTE: ("Verdeling in euro's", "Distribution in euros"),
}


def write_guide(model: Model, sheet: Sheet) -> None:
    """On ``sheet``, which stands first and is filled last."""
    words = model.words
    sheet.widths |= {0: 30, 1: 18, 2: 80}
    sheet.text(0, 0, model.dossier.title, "heading")
    sheet.text(
        1,
        0,
        words("De afrekening als werkmap die zelf rekent", "The settlement as a workbook that calculates by itself"),
        "lead",
    )
    row = _answers(model, sheet, 3) + 1
    row = _section(sheet, row, words("Zo werkt het", "How it works"), [words.of(pair) for pair in HOW])
    sheet.text(row, 0, words("De bladen", "The sheets"), "strong")
    for title, what in model.about:
        row += 1
        sheet.text(row, 0, title, "link")
        sheet.links[row, 0] = title
        sheet.text(row, 1, words.of(what), "text")
    row += 2
    remarks = [words.of(pair) for pair in model.remarks] + _left_out(model)
    if remarks:
        row = _section(sheet, row, words("Niet in deze werkmap", "Not in this workbook"), remarks)
    sheet.text(row, 0, model.dossier.source, "across")


def _section(sheet: Sheet, row: int, title: str, lines: list[str]) -> int:
    sheet.text(row, 0, title, "strong")
    for line in lines:
        row += 1
        sheet.text(row, 0, line, "across")
    return row + 2


def _answers(model: Model, sheet: Sheet, row: int) -> int:
    """The outcome in a few figures that follow every change."""
    answers: list[tuple[Pair, str, str]] = []
    if model.settles:
        together = model.tables["together"]
        for key, title in (("budgeted", ("Begroot (norm fte)", "Budgeted (norm fte)")),
                           ("realised", ("Gerealiseerd (norm fte)", "Realised (norm fte)")),
                           ("paid", ("Betaald (norm fte)", "Paid (norm fte)"))):  # fmt: skip
            if key != "realised" or model.year.realised is not None:
                answers.append((title, together.total(key), "fte!"))
    elif "budget" in model.tables:
        budget = model.tables["budget"]
        key = "scored" if "scored" in budget.columns else "scored_1"
        answers.append(
            (("Begroot (norm fte)", "Budgeted (norm fte)"), budget.total(key) if key in budget.columns else "0", "fte!")
        )
    if model.distributes:
        answers.append(
            (
                ("Uitgekeerd aan vakgroepen (€)", "Paid to groups (€)"),
                model.tables["distribution"].total("paid"),
                "euro!",
            )
        )
        answers.append((("Niet uitgekeerd (€)", "Not paid out (€)"), model.figures["unpaid"], "euro!"))
    if "not_fine" in model.figures:
        title = ("Controles die aandacht vragen", "Checks that ask for attention")
        answers.append((title, model.figures["not_fine"], "whole!"))
    for title, formula, look in answers:
        sheet.text(row, 0, model.words.of(title), "text")
        sheet.formula(row, 1, formula, look)
        row += 1
    return row


def _left_out(model: Model) -> list[str]:
    found = [
        f"{model.words.of(title)}: {model.dossier.why_not(stage)}"
        for stage, title in STAGES.items()
        if not model.dossier.has(stage)
    ]
    if model.case.forecast is not None:
        found.append(
            model.words(
                "De prognose: een afrekening heeft haar niet nodig.", "The forecast: a settlement does not need it."
            )
        )
    found.append(model.words(
        "De berekening van benchmark, efficiency en normtijden zelf: hun uitkomsten staan er als invoer.",
        "How benchmark, efficiency and norm times came about: their outcomes are there as inputs.",
    ))  # fmt: skip
    return found


def link(title: str) -> str:
    return f"internal:{Ref(title, 0, 0)}"

"""From the frame to the main part: pots, the norm fte that is divided on, the fixed component (methods §8)."""

from __future__ import annotations

from puntlanding.components import Choice
from puntlanding.distribution import UNPAID_LINE
from puntlanding.report.live_workbook.agreement_sheet import prefixes
from puntlanding.report.live_workbook.cells import added
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.split import down_to_cents, share_of, split
from puntlanding.report.live_workbook.table import Table

CARE_TITLE = ("zorgverlening-fte", "care fte")
NORM_TITLE = ("betaalde norm fte", "paid norm fte")


def named_choices(model: Model) -> list[tuple[Choice, str]]:
    components = model.agreement.components
    return list(zip(components, prefixes(components), strict=True))


def care_of(model: Model, i: int) -> str:
    """Care fte of a settled group; a group without formation has none to divide on."""
    if not model.case.formation:
        return "0"
    cell = model.tables["together"].at("care", i)
    return f'IF({cell}="",0,{cell})'


def write_pots(model: Model) -> None:
    """Gives ``pots``: a row per component that takes from the frame, column ``pot``; below it the main part."""
    choices = [(choice, prefix) for choice, prefix in named_choices(model) if choice.component.takes]
    sheet = model.page(
        "pots", ("wat elk onderdeel uit het kader neemt", "what each component takes from the frame"),
        (("Elk deel is van het hele kader, naar beneden afgerond op centen; geen pot verandert een andere. Wat overblijft is het hoofddeel.",
          "Each share is of the whole frame, rounded down to cents; no pot changes another. What is left is the main part."),),
    )  # fmt: skip
    titles = [model.words.of(model.called(choice)) for choice, _ in choices] or [model.words("geen", "none")]
    table = Table(sheet, model.words, titles, ("onderdeel", "component"))
    model.tables["pots"] = table
    table.column("pot", ("uit het kader (€)", "from the frame (€)"), "euro",
                 lambda i: _pot(model, *choices[i]) if choices else "0", total=True)  # fmt: skip
    frame = table.below(("kader (€)", "frame (€)"), "euro", "kader_bedrag")
    taken = table.total("pot")
    main = table.below(("hoofddeel (€)", "main part (€)"), "euro", f"{frame}-{taken}")
    fixed = table.below(("waarvan op zorgverlening-fte (€)", "of which on care fte (€)"), "euro",
                        share_of(main, "kader_vaste_component"))  # fmt: skip
    norm = table.below(("waarvan op norm fte (€)", "of which on norm fte (€)"), "euro", f"{main}-{fixed}")
    sheet.widths[1] = 18
    model.figures |= {"main": main, "fixed": fixed, "norm": norm, "pots": taken}
    for i, (choice, _) in enumerate(choices):
        model.figures[f"pot {choice.key}"] = table.at("pot", i).fixed


def _pot(model: Model, choice: Choice, prefix: str) -> str:
    section = choice.component.section
    share = down_to_cents(f"kader_bedrag*{prefix}_aandeel")
    if section == "harmonisatie":
        care = added([f"({care_of(model, i)})" for i in range(len(model.settled))])
        if model.case.formation:
            care = f"SUM({model.tables['together'].span('care')})"
        return f'IF({prefix}_bedrag_per_fte="",{share},{down_to_cents(f"{prefix}_bedrag_per_fte*{care}")})'
    pot = f'IF({prefix}_bedrag="",{share},{prefix}_bedrag)'
    if section == "disutility":
        return f'IF({prefix}_vorm="pot",{pot},0)'
    if section == "overgang":
        return f"IF({prefix}_jaar=jaar,{pot},0)"
    return pot


def write_main(model: Model) -> Table:
    """Columns ``norm_fte``, ``fixed_part`` and ``norm_part``; the last line is what stays unpaid."""
    sheet = model.page(
        "main", ("het hoofddeel: vaste component op zorgverlening-fte, de rest op norm fte", "the main part: fixed component on care fte, the rest on norm fte"),
        (("Ieder deel is precies uitgerekend, naar beneden afgerond; de centen die overblijven gaan een voor een naar de grootste resten, bij gelijke rest op naam.",
          "Every part is exact, rounded down; the cents left go one each to the largest fractions, equal ones by name."),
         ("De regel «niet uitgekeerd» houdt apart wat de afrekening niet uitkeert, waar dat is afgesproken.",
          "The line \"niet uitgekeerd\" keeps apart what the settlement leaves unpaid, where that was agreed.")),
    )  # fmt: skip
    together = model.tables["together"]
    line = len(model.settled)
    table = model.table("main", sheet, [*model.settled, UNPAID_LINE])
    added_fte = model.tables.get("disutility")

    def norm_fte(i: int) -> str:
        if i == line:
            owed = f"MAX({together.total('budgeted')}-{together.total('paid')},0)"
            return f'IF(kader_niet_uitgekeerd="blijft",{owed},0)'
        paid = together.at("paid", i)
        return str(paid) if added_fte is None else f"{paid}+{added_fte.at('adds', i)}"

    fixed = split(
        table, "fixed", model.figures["fixed"], lambda i: "0" if i == line else care_of(model, i),
        ("vast deel (€)", "fixed part (€)"), CARE_TITLE,
    )  # fmt: skip
    norm = split(
        table, "norm", model.figures["norm"], norm_fte, ("deel op norm fte (€)", "part on norm fte (€)"),
        ("norm fte om op te verdelen", "norm fte to divide on"), UNPAID_LINE,
    )  # fmt: skip
    model.figures["unpaid"] = table.at(norm, line).fixed
    model.figures["norm_key"] = table.total("norm_key")
    model.running = [(table, fixed), (table, norm)]
    return table

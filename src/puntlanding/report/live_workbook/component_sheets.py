"""A sheet per component of the agreement: its key, what it divides and what each group gets (methods §8; `components`)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from puntlanding.components import Choice
from puntlanding.report.live_workbook.cells import Allowed, added
from puntlanding.report.live_workbook.divide_sheets import CARE_TITLE, NORM_TITLE, care_of
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.split import down_to_cents, split
from puntlanding.report.live_workbook.table import Entry, Plain, Table
from puntlanding.report.live_workbook.words import Pair

PART: Pair = ("deel (€)", "part (€)")


def norm_of(model: Model) -> Callable[[int], str]:
    """Paid norm fte with what disutility added, without the line of what stays unpaid."""
    return model.of_settled("main", "norm_key")


def until_here(model: Model, i: int) -> str:
    return added([table.at(column, i) for table, column in model.running])


def own_page(model: Model, choice: Choice, number: int | None, lead: tuple[Pair, ...]) -> Table:
    section = choice.component.section
    what = (choice.component.nl, choice.component.en)
    sheet = model.page(section, what, lead, number, choice.name or "")
    return model.table(choice.key, sheet, model.settled)


def done(model: Model, choice: Choice, table: Table, column: str) -> None:
    model.parts_of[choice.key] = (table, column)
    model.running.append((table, column))


def write_disutility(model: Model, choice: Choice) -> None:
    """Before the main part: points may be norm fte added there (column ``adds``)."""
    if model.case.components.rosters:
        _write_rosters(model)
    lead = (("Punten zijn opgegeven, of volgen uit diensten: frequentie × gewicht × uren. Als pot worden zij verdeeld; als norm fte gedeeld door punten per norm fte.",
             "Points were given, or follow from duties: frequency × weight × hours. As a pot they divide; as norm fte: ÷ points per norm fte."),)  # fmt: skip
    table = own_page(model, choice, None, lead)
    model.tables["disutility"] = table
    given = model.of_group("groups", "disutility")

    def points(i: int) -> str:
        if "duties" not in model.tables:
            return f'IF(disutility_bron="waarden",{given(i)},0)'
        duties = model.tables["duties"]
        counted = f"SUMIFS({duties.span('points')},{duties.span('number')},{model.number[table.names[i]]})"
        return f'IF(disutility_bron="waarden",{given(i)},{counted})'

    table.column("points", ("punten", "points"), "points", points, total=True)
    table.column(
        "adds", ("norm fte erbij", "norm fte added"), "fte",
        lambda i: f'IF(disutility_vorm="norm_fte",{table.at("points", i)}/disutility_punten_per_norm_fte,0)', total=True,
    )  # fmt: skip
    pot = model.figures[f"pot {choice.key}"]
    key = split(table, "pot", pot, "points", PART)
    model.parts_of[choice.key] = (table, key)


def _write_rosters(model: Model) -> None:
    """A weight holds from a year on: the last one set for the year, or a year before it, counts."""
    tables = model.case.components
    sheet = model.page(
        "diensten", ("diensten en hun gewichten", "duties and their weights"),
        (("Punten = frequentie × gewicht van de intensiteit × uren.", "Points = frequency × weight of the intensity × hours."),),
    )  # fmt: skip
    duties, weights = tables.rosters, tables.duty_weights
    kinds = sorted({one.intensity for one in duties} | {one.intensity for one in weights})
    table = Table(sheet, model.words, [one.group for one in duties])
    model.tables["duties"] = table
    below = Table(sheet, model.words, [one.intensity for one in weights], ("intensiteit", "intensity"), table.end + 1)
    below.column(
        "kind", ("nummer", "number"), "whole", lambda i: Plain(Fraction(kinds.index(weights[i].intensity) + 1))
    )
    below.column("since", ("vanaf jaar", "from year"), "year", lambda i: Entry(Fraction(weights[i].since)))
    below.column("weight", ("gewicht", "weight"), "ratio", lambda i: Entry(weights[i].weight.value))
    years, of = below.span("since"), below.span("kind")
    below.column(
        "holds", ("geldt (1 = ja)", "holds (1 = yes)"), "whole",
        lambda i: f"IF(AND({below.at('since', i)}<=jaar,"
        f"SUMPRODUCT(({of}={below.at('kind', i)})*({years}>{below.at('since', i)})*({years}<=jaar))=0),1,0)",
    )  # fmt: skip
    table.column("number", ("nummer", "number"), "whole", lambda i: Plain(Fraction(model.number[duties[i].group])))
    table.column("duty", ("dienst", "duty"), "text", lambda i: Plain(duties[i].duty), width=22)
    table.column("intensity", ("intensiteit", "intensity"), "text", lambda i: Plain(duties[i].intensity))
    table.column(
        "frequency", ("frequentie per jaar", "frequency a year"), "points", lambda i: Entry(duties[i].frequency.value)
    )
    table.column("hours", ("uren", "hours"), "points", lambda i: Entry(duties[i].hours.value))
    table.column(
        "weight", ("gewicht", "weight"), "ratio",
        lambda i: f"SUMIFS({below.span('weight')},{of},{kinds.index(duties[i].intensity) + 1},{below.span('holds')},1)",
    )  # fmt: skip
    table.column("points", ("punten", "points"), "points",
                 lambda i: f"{table.at('frequency', i)}*{table.at('weight', i)}*{table.at('hours', i)}", total=True)  # fmt: skip


def write_harmonisation(model: Model, choice: Choice, prefix: str, number: int | None) -> None:
    table = own_page(
        model, choice, number, (("De pot wordt verdeeld op zorgverlening-fte.", "The pot is divided on care fte."),)
    )
    pot = model.figures[f"pot {choice.key}"]
    done(model, choice, table, split(table, "pot", pot, lambda i: care_of(model, i), PART, CARE_TITLE))


def write_weighted(model: Model, choice: Choice, prefix: str, number: int | None) -> None:
    """Quality and earmarked pots: score × base."""
    lead = (("Sleutel = score × grondslag (blad Afspraak); zonder grondslag de score zelf.",
             "Key = score × base (sheet Agreement); without a base the score itself."),)  # fmt: skip
    table = own_page(model, choice, number, lead)
    quality, care = (model.of_group("groups", name) for name in ("kwaliteit", "passende_zorg"))

    def score(i: int) -> str:
        if choice.component.section == "kwaliteit":
            return quality(i)
        own = model.of_group("groups", prefix)(i)
        return f'IF({prefix}_scores="scores",{own},IF({prefix}_scores="kwaliteit",{quality(i)},{care(i)}))'

    table.column("score", ("score", "score"), "ratio", score)
    bases = {
        "zorgverlening_fte": lambda i: care_of(model, i),
        "norm_fte": norm_of(model),
        "begroting": model.of_settled("together", "budgeted"),
    }

    def base(i: int) -> str:
        formula = "1"
        for name, of in bases.items():
            formula = f'IF({prefix}_grondslag="{name}",{of(i)},{formula})'
        return formula

    table.column("base", ("grondslag", "base"), "fte", base)
    pot = model.figures[f"pot {choice.key}"]
    key = split(table, "pot", pot, lambda i: f"{table.at('score', i)}*{table.at('base', i)}", PART)
    done(model, choice, table, key)


def write_transition(model: Model, choice: Choice, prefix: str, number: int | None) -> None:
    lead = (("Verlies = bedrag vorig model × (1 − drempel) − bedrag tot hier; claim = verlies × vergoeding, alleen in het jaar van de overgang.",
             "Loss = amount of the model before × (1 − threshold) − amount until here; claim = loss × compensation, in the one year only."),)  # fmt: skip
    table = own_page(model, choice, number, lead)
    before = model.of_group("groups", "vorig_model")
    table.column(
        "here", ("bedrag tot hier (€)", "amount until here (€)"), "euro", lambda i: until_here(model, i), total=True
    )
    table.column(
        "claim", ("claim (€)", "claim (€)"), "euro",
        lambda i: f"IF({prefix}_jaar=jaar,MAX({before(i)}*(1-{prefix}_drempel)-{table.at('here', i)},0)*{prefix}_vergoeding,0)",
        total=True,
    )  # fmt: skip
    pot = model.figures[f"pot {choice.key}"]
    used = table.below(("gebruikt (€)", "used (€)"), "euro", f"MIN({pot},{down_to_cents(table.total('claim'))})")
    part = split(table, "claimed", used, "claim", ("op claims (€)", "on claims (€)"))
    write_rest(model, choice, table, prefix, part, f"{pot}-{used}")


def write_rest(model: Model, choice: Choice, table: Table, prefix: str, part: str, rest: str) -> None:
    """What of a pot is left stays, or is divided on paid norm fte."""
    left = table.below(("rest van de pot (€)", "rest of the pot (€)"), "euro", rest)
    shared = table.below(
        ("rest die wordt verdeeld (€)", "rest that is divided (€)"), "euro", f'IF({prefix}_rest="verdelen",{left},0)'
    )
    model.stays[choice.key] = table.below(("rest die blijft (€)", "rest that stays (€)"), "euro", f"{left}-{shared}")
    more = split(table, "rest", shared, norm_of(model), ("deel van de rest (€)", "part of the rest (€)"), NORM_TITLE)
    table.column(
        "both", ("samen (€)", "together (€)"), "euro", lambda i: f"{table.at(part, i)}+{table.at(more, i)}", total=True
    )
    done(model, choice, table, "both")


def write_net(model: Model, choice: Choice, prefix: str, number: int | None) -> None:
    lead = (("Ondergrens = bedrag vorig jaar × (1 − maximale daling). Wie eronder zit krijgt aangevuld; wie erboven zit betaalt naar rato van zijn ruimte.",
             "Floor = last year's amount × (1 − most that one may fall). Who is below is made up; who is above pays pro rata to his room."),)  # fmt: skip
    table = own_page(model, choice, number, lead)
    before = model.of_group("groups", "vorig_jaar")
    protected = choice.lists.get("vakgroepen") or tuple(table.names)
    runs = f"AND({prefix}_eerste_jaar<=jaar,jaar<={prefix}_laatste_jaar)"
    yes, no = model.words("ja", "yes"), model.words("nee", "no")
    table.column("protected", ("vangnet voor deze vakgroep", "net is for this group"), "text",
                 lambda i: Entry(yes if table.names[i] in protected else no, Allowed(choices=(yes, no))))  # fmt: skip
    table.column(
        "here", ("bedrag tot hier (€)", "amount until here (€)"), "euro", lambda i: until_here(model, i), total=True
    )
    table.column("floor", ("ondergrens (€)", "floor (€)"), "euro",
                 lambda i: down_to_cents(f"{before(i)}*(1-{prefix}_maximale_daling)"), total=True)  # fmt: skip
    table.column(
        "short", ("tekort (€)", "short (€)"), "euro",
        lambda i: f'IF(AND({runs},{table.at("protected", i)}="{yes}"),MAX(ROUND({table.at("floor", i)}-{table.at("here", i)},2),0),0)',
        total=True,
    )  # fmt: skip
    table.column("room", ("ruimte (€)", "room (€)"), "euro",
                 lambda i: f"IF({runs},MAX(ROUND({table.at('here', i)}-{table.at('floor', i)},2),0),0)", total=True)  # fmt: skip
    short, room = table.total("short"), table.total("room")
    model.figures["net_short"], model.figures["net_room"] = short, room
    moved = table.below(("bedrag dat verschuift (€)", "amount that moves (€)"), "euro", f"MIN({short},{room})")
    received = split(table, "received", moved, "short", ("ontvangt (€)", "receives (€)"))
    paid = split(table, "paid", moved, "room", ("betaalt (€)", "pays (€)"))
    table.column(
        "net", ("vangnet (€)", "net (€)"), "euro", lambda i: f"{table.at(received, i)}-{table.at(paid, i)}", total=True
    )
    done(model, choice, table, "net")

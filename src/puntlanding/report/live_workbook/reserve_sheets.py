"""The two components with a list of their own: the mutation reserve (decisions) and shared savings (initiatives)."""

from __future__ import annotations

from fractions import Fraction

from puntlanding.components import Choice
from puntlanding.report.live_workbook.cells import Allowed
from puntlanding.report.live_workbook.component_sheets import PART, done, norm_of, own_page, write_rest
from puntlanding.report.live_workbook.divide_sheets import NORM_TITLE
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.split import down_to_cents, share_of, split
from puntlanding.report.live_workbook.table import Content, Entry, Plain, Table

_FROM_ZERO = Allowed(minimum=Fraction(0))


def write_reserve(model: Model, choice: Choice, prefix: str, number: int | None) -> None:
    decided = _decisions(model)
    lead = (("Claim = niet betaalde realisatie boven de drempel. De reserve betaalt claims tegen de prijs van een norm fte in het hoofddeel, of volgt besluiten.",
             "Claim = realisation left unpaid, above the threshold. The reserve pays claims at the price of a norm fte in the main part, or follows decisions."),)  # fmt: skip
    table = own_page(model, choice, number, lead)
    together = model.tables["together"]

    def claim(i: int) -> str:
        realised, paid, budgeted = (together.at(key, i) for key in ("realised", "paid", "budgeted"))
        return f'IF({realised}="",0,MAX(MAX({realised}-{paid},0)-{prefix}_drempel*{budgeted},0))'

    table.column("claim", ("claim (norm fte)", "claim (norm fte)"), "fte", claim, total=True)
    left_over = table.below(("onderproductie die niets betaalde (fte)", "under-production that paid nothing (fte)"), "fte",
                            f"MAX({together.total('budgeted')}-{together.total('paid')},0)")  # fmt: skip
    claimed = table.below(
        ("claims die tellen (norm fte)", "claims that count (norm fte)"), "fte",
        f'IF({prefix}_gebruik="netto",MAX({table.total("claim")}-{left_over},0),{table.total("claim")})',
    )  # fmt: skip
    norm, key = model.figures["norm"], model.figures["norm_key"]
    price = table.below(("die claims in euro's (€)", "those claims in euros (€)"), "euro",
                        f"IF({key}=0,0,{down_to_cents(f'{norm}*{claimed}/{key}')})")  # fmt: skip
    pot = model.figures[f"pot {choice.key}"]
    on_claims = ("op claims (€)", "on claims (€)")
    part = split(table, "claims", f'IF({prefix}_gebruik="besluiten",0,MIN({pot},{price}))', "claim", on_claims)
    table.column("decided", ("volgens besluiten (€)", "by decisions (€)"), "euro",
                 lambda i: _decided(model, decided, table.names[i]), total=True)  # fmt: skip
    table.column(
        "own", PART, "euro",
        lambda i: f'IF({prefix}_gebruik="besluiten",{table.at("decided", i)},{table.at(part, i)})', total=True,
    )  # fmt: skip
    write_rest(model, choice, table, prefix, "own", f"{pot}-{table.total('own')}")


def _decisions(model: Model) -> Table | None:
    rows = model.case.components.decisions
    if not rows:
        return None
    sheet = model.page(
        "decisions", ("besluiten over de mutatiereserve", "decisions on the mutation reserve"),
        (("Wat de besturen per vakgroep hebben toegekend, en waarom.", "What the boards gave each group, and why."),),
    )  # fmt: skip
    table = Table(sheet, model.words, [one.group for one in rows])
    table.column("number", ("nummer", "number"), "whole", lambda i: Plain(Fraction(model.number[rows[i].group])))
    table.column("amount", ("besluit (€)", "decision (€)"), "euro",
                 lambda i: Entry(rows[i].amount.value / 100, _FROM_ZERO), total=True)  # fmt: skip
    table.column("reason", ("reden", "reason"), "text", lambda i: Plain(rows[i].reason), width=60)
    return table


def _decided(model: Model, decisions: Table | None, name: str) -> Content:
    """Without a list there is a yellow cell."""
    if decisions is None:
        return Entry(None, _FROM_ZERO)
    return f"SUMIFS({decisions.span('amount')},{decisions.span('number')},{model.number[name]})"


def write_savings(model: Model, choice: Choice, prefix: str, number: int | None) -> None:
    listed = _initiatives(model)
    lead = (("Het aandeel van het gremium in de besparing komt van buiten het kader; deels voor de vakgroep van het initiatief, de rest op norm fte.",
             "The collective's share of the saving comes from outside the frame; part for the initiative's group, the rest on norm fte."),)  # fmt: skip
    table = own_page(model, choice, number, lead)
    numbers, saved = listed.span("number"), listed.span("saved")
    whole = table.below(("hele besparing (€)", "whole saving (€)"), "euro", listed.total("saved"))
    share = f"{prefix}_aandeel*{whole}"
    brought = table.below(
        ("voor het gremium (€)", "for the collective (€)"), "euro",
        down_to_cents(f'IF({prefix}_ten_hoogste="",{share},MIN({share},{prefix}_ten_hoogste))'),
    )  # fmt: skip
    table.column("own", ("eigen besparing (€)", "own saving (€)"), "euro",
                 lambda i: f"SUMIFS({saved},{numbers},{model.number[table.names[i]]})", total=True)  # fmt: skip
    own_share = table.below(("deel voor wie bespaarde", "share for who saved"), "ratio",
                            f"IF({whole}=0,0,{prefix}_vakgroep_deel*{table.total('own')}/{whole})")  # fmt: skip
    to_own = table.below(("voor wie bespaarde (€)", "for who saved (€)"), "euro", share_of(brought, own_share))
    to_all = table.below(("voor allen (€)", "for all (€)"), "euro", f"{brought}-{to_own}")
    mine = split(table, "mine", to_own, "own", ("op besparing (€)", "on saving (€)"))
    shared = split(table, "all", to_all, norm_of(model), ("op norm fte (€)", "on norm fte (€)"), NORM_TITLE)
    table.column("both", ("samen (€)", "together (€)"), "euro",
                 lambda i: f"{table.at(mine, i)}+{table.at(shared, i)}", total=True)  # fmt: skip
    model.brings[choice.key] = brought
    done(model, choice, table, "both")


def _initiatives(model: Model) -> Table:
    rows = model.case.components.savings
    sheet = model.page(
        "initiatives", ("initiatieven en wat zij bespaarden", "initiatives and what they saved"),
        (("Besparing = basislijn − werkelijk.", "Saving = baseline − actual."),),
    )  # fmt: skip
    table = Table(sheet, model.words, [one.initiative for one in rows], ("initiatief", "initiative"))
    table.column(
        "group", ("vakgroep", "group"), "text", lambda i: Plain(rows[i].group or model.words("allen", "all")), width=30
    )
    table.column(
        "number", ("nummer", "number"), "whole", lambda i: Plain(Fraction(model.number.get(rows[i].group or "", 0)))
    )
    table.column(
        "baseline", ("basislijn (€)", "baseline (€)"), "euro", lambda i: Entry(rows[i].baseline.value / 100, _FROM_ZERO)
    )
    table.column(
        "actual", ("werkelijk (€)", "actual (€)"), "euro", lambda i: Entry(rows[i].actual.value / 100, _FROM_ZERO)
    )
    table.column("saved", ("besparing (€)", "saving (€)"), "euro",
                 lambda i: f"ROUND({table.at('baseline', i)}-{table.at('actual', i)},2)", total=True)  # fmt: skip
    return table

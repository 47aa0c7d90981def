"""The two components with a list of their own: the mutation reserve (decisions) and shared savings (initiatives)."""

from __future__ import annotations

from fractions import Fraction

from puntlanding.components import Choice
from puntlanding.report.live_workbook.cells import Allowed
from puntlanding.report.live_workbook.component_sheets import PART, done, norm_of, own_page, write_rest
from puntlanding.report.live_workbook.divide_sheets import NORM_TITLE
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.split import down_to_cents, share_of, split
from puntlanding.report.live_workbook.table import Entry, Plain, Table

_FROM_ZERO = Allowed(minimum=Fraction(0))


def write_reserve(model: Model, choice: Choice, prefix: str, number: int | None) -> None:
    lead = (("Claim = niet betaalde realisatie boven de drempel. De reserve betaalt claims tegen de prijs van een norm fte in het hoofddeel, of volgt besluiten.",
             "Claim = realisation left unpaid, above the threshold. The reserve pays claims at the price of a norm fte in the main part, or follows decisions."),)  # fmt: skip
    table = own_page(model, choice, number, lead)
    together = model.tables["together"]

    def claim(i: int) -> str:
        realised, paid, budgeted = (together.at(key, i) for key in ("realised", "paid", "budgeted"))
        return f'IF({realised}="",0,MAX(MAX({realised}-{paid},0)-{prefix}_drempel*{budgeted},0))'

    table.column("claim", ("claim (norm fte)", "claim (norm fte)"), "fte", claim, total=True)
    left_over = table.below(("onderproductie die niets betaalde (norm fte)", "under-production that paid nothing (norm fte)"), "fte",
                            f"MAX({together.total('budgeted')}-{together.total('paid')},0)")  # fmt: skip
    claimed = table.below(
        ("claims die tellen (norm fte)", "claims that count (norm fte)"), "fte",
        f'IF({prefix}_gebruik="netto",MAX({table.total("claim")}-{left_over},0),{table.total("claim")})',
    )  # fmt: skip
    norm, key = model.figures["norm"], model.figures["norm_key"]
    price = table.below(("die claims in euro's (€)", "those claims in euros (€)"), "euro",
                        f"IF({key}=0,0,{down_to_cents(f'{norm}*{claimed}/{key}')})")  # fmt: skip
    pot = model.figures[f"pot {choice.key}"]
    by_claim = table.below(("te verdelen op claims (€)", "to divide on claims (€)"), "euro",
                           f'IF({prefix}_gebruik="besluiten",0,MIN({pot},{price}))')  # fmt: skip
    part = split(
        table,
        "claims",
        by_claim,
        lambda i: str(table.at("claim", i)),
        (("sleutel", "key"), ("op claims (€)", "on claims (€)")),
    )
    decided = _decisions(model, table)
    if decided is None:
        table.column(
            "decided",
            ("volgens besluiten (€)", "by decisions (€)"),
            "euro",
            lambda i: Entry(None, _FROM_ZERO),
            total=True,
        )
    else:
        table.column(
            "decided", ("volgens besluiten (€)", "by decisions (€)"), "euro",
            lambda i: f"SUMIFS({decided.span('amount')},{decided.span('number')},{model.number[table.names[i]]})", total=True,
        )  # fmt: skip
    table.column(
        "own", PART, "euro",
        lambda i: f'IF({prefix}_gebruik="besluiten",{table.at("decided", i)},{table.at(part, i)})', total=True,
    )  # fmt: skip
    write_rest(model, choice, table, prefix, "own", f"{pot}-{table.total('own')}")


def _decisions(model: Model, table: Table) -> Table | None:
    """The boards' decisions, on a table far enough below the figures of the sheet."""
    rows = model.case.components.decisions
    if not rows:
        return None
    below = Table(table.sheet, model.words, [one.group for one in rows], header=table.end + 12)
    below.column("number", ("nummer", "number"), "whole", lambda i: Plain(Fraction(model.number[rows[i].group])))
    below.column(
        "amount", ("besluit (€)", "decision (€)"), "euro", lambda i: Entry(rows[i].amount.value / 100, _FROM_ZERO)
    )
    below.column("reason", ("reden", "reason"), "text", lambda i: Plain(rows[i].reason))
    return below


def write_savings(model: Model, choice: Choice, prefix: str, number: int | None) -> None:
    lead = (("Besparing = basislijn − werkelijk. Het aandeel van het gremium komt van buiten het kader; deels voor de vakgroep van het initiatief, de rest op norm fte.",
             "Saving = baseline − actual. The collective's share comes from outside the frame; part for the initiative's group, the rest on norm fte."),)  # fmt: skip
    table = own_page(model, choice, number, lead)
    rows = model.case.components.savings
    listed = Table(
        table.sheet, model.words, [one.initiative for one in rows], ("initiatief", "initiative"), table.total_row + 18
    )
    listed.column("number", ("vakgroep (nummer; 0 = allen)", "group (number; 0 = all)"), "whole",
                  lambda i: Plain(Fraction(model.number.get(rows[i].group or "", 0))))  # fmt: skip
    listed.column(
        "baseline", ("basislijn (€)", "baseline (€)"), "euro", lambda i: Entry(rows[i].baseline.value / 100, _FROM_ZERO)
    )
    listed.column(
        "actual", ("werkelijk (€)", "actual (€)"), "euro", lambda i: Entry(rows[i].actual.value / 100, _FROM_ZERO)
    )
    listed.column("saved", ("besparing (€)", "saving (€)"), "euro",
                  lambda i: f"ROUND({listed.at('baseline', i)}-{listed.at('actual', i)},2)", total=True)  # fmt: skip
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
    mine = split(
        table,
        "mine",
        to_own,
        lambda i: str(table.at("own", i)),
        (("sleutel (€)", "key (€)"), ("op besparing (€)", "on saving (€)")),
        "euro",
    )
    shared = split(table, "all", to_all, norm_of(model), (NORM_TITLE, ("op norm fte (€)", "on norm fte (€)")))
    table.column(
        "both",
        ("samen (€)", "together (€)"),
        "euro",
        lambda i: f"{table.at(mine, i)}+{table.at(shared, i)}",
        total=True,
    )
    model.brings[choice.key] = brought
    done(model, choice, table, "both")

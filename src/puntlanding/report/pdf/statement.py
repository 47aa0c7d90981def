"""The statement of one group over one year: agreed, delivered, paid, and room for both parties to sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from puntlanding.distribution import DistributionRow
from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.agreed import agreed_for, default_mark
from puntlanding.report.pdf.blocks import Block, Head, bullets, figures, section, steps, table, text
from puntlanding.report.pdf.courses import amount_course, component_names, paid_course
from puntlanding.report.pdf.origin import left_out, origin, page_record, room_to_sign
from puntlanding.report.pdf.saying import Say, first_capital
from puntlanding.report.pdf.settled import delivered, explained
from puntlanding.report.pdf.shares import told
from puntlanding.settlement import GroupSettlement
from puntlanding.settlement.lines import Line
from puntlanding.stage import Stage

STAGES = (Stage.BUDGET, Stage.SETTLE, Stage.DISTRIBUTE)


def statement(dossier: Dossier, group: str) -> dict[str, Any]:
    """As a record for the template ``statement``."""
    say = Say(dossier.language)
    settled, divided = _settled(dossier, group), _divided(dossier, group)
    contracts, year = _contracts(dossier, group), dossier.agreement.year
    above = say.pick(f"Verklaring over {year}", f"Statement for {year}")
    given = dossier.approval
    if given is not None and given.concept:
        above = say.pick(f"Concept · {above}", f"Draft · {above}")
    lead = _lead(dossier, group, settled, divided, say)
    record = page_record(dossier, f"{group} · {above}", group, f"{above} · {dossier.agreement.organisation}")
    return {
        **record,
        **({} if given is None else {"keywords": [f"{given.mark}:{_number(dossier, group)}"]}),
        "foot": f"{group} · {record['foot']}",
        "opening": [text(lead, "lead"), *_figures(settled, divided, say)],
        "sections": [
            section(say.pick("Wat is afgesproken", "What was agreed"), *_agreed(dossier, contracts, say)),
            *_delivered(dossier, group, settled, say),
            *_euros(dossier, divided, say),
            *_not_here(dossier, say),
            _signed(dossier, group, lead, say),
        ],
    }


def _number(dossier: Dossier, group: str) -> int:
    """Its place in the case: a name can hold what a mark cannot."""
    return [one.name for one in dossier.case.groups].index(group) + 1


def _signed(dossier: Dossier, group: str, lead: str, say: Say) -> dict[str, Any]:
    """Says again what is signed, so that this page can stand by itself."""
    title = say.pick("Herkomst en handtekening", "Origin and signature")
    what = lead if lead.startswith(group) else f"{group}: {lead}"
    return section(title, text(what), *origin(dossier), room_to_sign(dossier), together=True)


def _contracts(dossier: Dossier, group: str) -> frozenset[str]:
    """Those in which the group has a budget; all, where that is not known."""
    if not dossier.has(Stage.BUDGET):
        return frozenset(one.name for one in dossier.agreement.contracts)
    return frozenset(dossier.year.budget.row(group).contracts)


def _agreed(dossier: Dossier, contracts: frozenset[str], say: Say) -> Iterator[Block]:
    sentences = list(agreed_for(dossier, contracts))
    yield bullets(sentences)
    if any(default_mark(say) in one for one in sentences):
        yield text(
            say.pick(
                "Standaard: de afspraak zegt er niets over; dan geldt dit.",
                "Default: the agreement is silent on it; then this holds.",
            ),
            "small",
        )


def _settled(dossier: Dossier, group: str) -> GroupSettlement | None:
    rows = dossier.year.settlement.rows if dossier.has(Stage.SETTLE) else ()
    return next((row for row in rows if row.line.group == group), None)


def _divided(dossier: Dossier, group: str) -> DistributionRow | None:
    rows = dossier.year.distribution.rows if dossier.has(Stage.DISTRIBUTE) else ()
    return next((row for row in rows if row.name == group), None)


def _lead(
    dossier: Dossier, group: str, settled: GroupSettlement | None, divided: DistributionRow | None, say: Say
) -> str:
    year = dossier.agreement.year
    if settled is None:
        if dossier.has(Stage.SETTLE):
            return say.pick(
                f"{group} heeft over {year} in geen contract een begroting; er is niets af te rekenen.",
                f"{group} has no budget in any contract for {year}; there is nothing to settle.",
            )
        return _budget_only(dossier, group, say)
    line = settled.line
    paid, budget = say.fte(line.paid), say.fte(line.budgeted)
    realised = say.pick(
        f"Gerealiseerd is {say.fte(line.realised)} norm fte, begroot {budget}, betaald {paid}.",
        f"{say.fte(line.realised)} norm fte were realised, {budget} budgeted, {paid} paid.",
    )
    if line.realised is None:
        realised = say.pick(
            f"Begroot is {budget} norm fte, betaald {paid}.", f"{budget} norm fte were budgeted, {paid} paid."
        )
    if divided is None:
        return realised
    return say.pick(
        f"{group} krijgt over {year} {say.euro(divided.paid)}. {realised}",
        f"{group} gets {say.euro(divided.paid)} for {year}. {realised}",
    )


def _budget_only(dossier: Dossier, group: str, say: Say) -> str:
    scored = dossier.year.budget.row(group).scored if dossier.has(Stage.BUDGET) else None
    if scored is None:
        return say.pick(
            "Wat hieronder staat is wat is afgesproken; cijfers zijn er niet.",
            "What follows is what was agreed; there are no figures.",
        )
    return say.pick(
        f"Begroot is {say.fte(scored)} norm fte; afgerekend is er nog niet.",
        f"{say.fte(scored)} norm fte are budgeted; nothing has been settled yet.",
    )


def _figures(settled: GroupSettlement | None, divided: DistributionRow | None, say: Say) -> Iterator[Block]:
    if settled is None:
        return
    line = settled.line
    items = [(say.fte(line.budgeted), say.pick("norm fte begroot", "norm fte budgeted"))]
    if line.realised is not None:
        items.append((say.fte(line.realised), say.pick("norm fte gerealiseerd", "norm fte realised")))
    items.append((say.fte(line.paid), say.pick("norm fte betaald", "norm fte paid")))
    if divided is not None:
        items = [*items[-2:], (say.euro(divided.paid), say.pick("te ontvangen", "to be received"))]
    yield figures(*items)


def _delivered(dossier: Dossier, group: str, settled: GroupSettlement | None, say: Say) -> Iterator[dict[str, Any]]:
    if settled is None:
        return
    realised = dossier.year.realised
    hours = delivered(realised.row(group), say) if realised is not None else ""
    blocks = [text(hours)] if hours else []
    blocks.append(steps(paid_course(settled, say), "norm fte", say))
    if len(settled.contracts) > 1:
        blocks.append(_per_contract(settled, say))
    blocks.append(text(say.pick("Hoe dat komt", "How that comes about"), "head"))
    blocks.append(bullets(list(explained(dossier, settled))))
    blocks.append(
        text(
            say.pick(
                "Gerekend is exact; wat hier staat is afgerond op honderdsten.",
                "Everything is computed exactly; what is printed is rounded to hundredths.",
            ),
            "small",
        )
    )
    yield section(say.pick("Van gerealiseerd naar betaald", "From realised to paid"), *blocks)


def _per_contract(settled: GroupSettlement, say: Say) -> Block:
    heads = [
        Head((say.pick("contract", "contract"),), right=False, width=1),
        Head((say.pick("gerealiseerd", "realised"), "(norm fte)")),
        Head((say.pick("begroot", "budgeted"), "(norm fte)")),
        Head((say.pick("onder", "under"),)),
        Head((say.pick("boven", "above"),)),
        Head(("extra",)),
        Head((say.pick("betaald", "paid"), "(norm fte)")),
    ]
    rows = [_cells(line.contract or "", line, say) for line in settled.contracts]
    return table(heads, rows, [_cells(say.pick("Samen", "Together"), settled.line, say)])


def _cells(name: str, line: Line, say: Say) -> list[str]:
    between = (say.some(one) for one in (line.under, line.over, line.extra))
    return [name, say.fte(line.realised), say.fte(line.budgeted), *between, say.fte(line.paid)]


def _euros(dossier: Dossier, divided: DistributionRow | None, say: Say) -> Iterator[dict[str, Any]]:
    if divided is None:
        return
    distribution = dossier.year.distribution
    names = component_names(distribution, say)
    parts = [(first_capital(say.pick("norm-fte-deel", "norm-fte part")), divided.norm)]
    if divided.fixed.value:
        parts.append((first_capital(say.pick("vast deel", "fixed part")), divided.fixed))
    parts += [(first_capital(names[key]), node) for key, node in divided.parts.items() if node.value]
    sentences = [told(name, node, say) for name, node in parts]
    sentences += _costs(divided, say)
    silent = [names[key] for key, node in divided.parts.items() if not node.value]
    if silent:
        sentences.append(
            say.pick(
                f"Afgesproken, maar dit jaar zonder gevolg voor deze vakgroep: {say.listed(silent)}.",
                f"Agreed, but without effect for this group this year: {say.listed(silent)}.",
            )
        )
    yield section(
        say.pick("Van betaald naar euro's", "From paid to euros"),
        steps(amount_course(distribution, divided, say), say.pick("euro", "euros"), say),
        text(say.pick("Hoe dat komt", "How that comes about"), "head"),
        bullets(sentences),
    )


def _costs(divided: DistributionRow, say: Say) -> list[str]:
    """By item; an item that is charged on two keys is told once."""
    by_item: dict[str, int] = {}
    for part in divided.costs.operands:
        name = part.subject or ""
        by_item[name] = by_item.get(name, 0) + int(part.value)
    if not divided.costs.value:
        return []
    items = [f"{name} {say.euro(cents)}" for name, cents in by_item.items()]
    head = say.pick(
        f"Algemene kosten: de vakgroep draagt {say.euro(divided.costs)}",
        f"General costs: the group bears {say.euro(divided.costs)}",
    )
    return [f"{head} ({say.listed(items)})." if len(items) > 1 else f"{head} ({next(iter(by_item))})."]


def _not_here(dossier: Dossier, say: Say) -> Iterator[dict[str, Any]]:
    missing = left_out(dossier, STAGES)
    if missing:
        yield section(say.pick("Wat hier niet staat", "What is not here"), bullets(missing))

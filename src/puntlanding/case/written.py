"""What the store gave a case, as files of its own: so that what is signed comes from files alone, and no delivery moves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from puntlanding.agreement.content import plain
from puntlanding.case.decimal_text import Value, csv_file
from puntlanding.case.model import Case
from puntlanding.case.standing import StandingTable
from puntlanding.norms.product_lines import ProductLine, lines_by_pair
from puntlanding.norms.production import GroupContract, Measure, Production
from puntlanding.norms.table import HUNDREDTHS, NormTable
from puntlanding.quantities import fixed, half_up

DECIMALS = 12  # of a number that has no end
PRODUCTION = ("vakgroep", "contract", "jaar", "zorgproduct", "soort", "aantal", "normuren", "norm_fte")
RATES = ("vakgroep", "normuren_per_fte")
SCORES = ("vakgroep", "jaar", "onderdeel", "waarde", "correctie", "reden")
Row = Mapping[str, Value]


def typed_files(
    case: Case,
    tables: Iterable[str],
    norm_times: NormTable | None = None,
    stood: Mapping[str, StandingTable] | None = None,
) -> Mapping[str, bytes]:
    """A file for each of ``tables`` that ``case`` has something of: begroting, realisatie, benchmark, efficiency.

    ``norm_times`` tell care products from activities where a code is both. ``stood``: tables that the case had in its files already;
    of benchmark and efficiency their rows stay, and what came from elsewhere stands below.

    A number without an end (a volume that the product structure adds, spread over contracts; a rate that is a quotient) is rounded to
    `DECIMALS`; volumes such that each product's volume of the group stays what it was. What the forecast estimates is not written:
    a budget and a settlement need none.
    """
    made: dict[str, bytes] = {}
    for name in tables:
        table = (stood or {}).get(name)
        titles, rows = _table(case, name, norm_times, table)
        if rows:
            every = tuple(dict.fromkeys((*(table.titles if table is not None and name in _KEPT else ()), *titles)))
            used = [title for title in every if any(row.get(title) is not None for row in rows)]
            made[f"{name}.csv"] = csv_file(used, ((None, row) for row in rows))
    return made


_KEPT = ("benchmark", "efficiency")


def _table(
    case: Case, name: str, norm_times: NormTable | None, stood: StandingTable | None
) -> tuple[Sequence[str], Sequence[Row]]:
    kept = [cells for _, cells in stood.rows] if stood is not None and name in _KEPT else []
    match name:
        case "begroting":
            years = (case.agreement.year, case.agreement.year - 1)
            return PRODUCTION, [row for year in years for row in _production(case, case.budget, year, norm_times)]
        case "realisatie":
            return PRODUCTION, list(_production(case, case.realisation, case.agreement.year, norm_times))
        case "benchmark":
            there = {row.get("vakgroep") for row in kept}
            return RATES, [*kept, *(row for row in _rates(case) if row["vakgroep"] not in there)]
        case "efficiency":
            known = {(row.get("vakgroep"), row.get("jaar")) for row in kept}
            return SCORES, [*kept, *(row for row in _scores(case) if (row["vakgroep"], row["jaar"]) not in known)]
        case _:
            raise ValueError(f"no table that comes from a store: {name}")


def _rates(case: Case) -> Iterator[Row]:
    for group in case.groups:
        if group.name in case.rates:
            yield {"vakgroep": group.name, "normuren_per_fte": ended(case.rates[group.name].value)}


def _scores(case: Case) -> Iterator[Row]:
    for one in case.efficiency:
        yield {
            "vakgroep": one.group, "jaar": one.year, "onderdeel": one.component, "waarde": ended(one.value.value),
            "correctie": None if one.correction is None else ended(one.correction.value),
        }  # fmt: skip


def _production(case: Case, production: Production | None, year: int, norm_times: NormTable | None) -> Iterator[Row]:
    """In the order of the groups; a pair without any product has a row of its own, for nothing is not the same as unknown."""
    if production is None:
        return
    pairs = {
        pair: sorted(lines, key=lambda one: (one.code, one.minutes))
        for pair, lines in lines_by_pair(production, year).items()
    }
    rounded = dict(_rounded([line for lines in pairs.values() for line in lines]))
    specialisms = {group.name: group.specialism for group in case.groups}
    order = {name: at for at, name in enumerate(specialisms)}
    several = year != case.agreement.year
    for pair in sorted(production.measures(year), key=lambda one: (order.get(one[0], len(order)), one[1])):
        head: Row = {"vakgroep": pair[0], "contract": pair[1] or None, "jaar": year if several else case.agreement.year}
        if pair not in pairs:
            yield {**head, **_whole(production, year, pair)}
            continue
        for line in pairs[pair]:
            kind = _kind(norm_times, year, specialisms[pair[0]], line)
            yield {**head, "zorgproduct": line.code, "soort": kind, "aantal": rounded[_key(line)]}
        if not pairs[pair]:
            yield {**head, **_nothing(pairs, pair)}


def _whole(production: Production, year: int, pair: GroupContract) -> Row:
    output = production.outputs(year)[pair]
    node = output.hours or output.fte
    if node is None:
        raise ValueError("an output is in hours or in fte")
    return {(Measure.FTE if output.hours is None else Measure.HOURS).value: ended(node.value)}


def _nothing(pairs: Mapping[GroupContract, Sequence[ProductLine]], pair: GroupContract) -> Row:
    """None of a product that the group has in another contract; a group without any has no norm hours."""
    other = next((line.code for (group, _), lines in pairs.items() if group == pair[0] for line in lines), None)
    return {"normuren": 0} if other is None else {"zorgproduct": other, "aantal": 0}


def _key(line: ProductLine) -> tuple[str, str, str, Fraction]:
    return line.group, line.contract, line.code, line.minutes


def _rounded(lines: Iterable[ProductLine]) -> Iterator[tuple[tuple[str, str, str, Fraction], Fraction]]:
    """Volumes with an end; of a product with one that has none, the largest remainders get what rounding leaves."""
    products: dict[tuple[str, str, Fraction], list[ProductLine]] = {}
    for line in lines:
        products.setdefault((line.group, line.code, line.minutes), []).append(line)
    for own in products.values():
        if all("/" not in plain(line.volume) for line in own):
            yield from ((_key(line), line.volume) for line in own)
            continue
        scaled = [line.volume * 10**DECIMALS for line in own]
        whole = [int(one) for one in scaled]
        left = half_up(sum(scaled, Fraction(0)), 0) - sum(whole)
        first = sorted(range(len(own)), key=lambda at: (whole[at] - scaled[at], at))[:left]
        for at, line in enumerate(own):
            yield _key(line), Fraction(whole[at] + (at in first), 10**DECIMALS)


def ended(value: Fraction) -> Fraction:
    """``value``, rounded where it has no decimal notation."""
    return Fraction(fixed(value, DECIMALS)) if "/" in plain(value) else value


def _kind(norm_times: NormTable | None, year: int, specialism: str, line: ProductLine) -> str | None:
    """Only where the code alone does not tell."""
    if norm_times is None:
        return None
    known = norm_times.by_key(year)
    kinds = {kind: known.get((specialism, kind, line.code)) for kind in ("zorgproduct", "zorgactiviteit")}
    if None in kinds.values():
        return None
    return next((kind for kind, minutes in kinds.items() if minutes == line.minutes * HUNDREDTHS), None)

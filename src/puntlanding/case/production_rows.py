"""begroting, realisatie and prognose → lines with their norm times; the reference reader, in plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from puntlanding.case.groups import Once, group_of
from puntlanding.case.typed import Row, TypedTable
from puntlanding.collective import Group
from puntlanding.norms.norm_times import CodeKind, NormTime, NormTimes
from puntlanding.norms.production import Line, LineProduction, Measure
from puntlanding.problems import Problem, near_miss

# The contract that rows without one belong to, where the agreement has none at all (budget and monitoring need none).
NO_CONTRACT = ""
_MEASURES = {measure.value: measure for measure in Measure}


@dataclass(frozen=True, slots=True)
class Context:
    """What a production row is checked against.

    ``contracts`` and ``year`` are None where the agreement itself is broken: rows are then checked for all the rest.
    ``previous_year`` says that a contract needs last year's rows too. ``norm_file`` is None where there are no norm times.
    """

    groups: Mapping[str, Group]
    norm_times: NormTimes
    norm_file: str | None
    contracts: tuple[str, ...] | None
    year: int | None
    previous_year: bool = False

    def uses(self, year: int) -> bool:
        """Rows of other years are checked for form, but nothing is computed from them."""
        return self.year is not None and (year == self.year or (self.previous_year and year == self.year - 1))


def build_production(table: TypedTable, context: Context, problems: list[Problem]) -> LineProduction:
    lines: list[Line] = []
    once = Once(table, "vakgroep")
    measures: dict[tuple[str, str, int], tuple[Measure, int]] = {}
    if context.contracts and len(context.contracts) > 1 and "contract" not in table.titles:
        details = {"allowed": ", ".join(context.contracts)}
        problems.append(Problem("contract_column_missing", table.file, table.header_row, "contract", None, details))
    for row in table.rows:
        group = group_of(table, row, context.groups, problems)
        contract = _contract(table, row, context, problems)
        measure = _measure(table, row, problems)
        year = row.get("jaar") or context.year or 0
        if group is None or contract is None or measure is None or row.broken:
            continue
        code = row.get("zorgproduct") if measure is Measure.VOLUME else None
        if not once.claim((group, contract, year, code, _kind(row, context, group, year, code)), row, problems):
            continue
        first, first_row = measures.setdefault((group, contract, year), (measure, row.number))
        if first is not measure:
            problems.append(table.problem("measures_mixed", row, measure.value, first=first.value, first_row=first_row))
            continue
        norm_time = None
        if measure is Measure.VOLUME:
            if not context.uses(year):
                continue
            norm_time = _norm_time(table, row, context, context.groups[group], year, problems)
            if norm_time is None:
                continue
        lines.append(
            Line(
                group,
                contract,
                year,
                measure,
                row.get(measure.value),
                table.source(row, measure.value),
                code,
                norm_time,
            )
        )
    return LineProduction(table.file, tuple(lines))


def _kind(row: Row, context: Context, group: str, year: int, code: str | None) -> CodeKind | None:
    """The kind that the row's code has, also where the column soort is empty: it is the same product then."""
    if code is None:
        return None
    if row.get("soort"):
        return CodeKind(row.get("soort"))
    found = context.norm_times.find(year, context.groups[group].specialism, code)
    return found[0].kind if len(found) == 1 else None


def _contract(table: TypedTable, row: Row, context: Context, problems: list[Problem]) -> str | None:
    name, known = row.get("contract"), context.contracts
    if known is None:
        return name or NO_CONTRACT
    if name is None:
        if len(known) == 1:
            return known[0]
        if not known:
            return NO_CONTRACT
        if "contract" in table.titles:
            problems.append(table.problem("contract_missing", row, "contract", allowed=", ".join(known)))
        return None
    if known and name not in known:
        details: dict[str, object] = {"close": near_miss(name, known), "allowed": ", ".join(known)}
        problems.append(table.problem("contract_unknown", row, "contract", **details))
        return None
    return str(name)


def _measure(table: TypedTable, row: Row, problems: list[Problem]) -> Measure | None:
    given = [measure for name, measure in _MEASURES.items() if row.cells.get(name) is not None]
    code = row.get("zorgproduct")
    if len(given) > 1:
        names = " + ".join(measure.value for measure in given)
        problems.append(table.problem("two_measures", row, given[1].value, measures=names))
        return None
    if not given and not table.titles & _MEASURES.keys():
        return None  # the file has no such column at all: said once, in `typed`
    if not given:
        has = [
            measure.value for measure in (Measure.FTE, Measure.HOURS, Measure.VOLUME) if measure.value in table.titles
        ]
        column = Measure.VOLUME.value if code is not None or not has else has[0]
        problems.append(table.problem("no_measure", row, column))
        return None
    if given[0] is Measure.VOLUME and code is None:
        problems.append(table.problem("volume_without_code", row, "zorgproduct"))
        return None
    if given[0] is not Measure.VOLUME and code is not None:
        problems.append(table.problem("code_without_volume", row, "zorgproduct", measure=given[0].value))
        return None
    return given[0]


def _norm_time(
    table: TypedTable, row: Row, context: Context, group: Group, year: int, problems: list[Problem]
) -> NormTime | None:
    code, kind = row.get("zorgproduct"), row.get("soort")
    found = context.norm_times.find(year, group.specialism, code, CodeKind(kind) if kind else None)
    if len(found) == 1:
        return found[0]
    if found:
        problems.append(table.problem("norm_time_both_kinds", row, "zorgproduct"))
        return None
    code_found, details = _not_found(context.norm_times, year, group.specialism, code)
    problems.append(table.problem(code_found, row, "zorgproduct", **details))
    return None


def _not_found(norm_times: NormTimes, year: int, specialism: str, code: str) -> tuple[str, dict[str, object]]:
    """Leading zeros that a spreadsheet took away are the usual cause, norm times of another year the next."""
    details: dict[str, object] = {"year": year, "specialism": specialism}
    for width in (6, 9):
        padded = code.zfill(width)
        if padded != code and norm_times.find(year, specialism, padded):
            return "norm_time_zeros_lost", {**details, "padded": padded}
    if norm_times.find(year, specialism.zfill(4), code):
        return "specialism_zeros_lost", {**details, "padded": specialism.zfill(4)}
    others = [other for other in range(year - 3, year + 3) if norm_times.find(other, specialism, code)]
    if others:
        return "norm_time_other_year", {**details, "found": ", ".join(map(str, others))}
    return "norm_time_missing", details

"""A budget with other volumes: in memory to see what comes of them, and as the file that is signed. Both must come to the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from puntlanding.case.decimal_text import Value
from puntlanding.case.model import Case
from puntlanding.case.production_rows import NO_CONTRACT
from puntlanding.case.standing import StandingTable, as_files, standing
from puntlanding.explain import Source
from puntlanding.norms.norm_times import NormTime, NormTimes
from puntlanding.norms.product_lines import Patched, product_lines
from puntlanding.norms.production import (
    Line,
    LineProduction,
    Measure,
)
from puntlanding.problems import InputError, Problem, near_miss

TABLE, FILE = "begroting", "begroting.csv"
Key = tuple[str, str, str]  # group, contract, code; code "": the group's own norm hours or norm fte
Edits = Mapping[Key, Fraction | None]  # None: this line goes


def contracts_of(case: Case) -> tuple[str, ...]:
    return tuple(one.name for one in case.agreement.contracts) or (NO_CONTRACT,)


def edited_case(case: Case, edits: Edits, norm_times: NormTimes) -> Case:
    """Raises InputError for a code without a norm time, with what it may have been meant to be."""
    groups = frozenset(group for group, _, _ in edits)
    if not groups:
        return case
    specialisms = {one.name: one.specialism for one in case.groups}
    unknown = sorted(groups - specialisms.keys())
    if unknown:
        raise InputError([Problem("edit_group_unknown", FILE, None, "vakgroep", name) for name in unknown])
    lines: list[Line] = []
    problems: list[Problem] = []
    for group in sorted(groups):
        for key, amount in _amounts(case, group, edits).items():
            found = _line(case, key, amount, specialisms[group], norm_times)
            if isinstance(found, Line):
                lines.append(found)
            else:
                problems.append(found)
    if problems:
        raise InputError(problems)
    return replace(case, budget=Patched(case.budget, LineProduction(FILE, tuple(lines)), groups))


def amounts(case: Case, group: str) -> Mapping[Key, Fraction]:
    """What the budget says of ``group``: volumes by product, or its norm hours or norm fte."""
    year, found = case.agreement.year, dict[Key, Fraction]()
    if case.budget is None:
        return found
    for line in product_lines(case.budget, year, group):
        found[group, line.contract, line.code] = line.volume
    whole = {key for key, one in case.budget.measures(year).items() if key[0] == group and one is not Measure.VOLUME}
    outputs = case.budget.outputs(year) if whole else {}
    for key in whole:
        node = outputs[key].hours or outputs[key].fte
        found[group, key[1], ""] = Fraction(0) if node is None else node.value
    return found


def _amounts(case: Case, group: str, edits: Edits) -> Mapping[Key, Fraction]:
    changed = {key: amount for key, amount in edits.items() if key[0] == group}
    return {key: one for key, one in {**amounts(case, group), **changed}.items() if one is not None}


def _line(case: Case, key: Key, amount: Fraction, specialism: str, norm_times: NormTimes) -> Line | Problem:
    group, contract, code = key
    year = case.agreement.year
    if not code:
        return Line(group, contract, year, _measure(case, group, contract), amount, Source(FILE, None, "normuren"))
    time = norm_time_of(norm_times, year, specialism, code)
    if isinstance(time, Problem):
        return time
    return Line(group, contract, year, Measure.VOLUME, amount, Source(FILE, None, "aantal"), code, time)


def _measure(case: Case, group: str, contract: str) -> Measure:
    measures = {} if case.budget is None else case.budget.measures(case.agreement.year)
    return measures.get((group, contract), Measure.HOURS)


def norm_time_of(norm_times: NormTimes, year: int, specialism: str, code: str) -> NormTime | Problem:
    """Which of them ``code`` means; where there is none, the nearest of the same specialism is named."""
    found = norm_times.find(year, specialism, code)
    if len(found) == 1:
        return found[0]
    if found:
        return Problem("edit_code_both", FILE, None, "zorgproduct", code)
    own = [known for when, of, known in norm_times.by_code if (when, of) == (year, specialism)]
    padded = next(
        (code.zfill(width) for width in (6, 9) if code.zfill(width) in own and code.zfill(width) != code), None
    )
    details = {"specialism": specialism, "year": year, "close": padded or near_miss(code, own)}
    return Problem("edit_code_unknown", FILE, None, "zorgproduct", code, details)


def edited_files(folder: Path, case: Case, edits: Edits) -> dict[str, bytes]:
    """The case in ``folder`` with these volumes: its budget is written anew, every other file stays what it is.

    Rows keep their order and what else they hold; new ones stand below. Raises InputError where the files cannot be read.
    """
    files = as_files(folder)
    if not edits:
        return files
    table = standing(folder).get(TABLE)
    files.pop(next((name for name in files if name.lower() == f"{TABLE}.parquet"), ""), None)
    files[next((name for name in files if name.lower() == FILE), FILE)] = _written(case, table, edits)
    return files


def _written(case: Case, table: StandingTable | None, edits: Edits) -> bytes:
    titles = list(table.titles) if table is not None else ["vakgroep", "contract", "zorgproduct", "aantal"]
    left, rows = dict(edits), list[tuple[int | None, Mapping[str, Value]]]()
    for _, cells in table.rows if table is not None else ():
        key = _key_of(case, cells)
        if key is None or key not in left:
            rows.append((None, cells))
            continue
        amount = left.pop(key)
        if amount is not None:
            rows.append((None, {**cells, _column(case, key): amount}))
    dated = any(cells.get("jaar") is not None for _, cells in rows)
    for key, amount in left.items():
        if amount is not None:
            new = _new_row(case, key, amount, dated=dated)
            titles += [title for title, value in new.items() if value is not None and title not in titles]
            rows.append((None, new))
    whole = table or _nothing(titles)
    return whole.csv(rows, tuple(titles))


def _nothing(titles: list[str]) -> StandingTable:
    from puntlanding.case.raw import RawTable
    from puntlanding.case.standing import table_of

    return table_of(RawTable(TABLE, FILE, {title: [] for title in titles}, []))


def _column(case: Case, key: Key) -> str:
    return (Measure.VOLUME if key[2] else _measure(case, key[0], key[1])).value


def _key_of(case: Case, cells: Mapping[str, Value]) -> Key | None:
    """None for a row of another year."""
    if cells.get("jaar") not in (None, case.agreement.year):
        return None
    contract = cells.get("contract")
    name = contracts_of(case)[0] if contract is None else str(contract)
    return str(cells.get("vakgroep") or ""), name, str(cells.get("zorgproduct") or "")


def _new_row(case: Case, key: Key, amount: Fraction, *, dated: bool) -> Mapping[str, Value]:
    group, contract, code = key
    return {
        "vakgroep": group,
        "contract": contract or None,
        "jaar": case.agreement.year if dated else None,
        "zorgproduct": code or None,
        _column(case, key): amount,
    }

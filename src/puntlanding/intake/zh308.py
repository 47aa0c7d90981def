"""Vektis ZH308 v9.0: the fixed-width declarations that a hospital sends to insurers. Source: data-facts §5.3.

Every file is read twice, in blocks: `zh308_scan` sees whether it is whole and adds up, then the records are made here. A
record belongs to the one above it: 16 and 06 to the last 04, 04 to the last 02; what a block must know of the block before
is one 02 and one 04. Names, addresses and the day of birth have no positions, so they are never cut out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from puntlanding.intake.base import Account, Options, Part, Progress, Reader
from puntlanding.intake.convert import SPACE, Source, convert
from puntlanding.intake.recognise import files_of
from puntlanding.intake.zh308_fields import ACTIVITY, BIRTH_YEAR, FIELDS, HEADER, INSURED, MIRROR, PERFORMANCE, TARIFF
from puntlanding.intake.zh308_lines import BLOCK, Block, Form, blocks, keys, texts
from puntlanding.intake.zh308_map import ABSENT, ACTIVITIES, CUT, INSTITUTION, MAP, SIGN_OF_ACTIVITY, TRAJECTORIES
from puntlanding.intake.zh308_netting import Netting
from puntlanding.intake.zh308_scan import Scan, scan
from puntlanding.intake.zh308_tidy import DAYS, Taken, tidy
from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records.findings import Finding, merged
from puntlanding.records.tables import ROW, TableName

_ID = TRAJECTORIES["subtraject_id"].label
_STAYS = "_blijft"
_INSURER = "0108"
_OF_ACTIVITIES = ("zh308_activity_left_out", "zh308_negative")
_OF_RECORDS = ("zh308_other_product", "zh308_taken_back", "zh308_credit_alone", "zh308_activity_left_out")


def read(source: Path, options: Options, account: Account, progress: Progress) -> Iterator[Part]:
    """One file, or a folder of them (a hospital sends one per insurer); nothing of ``options`` applies."""
    return read_blocks(source, account, progress, BLOCK)


def read_blocks(source: Path, account: Account, progress: Progress, size: int) -> Iterator[Part]:
    """``size``: bytes of a file in memory at once; the records do not depend on it."""
    paths = files_of(source)
    if not paths:
        raise InputError([Problem("zh308_empty", source.name, value=str(source))])
    account.sources.extend(paths)
    try:
        yield from _parts(_scanned(paths, account, size), account, progress, size)
    except OSError as error:
        details = {"reason": os_reason(error)}
        path = Path(error.filename or source)
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error


def _scanned(paths: list[Path], account: Account, size: int) -> list[Scan]:
    """In the order in which they were invoiced: a credit follows its debit. Raises InputError with what is wrong in any."""
    forms = [Form(path.name) for path in paths]
    found = [scan(path, account, form, size) for path, form in zip(paths, forms, strict=True)]
    problems = [problem for form in forms for problem in sorted(form.problems(), key=_line)]
    if problems:
        raise InputError(problems)
    return sorted(found, key=lambda one: (one.invoiced, one.path.name))


def _line(problem: Problem) -> tuple[bool, int, str]:
    """As a reader goes through the file; in blocks of another size they are found in another order."""
    return problem.row is None, problem.row or 0, problem.code


def _parts(scans: list[Scan], account: Account, progress: Progress, size: int) -> Iterator[Part]:
    netting = Netting(sum((one.credits for one in scans), Counter()))
    records = sum((one.records for one in scans), Counter())
    loaded: Counter[int] = Counter()
    for one in scans:
        form, carried, rows = Form(one.path.name), _Carried(), 0
        for block in blocks(one.path, form, size):
            part = _part(block, one, carried, netting, account)
            loaded[PERFORMANCE] += part.tables[TableName.TRAJECTORIES].height
            loaded[ACTIVITY] += part.tables[TableName.ACTIVITIES].height
            rows += len(block.rows)
            yield part
            progress(len(block.rows))
        if form.seen or rows != sum(one.records.values()):  # it was whole a moment ago
            raise InputError([Problem("zh308_changed", one.path.name)])
    account.findings[:] = [_of_all(one, records, loaded) for one in merged(account.findings)]


def _of_all(finding: Finding, records: Counter[int], loaded: Counter[int]) -> Finding:
    """A finding says of how many rows of the whole delivery; while reading it knows those of its own blocks."""
    kind = ACTIVITY if finding.check in _OF_ACTIVITIES else int((finding.column or f"{PERFORMANCE:02}")[:2])
    if finding.check == "zh308_links":
        return replace(finding, of=records[PERFORMANCE] + records[TARIFF] + records[ACTIVITY])
    if finding.check == "zh308_test":
        return replace(finding, of=records[HEADER])
    if kind == TARIFF or finding.check in _OF_RECORDS or finding.column == FIELDS["0457"].label:
        return replace(finding, of=records[kind])
    return replace(finding, of=loaded[ACTIVITY if kind == ACTIVITY else PERFORMANCE])


@dataclass(slots=True)
class _Carried:
    """The last insured and the last performance of the blocks before this one, as one-row tables; none at the start."""

    insured: pl.DataFrame | None = None
    performance: pl.DataFrame | None = None


def _part(block: Block, found: Scan, carried: _Carried, netting: Netting, account: Account) -> Part:
    insured = _behind(carried.insured, _cut(block, INSURED))
    people = insured[block.within(INSURED, PERFORMANCE) - (carried.insured is None)]
    performances = pl.concat([_cut(block, PERFORMANCE), people.drop(ROW)], how="horizontal")
    stays = _staying(performances, block, netting, account, found.path.name)
    trajectories = _trajectories(performances.filter(stays), found, account)
    links = _behind(carried.performance, performances.select(_ID, stays.alias(_STAYS)))
    activities = _cut(block, ACTIVITY)
    parents = links[block.within(PERFORMANCE, ACTIVITY) - (carried.performance is None)]
    made = _activities(pl.concat([activities, parents], how="horizontal"), account, found.path.name)
    carried.insured, carried.performance = insured.tail(1), links.tail(1)
    if not len(carried.insured):
        carried.insured = None
    if not len(carried.performance):
        carried.performance = None
    name = found.path.name
    return Part(
        {TableName.TRAJECTORIES: trajectories, TableName.ACTIVITIES: made},
        dict.fromkeys(TableName, name),
    )


def _cut(block: Block, kind: int) -> pl.DataFrame:
    """The fields of one kind of record that are read, as text. Of a date of birth only the year."""
    chosen = block.kinds == kind
    data = block.data[chosen]
    columns = {one.label: texts(data, BIRTH_YEAR if one.number == "0207" else FIELDS[one.number]) for one in CUT[kind]}
    return pl.DataFrame({ROW: block.rows[chosen], **columns})


def _behind(before: pl.DataFrame | None, frame: pl.DataFrame) -> pl.DataFrame:
    return frame if before is None else pl.concat([before, frame])


def _staying(performances: pl.DataFrame, block: Block, netting: Netting, account: Account, file: str) -> pl.Series:
    """Which performances are trajectories that nobody took back; what happened to the others is counted."""
    data = block.data[block.kinds == PERFORMANCE]
    signs = texts(data, FIELDS["0457"])
    credit = (signs == "C").to_numpy()
    numbered = (performances[_ID].str.strip_chars(SPACE).str.strip_chars_start("0") != "").to_numpy()
    back, alone = np.zeros(len(data), np.bool_), np.zeros(len(data), np.bool_)
    if numbered.any():
        mirror = keys(data[numbered], *(FIELDS[one] for one in MIRROR))
        back[numbered], alone[numbered] = netting.taken_back(mirror, credit[numbered])
    odd = ~signs.is_in(["C", "D"]).to_numpy()
    rows = performances.select(ROW)
    for check, wrong, column in (
        ("zh308_sign", odd, FIELDS["0457"].label),
        ("zh308_other_product", ~numbered, None),
        ("zh308_taken_back", back, None),
        ("zh308_credit_alone", alone, None),
    ):
        if wrong.any():
            account.rows(check, rows.filter(wrong), len(data), file, (), column)
    return pl.Series(_STAYS, numbered & ~credit & ~back)


def _trajectories(kept: pl.DataFrame, found: Scan, account: Account) -> pl.DataFrame:
    file = found.path.name
    label = FIELDS[_INSURER].label
    tidied = tidy(kept.with_columns(pl.lit(found.insurer).alias(label)), TRAJECTORIES, account, file)
    nameless = tidied.filter(pl.col(TRAJECTORIES["patient"].label) == "")
    if nameless.height:
        account.rows("zh308_no_bsn", nameless.select(ROW), tidied.height, file)
    own = tidied[INSTITUTION.label].str.strip_chars(" ")
    stated = pl.select(
        pl.when(own.str.strip_chars("0") == "").then(pl.lit(found.institution)).otherwise(own)
    ).to_series()
    for code, rows in stated.value_counts().iter_rows():
        if code.strip("0 "):
            account.institution(code, rows)
    return convert(tidied, TableName.TRAJECTORIES, _sources(TRAJECTORIES), account, file)


def _activities(linked: pl.DataFrame, account: Account, file: str) -> pl.DataFrame:
    """Activities of trajectories that stay. A credit among them is a correction: it counts down."""
    gone = linked.filter(~pl.col(_STAYS))
    if gone.height:
        account.rows("zh308_activity_left_out", gone.select(ROW), linked.height, file)
    tidied = tidy(linked.filter(_STAYS), ACTIVITIES, account, file)
    sign = pl.col(SIGN_OF_ACTIVITY.label)
    for check, wrong in (("zh308_negative", sign == "C"), ("zh308_sign", ~sign.is_in(["C", "D"]))):
        rows = tidied.filter(wrong)
        if rows.height:
            column = SIGN_OF_ACTIVITY.label if check == "zh308_sign" else None
            account.rows(check, rows.select(ROW), tidied.height, file, (), column)
    made = convert(tidied, TableName.ACTIVITIES, _sources(ACTIVITIES), account, file)
    negative = tidied[SIGN_OF_ACTIVITY.label] == "C"
    return made.with_columns(pl.when(negative).then(-pl.col("aantal")).otherwise(pl.col("aantal")).alias("aantal"))


def _sources(taken: dict[str, Taken]) -> dict[str, Source]:
    return {name: Source(one.label, dates=DAYS if name != "geboortejaar" else None) for name, one in taken.items()}


ZH308 = Reader(
    name="zh308",
    version=1,
    nl="Vektis ZH308 v9.0: declaraties ziekenhuiszorg, vaste posities",
    en="Vektis ZH308 v9.0: hospital declarations, fixed positions",
    files="één ZH308-bestand, of een map met zulke bestanden (een per verzekeraar)",
    fields=MAP,
    absent=ABSENT,
    read=read,
    patient_domain="bsn",
)

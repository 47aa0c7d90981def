"""First pass over a ZH308 file: is it one, is it whole, does it add up, and which performances are taken back.

A cheap pass: a few columns of every record. It comes first so that all that is wrong with the form is told at once and
before any record, and so that the second pass knows which debits a credit further on takes back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from puntlanding.intake.base import Account
from puntlanding.intake.zh308_fields import (
    ACTIVITY,
    ACTIVITY_KEY,
    CLOSING,
    CLOSINGS,
    DETAILS,
    FIELDS,
    HEADER,
    INSURED,
    KINDS,
    MESSAGE,
    MIRROR,
    PERFORMANCE,
    PERFORMANCE_KEY,
    TARIFF,
    TARIFF_KEY,
    VERSION,
    WIDTH,
)
from puntlanding.intake.zh308_lines import BLOCK, Block, Form, blocks, cut, keys, whole_numbers
from puntlanding.records.tables import ROW

CREDIT, DEBIT = ord("C"), ord("D")


@dataclass(slots=True)
class Scan:
    """What the first pass learned of one file. ``credits`` counts the performances taken back, by what mirrors them."""

    path: Path
    insurer: str = ""
    institution: str = ""
    invoiced: str = ""
    test: bool = False
    records: Counter[int] = field(default_factory=Counter)
    cents: int = 0
    credits: Counter[bytes] = field(default_factory=Counter)


@dataclass(slots=True)
class _State:
    """What a block must know of the blocks before it."""

    parent: int = 0  # the last insured or performance record: its kind
    insured: bool = False
    headers: int = 0
    closing: bytes | None = None
    followed: bool = False  # by anything, after the closing record
    bsn: npt.NDArray[np.bytes_] = field(default_factory=lambda: np.array([b""], "S9"))
    key: npt.NDArray[np.bytes_] = field(default_factory=lambda: np.array([b""], "S25"))


def scan(path: Path, account: Account, form: Form, size: int = BLOCK) -> Scan:
    """Fills ``form`` with everything that is wrong with the file; what is found beside it goes to ``account``."""
    found, state = Scan(path), _State()
    if not _header(found, form):
        return found
    for block in blocks(path, form, size):
        _order(block, state, form)
        _links(block, state, account, path.name)
        _count(block, found, account, path.name)
    if state.closing is None:
        form.problem("zh308_truncated", None, {"records": sum(found.records.values())})
    elif "zh308_line_length" not in form.seen and state.headers == 1:
        _totals(state.closing, found, form)
    if found.test:
        account.rows("zh308_test", pl.DataFrame({ROW: [1]}), 1, path.name)
    return found


def _header(found: Scan, form: Form) -> bool:
    """Reads the header record. False: this is another message or version, and nothing further can be said of it."""
    with found.path.open("rb") as file:
        text = file.read(WIDTH)
    first = {name: text[one.slice].decode("latin-1") for name, one in FIELDS.items() if one.record == HEADER}
    if not text:
        form.problem("zh308_empty")
    elif (first["0101"], first["0102"]) != (f"{HEADER:02}", MESSAGE):
        form.problem("zh308_other_file", 1)
    elif first["0103"] != VERSION:
        stated = first["0103"] if first["0103"].isdecimal() else "…"
        form.problem("zh308_version", 1, {"stated": stated, "expected": VERSION})
    found.insurer, found.institution = first["0108"], first["0112"]
    found.invoiced, found.test = first["0117"], first["0105"] == "T"
    return not form.seen


def _order(block: Block, state: _State, form: Form) -> None:
    """Kinds that are not known, or not where they may stand."""
    kinds, rows = block.kinds, block.rows
    for at in np.flatnonzero(kinds == -1).tolist():
        shown = block.data[at, :2].tobytes().decode("latin-1")
        form.problem("zh308_record_kind", int(rows[at]), {"kind": shown if shown.isdecimal() else "…"})
    for at in np.flatnonzero(kinds == HEADER).tolist():
        state.headers += 1
        if state.headers > 1:
            form.problem("zh308_second_header", int(rows[at]))
    _after_closing(block, state, form)
    marks = np.where((kinds == INSURED) | (kinds == PERFORMANCE), np.arange(len(kinds)), -1)
    last = np.maximum.accumulate(marks) if len(marks) else marks
    parents = np.where(last >= 0, kinds[last], state.parent)
    insured = np.logical_or.accumulate(kinds == INSURED) | state.insured
    lost = np.isin(kinds, (TARIFF, ACTIVITY)) & (parents != PERFORMANCE)
    for at in np.flatnonzero(lost).tolist():
        form.problem("zh308_no_performance", int(rows[at]), {"kind": KINDS[int(kinds[at])]})
    for at in np.flatnonzero((kinds == PERFORMANCE) & ~insured).tolist():
        form.problem("zh308_no_insured", int(rows[at]))
    if len(kinds):
        state.parent, state.insured = int(parents[-1]), bool(insured[-1])


def _after_closing(block: Block, state: _State, form: Form) -> None:
    """The first record behind the closing record is told, unless it is a header: that has its own sentence."""
    at = np.flatnonzero(block.kinds == CLOSING)
    if state.closing is None and not len(at):
        return
    first = -1 if state.closing is not None else int(at[0])
    if state.closing is None:
        state.closing = block.data[first].tobytes()
    if not state.followed and first + 1 < len(block.kinds):
        state.followed = True
        if block.kinds[first + 1] != HEADER:
            form.problem("zh308_after_closing", int(block.rows[first + 1]))


def _links(block: Block, state: _State, account: Account, file: str) -> None:
    """A record stands behind its parent; that it also carries its parent's key is checked, or activities change owner."""
    data, kinds = block.data, block.kinds
    bsn = np.concatenate([state.bsn, keys(data[kinds == INSURED], FIELDS["0203"])])
    own = np.concatenate([state.key, keys(data[kinds == PERFORMANCE], *(FIELDS[one] for one in PERFORMANCE_KEY))])
    wrong = np.zeros(len(kinds), np.bool_)
    wrong[kinds == PERFORMANCE] = (
        keys(data[kinds == PERFORMANCE], FIELDS["0403"]) != bsn[block.within(INSURED, PERFORMANCE)]
    )
    for kind, names in ((TARIFF, TARIFF_KEY), (ACTIVITY, ACTIVITY_KEY)):
        carried = keys(data[kinds == kind], *(FIELDS[one] for one in names))
        wrong[kinds == kind] = carried != own[block.within(PERFORMANCE, kind)]
    linked = int(np.isin(kinds, (PERFORMANCE, TARIFF, ACTIVITY)).sum())
    if wrong.any():
        account.rows("zh308_links", pl.DataFrame({ROW: block.rows[wrong]}), linked, file)
    state.bsn, state.key = bsn[-1:], own[-1:]


def _count(block: Block, found: Scan, account: Account, file: str) -> None:
    """Records, cents, and the performances that are taken back."""
    data, kinds = block.data, block.kinds
    for kind, count in zip(*np.unique(kinds, return_counts=True), strict=True):
        found.records[int(kind)] += int(count)
    tariffs = data[kinds == TARIFF]
    cents, right = whole_numbers(tariffs, FIELDS["0620"])
    signs = cut(tariffs, FIELDS["0621"])[:, 0]
    found.cents += int(np.where(signs == CREDIT, -cents, cents).sum())
    rows = block.rows[kinds == TARIFF]
    blank = (cut(tariffs, FIELDS["0620"]) == ord(" ")).all(axis=1)
    if not (right | blank).all():
        wrong = pl.DataFrame({ROW: rows[~right & ~blank]})
        account.rows("unreadable", wrong, len(tariffs), file, (), FIELDS["0620"].label)
    odd = (signs != CREDIT) & (signs != DEBIT)
    if odd.any():
        account.rows("zh308_sign", pl.DataFrame({ROW: rows[odd]}), len(tariffs), file, (), FIELDS["0621"].label)
    taken_back = data[(kinds == PERFORMANCE) & (data[:, FIELDS["0457"].slice][:, 0] == CREDIT)]
    if len(taken_back):
        found.credits.update(keys(taken_back, *(FIELDS[one] for one in MIRROR)).tolist())


def _totals(closing: bytes, found: Scan, form: Form) -> None:
    """What the closing record says against what the file holds: each difference by name."""
    run = closing[2:]
    digits = len(run) - len(run.lstrip(b"0123456789"))
    layout = next((one for one in CLOSINGS if one.digits == digits), None)
    sign = run[digits : digits + 1]
    row = sum(found.records.values())
    if layout is None or sign not in (b"C", b"D"):
        known = ", ".join(str(one.digits) for one in CLOSINGS)
        form.problem("zh308_closing_form", row, {"digits": digits, "known": known})
        return
    at = 0
    stated: list[tuple[tuple[str, str], int, int]] = []
    for kind, width in layout.counts:
        names = (f"aantal {KINDS[kind][0]}s", f"number of {KINDS[kind][1]}s")
        stated.append((names, int(run[at : at + width]), found.records[kind]))
        at += width
    all_details = sum(found.records[kind] for kind in DETAILS)
    names = ("totaal aantal detailrecords", "total of detail records")
    stated.append((names, int(run[at : at + layout.all_details]), all_details))
    cents = int(run[at + layout.all_details : digits]) * (-1 if sign == b"C" else 1)
    stated.append((("totaal declaratiebedrag in centen", "total amount in cents"), cents, found.cents))
    for names, said, counted in stated:
        if said != counted:
            form.problem("zh308_total", row, {"total": names, "stated": said, "counted": counted})

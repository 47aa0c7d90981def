"""A ZH308 file as blocks of whole records: rows of 610 bytes, whatever its line ends, in memory that does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import polars as pl

from puntlanding.intake.zh308_fields import KINDS, WIDTH, Position
from puntlanding.problems import Problem

BLOCK = 1 << 24  # bytes read at once
LONGEST = 1 << 16  # a line longer than this is not searched for its end
MOST = 20  # problems of one kind that are told one by one
_TRAILING = 4096
_LF, _CR = 10, 13
_CODES = np.array(sorted(KINDS), np.int16)

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Form:
    """What is wrong with the form of one file. Beyond `MOST` of a kind they are counted only: a shifted file has millions."""

    file: str
    told: list[Problem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def problem(self, code: str, row: int | None = None, details: Mapping[str, object] | None = None) -> None:
        self.seen[code] = self.seen.get(code, 0) + 1
        if self.seen[code] <= MOST:
            self.told.append(Problem(code, self.file, row, details=details or {}))

    def problems(self) -> list[Problem]:
        more = [
            Problem("and_more", self.file, details={"count": count - MOST, "of": code})
            for code, count in self.seen.items()
            if count > MOST
        ]
        return self.told + more


@dataclass(frozen=True, slots=True)
class Block:
    """Whole records: ``data`` is (n, 610) bytes, ``rows`` their line numbers, ``kinds`` 1…99, or -1 where there is none."""

    data: Bytes
    rows: npt.NDArray[np.uint32]
    kinds: npt.NDArray[np.int16]

    @classmethod
    def of(cls, data: Bytes, rows: npt.NDArray[np.uint32]) -> Block:
        tens, units = data[:, 0].astype(np.int16) - 48, data[:, 1].astype(np.int16) - 48
        digits = (tens >= 0) & (tens <= 9) & (units >= 0) & (units <= 9)
        kinds = np.where(digits, tens * 10 + units, -1).astype(np.int16)
        return cls(data, rows, np.where(np.isin(kinds, _CODES), kinds, np.int16(-1)))

    def within(self, parent: int, child: int) -> npt.NDArray[np.int64]:
        """For each ``child`` record the number of its ``parent`` in this block, from 1; 0: in an earlier block."""
        seen = np.cumsum(self.kinds == parent, dtype=np.int64)
        found: npt.NDArray[np.int64] = seen[self.kinds == child]
        return found


def cut(data: Bytes, where: Position | slice) -> Bytes:
    """One column; bytes 0, with which some systems fill up, become blanks."""
    found = np.ascontiguousarray(data[:, where.slice if isinstance(where, Position) else where])
    found[found == 0] = 32
    return found


def keys(data: Bytes, *where: Position) -> npt.NDArray[np.bytes_]:
    """Several columns side by side, as one value per record that can be compared and sorted."""
    joined = np.hstack([cut(data, one) for one in where])
    return joined.view(f"S{joined.shape[1]}").ravel()


def texts(data: Bytes, where: Position | slice) -> pl.Series:
    """One column as text. The files are ASCII, or Latin-1 where a letter with an accent got into a code."""
    found = cut(data, where)
    values = found.view(f"S{found.shape[1]}").ravel().tolist() if len(found) else []
    if (found >= 128).any():
        return pl.Series([one.decode("latin-1") for one in values], dtype=pl.String)
    return pl.Series(values, dtype=pl.Binary).cast(pl.String)


def whole_numbers(data: Bytes, where: Position) -> tuple[npt.NDArray[np.int64], Flags]:
    """One N field as numbers, 0 where it is not digits, and where it is."""
    digits = cut(data, where).astype(np.int64) - 48
    right = np.logical_and.reduce((digits >= 0) & (digits <= 9), axis=1)
    values = digits @ (10 ** np.arange(where.length - 1, -1, -1, dtype=np.int64))
    return np.where(right, values, 0), right


def blocks(path: Path, form: Form, size: int = BLOCK) -> Iterator[Block]:
    """Every record of the right length, in order; lines of another length are problems and left out.

    The line ends are those of the first line: LF or CRLF, or none at all. Mixed line ends are read too.
    """
    with path.open("rb") as file:
        head = file.read(WIDTH + 2)
        end = _end(file)
        file.seek(0)
        if b"\n" in head:
            yield from _lines(file, end, head, form, size)
        else:
            yield from _joined(file, end, form, size)


def _end(file: BinaryIO) -> int:
    """Where the last record ends: behind it only line ends and the end-of-file mark of old systems (0x1A)."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TRAILING))
    tail = file.read(_TRAILING)
    return size - len(tail) + len(tail.rstrip(b"\r\n\x1a"))


def _lines(file: BinaryIO, end: int, head: bytes, form: Form, size: int) -> Iterator[Block]:
    line_end = b"\r\n" if head[WIDTH : WIDTH + 2] == b"\r\n" else b"\n"
    row, left, rest = 1, end, b""
    while left:
        read = file.read(min(size, left))
        left = left - len(read) if read else 0
        text = rest + read if left else rest + read + line_end
        until = text.rfind(b"\n") + 1
        rest = text[until:]
        if until:
            block, count = _block(text, until, row, WIDTH + len(line_end), form)
            row += count
            yield block
        if len(rest) > LONGEST:
            form.problem("zh308_line_length", row, {"found": f"> {LONGEST}", "expected": WIDTH})
            return


def _block(text: bytes, until: int, row: int, stride: int, form: Form) -> tuple[Block, int]:
    """The lines of ``text`` up to ``until``, and how many there were."""
    data = np.frombuffer(text, np.uint8, until)
    if until % stride == 0 and text.count(b"\n", 0, until) == until // stride:
        lines = data.reshape(-1, stride)
        before = lines[:, stride - 2] == _CR
        regular = (lines[:, stride - 1] == _LF).all() and (before.all() if stride == WIDTH + 2 else not before.any())
        if regular:
            return Block.of(lines[:, :WIDTH], np.arange(row, row + len(lines), dtype=np.uint32)), len(lines)
    split = [one.removesuffix(b"\r") for one in text[:until].split(b"\n")[:-1]]
    right = [number for number, one in enumerate(split) if len(one) == WIDTH]
    for number, one in enumerate(split):
        if len(one) != WIDTH:
            form.problem("zh308_line_length", row + number, {"found": len(one), "expected": WIDTH})
    kept = np.frombuffer(b"".join(split[number] for number in right), np.uint8).reshape(-1, WIDTH)
    return Block.of(kept, np.array(right, np.uint32) + np.uint32(row)), len(split)


def _joined(file: BinaryIO, end: int, form: Form, size: int) -> Iterator[Block]:
    row, left = 1, end
    while left >= WIDTH:
        text = file.read(min(max(size // WIDTH, 1), left // WIDTH) * WIDTH)
        broken = min((at for at in (text.find(b"\n"), text.find(b"\r")) if at >= 0), default=-1)
        lines = (len(text) if broken < 0 else broken) // WIDTH
        if lines:  # those before a break as well: what is said of a file does not depend on how it is cut
            data = np.frombuffer(text, np.uint8, lines * WIDTH).reshape(-1, WIDTH)
            yield Block.of(data, np.arange(row, row + lines, dtype=np.uint32))
        if broken >= 0 or len(text) % WIDTH or not text:
            found = broken % WIDTH if broken >= 0 else len(text) % WIDTH
            form.problem("zh308_line_length", row + lines, {"found": found, "expected": WIDTH})
            return
        row += lines
        left -= len(text)
    if left:
        form.problem("zh308_line_length", row, {"found": left, "expected": WIDTH})

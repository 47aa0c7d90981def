"""What a Parquet file says of itself, read from its end without opening the rest: how many rows, and how large unpacked.

The footer is Thrift's compact form (Parquet format, `FileMetaData`); only the few fields that are asked for are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

MAGIC = b"PAR1"
MOST_FOOTER = 16 * 1024 * 1024
MOST_FIELDS = 1_000_000  # in a footer: some hundred columns in some hundred groups of rows
_DEEPEST = 32
_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 0, 1, 2, 3, 7, 8, 9, 10, 11, 12
_ROWS, _GROUPS, _GROUP_BYTES = 3, 4, 2


class NotParquetError(Exception):
    """It does not say what Parquet says."""


@dataclass(frozen=True, slots=True)
class Told:
    rows: int
    unpacked: int  # bytes


def told(file: BinaryIO, size: int) -> Told:
    """Raises NotParquetError."""
    if size < 3 * len(MAGIC):
        raise NotParquetError
    file.seek(0)
    first = file.read(len(MAGIC))
    file.seek(size - 8)
    tail = file.read(8)
    length = int.from_bytes(tail[:4], "little")
    if first != MAGIC or tail[4:] != MAGIC or not 0 < length <= min(size - 12, MOST_FOOTER):
        raise NotParquetError
    file.seek(size - 8 - length)
    try:
        found = _Footer(file.read(length)).told()
    except (IndexError, OverflowError, RecursionError, ValueError) as error:
        raise NotParquetError from error
    if found.rows < 0 or found.unpacked < 0:
        raise NotParquetError
    return found


class _Footer:
    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.read = data, 0, 0

    def told(self) -> Told:
        rows, unpacked, field = -1, 0, 0
        while (step := self._field(field)) is not None:
            field, kind = step
            if field == _ROWS:
                rows = self._zigzag()
            elif field == _GROUPS and kind == _LIST:
                count, of = self._list_head()
                if of != _STRUCT:
                    raise ValueError
                unpacked = sum(self._group() for _ in range(count))
            else:
                self._skip(kind, 0)
        return Told(rows, unpacked)

    def _count(self) -> None:
        self.read += 1
        if self.read > MOST_FIELDS:
            raise ValueError

    def _group(self) -> int:
        self._count()
        size, field = 0, 0
        while (step := self._field(field)) is not None:
            field, kind = step
            if field == _GROUP_BYTES:
                size = self._zigzag()
            else:
                self._skip(kind, 0)
        return size

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def _varint(self) -> int:
        value, shift = 0, 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value
            if shift > 63:
                raise ValueError

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _field(self, before: int) -> tuple[int, int] | None:
        head = self._byte()
        if head == _STOP:
            return None
        delta, kind = head >> 4, head & 0x0F
        return (before + delta if delta else self._zigzag()), kind

    def _list_head(self) -> tuple[int, int]:
        head = self._byte()
        count = head >> 4
        return (self._varint() if count == 15 else count), head & 0x0F

    def _skip(self, kind: int, depth: int) -> None:
        self._count()
        if depth > _DEEPEST:
            raise ValueError
        if kind in (_TRUE, _FALSE):
            return
        if kind == _BYTE:
            self.at += 1
        elif kind == _DOUBLE:
            self.at += 8
        elif kind == _BINARY:
            length = self._varint()
            self.at += length
        elif kind in (_LIST, _SET):
            count, of = self._list_head()
            for _ in range(count):
                self._skip(_BYTE if of in (_TRUE, _FALSE) else of, depth + 1)
        elif kind == _STRUCT:
            field = 0
            while (step := self._field(field)) is not None:
                field, inner = step
                self._skip(inner, depth + 1)
        elif kind == _MAP:
            raise ValueError  # Parquet's footer has none
        else:
            self._varint()
        if self.at > len(self.data):
            raise IndexError

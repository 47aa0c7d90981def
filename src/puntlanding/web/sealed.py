"""Files that lie on disk encrypted, and are read without ever being there in the clear.

AES-256-GCM by block, after the STREAM construction: the nonce is the file's number, the block's, and whether it is the last. A block that
is changed, moved, or cut off does not open. The key is kept apart; without it the file is noise.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = 32
BLOCK, TAG = 1 << 20, 16
_MARK = b"PLV1"
_HEAD = len(_MARK) + 4


class SealBrokenError(Exception):
    """The file is not what was sealed with this key."""


class Seal:
    """One key, for the files of one request: no two of them have the same number."""

    def __init__(self, key: bytes | None = None) -> None:
        self.key = secrets.token_bytes(KEY) if key is None else key
        self._numbers = itertools.count()

    def writer(self, path: Path) -> SealedWriter:
        return SealedWriter(path, self.key, next(self._numbers))


class SealedWriter:
    """``size`` and ``sha256`` are of what was written, not of what lies on disk. Raises OSError where the disk refuses."""

    def __init__(self, path: Path, key: bytes, number: int) -> None:
        self.path, self.size, self.sealed = path, 0, False
        self._cipher, self._number, self._at = AESGCM(key), number, 0
        self._digest = hashlib.sha256()
        self._waiting = bytearray()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file: BinaryIO = os.fdopen(handle, "wb")
        self._file.write(_MARK + number.to_bytes(4, "big"))

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self.size += len(data)
        self._waiting += data
        while len(self._waiting) > BLOCK:  # the last block is known only at the end
            self._put(bytes(self._waiting[:BLOCK]), last=False)
            del self._waiting[:BLOCK]

    def finish(self) -> None:
        """On disk when this returns."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.sealed = True

    def discard(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _put(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, self._at, last=last), data, None))
        self._at += 1


class SealedReader(io.RawIOBase):
    """Any part of it, in any order. Raises SealBrokenError."""

    def __init__(self, path: Path, key: bytes) -> None:
        super().__init__()
        self._file = path.open("rb")
        head = self._file.read(_HEAD)
        stored = path.stat().st_size - _HEAD
        if len(head) != _HEAD or not head.startswith(_MARK) or stored < TAG:
            self._file.close()
            raise SealBrokenError
        self._number = int.from_bytes(head[len(_MARK) :], "big")
        self._cipher, self._place = AESGCM(key), 0
        self._blocks = -(-stored // (BLOCK + TAG))
        self.size = stored - self._blocks * TAG
        self._kept: tuple[int, bytes] = (-1, b"")
        try:
            self._block(self._blocks - 1)  # only the last block tells that nothing was cut off
        except SealBrokenError:
            self.close()
            raise

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._place = base + offset
        return self._place

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._place >= self.size:
            return 0
        at, within = divmod(self._place, BLOCK)
        part = self._block(at)[within : within + len(target)]
        target[: len(part)] = part
        self._place += len(part)
        return len(part)

    def close(self) -> None:
        self._kept = (-1, b"")
        self._file.close()
        super().close()

    def _block(self, at: int) -> bytes:
        if self._kept[0] != at:
            self._file.seek(_HEAD + at * (BLOCK + TAG))
            try:
                found = self._cipher.decrypt(
                    _nonce(self._number, at, last=at == self._blocks - 1), self._file.read(BLOCK + TAG), None
                )
            except (InvalidTag, ValueError) as error:
                raise SealBrokenError from error
            self._kept = (at, found)
        return self._kept[1]


def opened(path: Path, key: bytes) -> io.BufferedReader:
    """Raises SealBrokenError for what was not sealed, OSError where it is not there."""
    return io.BufferedReader(SealedReader(path, key), BLOCK)


def _nonce(number: int, at: int, *, last: bool) -> bytes:
    return number.to_bytes(4, "big") + at.to_bytes(7, "big") + bytes([last])

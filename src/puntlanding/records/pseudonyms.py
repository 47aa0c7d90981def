"""Identifiers → keyed hashes, before anything else happens to them.

HMAC-SHA256 (RFC 2104) under a key that only the hospital holds. Without the key nobody can try out patient numbers; with
another key no two hospitals' patients can be linked. Kept are 63 bits: a whole number for every tool that reads Parquet.
Two identifiers that would meet in them (once in 10 million loads of a million identifiers) are found, not merged.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records import hash_worker
from puntlanding.records.hash_worker import DIGEST, digests, packed

KEY_BYTES = 32
MANY = 50_000  # identifiers from which starting processes pays
MOST_WORKERS = 2  # for one column; there are three
LONGEST_KEY = 200  # characters, header and line ends included
_KEPT = (1 << 63) - 1
_HEADER = "puntlanding-sleutel-1"


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """The hospital's secret. It has no useful repr: what is never shown cannot end in a log."""

    secret: bytes

    @classmethod
    def fresh(cls) -> Key:
        """For a check that writes nothing: pseudonyms that nobody can ever make again."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def fingerprint(self) -> str:
        """Tells whether two loads used the same key, without telling the key."""
        return hmac.digest(self.secret, b"puntlanding: which key", "sha256")[:6].hex()

    def pseudonyms(self, identifiers: pl.Series, domain: str) -> pl.Series:
        """Text → Int64 of the same length, null for null; equal text gives equal numbers within one ``domain``.

        Raises InputError where two identifiers would get one pseudonym.
        """
        known = identifiers.drop_nulls().unique(maintain_order=True)
        numbers = self.of_distinct(known, domain)
        return identifiers.replace_strict(known, numbers, default=None, return_dtype=pl.Int64)

    def of_distinct(self, identifiers: pl.Series, domain: str) -> pl.Series:
        """The same for texts that all differ, none of them null."""
        numbers = self._hash(identifiers, domain)
        if numbers.n_unique() != len(identifiers):
            raise InputError([Problem("pseudonym_collision", domain, column=domain)])
        return numbers

    def _hash(self, identifiers: pl.Series, domain: str) -> pl.Series:
        texts = identifiers.cast(pl.Binary).to_list()
        name = domain.encode()
        found = digests(self.secret, name, texts) if len(texts) < MANY else _spread(self.secret, name, texts)
        first = np.frombuffer(found, dtype=">i8")[:: DIGEST // 8]
        return pl.Series(identifiers.name, first.astype(np.int64) & _KEPT)


def _spread(secret: bytes, domain: bytes, texts: list[bytes]) -> bytes:
    """Over processes of their own, so that this one can read on meanwhile. Key and texts go through pipes."""
    workers = min(MOST_WORKERS, os.cpu_count() or 1)
    size = -(-len(texts) // workers)
    parts = [packed(secret, domain, texts[start : start + size]) for start in range(0, len(texts), size)]
    with ThreadPoolExecutor(len(parts)) as pool:
        return b"".join(pool.map(_worker, parts))


def _worker(part: bytes) -> bytes:
    command = [sys.executable, "-I", "-S", hash_worker.__file__]
    return subprocess.run(command, input=part, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 - our own file


def load_key(path: Path) -> Key:
    """The key in ``path``. Raises InputError where it cannot be read, is not a key, or others may read it."""
    try:
        mode = path.stat().st_mode
        with path.open(encoding="ascii") as file:
            text = file.read(LONGEST_KEY)  # a device has no end
    except UnicodeDecodeError as error:
        raise InputError([Problem("key_damaged", path.name, value=str(path))]) from error
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("key_unreadable", path.name, value=str(path), details=details)]) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise InputError([Problem("key_open_to_others", path.name, value=str(path))])
    header, _, digits = text.strip().partition("\n")
    if header != _HEADER or len(digits) != 2 * KEY_BYTES or set(digits) - set("0123456789abcdef"):
        raise InputError([Problem("key_damaged", path.name, value=str(path))])
    return Key(bytes.fromhex(digits))


def save_key(path: Path, key: Key) -> None:
    """Whole or not at all, and never readable by others, not even while it is written.

    Raises InputError where it cannot be written, or a key stands there already: no key is ever replaced.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{_HEADER}\n{key.secret.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)  # unlike a rename this fails where somebody else has just made one
    except FileExistsError as error:
        raise InputError([Problem("key_exists", path.name, value=str(path))]) from error
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("key_unreadable", path.name, value=str(path), details=details)]) from error
    finally:
        temporary.unlink(missing_ok=True)

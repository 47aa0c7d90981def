"""Identifiers → keyed hashes, before anything else happens to them.

HMAC-SHA256 (RFC 2104) under a key that only the hospital holds. Without the key nobody can try out patient numbers; with
another key no two hospitals' patients can be linked. Kept are 63 bits: a whole number for every tool that reads Parquet.
Two identifiers that would meet in them (once in 10 million loads of a million identifiers) are found, not merged.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from puntlanding.problems import InputError, Problem, os_reason

KEY_BYTES = 32
BLOCK = 64  # bytes, of SHA-256
SEPARATOR = b"\x1f"
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
        known = identifiers.unique(maintain_order=True).drop_nulls()
        numbers = self._hash(known, domain)
        if numbers.n_unique() != len(known):
            raise InputError([Problem("pseudonym_collision", domain, column=domain)])
        if len(known) == len(identifiers):
            return numbers.rename(identifiers.name)
        return identifiers.replace_strict(known, numbers, default=None, return_dtype=pl.Int64)

    def _hash(self, identifiers: pl.Series, domain: str) -> pl.Series:
        """RFC 2104 with the two key blocks hashed once: half the time of `hmac.digest`, the same bytes."""
        padded = self.secret.ljust(BLOCK, b"\x00")
        inner_start = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + domain.encode() + SEPARATOR).copy
        outer_start = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded)).copy
        digests = bytearray()
        for text in identifiers.cast(pl.Binary).to_list():
            inner = inner_start()
            inner.update(text)
            outer = outer_start()
            outer.update(inner.digest())
            digests += outer.digest()
        first = np.frombuffer(digests, dtype=">i8")[:: KEY_BYTES // 8]  # a digest is as long as a key
        return pl.Series(identifiers.name, first.astype(np.int64) & _KEPT)


def load_key(path: Path, *, create: bool) -> Key:
    """The key in ``path``; made on first use, readable by its owner alone.

    Raises InputError where it cannot be read or made, is not a key, or others may read it.
    """
    try:
        if not path.exists() and create:
            return _make(path)
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
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


def _make(path: Path) -> Key:
    """Whole or not at all, and never readable by others, not even while it is written."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Key(secrets.token_bytes(KEY_BYTES))
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{_HEADER}\n{key.secret.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)  # unlike a rename this fails where somebody else has just made one
    except FileExistsError:
        return load_key(path, create=False)
    finally:
        temporary.unlink(missing_ok=True)
    return key

"""Signatures: who vouches for a sealed file, and whether a byte of it was changed since.

Ed25519 through the library `cryptography`. What is signed is the file's fingerprint behind a prefix of our own, so that a
signature made for something else can never be passed off as one for a contribution.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import os
import secrets
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from puntlanding.contribution.container import ABOUT, BROKEN, LARGEST, SIGNATURES, with_signatures
from puntlanding.problems import InputError, Problem, os_reason

if TYPE_CHECKING:  # loading the library takes longer than showing a help text
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = b"puntlanding-handtekening-v1\n"
ALGORITHM = "ed25519"
PRIVATE, PUBLIC = ".geheim.pem", ".openbaar.pem"
LONGEST_PEM = 4096
_FIELDS = {"algoritme", "sleutel", "openbaar", "handtekening"}


class Verdict(StrEnum):
    """What the signatures say of a file; the value is what JSON shows."""

    KNOWN = "geldig"
    UNKNOWN = "onbekende_sleutel"
    UNSIGNED = "niet_ondertekend"
    TAMPERED = "gewijzigd"


@dataclass(frozen=True, slots=True)
class Verified:
    """``keys`` are the names of the known keys that signed, or the fingerprints of the unknown ones."""

    file: str
    verdict: Verdict
    keys: tuple[str, ...] = ()
    kind: str = ""
    fingerprint: str = ""


def key_fingerprint(raw: bytes) -> str:
    """By which people tell each other over the telephone that they hold the same public key."""
    return hashlib.sha256(raw).hexdigest()[:32]


def make_keys(folder: Path, name: str) -> tuple[Path, Path, str]:
    """A new pair: the private file (only its owner may read it), the public one, and the fingerprint of the public key.

    Raises InputError where one of both is there already: a key is never replaced.
    """
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private, public = folder / f"{name}{PRIVATE}", folder / f"{name}{PUBLIC}"
    taken = [Problem("sign_key_exists", one.name, value=str(one)) for one in (private, public) if one.exists()]
    if taken:
        raise InputError(taken)
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    shown = key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    _write_new(private, secret, 0o600)
    try:
        _write_new(public, shown, 0o644)
    except InputError:
        private.unlink(missing_ok=True)
        raise
    return private, public, key_fingerprint(key.public_key().public_bytes_raw())


def _write_new(path: Path, data: bytes, mode: int) -> None:
    """Whole or not at all; a file that somebody made meanwhile stays."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError as error:
        raise InputError([Problem("sign_key_exists", path.name, value=str(path))]) from error
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("output_failed", path.name, value=str(path), details=details)]) from error
    finally:
        temporary.unlink(missing_ok=True)


def load_private(path: Path) -> Ed25519PrivateKey:
    """Raises InputError where it cannot be read, is no private key, or others may read it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    data = _pem(path)
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise InputError([Problem("sign_key_open", path.name, value=str(path))])
    try:
        key = load_pem_private_key(data, None)
    except (ValueError, TypeError) as error:
        raise InputError([Problem("sign_key_not_private", path.name, value=str(path))]) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError([Problem("sign_key_not_private", path.name, value=str(path))])
    return key


def load_trusted(place: Path) -> Mapping[bytes, str]:
    """Raw public key → its name, the file's. ``place`` is one public key, or a folder of them.

    Raises InputError for a file that is no public key, and for a folder without one: then nothing would be known.
    """
    if place.is_dir():
        found = sorted(place.glob(f"*{PUBLIC}"))
        if not found:
            raise InputError([Problem("trusted_none", place.name, value=str(place), details={"suffix": PUBLIC})])
    else:
        found = [place]
    return {load_public(path).public_bytes_raw(): path.name.removesuffix(PUBLIC).removesuffix(".pem") for path in found}


def load_public(path: Path) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_pem(path))
    except ValueError as error:
        raise InputError([Problem("sign_key_not_public", path.name, value=str(path))]) from error
    if not isinstance(key, Ed25519PublicKey):
        raise InputError([Problem("sign_key_not_public", path.name, value=str(path))])
    return key


def _pem(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_PEM)
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error


def sign(data: bytes, file: str, key: Ed25519PrivateKey) -> bytes:
    """The same file with a signature of ``key`` added; signing twice with one key changes nothing.

    Raises InputError where the file is no sealed file, or where it or one of its signatures is not sound: nobody should sign that.
    """
    found = verify(data, file, {})
    if found.verdict is Verdict.TAMPERED:
        raise InputError([Problem("sign_tampered", file)])
    raw = key.public_key().public_bytes_raw()
    record = {
        "algoritme": ALGORITHM,
        "sleutel": key_fingerprint(raw),
        "openbaar": _text(raw),
        "handtekening": _text(key.sign(_message(found.fingerprint))),
    }
    others = [one for one in _signatures(_entries(data, file)) if one["openbaar"] != record["openbaar"]]
    return with_signatures(data, sorted([*others, record], key=lambda one: one["openbaar"]))


def verify(data: bytes, file: str, trusted: Mapping[bytes, str]) -> Verified:
    """Any kind of sealed file. Raises InputError only where it is no such file at all.

    Every byte counts: the archive must be byte for byte what `pack` makes of its content, each table what the content says
    it is, and each signature one of this content.
    """
    fingerprint = ""
    try:
        entries = _entries(data, file)
        fingerprint = hashlib.sha256(entries[ABOUT]).hexdigest()
        kind = _checked_tables(entries)
        signatures = _signatures(entries)
        sound = with_signatures(data, signatures) == data
        signers = [_signer(one, fingerprint) for one in signatures]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Verified(file, Verdict.TAMPERED, (), "", fingerprint)
    if not sound or None in signers:
        return Verified(file, Verdict.TAMPERED, (), kind, fingerprint)
    raws = [raw for raw in signers if raw is not None]
    known = tuple(sorted(trusted[raw] for raw in raws if raw in trusted))
    if known:
        return Verified(file, Verdict.KNOWN, known, kind, fingerprint)
    strangers = tuple(sorted(key_fingerprint(raw) for raw in raws))
    return Verified(file, Verdict.UNKNOWN if raws else Verdict.UNSIGNED, strangers, kind, fingerprint)


def require_trusted(found: Iterable[Verified]) -> None:
    """Raises InputError with every file that is not signed by a known key, and why."""
    codes = {
        Verdict.UNKNOWN: "signature_unknown",
        Verdict.UNSIGNED: "signature_none",
        Verdict.TAMPERED: "signature_tampered",
    }
    problems = [
        Problem(codes[one.verdict], one.file, value=", ".join(one.keys) or None)
        for one in found
        if one.verdict is not Verdict.KNOWN
    ]
    if problems:
        raise InputError(problems)


def _message(fingerprint: str) -> bytes:
    return PREFIX + fingerprint.encode("ascii")


def _entries(data: bytes, file: str) -> dict[str, bytes]:
    """Raises InputError where this is no sealed file, and ValueError where it is one that cannot be read any more."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise InputError([Problem("sealed_not", file)]) from error
    with archive:
        if ABOUT not in archive.namelist():
            raise InputError([Problem("sealed_not", file)])
        try:
            return dict(_read(archive))
        except BROKEN as error:
            raise ValueError(file) from error


def _read(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Stored entries only: what is compressed could be a bomb, and `pack` compresses nothing."""
    seen: set[str] = set()
    for one in archive.infolist():
        if one.compress_type != zipfile.ZIP_STORED or one.file_size > LARGEST or one.filename in seen:
            raise zipfile.BadZipFile
        seen.add(one.filename)
        yield one.filename, archive.read(one)


def _checked_tables(entries: Mapping[str, bytes]) -> str:
    """The kind. Raises ValueError, KeyError or TypeError where a table is missing, is too many, or is not what is said of it."""
    about = json.loads(entries[ABOUT])
    listed = about["tabellen"]
    if set(entries) - {ABOUT, SIGNATURES} != {f"{name}.parquet" for name in listed}:
        raise ValueError("tables")
    for name, said in listed.items():
        if hashlib.sha256(entries[f"{name}.parquet"]).hexdigest() != said["sha256"]:
            raise ValueError(name)
    return str(about["soort"])


def _signatures(entries: Mapping[str, bytes]) -> list[dict[str, str]]:
    if SIGNATURES not in entries:
        return []
    found = json.loads(entries[SIGNATURES])["handtekeningen"]
    for one in found:
        if set(one) != _FIELDS or one["algoritme"] != ALGORITHM:
            raise ValueError("signature")
    return [dict(one) for one in found]


def _signer(signature: Mapping[str, str], fingerprint: str) -> bytes | None:
    """The raw public key, if it signed this fingerprint."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    raw = _bytes(signature["openbaar"])
    if signature["sleutel"] != key_fingerprint(raw):
        return None
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(_bytes(signature["handtekening"]), _message(fingerprint))
    except InvalidSignature:
        return None
    return raw


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    """Raises ValueError also where the text is another way to write the same bytes: then a letter was changed."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
    if _text(data) != text:
        raise ValueError(text)
    return data

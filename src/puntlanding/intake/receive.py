"""Reader → pseudonyms → one delivery. What leaves this module holds no identifier of a patient or a trajectory any more."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.intake.base import Account, Options, Part, Progress, Reader
from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records.delivery import Delivery, SourceFile
from puntlanding.records.findings import merged
from puntlanding.records.pseudonyms import Key
from puntlanding.records.tables import DOMAINS, ROW, TableName, schema

BLOCK = 1 << 24  # bytes
AHEAD = 1  # parts read ahead, while the one before is pseudonymised


def receive(
    reader: Reader, source: Path, options: Options, key: Key, delivered: date, progress: Progress = lambda rows: None
) -> Delivery:
    """Everything that ``source`` holds, pseudonymised, with the reader's account.

    Raises InputError where the files cannot be what they are called, or change while they are read.
    """
    if not source.exists():
        raise InputError([Problem("source_not_found", source.name, value=str(source))])
    account = Account()
    names = _Pseudonymiser(key, reader)
    collected: dict[TableName, list[pl.DataFrame]] = {name: [] for name in TableName}
    files: dict[TableName, str] = {}
    with ThreadPoolExecutor(1) as beside:
        hashes: dict[Path, Future[SourceFile]] = {}
        for part in _read_ahead(lambda: reader.read(source, options, account, progress)):
            hashes |= {path: beside.submit(fingerprint, path) for path in account.sources if path not in hashes}
            files |= part.files
            for name, frame in part.tables.items():
                collected[name].append(names.applied(frame))
        hashes |= {path: beside.submit(fingerprint, path) for path in account.sources if path not in hashes}
        sources = tuple(hashes[path].result() for path in sorted(hashes, key=lambda one: (one.name, one)))
    tables = {name: _together(name, frames) for name, frames in collected.items()}
    return Delivery(
        trajectories=tables[TableName.TRAJECTORIES],
        activities=tables[TableName.ACTIVITIES],
        files=files,
        delivered=delivered,
        reader=reader.name,
        reader_version=reader.version,
        key_fingerprint=key.fingerprint,
        sources=sources,
        findings=merged(account.findings),
        hospitals=dict(sorted(account.hospitals.items())),
    )


class _Pseudonymiser:
    """Hashes every identifier once per delivery: an activity's trajectory was met before, as a trajectory."""

    def __init__(self, key: Key, reader: Reader) -> None:
        self.key = key
        self.domains = {**DOMAINS, "patient": reader.patient_domain}
        self.known: dict[str, pl.DataFrame] = {}

    def applied(self, frame: pl.DataFrame) -> pl.DataFrame:
        columns = [frame[name] for name in DOMAINS if name in frame.columns]
        with ThreadPoolExecutor(len(columns)) as pool:
            return frame.with_columns(pool.map(self._column, columns))

    def _column(self, texts: pl.Series) -> pl.Series:
        domain = self.domains[texts.name]
        asked = texts.to_frame("text")
        known = self.known.get(domain)
        if known is None:
            known = self.known[domain] = self._hashed(asked, domain)
            if known.height == len(texts):  # each stands there once: the order is the same already
                return known["pseudonym"].alias(texts.name)
        found = asked.join(known, on="text", how="left", maintain_order="left")["pseudonym"]
        fresh = asked.filter(found.is_null()).drop_nulls()
        if fresh.height:
            known = self.known[domain] = pl.concat([known, self._hashed(fresh, domain)])
            if known["pseudonym"].n_unique() != known.height:
                raise InputError([Problem("pseudonym_collision", domain, column=domain)])
            found = asked.join(known, on="text", how="left", maintain_order="left")["pseudonym"]
        return found.alias(texts.name)

    def _hashed(self, asked: pl.DataFrame, domain: str) -> pl.DataFrame:
        fresh = asked.drop_nulls().unique(maintain_order=True)
        return fresh.with_columns(self.key.of_distinct(fresh["text"], domain).alias("pseudonym"))


def _together(name: TableName, frames: list[pl.DataFrame]) -> pl.DataFrame:
    types = pl.Schema({ROW: pl.UInt32(), **schema(name)})
    return pl.concat(frames).select(list(types)) if frames else pl.DataFrame(schema=types)


def _read_ahead(read: Callable[[], Iterator[Part]]) -> Iterator[Part]:
    """The parts, read in a thread of their own: Polars reads outside the interpreter's lock, hashing works inside it."""
    parts: queue.Queue[Part | BaseException | None] = queue.Queue(AHEAD)
    stopped = threading.Event()

    def work() -> None:
        outcome: BaseException | None = None
        try:
            for part in read():
                parts.put(part)
                if stopped.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that asked
            outcome = error
        parts.put(outcome)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while isinstance(part := parts.get(), Part):
            yield part
        if part is not None:
            raise part
    finally:
        stopped.set()
        while thread.is_alive():
            with_room = not parts.empty()
            if with_room:
                parts.get()
            thread.join(0.01)


def fingerprint(path: Path) -> SourceFile:
    """Name, size and SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error
    return SourceFile(path.name, size, digest.hexdigest())


def fingerprints(paths: Iterable[Path]) -> tuple[SourceFile, ...]:
    """In order of name."""
    return tuple(fingerprint(path) for path in sorted(set(paths), key=lambda one: (one.name, one)))

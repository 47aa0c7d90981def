"""What comes in over the line goes to disk encrypted, under a key that only this request knows: a record is never there in the clear.

A file that nobody keeps is deleted when the request is over. What a killed process leaves is noise without its key, and is swept.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from puntlanding.problems import os_reason
from puntlanding.web.access import access_of
from puntlanding.web.rules import Permission
from puntlanding.web.sealed import Seal, SealedWriter, opened

FOLDER, STAGED = "aangeleverd", ".bezig-"
_STALE = 24 * 60 * 60  # seconds: no request lasts so long
_MB = 1 << 20
VERIFIED_MB = 11  # everybody may have a document of ours verified: ten, and a little to see that it is more


def spool() -> Path:
    return Path(settings.DATA) / FOLDER


class SealedUpload(UploadedFile[Any]):
    """``refused``: why the disk would not keep it (as `os_reason`); ``size`` is what was sent, kept or not."""

    def __init__(
        self, name: str, kind: str | None, size: int, writer: SealedWriter | None, seal: Seal, refused: str
    ) -> None:
        whole = writer is not None and not refused and writer.size == size
        super().__init__(opened(writer.path, seal.key) if writer and whole else None, name, kind, size)
        self.writer, self.seal, self.refused = writer, seal, refused

    @property
    def sha256(self) -> str:
        return "" if self.writer is None else self.writer.sha256

    def keep(self, target: Path) -> None:
        """It stays, as ``target``, still encrypted with the request's key. Raises OSError."""
        if self.writer is None:
            raise FileNotFoundError(str(target))
        self.writer.path.rename(target)
        self.writer.path = target
        self.writer = None

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
        if self.writer is not None:
            self.writer.discard()
            self.writer = None


def most_of(request: HttpRequest) -> int:
    """Megabytes, together: it is received before any page is asked, and so takes room of whoever may do nothing with it."""
    access = access_of(request) if hasattr(request, "user") else None
    if access is None:
        return 0
    if access.may(Permission.LOAD_RECORDS):
        return int(max(settings.UPLOAD_MB, settings.CASE_MB))
    return int(settings.CASE_MB) if access.may(Permission.DELIVER) else VERIFIED_MB


class SealedUploads(FileUploadHandler):
    """Keeps nothing of who is not logged in, and of others no more than any page takes of their role; the page says so."""

    chunk_size = 1 << 18

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Asked once, before the first file."""
        self.left = 0 if self.request is None else most_of(self.request) * _MB
        self.seal = Seal()
        self.writer: SealedWriter | None = None
        self.refused = ""
        sweep()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.writer, self.refused = None, ""
        if not self.left:
            return
        try:
            spool().mkdir(parents=True, exist_ok=True, mode=0o700)
            self.writer = self.seal.writer(spool() / f"{STAGED}{secrets.token_hex(8)}")
        except OSError as error:
            self.refused = os_reason(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The rest of what is too much is read and dropped: an answer can only be given when everything was sent."""
        if self.writer is None:
            return
        self.left -= len(raw_data)
        if self.left < 0:
            self._drop()
            self.left = 0
            return
        try:
            self.writer.write(raw_data)
        except OSError as error:
            self.refused = os_reason(error)
            self._drop()

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        writer = self.writer
        self.writer = None
        if writer is not None:
            try:
                writer.finish()
            except OSError as error:
                self.refused = os_reason(error)
                writer.discard()
                writer = None
        refused = self.refused if writer is None and self.refused else "" if writer is not None else "EFBIG"
        return SealedUpload(self.file_name or "", self.content_type, file_size, writer, self.seal, refused)

    def upload_interrupted(self) -> None:
        self._drop()

    def _drop(self) -> None:
        if self.writer is not None:
            self.writer.discard()
            self.writer = None


def sweep() -> None:
    """What a killed request left; without its key nobody can read it any more."""
    for one in spool().glob(f"{STAGED}*"):
        with contextlib.suppress(OSError):
            if one.is_file() and time.time() - one.stat().st_mtime > _STALE:
                one.unlink()

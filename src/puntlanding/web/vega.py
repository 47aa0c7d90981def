"""The library that draws charts in a browser, from our own address: made once by what draws them here, so that nothing is fetched.

Its name carries its version and its hash: what a browser has of it stays good for as long as it is called that.
"""

from __future__ import annotations

import gzip
import hashlib
import hmac
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version as installed_version

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from puntlanding.report.html.draw import library_for_browsers
from puntlanding.web.desk.dossiers import cached

FOR_GOOD = "public, max-age=31536000, immutable"
_SEAL = 32  # bytes


@dataclass(frozen=True, slots=True)
class Library:
    """``packed``: the script, by gzip; browsers take it as it is."""

    name: str
    packed: bytes


def address() -> str | None:
    """Where the library is; None where it is still being made, which takes a few seconds the first time of an installation."""
    found = _future()
    return reverse("chart_library", args=[found.result().name]) if found.done() else None


@require_safe
def chart_library(request: HttpRequest, name: str) -> HttpResponse:
    """Open to everybody: it is a program, and tells of nobody."""
    found = _future().result()
    if name != found.name:
        raise Http404
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        found.packed if packs else gzip.decompress(found.packed), content_type="text/javascript; charset=utf-8"
    )
    if packs:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = FOR_GOOD
    return response


_lock = threading.Lock()
_making: list[Future[Library]] = []


def _future() -> Future[Library]:
    """In a thread of its own: whoever asks meanwhile does not wait for it. What failed is tried again."""
    with _lock:
        if not _making or (_making[0].done() and _making[0].exception() is not None):
            _making[:] = [_worker().submit(_library)]
        return _making[0]


@cache
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="vega")


def _library() -> Library:
    """From disk where an earlier process kept it. What runs in browsers is taken from there only if it bears the seal of this
    installation: whoever can write in the folder but does not have its key cannot have a script of theirs run.
    """
    version = installed_version("vl-convert-python")
    of_version = hashlib.sha256(f"vl-convert {version}".encode()).hexdigest()
    kept = cached().get(of_version, "tekenen.js.gz", _sealed)
    packed = kept[_SEAL:]
    if not hmac.compare_digest(kept[:_SEAL], _seal(packed)):
        packed = _packed()
    return Library(f"vega-{version}-{hashlib.sha256(packed).hexdigest()[:16]}.js", packed)


def _sealed() -> bytes:
    packed = _packed()
    return _seal(packed) + packed


def _packed() -> bytes:
    return gzip.compress(library_for_browsers().encode(), mtime=0)


def _seal(packed: bytes) -> bytes:
    return salted_hmac("puntlanding.web.vega", packed, algorithm="sha256").digest()

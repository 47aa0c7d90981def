"""A file that somebody takes along: saved under its own name, never opened in the place of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

CSV, BYTES = "text/csv; charset=utf-8", "application/octet-stream"


def handed_out(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers=_headers(name))


def handed_out_in_parts(content: Iterator[bytes], kind: str, name: str) -> HttpResponse:
    """Each part goes out when it is made, so that a long file is nowhere whole."""
    return cast("HttpResponse", StreamingHttpResponse(content, content_type=kind, headers=_headers(name)))


def _headers(name: str) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}

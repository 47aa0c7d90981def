"""One line in the log per request: which page, how it ended, how long it took; and a number that people can mention."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from puntlanding.web.access import Access
from puntlanding.web.logs import FIELDS, number

_log = logging.getLogger("puntlanding.web.requests")


def number_of(request: HttpRequest | None) -> str:
    """The number that somebody can mention, and by which the line in the log is found; empty before there is one."""
    return str(getattr(request, "number", "")) if request is not None else ""


def requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The outermost middleware: numbers the request and writes its line."""

    def answer(request: HttpRequest) -> HttpResponse:
        began, this = time.monotonic(), secrets.token_hex(6)
        request.number = this  # type: ignore[attr-defined]
        before = number.set(this)
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = this
            _log.info("request", extra={FIELDS: _line(request, response, began)})
        finally:
            number.reset(before)
        return response

    return answer


def _line(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, Any]:
    return {
        "methode": request.method if request.method in _METHODS else "-",
        "route": route_of(request),
        "status": response.status_code,
        "ms": round(1000 * (time.monotonic() - began), 1),
        "rol": role_of(request),
    }


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def route_of(request: HttpRequest) -> str:
    """The name of the page; a dash for an address that leads nowhere, which somebody typed."""
    found = request.resolver_match
    if found is not None:
        return found.view_name or "-"
    return "static" if request.path_info.startswith("/static/") else "-"


def role_of(request: HttpRequest) -> str | None:
    access = getattr(request, "access", None)
    return access.role.value if isinstance(access, Access) else None

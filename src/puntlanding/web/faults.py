"""Where the database is away or the disk is full, people get a page that says so; the log gets the rest, without who asked."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from puntlanding.web.refused import refused

_log = logging.getLogger(__name__)


class _Faults:
    """A class, because only so a middleware sees what a view raises before it is turned into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            _log.error("no database: %s", type(exception).__name__)
            return refused(request, 503, "no_database")
        return None


faults = _Faults


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, 404, "not_found")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, 403, "not_allowed")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, 400, "bad_request")


def fault(request: HttpRequest) -> HttpResponse:
    return refused(request, 500, "fault")

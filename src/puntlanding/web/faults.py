"""Where the database is away or the disk is full, people get a page that says so; the log gets the rest, without who asked."""

from __future__ import annotations

import errno
import logging
import shutil
import sys
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from puntlanding.web.refused import refused

_log = logging.getLogger(__name__)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LEAST = 64 * 1024
_PG_DISK_FULL = "53100"
_PG_SHORT = ("53", "57", "58", "08", "25006")  # out of resources, shut down, system error, connection, read-only
_SQLITE_FULL = "database or disk is full"
_SQLITE_GONE = ("malformed", "not a database", "disk i/o error", "readonly database", "unable to open")


class _Faults:
    """A class, because only so a middleware sees what a view raises before it is turned into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return not_now(request, exception)


faults = _Faults


def not_now(request: HttpRequest, exception: BaseException) -> HttpResponse | None:
    """The page for what will pass: a database that is away, a disk that is full. None for anything else."""
    causes = tuple(_causes(exception))
    if any(_is_full(one) for one in causes):
        _log.error("no room", exc_info=exception)
        return refused(request, 503, "no_room")
    if any(_is_away(one) for one in causes):
        _log.error("no database", exc_info=exception)
        return refused(request, 503, "no_database")
    return None


def _causes(exception: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = exception
    while found is not None:
        yield found
        found = found.__cause__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    return getattr(error, "sqlstate", None) == _PG_DISK_FULL or (
        isinstance(error, DatabaseError) and _SQLITE_FULL in str(error)
    )


def _is_away(error: BaseException) -> bool:
    if isinstance(error, OperationalError | InterfaceError):
        return True
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return state.startswith(_PG_SHORT)
    return isinstance(error, DatabaseError) and any(words in str(error).lower() for words in _SQLITE_GONE)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, 404, "not_found")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refused(request, 403, "not_allowed")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return refused(request, 413, "too_large")
    return refused(request, 400, "other_host" if isinstance(exception, DisallowedHost) else "bad_request")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not come from a page of ours, or from one that was opened before the last log-in."""
    return refused(request, 403, "forged")


def too_often(request: HttpRequest) -> HttpResponse:
    """Tries that cannot be counted are refused too: then it is the disk, and waiting does not help."""
    try:
        if shutil.disk_usage(settings.DATA).free < _LEAST:
            return refused(request, 503, "no_room")
    except OSError:
        return refused(request, 503, "no_database")
    return refused(request, 429, "too_often")


def fault(request: HttpRequest) -> HttpResponse:
    """Also of what went wrong outside of a page: a session that could not be read, or kept."""
    error = sys.exc_info()[1]
    passing = not_now(request, error) if error is not None else None
    return refused(request, 500, "fault") if passing is None else passing

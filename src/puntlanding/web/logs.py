"""What the program says while it runs: one line per request and per thing that went wrong, and never who or what it was about.

A line names the route and not the address, the role and not the person. Of a fault it holds where it was and of what class, and not what
it said: that can quote a row. What other libraries say is kept as they wrote it in their code, without the values put in.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

OURS = "puntlanding"
FIELDS = "told"  # of a record of ours: what stands beside its message
_LONGEST_TRACE = 12
number: ContextVar[str] = ContextVar("number", default="")  # of the request that is being answered


class Lines(logging.Formatter):
    """A JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(told(record), ensure_ascii=False)


class Words(logging.Formatter):
    """The same, to read."""

    def format(self, record: logging.LogRecord) -> str:
        found = told(record)
        first = " ".join(str(found.pop(name)) for name in ("tijd", "niveau", "waar", "wat"))
        trace = found.pop("spoor", ())
        beside = " ".join(f"{name}={value}" for name, value in found.items())
        return "\n".join([" ".join(filter(None, (first, beside))), *(f"    {line}" for line in trace)])


def told(record: logging.LogRecord) -> dict[str, Any]:
    found: dict[str, Any] = {
        "tijd": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "niveau": record.levelname.lower(),
        "waar": record.name,
        "wat": _what(record),
    }
    asked = number.get()
    if asked:
        found["verzoek"] = asked
    found |= getattr(record, FIELDS, {})
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        found["spoor"] = list(_trace(error))
    return found


def _what(record: logging.LogRecord) -> str:
    """Ours as we say it. Of others only a text that stands in their code: one without values may have been put together with some."""
    if record.name.split(".")[0] == OURS:
        return record.getMessage()
    return str(record.msg) if record.args else f"{record.module}:{record.lineno}"


def _trace(error: BaseException) -> Iterator[str]:
    """Where it was, the last places first, and of what class; the same of what it came from."""
    found: BaseException | None = error
    while found is not None:
        yield f"{type(found).__module__}.{type(found).__qualname__}"
        frames = traceback.extract_tb(found.__traceback__)
        for frame in reversed(frames[-_LONGEST_TRACE:]):
            yield f"{_module(frame.filename)}:{frame.lineno} {frame.name}"
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _module(path: str) -> str:
    """Without the place on this machine."""
    parts = path.replace("\\", "/").split("/")
    return "/".join(parts[-3:])


def logging_settings(form: str, *, every_request: bool) -> dict[str, Any]:
    """``form``: json or text. Without ``every_request`` only what somebody should look at."""
    ours = "INFO" if every_request else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": Lines}, "text": {"()": Words}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            OURS: {"handlers": ["stderr"], "level": ours, "propagate": False},
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # whoever scans the net does this all day
            "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }

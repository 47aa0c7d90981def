"""What takes seconds is done beside the requests, once for all who ask: a request waits a moment, and else says that it is coming.

For what any process can do again at any time and what is then kept on disk. Work that somebody asks for, with a progress and a result
of its own, is a job (`web/work`): that needs a role that may start one, and who only reads may not have it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from functools import cache
from typing import Any, TypeVar, cast

from django.conf import settings

PATIENCE = 0.6  # seconds that a request waits; a page is there within one
T = TypeVar("T")

_making: dict[str, Future[Any]] = {}
_lock = threading.Lock()


def soon(name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, or raises; ``name`` says what it is. Raises NotYetError where that is not known yet.

    ``make`` runs in a thread of its own and keeps what it made, so that a next request finds it. What failed is tried again.
    """
    with _lock:
        found = _making.get(name)
        if found is None:
            found = _making[name] = _worker().submit(make)
    found.exception(timeout=getattr(settings, "OUTLOOK_PATIENCE", PATIENCE))
    with _lock:
        _making.pop(name, None)
    return cast(T, found.result())


@cache
def _worker() -> ThreadPoolExecutor:
    """One at a time: several at once would leave the requests nothing."""
    return ThreadPoolExecutor(1, thread_name_prefix="straks")


__all__ = ["NotYetError", "soon"]

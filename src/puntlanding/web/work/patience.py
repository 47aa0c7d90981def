"""A database that is away for a while is waited for: work of minutes is not thrown away for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

PAUSES = (0.2, 1.0, 5.0, 15.0, 30.0)  # seconds
_log = logging.getLogger("puntlanding.work")
T = TypeVar("T")


def patiently(act: Callable[[], T]) -> T:
    """What ``act`` gives; it is a transaction of its own, so that it can be done again. Raises what it raised the last time."""
    for pause in PAUSES:
        try:
            return act()
        except (OperationalError, InterfaceError) as error:
            _log.warning("no database: %s", type(error).__name__)
            connection.close()
            time.sleep(pause)
    return act()

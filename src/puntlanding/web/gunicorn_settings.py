"""How gunicorn runs: see `commands.gunicorn_words`. Its own lines go where ours go, in the same form."""

from __future__ import annotations

from typing import Any

from puntlanding.web.settings import LOGGING

workers = 2
worker_class = "gthread"
threads = 4
timeout = 60
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = None  # it would hold addresses; `request_lines.py` writes a line per request
loglevel = "warning"
logconfig_dict = LOGGING


def post_worker_init(_worker: Any) -> None:
    """Not before the fork: what computes in threads of its own does not survive that.

    What was read stays, so the collector need not look through it again: that held up everybody for a fifth of a second each time.
    """
    import gc

    from django.db import connections

    from puntlanding.web import vega
    from puntlanding.web.warm import warm

    vega.address()  # it is made beside what follows
    warm()
    connections.close_all()
    gc.collect()
    gc.freeze()

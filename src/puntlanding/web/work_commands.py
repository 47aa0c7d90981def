"""`puntlanding-web worker`."""

from __future__ import annotations

import argparse

from puntlanding.language.notation import Language
from puntlanding.web.manage_texts import say
from puntlanding.web.table_commands import require_tables
from puntlanding.web.work.worker import work


def worker(asked: argparse.Namespace, language: Language) -> int:
    require_tables()
    if not asked.once:
        print(say("working", language), flush=True)
    done = work(once=asked.once)
    if asked.once:
        print(say("worked", language, done))
    return 0

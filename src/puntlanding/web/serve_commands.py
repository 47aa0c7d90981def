"""`puntlanding-web serve`: the server, and the worker beside it where that is asked."""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import subprocess
import sys
import time
from typing import NoReturn

from django.conf import settings
from django.db import connection

from puntlanding.language.notation import Language
from puntlanding.web.manage_texts import BAD_INPUT, say
from puntlanding.web.table_commands import require_tables

_ON_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG
PATIENCE = 20  # seconds to give back a job before the server ends anyway


def serve(asked: argparse.Namespace, language: Language) -> int:
    require_tables()
    if os.name == "nt":
        print(say("no_gunicorn", language), file=sys.stderr)
        return BAD_INPUT
    print(say("serving" if settings.LOCAL else "serving_behind", language, asked.bind), flush=True)
    connection.close()
    if asked.with_worker:
        return serve_with_worker(asked, language)
    return _become(gunicorn_words(asked.bind, asked.workers))


def gunicorn_words(bind: str, workers: int) -> list[str]:
    return [
        "-m", "gunicorn", "puntlanding.web.wsgi:application", "--config", "python:puntlanding.web.gunicorn_settings",
        "--bind", bind, "--workers", str(workers),
    ]  # fmt: skip


def _become(words: list[str]) -> NoReturn:
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  our own interpreter, no shell


def _end_with_me() -> None:
    """Linux sends the children a signal when this process is killed in a way that it cannot pass on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ON_DEATH_OF_PARENT, signal.SIGTERM)


def serve_with_worker(asked: argparse.Namespace, language: Language) -> int:
    """One server and one worker: when either ends, so does the other. A signal to this process is passed on."""
    connection.close()
    commands = (
        [sys.executable, *gunicorn_words(asked.bind, asked.workers)],
        [sys.executable, "-m", "puntlanding.web.manage", "worker", "--lang", language.value],
    )
    running = [subprocess.Popen(words, start_new_session=True, preexec_fn=_end_with_me) for words in commands]  # noqa: S603  our own interpreter, no shell

    def pass_on(signum: int, _frame: object) -> None:
        for one in running:
            if one.poll() is None:
                one.send_signal(signal.SIGTERM)

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, pass_on)
    while all(one.poll() is None for one in running):
        time.sleep(0.2)
    pass_on(signal.SIGTERM, None)
    for one in running:
        try:
            one.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            one.kill()
            one.wait()
    return max(abs(one.returncode) if one.returncode not in (0, -signal.SIGTERM) else 0 for one in running)

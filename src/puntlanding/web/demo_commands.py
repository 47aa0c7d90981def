"""`puntlanding-web demo`: the application with an example in it, here in this terminal or on its own."""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem
from puntlanding.web.actions.accounts import new_password
from puntlanding.web.demo import demo_log_ins, make_demo
from puntlanding.web.demo_store import Told, make_store_demo
from puntlanding.web.manage_texts import say
from puntlanding.web.rules import RULES
from puntlanding.web.serve_commands import serve
from puntlanding.web.table_commands import migrated
from puntlanding.web.warm import warm

RUNNING, SAID = "demo.pid", "demo.log"
PORTS = range(8000, 8020)
PATIENCE = 40  # seconds for the server to answer
_TRIES = 400  # to wait until it has stopped, a tenth of a second each


def demo(asked: argparse.Namespace, language: Language) -> int:
    if asked.stop:
        stopped = stop(Path(settings.DATA))
        print(say("demo_stopped" if stopped else "demo_not_running", language))
        return 0
    migrated()
    password = new_password()
    if asked.store is None:
        make_demo(password)
    else:
        make_store_demo(_told(asked), password)
        warm()  # the forecast is kept on disk
    print(say("demo_done", language, settings.DATA, password) + "\n")
    for email, role, group in demo_log_ins():
        print(f"  {email:<40} {RULES[role].name[index(language)]}{f' ({group})' if group else ''}")
    print(flush=True)
    if asked.detach:
        return detach(asked, language)
    if asked.serve:
        return serve(asked, language)
    print(say("demo_next", language, settings.DATA))
    return 0


def _told(asked: argparse.Namespace) -> Told:
    lacking = [name for name in ("hospital", "year") if not getattr(asked, name)]
    if lacking:
        raise InputError([Problem("demo_store_which", f"--{name}") for name in lacking])
    store, others = asked.store.resolve(), asked.contributions
    return Told(store, asked.hospital, asked.year, None if others is None else others.resolve(), asked.as_of)


def detach(asked: argparse.Namespace, language: Language) -> int:
    """Never a failure: where no server can run, the example is made all the same, and says how to start it."""
    data = Path(settings.DATA)
    bind = free_place()
    if bind is None or os.name == "nt":
        print(say("demo_no_place", language, settings.DATA))
        return 0
    words = [sys.executable, "-m", "puntlanding.web.kept_running", str(data / RUNNING), str(asked.hours), bind]
    words += ["--workers", str(asked.workers)]
    with (data / SAID).open("wb") as said:
        running = subprocess.Popen(  # noqa: S603  our own interpreter, no shell
            words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True, cwd="/",
            env=os.environ | {"PUNTLANDING_DATA": str(data), "PUNTLANDING_LOCAL": "1"},
        )  # fmt: skip
    if not answers(bind, running):
        stop(data)
        print(say("demo_no_answer", language, data / SAID, settings.DATA))
        return 0
    print(say("demo_running", language, bind, asked.hours))
    return 0


def free_place() -> str | None:
    """The first of our ports that nobody listens at; None where none can be had."""
    for port in PORTS:
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
            return f"127.0.0.1:{port}"
    return None


def answers(bind: str, running: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        asked = http.client.HTTPConnection(bind, timeout=5)
        try:
            asked.request("GET", "/gezondheid")
            if asked.getresponse().status == http.client.OK:
                return True
        except OSError:
            pass
        finally:
            asked.close()
        time.sleep(0.2)
    return False


def stop(data: Path) -> bool:
    """Whether there was one to stop. Whoever holds the lock on the file is the one whose number is in it."""
    if os.name == "nt":
        return False
    import fcntl

    try:
        file = (data / RUNNING).open("r+")
    except FileNotFoundError:
        return False
    with file:
        for attempt in range(_TRIES):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                number = file.read().strip()
                if number.isdecimal():  # it is read once
                    os.kill(int(number), signal.SIGTERM)
                time.sleep(0.1)
            else:
                return attempt > 0
    return False

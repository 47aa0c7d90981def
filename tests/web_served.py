"""The web application as processes of its own: made by its commands, served at a free place, and ended again."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

COMMAND = (sys.executable, "-m", "puntlanding.web.manage")


def environment_of(data):
    """Of this process, without its settings; the application's own folder is ``data``."""
    ours = ("PUNTLANDING_", "DJANGO_", "DATABASE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PUNTLANDING_DATA": str(data), "PUNTLANDING_LOCAL": "1"}


def demonstration(environment):
    """The password of everybody in it."""
    made = subprocess.run([*COMMAND, "demo"], env=environment, capture_output=True, check=True, text=True)
    return re.search(r"\w{5}(-\w{5}){3}", made.stdout).group()


@contextmanager
def served(environment, *more):
    """Its address."""
    server, address = begun(environment, *more)
    try:
        yield address
    finally:
        server.terminate()
        server.wait(30)


def begun(environment, *more):
    """The process and its address, when it answers; whoever asks for it ends it."""
    place = free_place()
    words = [*COMMAND, "serve", *more, "--bind", place, "--workers", "1"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=environment)
    try:
        wait_for(lambda: answers(f"http://{place}"))
    except BaseException:
        server.terminate()
        server.wait(30)
        raise
    return server, f"http://{place}"


def free_place():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


def answers(address):
    try:
        with urllib.request.urlopen(f"{address}/gezondheid", timeout=5):
            return True
    except OSError:
        return False


def wait_for(what, seconds=30):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)

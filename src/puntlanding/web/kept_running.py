"""The demonstration's server on its own, without a terminal: for some hours, or until it is told to stop."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path


def main(words: list[str]) -> int:
    """The file that says who runs, hours, where to listen, and what else `serve` is to be told."""
    place, hours, bind, *rest = words
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, lambda *_: ended.set())
    with Path(place).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 1
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        command = [sys.executable, "-m", "puntlanding.web.manage", "serve", "--with-worker", "--bind", bind, *rest]
        server = subprocess.Popen(command, close_fds=True)  # noqa: S603  our own interpreter, no shell
        threading.Thread(target=_wait, args=(server, ended), daemon=True).start()
        ended.wait(float(hours) * 3600)
        with contextlib.suppress(ProcessLookupError):
            server.terminate()
        try:
            return 0 if server.wait(30) in (0, -signal.SIGTERM) else 1
        except subprocess.TimeoutExpired:
            server.kill()
            return 1


def _wait(server: subprocess.Popen[bytes], ended: threading.Event) -> None:
    server.wait()
    ended.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The web application under load: users of every role at once, each with a session, on the pages that they may see.

Starts gunicorn as `puntlanding-web serve` does, on a data folder that has a demonstration in it, and asks over real connections: once with
time to think between two pages, and once without any. Per page the time until its last byte, beside two floors on the same server:
`/gezondheid`, which asks the database once, and a file. Cold: the first time that each page is asked of a server that just started. CPU per
request is what all processes of the server used, so it says most on a machine that also does other work; what others used is told too.
Writes tables in Markdown.

    python benchmarks/web_load.py [DATA PASSWORD] [--users 50] [--seconds 30] [--think 1 0] [--workers 4]

Without DATA it makes the demonstration of `make demo` anew in a folder of its own, from `build/demo/opslag`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

ADDRESSES = {
    "financien@ziekenhuis.example": "ziekenhuis",
    "bestuur@ziekenhuis.example": "ziekenhuis",
    "bestuur@msb.example": "gremium",
    "controller@msb.example": "gremium",
    "vertegenwoordiger@msb.example": "vakgroep",
    "specialist@msb.example": "specialist",
    "accountant@kantoor.example": "gremium",
}
YEAR = (
    "/{now}/",
    "/{now}/afspraak",
    "/{now}/begroting",
    "/{now}/volgen",
    "/{now}/volgen?vakgroep=13",
    "/{now}/akkoord",
)
MORE = ("/{now}/benchmark", "/{now}/efficiency", "/{now}/formatie", "/{now}/gebeurtenissen")
BEFORE = ("/{before}/", "/{before}/afrekening", "/{before}/afrekening?vakgroep=Cardiologie")
PAGES = {
    "ziekenhuis": (*YEAR, *MORE, *BEFORE, "/logboek"),
    "gremium": (*YEAR, *MORE, *BEFORE, "/{before}/verdeling", "/{before}/afrekening/soorten", "/logboek"),
    "vakgroep": (*YEAR, *BEFORE, "/{before}/verdeling"),
    "specialist": (*YEAR, *BEFORE, "/{before}/verdeling"),
}
FLOORS = ("/gezondheid", "/static/web/page.css")
STORE, HOSPITAL = Path("build/demo/opslag"), "ziekenhuis-01"
TICKS, MB = os.sysconf("SC_CLK_TCK"), 2**20


class Person:
    """A browser of its own, with one connection that stays open."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def asked(self, method: str, path: str, body: str | None = None) -> tuple[int, float]:
        """Status and seconds; a connection that the server closed in between is opened again, as browsers do."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            found = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.connection.close()
            self.connection.request(method, path, body, headers)
            found = self.connection.getresponse()
        found.read()
        took = time.perf_counter() - began
        for line in found.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return found.status, took

    def log_in(self, address: str, password: str) -> None:
        self.asked("GET", "/account/login/")
        fields = {"login": address, "password": password, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        status, _ = self.asked("POST", "/account/login/", urlencode(fields))
        if status != http.client.FOUND:
            raise SystemExit(f"{address} does not come in: {status}")


class Times:
    def __init__(self) -> None:
        self.found: dict[str, list[float]] = defaultdict(list)
        self.wrong: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    def add(self, page: str, status: int, took: float) -> None:
        with self._lock:
            self.found[page].append(took)
            self.wrong[page] += status != http.client.OK

    @property
    def all(self) -> list[float]:
        return [one for times in self.found.values() for one in times]


def started(data: Path, workers: int) -> tuple[subprocess.Popen[bytes], int, float]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = os.environ | {"PUNTLANDING_DATA": str(data), "PUNTLANDING_LOCAL": "1"}
    command = [
        sys.executable,
        "-m",
        "puntlanding.web.manage",
        "serve",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(workers),
    ]
    began = time.perf_counter()
    server = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL)
    while True:
        try:
            if Person(port).asked("GET", "/gezondheid")[0] == http.client.OK:
                return server, port, time.perf_counter() - began
        except OSError:
            if time.perf_counter() - began > 60:
                raise
        time.sleep(0.05)


def sessions(port: int, users: int, password: str) -> list[tuple[Person, str]]:
    """One log-in per role: the others have a copy of its session, because log-ins are limited per minute."""
    found = []
    for at in range(users):
        address, kind = list(ADDRESSES.items())[at % len(ADDRESSES)]
        person = Person(port)
        if at < len(ADDRESSES):
            person.log_in(address, password)
        else:
            person.cookies = dict(found[at % len(ADDRESSES)][0].cookies)
        found.append((person, kind))
    return found


def pages_of(kind: str, now: int) -> list[str]:
    return [one.format(now=now, before=now - 1) for one in PAGES[kind]]


def cold(people: list[tuple[Person, str]], now: int) -> Times:
    """Each page once, by who sees most, on a server that just started."""
    person = next(one for one, kind in people if kind == "gremium")
    found = Times()
    for page in pages_of("gremium", now):
        found.add(page, *person.asked("GET", page))
    return found


def together(people: list[tuple[Person, str]], now: int, seconds: float, think: float) -> tuple[Times, float]:
    found, until = Times(), time.monotonic() + seconds

    def goes(at: int, person: Person, kind: str) -> None:
        seeded, pages = random.Random(at), pages_of(kind, now)
        time.sleep(seeded.uniform(0, think or 0.5))
        while time.monotonic() < until:
            page = seeded.choice(pages)
            found.add(page, *person.asked("GET", page))
            if think:
                time.sleep(seeded.uniform(0.5 * think, 1.5 * think))

    began = time.monotonic()
    threads = [threading.Thread(target=goes, args=(at, *one)) for at, one in enumerate(people)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found, time.monotonic() - began


@dataclass(frozen=True)
class Used:
    """Seconds of processor: of the server with its workers, of this process, and of the whole machine."""

    server: float
    own: float
    machine: float

    @classmethod
    def until_now(cls, server: int) -> Used:
        server_ticks = sum(_ticks(one) for one in (server, *workers_of(server)))
        busy = [int(one) for one in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
        return cls(server_ticks / TICKS, time.process_time(), (sum(busy[:8]) - busy[3] - busy[4]) / TICKS)

    def since(self, before: Used) -> Used:
        return Used(self.server - before.server, self.own - before.own, self.machine - before.machine)


def workers_of(server: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def _ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def memory(process: int) -> int:
    """Bytes that are its own; what it shares with others counts for its part."""
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    if found is None:
        raise SystemExit("this system does not say how much memory a process has")
    return 1024 * int(found[1])


def floor(people: list[tuple[Person, str]], page: str) -> float:
    times = sorted(people[0][0].asked("GET", page)[1] for _ in range(100))
    return times[len(times) // 2]


def shares(times: list[float]) -> tuple[float, float, float]:
    if len(times) < 2:
        return (times[0],) * 3
    cuts = quantiles(times, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


def table(first: Times, warm: Times, floors: dict[str, float]) -> None:
    ground = floors[FLOORS[0]]
    print("| page | asked | wrong | cold (ms) | p50 (ms) | p95 (ms) | p99 (ms) | p50 ÷ floor |")
    print("|---|---|---|---|---|---|---|---|")
    for page in sorted(warm.found, key=lambda one: -shares(warm.found[one])[1]):
        middle, high, top = shares(warm.found[page])
        before = first.found.get(page, [float("nan")])[0]
        row = (
            page,
            len(warm.found[page]),
            warm.wrong[page],
            *(f"{1000 * one:.0f}" for one in (before, middle, high, top)),
            f"{middle / ground:.1f}",
        )
        print("|", " | ".join(map(str, row)), "|")
    middle, high, top = shares(warm.all)
    print(
        f"| **all** | {len(warm.all)} | {sum(warm.wrong.values())} | | {1000 * middle:.0f} | {1000 * high:.0f} | {1000 * top:.0f} | {middle / ground:.1f} |"
    )


def on_disk(data: Path) -> Iterator[str]:
    """Per folder of versions and of what was made of them, how large."""
    for name, what in (("versions", "version"), ("cache", "program version of what can be made again")):
        folders = [one for one in (data / name).iterdir() if one.is_dir()]
        sizes = [sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / MB for folder in folders]
        yield f"{len(sizes)} × {what}, {', '.join(f'{one:.1f}' for one in sorted(sizes))} MB"


@contextmanager
def demonstration(store: Path) -> Iterator[tuple[Path, str]]:
    if not store.is_dir():
        raise SystemExit(f"{store} is not there: `make demo` makes it")
    with tempfile.TemporaryDirectory(prefix="puntlanding-load-") as folder:
        words = [
            "demo",
            "--store",
            store,
            "--hospital",
            HOSPITAL,
            "--year",
            "2025",
            "--contributions",
            store / "bijdragen",
        ]
        told = subprocess.run(
            [sys.executable, "-m", "puntlanding.web.manage", *map(str, words)],
            env=os.environ | {"PUNTLANDING_DATA": folder}, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        password = re.search(r"\w{5}(?:-\w{5}){3}", told)
        if password is None:
            raise SystemExit(told)
        yield Path(folder), password[0]


def measured(options: argparse.Namespace, data: Path, password: str) -> None:
    server, port, start = started(data, options.workers)
    try:
        people = sessions(port, options.users, password)
        first = cold(people, options.year)
        floors = {page: floor(people, page) for page in FLOORS}
        print(f"The server answered after {start:.1f} s; {options.workers} workers, {os.cpu_count()} cores.")
        print("Floors: " + ", ".join(f"{page} {1000 * one:.1f} ms" for page, one in floors.items()))
        for think in options.think:
            before = Used.until_now(server.pid)
            warm, took = together(people, options.year, options.seconds, think)
            used, asked = Used.until_now(server.pid).since(before), len(warm.all)
            others = (used.machine - used.server - used.own) / took
            print(f"\n## {options.users} users, think time {think:g} s, for {took:.0f} s\n")
            print(
                f"{asked / took:.0f} requests/s; CPU per request {1000 * used.server / asked:.1f} ms, of who asks {1000 * used.own / asked:.1f} ms."
                f" The rest of the machine used {others:.1f} of its {os.cpu_count()} cores meanwhile.\n"
            )
            table(first, warm, floors)
        sizes = ", ".join(f"{memory(one) / MB:.0f}" for one in workers_of(server.pid))
        print(f"\nMemory per worker afterwards: {sizes} MB. On disk: {'; '.join(on_disk(data))}.")
    finally:
        server.terminate()
        server.wait(60)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("data", type=Path, nargs="?")
    asked.add_argument("password", nargs="?")
    asked.add_argument("--store", type=Path, default=STORE)
    asked.add_argument("--users", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--think", type=float, nargs="+", default=[1.0, 0.0])
    asked.add_argument("--workers", type=int, default=4)
    asked.add_argument("--year", type=int, default=2025)
    options = asked.parse_args()
    if options.data is None:
        with demonstration(options.store) as (data, password):
            measured(options, data, password)
        return
    if not re.fullmatch(r"\S+", options.password or ""):
        raise SystemExit("the password that the demonstration printed")
    measured(options, options.data, options.password)


if __name__ == "__main__":
    main()

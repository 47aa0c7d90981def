"""The real server, killed at random moments while people deliver and approve: what they did is there, or it is not, and all goes on."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from web_site import PASSWORD, on

pytestmark = pytest.mark.integration


class Server:
    """gunicorn as `serve` starts it, on a fixed place, so that who is killed can be followed by another."""

    def __init__(self, data, database):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PUNTLANDING_", "DATABASE_URL"))
        }
        settings = {
            "PUNTLANDING_DATA": str(data),
            "PUNTLANDING_LOCAL": "1",
            "DATABASE_URL": f"sqlite://{database['NAME']}",
        }
        self.settings, self.process = kept | settings, None

    def start(self):
        command = [
            sys.executable,
            "-m",
            "puntlanding.web.manage",
            "serve",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            "2",
        ]
        self.process = subprocess.Popen(
            command, env=self.settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 40
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                if Browser(self.port).get("/gezondheid")[0] == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError("the server did not start")

    def workers(self):
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(one) for one in found.split()]

    def kill_worker(self, seeded):
        found = self.workers()
        if found:
            os.kill(seeded.choice(found), signal.SIGKILL)

    def kill(self):
        """The master, and the workers as soon as they notice: they end by themselves, but not at once."""
        found = self.workers()
        self.process.kill()
        self.process.wait()
        for one in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class Browser:
    def __init__(self, port):
        self.port, self.cookies = port, {}

    def asked(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {"Cookie": cookies, **headers})
            found = connection.getresponse()
            text = found.read().decode(errors="replace")
            for line in found.headers.get_all("Set-Cookie") or ():
                name, _, value = line.split(";")[0].partition("=")
                self.cookies[name] = value
            return found.status, text, found.headers.get("Location", "")
        finally:
            connection.close()

    def get(self, path):
        return self.asked("GET", path)

    def post(self, path, fields):
        body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
        return self.asked("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def send(self, path, fields, files):
        mark, parts = secrets.token_hex(8), []
        for name, value in {**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}.items():
            parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n')
        for name, text in files.items():
            head = f'Content-Disposition: form-data; name="bestanden"; filename="{name}"\r\nContent-Type: text/csv'
            parts.append(f"--{mark}\r\n{head}\r\n\r\n{text}\r\n")
        body = "".join([*parts, f"--{mark}--\r\n"]).encode()
        return self.asked("POST", path, body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})

    def log_in(self, address):
        self.get("/account/login/")
        status, _, where = self.post("/account/login/", {"login": address, "password": PASSWORD})
        assert (status, where) == (302, "/"), status
        return self


def deliver(controller, number):
    """Files → draft → version, as a person does it; changed a little each time, so that each is another version."""
    from puntlanding.demo.collective import collective_files

    files = dict(collective_files())
    files["kosten.csv"] = re.sub(r"(\d+)(,\d\d)?(;als_kader)", f"{1000 + number}\\3", files["kosten.csv"], count=1)
    assert controller.send("/2026/aanleveren", {"kind": "budget"}, files)[0] in (302, 422)
    text = controller.get("/2026/begroting/concept")[1]
    mark = re.search(r'name="mark" value="([^"]+)"', text)
    if mark:
        controller.post("/2026/begroting/concept", {"mark": mark[1], "note": f"keer {number}", "doen": "bevestigen"})


def decide(controller, boards):
    """Propose the newest draft and approve what is up for it, by the buttons on the page."""
    for one in (controller, *boards):
        for action, content in re.findall(
            r'action="(/versie/\d+/(?:voorleggen|akkoord))".*?name="content" value="([0-9a-f]{64})"',
            one.get("/2026/akkoord")[1],
            re.DOTALL,
        ):
            one.post(action, {"content": content})


@pytest.fixture
def running(web, tmp_path):
    """The demonstration on SQLite, with passwords as a server of its own reads them."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.db import connections

    from puntlanding.web.desk.models import User

    _, prepared = web
    server, _, demo = prepared("sqlite")
    database = server.database(demo)
    data = tmp_path / "data"
    shutil.copytree(web[0] / "versions", data / "versions")
    with on(database, data):
        quick = PBKDF2PasswordHasher().encode(PASSWORD, "zout", iterations=1000)
        User.objects.update(password=quick)
        connections.close_all()
        found = Server(data, database)
        found.start()
        try:
            yield found, data
        finally:
            found.stop()


def test_people_go_on_after_every_kill(running):
    from django.db import connections

    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Approval, Event, State, Version
    from puntlanding.web.snapshots import Snapshots

    server, data = running
    people = [
        Browser(server.port).log_in(one)
        for one in ("controller@msb.example", "bestuur@msb.example", "bestuur@ziekenhuis.example")
    ]
    seeded, done, broken = random.Random(2026), threading.Event(), []

    def works():
        number = 0
        while not done.is_set():
            number += 1
            for act in (lambda n=number: deliver(people[0], n), lambda: decide(people[0], people[1:])):
                try:
                    act()
                except (OSError, http.client.HTTPException):
                    broken.append(number)
                    time.sleep(0.1)

    worker = threading.Thread(target=works)
    worker.start()
    try:
        for turn in range(4):
            time.sleep(seeded.uniform(0.3, 1.2))
            if turn == 2:
                server.kill()
                server.start()
            else:
                server.kill_worker(seeded)
        time.sleep(0.5)
    finally:
        done.set()
        worker.join(60)
    assert broken, "nobody noticed: nothing was killed in the middle"
    deliver(people[0], 5000)
    decide(people[0], people[1:])
    kept = Snapshots(data)
    assert verified().broken is None
    versions = list(Version.objects.all())
    assert len(versions) > 4  # those of the demonstration are three
    assert Event.objects.filter(kind="version_final").count() > 2  # and two of these are final
    assert all(kept.whole(one.snapshot) for one in versions)
    added = Event.objects.filter(kind="version_added")
    assert sorted(one.details["version"] for one in added) == sorted(one.pk for one in versions)
    assert Event.objects.filter(kind="version_approved").count() == Approval.objects.count()
    finals = Version.objects.filter(kind="budget", state=State.FINAL)
    assert [set(finals.get().approvals.values_list("party", flat=True))] == [{"collective", "hospital"}]
    assert Event.objects.filter(kind="version_final").count() == Version.objects.filter(
        state__in=[State.FINAL]
    ).count() + sum(one.state == State.SUPERSEDED and one.approvals.count() == 2 for one in versions)
    connections.close_all()

"""A database that is away, a disk that is full, a request that is none: a page that says so in two languages, and nothing by halves."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from web_site import PASSWORD, client_of, copy_snapshots, migrated, on, postgresql_server, user_of, with_demo

pytestmark = pytest.mark.integration


def asked(client, path, **options):
    """As a new request finds its connection, after the last one."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        return client.get(path, **options)
    finally:
        close_old_connections()


def is_page_of(answer, status, dutch, english=None):
    text = answer.content.decode()
    assert (answer.status_code, dutch in text or bool(english and english in text)) == (status, True), text[:500]
    assert "Traceback" not in text
    assert "Error" not in text


@pytest.fixture
def lost(web, tmp_path):
    """The demonstration on a server of its own, with what stops it and starts it again."""
    with postgresql_server() as server:
        if server is None:
            pytest.skip("no PostgreSQL server is installed")
        program = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))[-1]
        user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}

        def control(*words):
            command = [program, "-D", server.folder / "data", "-w", "-s", *words]
            subprocess.run(command, check=True, cwd=server.folder, stdout=subprocess.DEVNULL, timeout=60, **user)

        def start():
            options = (server.folder / "data" / "postmaster.opts").read_text().split(maxsplit=1)[1].replace('"', "")
            control("start", "-o", options.replace(f"-D {server.folder / 'data'}", ""))

        data = tmp_path / "data"
        empty = migrated(server, data)
        with on(with_demo(server, data, empty), data):
            try:
                yield lambda: control("stop", "-m", "immediate"), start
            finally:
                from django.db import connections

                connections.close_all()
                subprocess.run(
                    [program, "-D", server.folder / "data", "stop", "-m", "immediate", "-s"],
                    check=False,
                    cwd="/",
                    **user,
                )


def test_a_database_that_is_lost(lost, monkeypatch):
    from django.test import Client

    from puntlanding.web.audit import verified
    from puntlanding.web.pages import year

    stop, start = lost
    auditor = client_of("auditor", raise_request_exception=False)
    english = client_of("auditor", raise_request_exception=False)
    english.cookies["django_language"] = "en"
    assert asked(auditor, "/2026/").status_code == 200
    true = year.asked_year

    def stops(*words):
        stop()
        return true(*words)

    monkeypatch.setattr(year, "asked_year", stops)
    is_page_of(asked(auditor, "/2026/"), 503, "De gegevens zijn even niet te bereiken")
    monkeypatch.setattr(year, "asked_year", true)
    for path in ("/2026/", "/2026/afrekening", "/account/login/", "/"):
        is_page_of(asked(auditor, path), 503, "De gegevens zijn even niet te bereiken")
    is_page_of(asked(english, "/2026/"), 503, "The data cannot be reached for a moment")
    program = asked(Client(raise_request_exception=False), "/api/v1/jaren", headers={"authorization": "Bearer pl_x"})
    assert (program.status_code, program["Content-Type"]) == (503, "application/json")
    health = asked(Client(), "/gezondheid")
    assert (health.status_code, health.json()["onderdelen"]["database"]) == (503, "fout")
    start()
    assert asked(auditor, "/2026/").status_code == 200
    assert asked(Client(), "/gezondheid").json()["onderdelen"]["database"] == "goed"
    assert verified().broken is None


@pytest.mark.parametrize("how", ["no database", "a folder", "cut off"])
def test_a_database_file_that_cannot_be_read(desk, how):
    from django.db import connection, connections

    from puntlanding.web.audit import verified

    auditor = client_of("auditor", raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    place = Path(connection.settings_dict["NAME"])
    connections.close_all()
    aside = place.with_suffix(".weg")
    place.rename(aside)
    for left in place.parent.glob(f"{place.name}-*"):
        left.unlink()
    if how == "a folder":
        place.mkdir()
    else:
        place.write_bytes(b"dit is geen database " * 999 if how == "no database" else aside.read_bytes()[: 3 * 4096])
    is_page_of(asked(auditor, "/2026/"), 503, "De gegevens zijn even niet te bereiken")
    connections.close_all()
    place.rmdir() if how == "a folder" else place.unlink()
    for left in place.parent.glob(f"{place.name}-*"):
        left.unlink()
    aside.rename(place)
    assert asked(auditor, "/2026/").status_code == 200
    assert verified().broken is None


@pytest.fixture
def small_disk(desk, tmp_path):
    """The demonstration on a disk of 3 MB, with what fills it and what makes room."""
    from django.db import connection, connections
    from django.test.utils import override_settings

    disk = tmp_path / "schijf"
    disk.mkdir()
    mount = shutil.which("mount")
    done = subprocess.run(
        [mount or "false", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("no disk of its own can be made here: that takes root")
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database = dict(connection.settings_dict)
        copy_snapshots(desk, disk)
        connections.close_all()
        shutil.copy(database["NAME"], disk / "p.sqlite3")
        filler = disk / "vol"

        def fill():
            with filler.open("wb", buffering=0) as file:
                try:
                    while file.write(b"x" * 4096) == 4096:
                        pass
                except OSError:
                    pass

        from puntlanding.web.environment import sqlite

        with on(sqlite(disk / "p.sqlite3"), disk), override_settings(DATA=disk):
            yield fill, filler.unlink
    finally:
        connections.close_all()
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_disk_that_is_full(small_disk):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from puntlanding.demo.collective import collective_files
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Event, Version
    from web_site import access_as

    fill, make_room = small_disk
    board = client_of("collective_board", raise_request_exception=False)
    controller = client_of("collective_controller", raise_request_exception=False)
    version = Version.objects.get(kind="settlement")
    before = (Event.objects.count(), Version.objects.count(), version.approvals.count())
    assert asked(board, "/2026/afrekening").status_code == 200
    fill()
    full = ("Er is geen ruimte meer", "De gegevens zijn even niet")
    is_page_of(
        board.post(f"/versie/{version.pk}/akkoord", {"content": version.content_hash}),
        503,
        *full,
    )
    assert asked(board, "/2026/afrekening").status_code == 200
    assert asked(board, "/2026/verdeling").status_code == 200
    files = [SimpleUploadedFile(name, text.encode()) for name, text in collective_files().items()]
    sent = controller.post("/2026/aanleveren", {"kind": "budget", "bestanden": files})
    assert sent.status_code in (422, 503), sent.status_code
    assert "Traceback" not in sent.content.decode()
    is_page_of(
        Client(raise_request_exception=False).post(
            "/account/login/", {"login": "bestuur@msb.example", "password": PASSWORD}
        ),
        503,
        *full,
    )
    assert (Event.objects.count(), Version.objects.count(), version.approvals.count()) == before
    make_room()
    assert verified().broken is None
    assert asked(board, "/2026/").status_code == 200
    assert approve(access_as("collective_board"), version, version.content_hash).state == "final"
    assert verified().broken is None


def test_requests_that_are_none(desk):
    from django.test import Client
    from django.test.utils import override_settings

    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(user_of("collective_board"))
    for language, words in (("nl", "Deze pagina was niet meer geldig"), ("en", "This page was no longer valid")):
        strict.cookies["django_language"] = language
        is_page_of(strict.post("/versie/1/akkoord", {}), 403, words)
    board = client_of("collective_board", raise_request_exception=False)
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        is_page_of(board.post("/versie/3/weigeren", {"reason": "x" * 2000}), 413, "Dit is te groot")
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=2):
        is_page_of(board.post("/versie/3/weigeren", {f"a{n}": "x" for n in range(9)}), 413, "Dit is te groot")
    is_page_of(board.get("/2026/", headers={"host": "elders.example"}), 400, "ALLOWED_HOSTS")
    is_page_of(board.get("/bestaat-niet"), 404, "Deze pagina bestaat niet")
    for _ in range(40):
        answer = Client(raise_request_exception=False).post(
            "/account/login/", {"login": "x@msb.example", "password": "y"}
        )
        if answer.status_code == 429:
            break
    is_page_of(answer, 429, "Dit ging te vaak achter elkaar")
    assert answer["X-Request-ID"] not in answer.content.decode()

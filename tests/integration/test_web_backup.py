"""A backup made while others write, put back elsewhere and on the other kind of database: everything is there, exactly, or nothing is."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zipfile
from datetime import datetime

import pytest

import web_jobs
from puntlanding.problems import InputError
from web_site import PASSWORD, access_as, on

pytestmark = pytest.mark.integration
NOW = datetime(2026, 11, 22, 16, 0)


def here(*words):
    from puntlanding.web.manage import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


def everything():
    """Every row of every table that a backup keeps."""
    from puntlanding.web.backup_rows import kept_models, rows

    return {model._meta.label: list(rows(model, "default")) for model in kept_models()}


@pytest.fixture
def own(any_desk, tmp_path):
    """The demonstration with a data folder of its own, so that what is spoilt is spoilt for this test only."""
    from django.test.utils import override_settings

    data = tmp_path / "data"
    shutil.copytree(any_desk, data, ignore=shutil.ignore_patterns("*.sqlite3*", "cache"))
    with override_settings(DATA=data):
        yield data


def draft_of_the_controller(data):
    from puntlanding.web.desk.models import Year
    from puntlanding.web.working_copies import WorkingCopies

    user, drafts = access_as("collective_controller").user.pk, WorkingCopies(data, "agreement")
    return drafts, Year.objects.get().pk, user


def elsewhere(web, kind):
    _, prepared = web
    return prepared(kind)[0].database()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_put_back_on_either_database(own, web, tmp_path, kind):
    from django.test import Client

    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import User, Version

    job, (drafts, *whose) = web_jobs.sample(), draft_of_the_controller(own)
    draft = drafts.keep(*whose, "0" * 64, {"afspraak": {"organisatie": "MSB Anders"}})
    (own / "aangeleverd" / "x").mkdir(parents=True)
    file = tmp_path / "kopie.zip"
    status, told, _ = here("backup", file)
    assert (status, "aangeleverd" in told) == (0, True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = everything()
    with on(elsewhere(web, kind), tmp_path / "elders"):
        status, told, wrong = here("restore", file)
        assert (status, wrong) == (0, "")
        assert "logboek van 31 regels" in told
        assert everything() == before
        assert verified().broken is None
        assert User.objects.get(email="controller@msb.example").check_password(PASSWORD)
        client = Client()
        client.force_login(User.objects.get(memberships__role="auditor"))
        assert client.get("/2026/afrekening").status_code == 200
        assert client.get(f"/werk/{job.pk}/bestand/getallen.csv").content == b"a;b\n1;2\n"
        drafts, *whose = draft_of_the_controller(tmp_path / "elders")
        assert drafts.get(*whose) == draft
        assert not (tmp_path / "elders" / "aangeleverd").exists()
        version = Version.objects.get(kind="settlement")
        assert approve(access_as("collective_board"), version, version.content_hash).state == "final"
        with pytest.raises(Exception, match="kept as it was written"):
            Version.objects.update(note="anders")


def test_nothing_is_put_over_what_stands_there(own, web, tmp_path):
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.desk.models import Kind, Version, Year

    file = tmp_path / "kopie.zip"
    here("backup", file)
    files = {one.name: one.read_bytes() for one in (own / "versions" / Version.objects.first().snapshot).iterdir()}
    add_version(access_as("collective_controller"), Year.objects.get(), Kind.BUDGET, files, "later")
    later = everything()
    status, _, wrong = here("restore", file)
    assert (status, "--replace" in wrong, everything() == later) == (1, True, True)
    from django.db import connection

    connection.close()
    status, told, _ = here("restore", file, "--replace")
    assert (status, Version.objects.filter(note="later").count()) == (0, 0)
    assert "voor_" in told or "voor-" in told
    if "sqlite" in connection.settings_dict["ENGINE"]:
        aside = sqlite3.connect(told.split()[-1])
        assert aside.execute("SELECT count(*) FROM desk_version WHERE note = 'later'").fetchone() == (1,)
        aside.close()
    else:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{told.split()[-1]}".desk_version WHERE note = %s', ["later"])
            assert cursor.fetchone() == (1,)


def test_while_others_write(own, tmp_path):
    """What is in the backup is one moment: its log ends where its rows do."""
    from django.db import connections

    from puntlanding.web.actions.years import open_year
    from puntlanding.web.backup import make_backup
    from puntlanding.web.backup_file import read_back

    stop, made = threading.Event(), []

    def writes():
        number = 2001
        try:
            while not stop.is_set():
                made.append(open_year(access_as("collective_controller"), number).year)
                number = number + 1 if number < 2024 else 2001
        finally:
            connections.close_all()

    writer = threading.Thread(target=writes)
    writer.start()
    try:
        found = [make_backup(tmp_path / f"{n}.zip") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    assert len(made) > 3
    for one in found:
        manifest = read_back(one.path)
        with zipfile.ZipFile(one.path) as packed:
            lines = packed.read("rijen/desk.event.jsonl").splitlines()
        assert len(lines) == manifest.log[0]
        assert manifest.log[1].encode() in lines[-1]


def content(file):
    """A zip has bytes that nobody reads, such as the times in front of each file."""
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_what_is_not_whole_is_refused(own, web, tmp_path):
    file, spoilt = tmp_path / "kopie.zip", tmp_path / "stuk.zip"
    here("backup", file)
    assert here("backup", "--check", file)[0] == 0
    data, seeded = file.read_bytes(), random.Random(8)
    with on(elsewhere(web, "sqlite"), tmp_path / "elders"):
        for _ in range(8):
            at = seeded.randrange(len(data))
            spoilt.write_bytes(data[:at])
            assert here("restore", spoilt)[0] == 1
            bent = bytearray(data)
            bent[seeded.randrange(60, 20_000)] ^= 0x55
            spoilt.write_bytes(bent)
            assert here("backup", "--check", spoilt)[0] == 1 or content(spoilt) == content(file)
        spoilt.write_text("dit is geen zip")
        assert "geen hele reservekopie" in here("restore", spoilt)[2]
        assert "geen bestand" in here("restore", tmp_path / "weg.zip")[2]
        assert not list((tmp_path / "elders").glob("versions/*"))


def again(file, target, **changed):
    """The same backup with other things in its manifest, or files that lead elsewhere."""
    import json

    with zipfile.ZipFile(file) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(content.pop("manifest.json")) | changed
    extra = changed.pop("extra", {})
    manifest.pop("extra", None)
    import hashlib

    content |= extra
    manifest["bestanden"] = {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in {**content, "manifest.json": json.dumps(manifest).encode()}.items():
            packed.writestr(name, data)
    return target


def test_a_backup_from_elsewhere_leads_nowhere_else(own, web, tmp_path):
    file = tmp_path / "kopie.zip"
    here("backup", file)
    with on(elsewhere(web, "sqlite"), tmp_path / "elders"):
        for name in (
            "bestanden/../../weg",
            "/etc/x",
            "bestanden/a/.b",
            "bestanden//x",
            "bestanden/..\\x",
            "rijen/../x.y",
        ):
            spoilt = again(file, tmp_path / "pad.zip", extra={name: b"x"})
            assert "geen hele reservekopie" in here("restore", spoilt)[2], name
        newer = again(file, tmp_path / "nieuw.zip", migraties=[["desk", "0999_later"]])
        assert "nieuwere versie" in here("restore", newer)[2]
        form = again(file, tmp_path / "vorm.zip", formaat=2, programma="9.0")
        assert "(9.0)" in here("restore", form)[2]
        other = again(file, tmp_path / "log.zip", logboek=[31, "f" * 64])
        assert "logboek" in here("restore", other)[2]
        status, _, wrong = here("close", "x")
        assert status == 2, wrong


def test_files_that_are_gone_are_told_and_the_rest_is_kept(own, tmp_path):
    from puntlanding.web.desk.models import Version

    snapshot = Version.objects.get(kind="settlement").snapshot
    (own / "versions" / snapshot / "begroting.csv").unlink()
    status, _, wrong = here("backup", tmp_path / "kopie.zip")
    assert (status, snapshot[:12] in wrong, (tmp_path / "kopie.zip").exists()) == (1, True, True)


def test_keys_and_names_and_how_many(own, tmp_path):
    (own / "sleutels").mkdir(exist_ok=True)
    (own / "sleutels" / "1").write_text("geheim")
    (own / "aangeleverd").mkdir(exist_ok=True)
    folder = tmp_path / "kopieen"
    folder.mkdir()
    _, told, _ = here("backup", folder)
    assert "Niet erin, bewaar dit zelf: aangeleverd" in told
    assert "sleutels" in told.splitlines()[1]
    made = next(folder.iterdir())
    with zipfile.ZipFile(made) as packed:
        assert not any("sleutels" in name for name in packed.namelist())
    keys = tmp_path / "met.zip"
    assert "sleutels" not in here("backup", keys, "--with-keys")[1]
    with zipfile.ZipFile(keys) as packed:
        assert "bestanden/sleutels/1" in packed.namelist()
    for day in range(1, 5):
        (folder / f"puntlanding-2025-01-0{day}T000000.zip").touch()
    (folder / "eigen.zip").touch()
    time.sleep(1.1)
    assert here("backup", folder, "--keep", "2")[0] == 0
    assert sorted(one.name[:16] for one in folder.iterdir()) == ["eigen.zip", *2 * [made.name[:16]]]


KILLS = """
import os, sys
n, what, file = int(sys.argv[1]), sys.argv[2], sys.argv[3]
seen = 0
def counted(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.link", "os.mkdir", "sqlite3.connect", "os.remove"):
        seen += 1
        if seen == n:
            os.kill(os.getpid(), 9)
from puntlanding.web import manage
import django
from puntlanding.web.environment import data_folder
os.environ["DJANGO_SETTINGS_MODULE"] = "puntlanding.web.settings"
django.setup()
from puntlanding.web import backup_commands
sys.addaudithook(counted)
words = [what, file] + (["--replace"] if what == "restore" else [])
status = manage.main(words)
print(seen)
sys.exit(status)
"""


def killed(data, database, at, what, file):
    import os

    url = f"sqlite://{database['NAME']}"
    env = dict(os.environ) | {"PUNTLANDING_DATA": str(data), "DATABASE_URL": url, "PUNTLANDING_LOCAL": "1"}
    command = [sys.executable, "-c", KILLS, str(at), what, str(file)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=env)


def test_killed_in_the_middle(desk, tmp_path):
    from django.db import connection, connections

    from puntlanding.web.backup_file import read_back

    data = tmp_path / "data"
    shutil.copytree(desk, data, ignore=shutil.ignore_patterns("*.sqlite3*", "cache"))
    file = tmp_path / "kopie.zip"
    database, before = dict(connection.settings_dict), everything()
    connections.close_all()
    for what in ("backup", "restore"):
        done = killed(data, database, 0, what, file)
        assert done.returncode == 0, done.stderr
        most = int(done.stdout.split()[-1])
        for at in sorted(random.Random(what).sample(range(most // 3, most * 4 // 5), 2)):
            place = tmp_path / f"{at}.zip" if what == "backup" else file
            assert killed(data, database, at, what, place).returncode == -9
            if place.exists():
                read_back(place)
            assert everything() == before
            connections.close_all()
    assert killed(data, database, 0, "restore", file).returncode == 0
    assert everything() == before


def test_a_full_disk_leaves_no_backup(own, tmp_path):
    import os
    import resource

    (own / "groot").write_bytes(random.Random(8).randbytes(200_000))
    if os.fork() == 0:
        try:
            import signal

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
            from django.db import connections

            connections.close_all()
            from puntlanding.web.backup import make_backup

            try:
                make_backup(tmp_path / "kopie.zip")
            except InputError as error:
                os._exit(10 if error.problems[0].code == "output_failed" else 11)
            os._exit(12)
        finally:
            os._exit(13)
    assert os.waitstatus_to_exitcode(os.wait()[1]) == 10
    assert not list(tmp_path.glob("*.zip"))
    assert not list(tmp_path.glob(".*.zip*"))

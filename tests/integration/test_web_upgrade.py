"""From the tables as the release before left them to those of now: everything is still there and still says the same."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from web_site import PASSWORD, access_as, client_of, on

pytestmark = pytest.mark.integration
PREVIOUS = Path(__file__).parents[1] / "web_previous"


def here(*words):
    from puntlanding.web.manage import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


@pytest.fixture(params=["sqlite", "postgresql"])
def before(web, request, tmp_path):
    """The site of then, which this program has not touched yet."""
    from puntlanding.web import health

    _, prepared = web
    database = prepared(request.param)[0].database()
    statements = (PREVIOUS / f"{request.param}.sql").read_text(encoding="utf-8")
    if request.param == "sqlite":
        made = sqlite3.connect(database["NAME"])
        made.executescript(statements)
        made.close()
    else:
        import psycopg

        where = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"]}
        with psycopg.connect(dbname=database["NAME"], autocommit=True, **where) as made:
            made.execute(statements)
    data = tmp_path / "data"
    shutil.copytree(PREVIOUS / "versions", data / "versions")
    health._seen.clear()
    with on(database, data):
        yield data
    health._seen.clear()


def test_nothing_is_lost(before):
    from django.test import Client
    from django.test.utils import override_settings

    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.api.models import Token
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Approval, Source, User, Version
    from puntlanding.web.snapshots import Snapshots

    assert here("migrate")[0] == 0
    assert verified().broken is None
    assert verified().lines == 33
    assert "(33 regels)" in here("check")[1]
    states = [(one.kind, one.number, one.state) for one in Version.objects.order_by("pk")]
    assert states == [("agreement", 1, "final"), ("budget", 1, "final"), ("settlement", 1, "proposed")]
    assert all(Snapshots(before).whole(one.snapshot) for one in Version.objects.all())
    assert Approval.objects.count() == 5
    assert all(one.content_hash == one.version.content_hash for one in Approval.objects.all())
    assert (Source.objects.get().hospital, Token.objects.get().name) == ("ziekenhuis-01", "Power BI")
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        assert User.objects.get(email="bestuur@msb.example").check_password(PASSWORD)
    client = client_of("auditor")
    for page in ("", "afspraak", "begroting", "volgen", "afrekening", "verdeling", "akkoord"):
        assert client.get(f"/2026/{page}").status_code == 200, page
    assert client.get("/logboek").status_code == 200
    assert Client().get("/gezondheid").json()["onderdelen"]["tabellen"] == "goed"
    version = Version.objects.get(kind="settlement")
    assert approve(access_as("collective_board"), version, version.content_hash).state == "final"
    assert verified().broken is None


def test_what_was_signed_still_says_the_same(before):
    """The files of then, read by the program of now, give the content that both parties put their word to."""
    from puntlanding.language.notation import Language
    from puntlanding.web.desk.dossiers import content_hash, dossier_of_snapshot
    from puntlanding.web.desk.models import Version

    here("migrate")
    for version in Version.objects.all():
        assert content_hash(dossier_of_snapshot(version.snapshot, Language.DUTCH).provenance) == version.content_hash


def test_a_backup_is_made_before_and_put_back_after(before, web, tmp_path):
    """With the new program and the old tables, as somebody does who thinks of it just in time."""
    from puntlanding.web.audit import verified

    file = tmp_path / "voor.zip"
    assert here("backup", file)[0] == 0
    _, prepared = web
    for kind in ("sqlite", "postgresql"):
        with on(prepared(kind)[0].database(), tmp_path / kind):
            assert here("restore", file)[0] == 0
            assert (verified().lines, verified().broken) == (33, None)
            assert client_of("auditor").get("/2026/afrekening").status_code == 200


def test_older_and_newer_tables_are_told(before):
    from django.db import connection
    from django.test import Client

    for words in (("check",), ("serve",), ("worker", "--once")):
        status, _, wrong = here(*words)
        assert (status, "puntlanding-web migrate" in wrong) == (1, True), words
    answer = Client().get("/gezondheid")
    assert (answer.status_code, json.loads(answer.content)["onderdelen"]["tabellen"]) == (503, "fout")
    here("migrate")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('desk', '0999_later', CURRENT_TIMESTAMP)"
        )
    for words in (("check",), ("serve",), ("migrate",), ("backup", before / "x.zip")):
        status, _, wrong = here(*words)
        assert (status, "nieuwere versie" in wrong) == (1, True), words
    assert not (before / "x.zip").exists()
    assert Client().get("/gezondheid").status_code == 503

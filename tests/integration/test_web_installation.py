"""Installing it as the page on it says: settings, the commands of `puntlanding-web`, and the server that answers."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import re
import socket
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from puntlanding.demo.collective import write_collective
from puntlanding.web import environment
from puntlanding.web.environment import SettingError, database, make_key, secret_key

pytestmark = pytest.mark.integration

OURS = ("PUNTLANDING_", "DATABASE_URL", "ALLOWED_HOSTS", "DJANGO_")


def installation(data, **settings):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PUNTLANDING_DATA": str(data)} | settings


def typed(data, *words, **settings):
    command = [sys.executable, "-m", "puntlanding.web.manage", *words]
    return subprocess.run(
        command, env=installation(data, **settings), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    data = tmp_path_factory.mktemp("installation") / "data"
    done = typed(data, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    return data, done.stdout


def test_the_demonstration_prints_its_log_ins(demo):
    from puntlanding.web.rules import RULES

    _, told = demo
    addresses = re.findall(r"\S+@\S+", told)
    assert len(set(addresses)) == len(RULES)
    assert all(rule.name[0] in told for rule in RULES.values())
    assert all(len(line) <= 100 for line in told.splitlines() if "/" not in line)


def test_a_second_demonstration_is_refused_and_changes_nothing(demo):
    data, _ = demo
    before = (data / "puntlanding.sqlite3").stat().st_size
    done = typed(data, "demo")
    assert done.returncode == 1
    assert "Er staat" not in done.stdout
    assert "PUNTLANDING_DATA" in done.stderr
    assert (data / "puntlanding.sqlite3").stat().st_size == before


def test_production_settings_have_nothing_to_be_warned_of(demo):
    data, _ = demo
    done = typed(data, "check", ALLOWED_HOSTS="begroting.msb.example")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"in orde \(\d+ regels\)", done.stdout)
    without = typed(data, "check")
    assert without.returncode == 1
    assert "ALLOWED_HOSTS" in without.stderr


def test_what_the_check_sees_is_the_deployment(demo):
    """The settings themselves, with Django's own check as it is run by hand."""
    data, _ = demo
    command = [sys.executable, "-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "INFO"]
    settings = {"DJANGO_SETTINGS_MODULE": "puntlanding.web.settings", "ALLOWED_HOSTS": "a.example"}
    done = subprocess.run(
        command, env=installation(data, **settings), capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced).")


def test_the_models_have_no_changes_without_a_migration(desk):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_go_back_and_forth(web, tmp_path):
    from django.core.management import call_command
    from django.db import connection

    from web_site import on

    _, prepared = web
    for kind in ("sqlite", "postgresql"):
        server, empty, _ = prepared(kind)
        with on(server.database(empty), tmp_path):
            call_command("migrate", "desk", "0001", verbosity=0)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM desk_event")
            call_command("migrate", verbosity=0)


def test_accounts_by_command(web, tmp_path):
    from django.core.management import call_command

    from web_site import on

    _, prepared = web
    server, empty, _ = prepared("sqlite")
    person = ("nieuw@msb.example", "--name", "N. Nieuw", "--collective", "MSB Elders", "--role")
    with on(server.database(empty), tmp_path):
        call_command("migrate", "desk", "0001", verbosity=0)
        assert "puntlanding-web migrate" in here("account", "close", "x@y.example")[2]
        assert here("migrate")[:2] == (0, "De tabellen zijn bijgewerkt.\n")
        assert "MSB Elders" in here("account", "add", *person, "accountant")[2]
        assert here("collective", "MSB Elders", "Ziekenhuis Elders")[0] == 0
        assert "Dit gremium is er al" in here("collective", "MSB Elders", "Ziekenhuis Elders")[2]
        assert "Bedoelde u ‘MSB Elders’?" in here("account", "add", *person[:4], "MSB Eldrs", "--role", "accountant")[2]
        assert "Bedoelde u ‘accountant’?" in here("account", "add", *person, "acountant")[2]
        assert "één vakgroep" in here("account", "add", *person, "medisch specialist")[2]
        status, told, _ = here("account", "add", *person, "Group_Representative", "--group", "MDL", "--lang", "en")
        assert status == 0
        password = re.search(r"First password: (\S+)", told)[1]
        assert re.fullmatch(r"(\w{5}-){3}\w{5}", password)
        assert "al een account" in here("account", "add", *person, "accountant")[2]
        assert "Bedoelde u ‘nieuw@msb.example’?" in here("account", "password", "niew@msb.example")[2]
        assert password not in here("account", "password", "NIEUW@msb.example")[1]
        assert here("account", "close", "nieuw@msb.example")[0] == 0
        assert "(5 regels)" in here("check")[1]


def test_a_case_is_delivered_and_proposed(web, tmp_path):
    from puntlanding.web.access import Access
    from puntlanding.web.actions.versions import propose
    from puntlanding.web.desk.models import Membership, Version
    from web_site import on

    _, prepared = web
    server, empty, _ = prepared("sqlite")
    case, who = tmp_path / "case", "controller@elders.example"
    write_collective(case)
    words = ["deliver", case, "--collective", "MSB Elders", "--by", who, "--kind"]
    with on(server.database(empty), tmp_path / "data"):
        here("collective", "MSB Elders", "Ziekenhuis Elders")
        here("collective", "MSB Anders", "Ziekenhuis Anders")
        here("account", "add", who, "--collective", "MSB Anders", "--role", "controller gremium")
        assert "account role" in here(*words, "begroting")[2]
        assert here("account", "role", who, "--collective", "MSB Elders", "--role", "accountant")[0] == 0
        assert "hoort niet bij uw rol" in here(*words, "begroting")[2]
        assert (
            "is nu controller gremium"
            in here("account", "role", who, "--collective", "MSB Elders", "--role", "controller gremium")[1]
        )
        assert "Bedoelde u ‘begroting’?" in here(*words, "begrotng")[2]
        assert "is een map" in here("deliver", case / "benchmark.csv", *words[2:], "begroting")[2]
        assert not Version.objects.exists()
        status, told, _ = here(*words, "begroting", "--note", "eerste", "--lang", "en")
        assert (status, told.startswith("Kept: budget 2026, version 1, content ")) == (0, True)
        assert "versie 2" in here(*words, "begroting")[1]
        (case / "vakgroepen.csv").write_text("vakgroep;rol\nX;niets\n")
        status, _, wrong = here(*words, "begroting")
        assert (status, "vakgroepen.csv" in wrong, Version.objects.count()) == (1, True, 2)
        version = Version.objects.get(number=1)
        controller = Access.of(Membership.objects.get(user__email=who, collective__name="MSB Elders"))
        assert (version.note, propose(controller, version, version.content_hash).state) == ("eerste", "proposed")


def here(*words):
    """In this process: status, standard output, standard error."""
    from puntlanding.web.manage import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    "words", [["bestaat-niet"], ["account", "maak", "x"], ["serve", "--workers", "veel"], ["demo", "--onzin"]]
)
def test_words_that_are_no_command(tmp_path, words):
    for language, start in (("nl", "Deze opdracht is niet te lezen"), ("en", "This command cannot be read")):
        done = typed(tmp_path / "data", *words, "--lang", language)
        assert done.returncode == 2
        assert done.stderr.startswith(start)
    assert not (tmp_path / "data").exists()


def test_a_database_that_is_not_there_is_told(tmp_path):
    done = typed(tmp_path / "data", "migrate", DATABASE_URL="postgresql://x:y@127.0.0.1:1/z")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    wrong = typed(tmp_path / "data", "migrate", DATABASE_URL="mysql://x/y")
    assert (wrong.returncode, "postgresql://" in wrong.stderr) == (2, True)


def test_helps_in_both_languages(tmp_path):
    for language, start in (("nl", "puntlanding-web: het jaar"), ("en", "puntlanding-web: the year")):
        done = typed(tmp_path / "data", "--help", "--lang", language)
        assert (done.returncode, done.stdout.startswith(start)) == (0, True)
        assert not (tmp_path / "data").exists()


def test_the_key_is_made_once_and_is_nobody_else_s(tmp_path, monkeypatch):
    monkeypatch.delenv(environment.KEY, raising=False)
    data = tmp_path / "data"
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(make_key, 16 * [data]))
    file = data / environment.KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [one.name for one in data.iterdir()] == [environment.KEY_FILE]
    key = secret_key(data)
    assert len(key) >= 64
    make_key(data)
    assert secret_key(data) == key
    monkeypatch.setenv(environment.KEY, "gezet")
    assert secret_key(data) == "gezet"
    make_key(tmp_path / "elders")
    assert not (tmp_path / "elders").exists()


def test_database_addresses(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert database(tmp_path)["NAME"] == str(tmp_path / "puntlanding.sqlite3")
    assert database(tmp_path, "sqlite:///srv/x%20y.sqlite3")["NAME"] == "/srv/x y.sqlite3"
    found = database(tmp_path, "postgresql://ge%40bruiker:ge%2Fheim@db.example:5433/be%20groting?sslmode=require")
    assert found["OPTIONS"] == {"sslmode": "require"}
    named = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[name] for name in named] == ["be groting", "ge@bruiker", "ge/heim", "db.example", "5433"]
    assert [database(tmp_path, "postgres:///x")[name] for name in named] == ["x", "", "", "", ""]
    for wrong in ("x", "mysql://x/y", "postgresql://x", "postgresql://x:poort/y"):
        with pytest.raises(SettingError, match="DATABASE_URL"):
            database(tmp_path, wrong)


def test_whole_numbers_in_settings(monkeypatch):
    monkeypatch.setenv("PUNTLANDING_PROXIES", "een")
    with pytest.raises(SettingError, match="PUNTLANDING_PROXIES"):
        environment.whole("PUNTLANDING_PROXIES", 0)


def test_the_server_answers(demo):
    data, _ = demo
    with served(data, PUNTLANDING_LOCAL="1") as (here, told):
        found = answered(f"{here}/gezondheid")
        assert json.loads(found.body)["toestand"] == "goed"
        assert b"csrfmiddlewaretoken" in answered(f"{here}/account/login/").body
        assert answered(f"{here}/", Host="elders.example").status == 400
    assert here in told[0]
    assert told[1] == ""


@contextlib.contextmanager
def served(data, **settings):
    """The address, and what was said on both outputs once it has stopped."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "puntlanding.web.manage", "serve", "--bind", bind, "--workers", "1"]
    server = subprocess.Popen(
        command, env=installation(data, **settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    told = []
    try:
        yield f"http://{bind}", told
    finally:
        server.terminate()
        told += server.communicate(timeout=30)


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


def answered(address, **headers):
    """As it is answered, without going where it leads; waits for a server that is still starting."""
    parts, until = urlsplit(address), time.monotonic() + 30
    while True:
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        try:
            connection.request("GET", parts.path, headers=headers)
            found = connection.getresponse()
            return Answer(found.status, found.headers, found.read())
        except ConnectionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        finally:
            connection.close()


def test_the_page_names_every_setting_and_every_command():
    import puntlanding.web
    from puntlanding.web.manage_texts import TEXTS

    room = Path(puntlanding.web.__file__).parent
    code = "".join((room / name).read_text(encoding="utf-8") for name in ("settings.py", "environment.py"))
    named = set(re.findall(r'"(PUNTLANDING_[A-Z_]+|DATABASE_URL|ALLOWED_HOSTS)"', code))
    page = (room.parents[2] / "docs/how-to/webtoepassing-installeren.md").read_text(encoding="utf-8")
    table = set(re.findall(r"`(PUNTLANDING_[A-Z_]+|DATABASE_URL|ALLOWED_HOSTS)`", page))
    assert table == named
    for text in TEXTS["help"]:
        assert set(re.findall(r"puntlanding-web (\w+)", page)) <= set(re.findall(r"^  (\w+)", text, re.MULTILINE))


def test_behind_a_web_server_everything_is_https(demo):
    data, _ = demo
    settings = {"ALLOWED_HOSTS": "begroting.msb.example", "PUNTLANDING_PROXIES": "1"}
    with served(data, **settings) as (here, _):
        secure = {"Host": "begroting.msb.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.9"}
        plain = answered(f"{here}/account/login/", Host="begroting.msb.example")
        assert (plain.status, plain.headers["Location"]) == (301, "https://begroting.msb.example/account/login/")
        found = answered(f"{here}/account/login/", **secure)
        assert found.status == 200
        assert found.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "Secure" in found.headers["Set-Cookie"]
        assert answered(f"{here}/", **secure).headers["Location"] == "/account/login/?next=/"
        assert answered(f"{here}/gezondheid", Host="begroting.msb.example").status == 200

"""The web application on a database of its own: SQLite, or a PostgreSQL server that lives as long as the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_scratch = []  # the data folder of this process, which settings name before any test has one of its own
PASSWORD = "een-lang-wachtwoord-2026"
SERVERS = Path("/usr/lib/postgresql")
_numbers = count()


def start_django():
    """Settings are read from the environment, once per process."""
    _scratch.append(tempfile.mkdtemp(prefix="puntlanding-web-"))
    os.environ["PUNTLANDING_DATA"] = _scratch[-1]
    os.environ["PUNTLANDING_LOCAL"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "puntlanding.web.settings"
    # A browser that an earlier test in this process opened keeps a loop running, which Django would take for async code of ours.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    for name in ("DATABASE_URL", "PUNTLANDING_OIDC_URL", "PUNTLANDING_SMTP_HOST"):
        os.environ.pop(name, None)
    import django
    from django.conf import settings

    if settings.configured:
        return
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # quick: nothing here is worth a guess
    settings.OUTLOOK_PATIENCE = (
        60  # on a busy machine too a test sees the forecast, and not that it is being worked out
    )


def forget():
    while _scratch:
        shutil.rmtree(_scratch.pop(), ignore_errors=True)


@dataclass(frozen=True)
class Server:
    """A database server, and how a new empty database on it is made."""

    folder: Path
    url: object

    def database(self, template=None):
        """The settings of a new database: a copy of ``template``, or an empty one."""
        from puntlanding.web.environment import database

        return database(self.folder, self.url(f"d{next(_numbers)}", template))


def sqlite_server(folder):
    def url(name, template):
        path = folder / f"{name}.sqlite3"
        if template is not None:
            shutil.copy(template["NAME"], path)
        return f"sqlite://{path}"

    return Server(folder, url)


@contextmanager
def postgresql_server():
    """Started from Debian's package, as a user who is not root; None where there is no such package."""
    programs = sorted(SERVERS.glob("*/bin/initdb")) or [Path(p) for p in [shutil.which("initdb")] if p]
    if not programs:
        yield None
        return
    binary = programs[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="puntlanding-pg-"))
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
    if user:
        shutil.chown(folder, "nobody", "nogroup")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = {"check": True, "capture_output": True, "cwd": folder, **user}
    data = folder / "data"
    subprocess.run(
        [binary / "initdb", "-D", data, "-U", "proef", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], **run
    )
    options = ["-p", str(port), "-k", str(folder), "-F", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"]
    server = subprocess.Popen(
        [binary / "postgres", "-D", data, *options],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user,
    )  # fmt: skip
    try:
        yield Server(folder, _new_database(port))
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _new_database(port):
    import time

    import psycopg

    def connected():
        for _ in range(200):
            try:
                return psycopg.connect(f"postgresql://proef@127.0.0.1:{port}/postgres", autocommit=True)
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise TimeoutError("the database server did not start")

    def url(name, template):
        with connected() as connection:
            connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template['NAME']}" if template else ""))
        return f"postgresql://proef@127.0.0.1:{port}/{name}"

    return url


@contextmanager
def on(database, data):
    """Everything that the application keeps goes into ``database`` and the folder ``data``."""
    from django.core.cache import caches
    from django.db import connections
    from django.test.utils import override_settings

    _forget_connection()
    before = connections.settings["default"]
    connections.settings["default"] = connections.configure_settings({"default": dict(database)})["default"]
    try:
        with override_settings(DATA=data):
            yield
    finally:
        _forget_connection()
        connections.settings["default"] = before
        caches.close_all()


def _forget_connection():
    from django.db import connections

    if hasattr(connections._connections, "default"):
        connections["default"].close()
        del connections["default"]


def migrated(server, data):
    """A database with the application's tables, to make copies of."""
    from django.core.management import call_command

    found = server.database()
    with on(found, data):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        _settle(found)
    return found


def with_demo(server, data, template):
    """A database in which the demonstration collective stands; its files are in ``data``."""
    from puntlanding.web.demo import make_demo

    found = server.database(template)
    with on(found, data):
        make_demo(PASSWORD)
        _settle(found)
    return found


def copy_snapshots(data, target):
    """The files that the open database names; what other tests left beside them in ``data`` stays there."""
    from puntlanding.web.desk.models import Version

    for snapshot in set(Version.objects.values_list("snapshot", flat=True)):
        shutil.copytree(data / "versions" / snapshot, target / "versions" / snapshot)


def _settle(database):
    """SQLite keeps what was last written beside the file, which is copied alone."""
    from django.db import connection

    if "sqlite" in database["ENGINE"]:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def client_of(role, **options):
    """A browser in which the demonstration's user of ``role`` is logged in."""
    from django.test import Client

    client = Client(**options)
    client.force_login(user_of(role))
    return client


def user_of(role):
    from puntlanding.web.desk.models import User

    return User.objects.get(memberships__role=role)


def access_as(role):
    from puntlanding.web.access import Access
    from puntlanding.web.desk.models import Membership

    return Access.of(Membership.objects.select_related("user", "collective").get(role=role))

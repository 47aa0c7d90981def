"""What a server process reads before it answers: the years that people look at, and never a reason not to start."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from web_site import client_of

pytestmark = pytest.mark.integration
FRESH = """
import os, sys
os.environ |= {"PUNTLANDING_DATA": sys.argv[1], "PUNTLANDING_LOCAL": "1", "DJANGO_SETTINGS_MODULE": "puntlanding.web.settings"}
import django
django.setup()
from puntlanding.web.warm import warm
print("puntlanding.web.api.endpoints" in sys.modules)
warm()
print("puntlanding.web.api.endpoints" in sys.modules)
"""


def test_what_was_read_is_not_read_again(desk, monkeypatch):
    from puntlanding.web.desk import dossiers
    from puntlanding.web.warm import warm

    assert warm() > 10
    monkeypatch.setattr(dossiers, "load_case", lambda *_: pytest.fail("read again"))
    client = client_of("auditor")
    for path in ("", "2026/", "2026/afrekening", "2026/verdeling"):
        assert client.get(f"/{path}").status_code in (200, 302)
        client.cookies["django_language"] = "en"


def test_every_page_is_there_before_anybody_asks(tmp_path):
    """In a process of its own: here other tests have read it all already."""
    command = [sys.executable, "-c", FRESH, str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.split() == ["False", "True"]


def test_it_stops_in_time(desk):
    from puntlanding.web.warm import warm

    assert warm(seconds=-1) == 0


@pytest.mark.parametrize("gone", ["files", "tables"])
def test_what_cannot_be_read_stops_nobody(desk, tmp_path, gone, caplog):
    from django.db import connection
    from django.test.utils import override_settings

    from puntlanding.web.warm import warm

    if gone == "tables":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE desk_collective RENAME TO weg")
    else:
        shutil.copytree(desk / "versions", tmp_path / "versions")
        for one in (tmp_path / "versions").glob("*/afspraak.toml"):
            one.chmod(0o600)
            one.write_text("geen afspraak")
    with override_settings(DATA=tmp_path):
        assert warm() > 5  # the templates at least

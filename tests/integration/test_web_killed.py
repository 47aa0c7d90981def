"""Whoever is killed in the middle of a decision leaves it taken or not taken, never by halves; the next one can go on."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from web_jobs import url_of
from web_site import access_as

pytestmark = pytest.mark.integration

# Approves, and says when it begins; kills itself just before the n-th statement that it sends to the database.
APPROVES = """
import os, sys
from pathlib import Path
n, data, url = int(sys.argv[1]), sys.argv[2], sys.argv[3]
os.environ |= {"PUNTLANDING_DATA": data, "PUNTLANDING_LOCAL": "1", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "puntlanding.web.settings"}
import django
django.setup()
from django.db import connection
from puntlanding.web.access import Access
from puntlanding.web.actions.approvals import approve
from puntlanding.web.desk.models import Membership, Version
board = Access.of(Membership.objects.select_related("user", "collective").get(role="collective_board"))
version = Version.objects.get(kind="settlement")
seen = 0
def counted(execute, sql, params, many, context):
    global seen
    seen += 1
    if seen == n:
        os.kill(os.getpid(), 9)
    return execute(sql, params, many, context)
with connection.execute_wrapper(counted):
    approve(board, version, version.content_hash)
print(seen)
"""


def approves(data, database, at):
    command = [sys.executable, "-c", APPROVES, str(at), str(data), url_of(database)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_decision_that_is_killed_is_taken_or_not(any_desk):
    from django.db import connection, connections

    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Event, Version

    database, before = dict(connection.settings_dict), Event.objects.count()
    version = Version.objects.get(kind="settlement")
    moments = random.Random(version.content_hash).sample(range(2, 15), 3)
    for at in moments:
        connections.close_all()
        done = approves(any_desk, database, at)
        assert done.returncode == -9, done.stderr
        for _ in range(100):  # the server notices on its own that nobody is there any more
            if Event.objects.count() == before:
                break
            time.sleep(0.05)
        assert Event.objects.count() == before
        version.refresh_from_db()
        assert (version.state, version.approvals.count()) == ("proposed", 1)
        assert verified().broken is None
    assert approve(access_as("collective_board"), version, version.content_hash).state == "final"


def test_the_moments_are_of_the_decision(any_desk):
    """Otherwise the test above kills nothing, or only what follows."""
    from django.db import connection, connections

    database = dict(connection.settings_dict)
    connections.close_all()
    done = approves(any_desk, database, 0)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 15

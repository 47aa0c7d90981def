"""The demonstration as `make demo` ends: a year with a forecast, a settlement that waits, and a server that runs by itself."""

from __future__ import annotations

import contextlib
import http.client
import io
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from command import run

from web_site import access_as, client_of, on

pytestmark = pytest.mark.integration
PATIENCE = 40


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Two small made-up hospitals, as `demo store` makes them, folded and with a published benchmark."""
    root = tmp_path_factory.mktemp("voorbeeld") / "demo"
    assert run("demo", "store", root, "--hospitals", 2, "--scale", "0.01").status == 0
    store, out = root / "opslag", root / "bijdragen"
    for year in (2024, 2025):
        done = run("fold", "alle", year, "--store", store, "--hospitals", root / "ziekenhuizen.csv", "--out", out)
        assert done.status == 0, done.stderr
    done = run(
        "benchmark", "ex-ante", 2025, *sorted(out.glob("*-2024.bijdrage")), "--norms", root / "normtijden.csv",
        "--peers", "alle", "--publish", store / "benchmark", "--date", "2024-12-15", "--hospital", "ziekenhuis-01",
    )  # fmt: skip
    assert done.status == 0, done.stderr
    return root


def test_a_year_that_is_monitored_and_one_that_is_settled(web, stored, tmp_path):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.audit import verified
    from puntlanding.web.demo_store import Told, make_store_demo
    from puntlanding.web.desk.models import Source, Version

    _, prepared = web
    server, empty, _ = prepared("sqlite")
    with on(server.database(empty), tmp_path):
        make_store_demo(
            Told(stored / "opslag", "ziekenhuis-01", 2025, stored / "bijdragen"), "een-lang-wachtwoord-2026"
        )
        states = {(one.year.year, one.kind, one.state) for one in Version.objects.all()}
        assert states == {
            (2024, "agreement", "final"), (2024, "budget", "final"), (2024, "settlement", "proposed"),
            (2025, "agreement", "final"), (2025, "budget", "final"),
        }  # fmt: skip
        days = {one.year.year: one.as_of for one in Source.objects.all()}
        assert days == {2024: date(2024, 12, 31), 2025: date(2025, 8, 31)}
        client = client_of("collective_controller")
        assert client.get("/").headers["Location"] == "/2025/"
        for path in (
            "2025/",
            "2025/volgen",
            "2025/begroting",
            "2024/",
            "2024/afrekening",
            "2024/verdeling",
            "2024/volgen",
        ):
            assert client.get(f"/{path}").status_code == 200, path
        year = client.get("/2025/").content.decode()
        assert "Prognose naast de begroting" in year
        assert "Wie krijgt wat?" in client.get("/2024/").content.decode()
        version = Version.objects.get(kind="settlement")
        assert approve(access_as("collective_board"), version, version.content_hash).state == "final"
        assert verified().broken is None


def test_what_is_signed_is_what_the_store_gave(web, stored, tmp_path):
    """The files alone, without a store, say what `run --store` says."""
    from puntlanding.case import load_case
    from puntlanding.case.linked import Link, load_linked
    from puntlanding.quantities import fixed
    from puntlanding.web.demo_store import BUDGET, Told, _case, _files
    from puntlanding.year import Year

    told = Told(stored / "opslag", "ziekenhuis-01", 2025, stored / "bijdragen")
    folder = tmp_path / "case"
    folder.mkdir()
    for name, data in _files(told, 2025, _case(told, 2025), BUDGET).items():
        (folder / name).write_bytes(data)
    linked = load_linked(Link(told.store, told.hospital, 2025, contributions=told.contributions)).loaded.checked()
    ours, theirs = Year(load_case(folder).checked()).budget, Year(linked).budget
    for one, other in zip((*ours.rows, ours.total), (*theirs.rows, theirs.total), strict=True):
        assert one.hours.value == other.hours.value  # volumes and norm times have an end; a rate is a quotient
        shown = [[fixed(cell.value, 6) for cell in (row.norm_fte, row.scored)] for row in (one, other)]
        assert (one.name, shown[0]) == (other.name, shown[1])


def here(*words):
    from puntlanding.web.manage import main

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


def test_what_a_store_needs_is_asked(web, tmp_path):
    _, prepared = web
    server, empty, _ = prepared("sqlite")
    with on(server.database(empty), tmp_path):
        status, _, wrong = here("demo", "--store", tmp_path)
        assert (status, "--hospital ziekenhuis-01 --year 2025" in wrong) == (1, True)
        assert here("demo", "--stop")[:2] == (0, "Er draaide geen voorbeeld.\n")


def typed(data, *words):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PUNTLANDING_", "DATABASE_URL", "DJANGO_"))
    }
    command = [sys.executable, "-m", "puntlanding.web.manage", *words]
    return subprocess.run(
        command, env=kept | {"PUNTLANDING_DATA": str(data)}, capture_output=True, text=True, timeout=120, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def status_of(bind):
    asked = http.client.HTTPConnection(bind, timeout=10)
    try:
        asked.request("GET", "/gezondheid")
        return asked.getresponse().status
    except OSError:
        return None
    finally:
        asked.close()


def gone(bind):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if status_of(bind) is None:
            return True
        time.sleep(0.2)
    return False


def test_it_runs_by_itself_until_it_is_stopped(tmp_path):
    data = tmp_path / "data"
    done = typed(data, "demo", "--detach", "--workers", "1")
    assert (done.returncode, done.stderr) == (0, "")
    bind = re.search(r"http://(127\.0\.0\.1:\d+)/", done.stdout)[1]
    try:
        assert status_of(bind) == 200
        assert "na 8 uur" in done.stdout
        second = typed(data, "demo", "--detach")
        assert second.returncode == 1
        assert status_of(bind) == 200
    finally:
        stopped = typed(data, "demo", "--stop")
    assert (stopped.returncode, stopped.stdout) == (0, "Het voorbeeld is gestopt.\n")
    assert gone(bind)


def test_it_ends_by_itself_and_where_nothing_can_run_that_is_no_failure(tmp_path):
    data = tmp_path / "data"
    done = typed(data, "demo", "--detach", "--workers", "1", "--hours", "0.0001")
    assert done.returncode == 0, done.stderr
    bind = re.search(r"http://(127\.0\.0\.1:\d+)/", done.stdout)
    assert gone(bind[1]) if bind else "PUNTLANDING_LOCAL=1" in done.stdout


def test_no_free_place(web, tmp_path, monkeypatch):
    from puntlanding.web import demo_commands

    _, prepared = web
    server, empty, _ = prepared("sqlite")
    monkeypatch.setattr(demo_commands, "PORTS", range(0))
    with on(server.database(empty), tmp_path):
        status, told, _ = here("demo", "--detach")
        assert (status, "geen vrije poort" in told) == (0, True)


def test_a_file_that_names_somebody_else_stops_nobody(tmp_path):
    """Whoever does not hold the lock is not ours, whatever number stands there."""
    from puntlanding.web.demo_commands import stop

    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (tmp_path / "demo.pid").write_text(str(stranger.pid))
        assert stop(tmp_path) is False
        assert stranger.poll() is None
    finally:
        stranger.send_signal(signal.SIGKILL)
        stranger.wait()

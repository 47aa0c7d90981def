"""A hospital's records on their way in, through the pages: what becomes of them, and that nobody finds a patient anywhere."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import personal
import pytest
from command import run

from puntlanding.web.rules import RULES, Permission, Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration
DAY = "2025-09-30"


@pytest.fixture
def own(web, tmp_path):
    """The application on a data folder of its own, in which something may be counted."""
    import web_site

    data, prepared = web
    server, _, demo = prepared("sqlite")
    with web_site.on(server.database(demo), tmp_path / "data"):
        web_site.copy_snapshots(data, tmp_path / "data")
        yield tmp_path / "data"


@pytest.fixture(scope="session")
def people(hospital):
    return personal.of_hospital(hospital)


def work():
    """Everything that waits, done here and now."""
    from puntlanding.web.work.models import Job, JobState
    from puntlanding.web.work.tasks import run_job

    for job in Job.objects.filter(state=JobState.QUEUED):
        run_job.func(str(job.pk))


def send(client, folder, day=DAY, **more):
    files = [io.BytesIO(one.read_bytes()) for one in sorted(folder.iterdir())]
    for file, one in zip(files, sorted(folder.iterdir()), strict=True):
        file.name = one.name
    return client.post("/2026/gegevens/aanleveren", {"files": files, "as_of": day, **more})


def deliver(client, folder, day=DAY):
    from puntlanding.web.deliveries.models import Delivery

    answer = send(client, folder, day)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return Delivery.objects.get(pk=answer["Location"].split("/")[2])


def load(client, delivery):
    delivery.refresh_from_db()
    answer = client.post(f"/levering/{delivery.pk}/laden", {"report": delivery.report_hash})
    assert answer.status_code == 302
    work()
    delivery.refresh_from_db()


def sentences():
    from puntlanding.language.notation import Language
    from puntlanding.web.desk.models import Event
    from puntlanding.web.presenters.events import event_sentence

    return [
        event_sentence(one.kind, one.actor.display_name if one.actor else None, one.details, {}, Language.DUTCH)
        for one in Event.objects.order_by("number")
    ]


@pytest.mark.parametrize("form", ["neutraal", "hix", "zh308"])
def test_from_an_export_to_the_store(own, exported, people, form):
    from puntlanding.records.store import Store
    from puntlanding.web.actions.years import open_year
    from puntlanding.web.desk.models import Source

    open_year(access_as(Role.COLLECTIVE_CONTROLLER), 2025)
    client = client_of(Role.HOSPITAL_FINANCE)
    delivery = deliver(client, exported[form])
    delivery.refresh_from_db()
    page = client.get(f"/levering/{delivery.pk}/").content.decode()
    assert (delivery.state, delivery.problems) == ("checked", []), page
    assert "Deze levering kan worden geladen" in page
    assert "Er staan nog geen subtrajecten in die in 2026 zijn geopend. De begroting van 2026 is eruit te maken" in page
    assert not Source.objects.exists()
    load(client, delivery)
    assert (delivery.state, delivery.key) == ("loaded", None)
    assert not (own / "aangeleverd" / str(delivery.pk)).exists()
    # of the year that it is about, and of the one it was delivered for, whose budget is made from it
    assert set(Source.objects.values_list("year__year", flat=True)) == {2025, 2026}
    source = Source.objects.get(year__year=2025)
    store = Store(Path(source.store))
    assert store.root.is_relative_to(own)
    assert {one.delivered.isoformat() for one in store.deliveries(source.hospital)} == {DAY}
    (key,) = (own / "sleutels").iterdir()
    assert key.stat().st_mode & 0o077 == 0
    assert people.in_folder(own) == {}
    from django.db import connection

    rows = Path(connection.settings_dict["NAME"])
    assert [one.name for one in rows.parent.glob(f"{rows.name}*") if people.in_file(one)] == []
    told = sentences()
    assert any("leverde voor 2026 de registratie met de stand van 30 september 2025 aan" in one for one in told)
    assert any("in de opslag" in one for one in told)
    from puntlanding.web.audit import verified

    assert verified().broken is None


def test_on_either_database(any_desk, exported):
    """The rows and their locks; what becomes of the files is the same on both."""
    import shutil

    from puntlanding.web.deliveries.queries import job_of_delivery

    client = client_of(Role.HOSPITAL_FINANCE)
    try:
        first, second = deliver(client, exported["dwh"]), deliver(client, exported["dwh"], "2025-10-31")
        load(client, first)
        client.post(f"/levering/{second.pk}/intrekken")
        second.refresh_from_db()
        assert (first.state, second.state) == ("loaded", "withdrawn")
        assert job_of_delivery(first).work == "delivery_load"
        assert "staat in de opslag" in client.get(f"/levering/{first.pk}/").content.decode()
        assert client.get("/2026/gegevens").status_code == 200
    finally:
        for left in ("opslag", "sleutels", "aangeleverd"):
            shutil.rmtree(any_desk / left, ignore_errors=True)


def test_what_changed_since_the_delivery_before(own, hospital, tmp_path):
    from puntlanding.demo.exports import EXPORTS

    client = client_of(Role.HOSPITAL_FINANCE)
    for day in (date(2025, 8, 31), date(2025, 9, 30)):
        EXPORTS["dwh"](hospital, tmp_path / str(day), as_of=day)
        load(client, deliver(client, tmp_path / str(day), str(day)))
    page = client.get("/2026/gegevens").content.decode()
    assert "30 september 2025" in page
    from puntlanding.web.deliveries.models import Delivery

    newest = Delivery.objects.order_by("-as_of").first()
    assert newest.loaded["sinds"]["2025"]["van"] == "2025-08-31"
    assert newest.loaded["sinds"]["2025"]["nieuw"] > 0
    again = deliver(client, tmp_path / "2025-09-30", "2025-09-30")
    load(client, again)
    assert 2025 in again.loaded["ongewijzigd"]


def test_a_delivery_with_errors_is_refused_and_erased(own, exported, tmp_path, people):
    folder = tmp_path / "slecht"
    folder.mkdir()
    for one in exported["dwh"].iterdir():
        lines = one.read_text().splitlines(keepends=True)
        (folder / one.name).write_text("".join([lines[0], *lines[1:], *lines[1:]]))  # everybody twice
    client = client_of(Role.HOSPITAL_FINANCE)
    delivery = deliver(client, folder)
    delivery.refresh_from_db()
    page = client.get(f"/levering/{delivery.pk}/").content.decode()
    assert (delivery.state, delivery.key) == ("refused", None)
    assert "kan niet worden geladen" in page
    assert "Dit houdt de levering tegen" in page
    assert not (own / "opslag").exists()
    assert not (own / "sleutels").exists()
    assert people.in_folder(own) == {}
    answer = client.post(f"/levering/{delivery.pk}/laden", {"report": delivery.report_hash}, follow=True)
    assert "al geladen, geweigerd of ingetrokken" in answer.content.decode()


def test_files_that_no_reader_knows(own, tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "iets.csv").write_text("a;b\n1;2\n")
    client = client_of(Role.HOSPITAL_FINANCE)
    delivery = deliver(client, tmp_path / "x")
    delivery.refresh_from_db()
    assert delivery.state == "refused"
    page = client.get(f"/levering/{delivery.pk}/").content.decode()
    assert "kon niet worden gelezen" in page
    assert "dwh" in page  # the kinds there are
    assert "/dev/shm" not in page


def test_what_is_refused_at_the_door_keeps_what_was_typed(own):
    client = client_of(Role.HOSPITAL_FINANCE)
    bad = io.BytesIO(b"<html>")
    bad.name = "Subtraject.csv"
    answer = client.post("/2026/gegevens/aanleveren", {"files": [bad], "as_of": "2026-03-01", "form": "hix"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "een webpagina of XML" in page
    assert 'value="2026-03-01"' in page
    assert '<option value="hix" selected>' in page
    for day, said in (("", "op welke dag"), ("gisteren", "op welke dag"), ("2100-01-01", "kan niet van deze dag")):
        good = io.BytesIO(b"a;b\n1;2\n")
        good.name = "a.csv"
        answer = client.post("/2026/gegevens/aanleveren", {"files": [good], "as_of": day})
        assert (answer.status_code, said in answer.content.decode()) == (422, True), day
    assert list((own / "aangeleverd").iterdir()) == []  # nothing is left of what nobody kept


def test_only_who_read_the_report_loads_it(own, exported):
    client = client_of(Role.HOSPITAL_FINANCE)
    delivery = deliver(client, exported["dwh"])
    for report in ("", "0" * 64):
        answer = client.post(f"/levering/{delivery.pk}/laden", {"report": report}, follow=True)
        assert "niet dat wat u voor u had" in answer.content.decode()
    answer = client.post(f"/levering/{delivery.pk}/intrekken", follow=True)
    delivery.refresh_from_db()
    assert "gewist" in answer.content.decode()
    assert (delivery.state, delivery.key) == ("withdrawn", None)
    assert not (own / "aangeleverd" / str(delivery.pk)).exists()


@pytest.mark.parametrize("role", [role for role in Role if Permission.LOAD_RECORDS not in RULES[role].permissions])
def test_records_are_the_hospital_s(own, exported, role):
    from puntlanding.web.deliveries.models import Delivery

    assert send(client_of(role), exported["dwh"]).status_code == 403
    assert not Delivery.objects.exists()
    spool = own / "aangeleverd"
    assert not spool.exists() or list(spool.iterdir()) == []


def test_what_each_sees_of_a_report(own, exported):
    delivery = deliver(client_of(Role.HOSPITAL_FINANCE), exported["dwh"])
    pages = {role: client_of(role).get(f"/levering/{delivery.pk}/").content.decode() for role in (
        Role.HOSPITAL_FINANCE, Role.COLLECTIVE_CONTROLLER, Role.GROUP_REPRESENTATIVE,
    )}  # fmt: skip
    assert all("Deze levering kan worden geladen" in page for page in pages.values())
    assert "Geteld" in pages[Role.COLLECTIVE_CONTROLLER]
    assert "Verrichting.csv rij" not in pages[Role.COLLECTIVE_CONTROLLER]
    assert "Geteld" not in pages[Role.GROUP_REPRESENTATIVE]
    assert "gaat over het hele ziekenhuis" in pages[Role.GROUP_REPRESENTATIVE]
    assert "Zet deze levering" in pages[Role.HOSPITAL_FINANCE]
    assert "Zet deze levering" not in pages[Role.COLLECTIVE_CONTROLLER]


def test_a_machine_without_a_memory_disk_says_who_can(own, exported, tmp_path):
    from django.test.utils import override_settings

    client = client_of(Role.HOSPITAL_FINANCE)
    with override_settings(MEMORY_DISK=str(tmp_path)):
        answer = send(client, exported["dwh"])
        assert answer.status_code == 422
        assert "puntlanding intake load" in answer.content.decode()
    assert list((own / "aangeleverd").iterdir()) == []


KILLED = """
import os, shutil, sys
from pathlib import Path
data, url, at, seen = sys.argv[1:5]
os.environ |= {"PUNTLANDING_DATA": data, "PUNTLANDING_LOCAL": "1", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "puntlanding.web.settings"}
import django
django.setup()
from puntlanding.web.deliveries import reading
from puntlanding.web.work.models import Job
from puntlanding.web.work.tasks import run_job
real = getattr(reading, at)
def killed(*given, **more):
    if at != "examined":
        real(*given, **more)
    (own,) = Path("/dev/shm").glob(f"puntlanding-{os.getuid()}-{os.getpid()}-*")
    shutil.copytree(own, seen)
    print(own, flush=True)
    os.kill(os.getpid(), 9)
setattr(reading, at, killed)
run_job.func(str(Job.objects.get(state="queued").pk))
"""


@pytest.mark.parametrize("at", ["receive", "save_key"])
def test_a_worker_that_is_killed_leaves_nothing_of_anybody(own, exported, people, at, tmp_path):
    from django.db import connection, connections

    from puntlanding.web.deliveries.models import Delivery
    from puntlanding.web.work.memory import sweep
    from puntlanding.web.work.models import Job, JobState

    client = client_of(Role.HOSPITAL_FINANCE)
    if at == "save_key":
        delivery = deliver(client, exported["dwh"])
        client.post(f"/levering/{delivery.pk}/laden", {"report": Delivery.objects.get().report_hash})
    else:
        send(client, exported["dwh"])
    url = f"sqlite://{connection.settings_dict['NAME']}"
    connections.close_all()
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(own), url, at, str(tmp_path / "open")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    assert people.in_folder(own) == {}
    written = [one for one in Path(tempfile.gettempdir()).glob("*") if one.is_file() and one.stat().st_mtime >= begun]
    assert [one.name for one in written if people.in_file(one)] == []
    assert people.in_folder(tmp_path / "open")  # in that one place it was open, and nowhere else
    left = Path(done.stdout.strip())
    assert left.parent == Path("/dev/shm")
    sweep()  # another test's worker may have done so before
    assert not left.exists()
    Job.objects.filter(state=JobState.RUNNING).update(state=JobState.QUEUED)  # what the next worker finds back
    work()
    delivery = Delivery.objects.get()
    assert delivery.state == ("loaded" if at == "save_key" else "checked")
    assert people.in_folder(own) == {}


def test_a_check_that_was_not_finished_can_be_done_again(own, exported):
    from puntlanding.web.actions.jobs import cancel
    from puntlanding.web.deliveries.models import Delivery
    from puntlanding.web.work.models import Job

    client = client_of(Role.HOSPITAL_FINANCE)
    send(client, exported["dwh"])
    cancel(access_as(Role.HOSPITAL_FINANCE), Job.objects.get())
    delivery = Delivery.objects.get()
    page = client.get(f"/levering/{delivery.pk}/").content.decode()
    assert "is niet afgemaakt" in page
    assert "Controleer opnieuw" in page
    client.post(f"/levering/{delivery.pk}/controleren")
    work()
    delivery.refresh_from_db()
    assert delivery.state == "checked"


def test_the_files_of_a_version_are_those_that_were_kept(own):
    from puntlanding.web.desk.dossiers import snapshots
    from puntlanding.web.desk.models import Version

    version = Version.objects.get(kind="settlement")
    client = client_of(Role.COLLECTIVE_BOARD)
    page = client.get("/2026/gegevens").content.decode()
    folder = snapshots().folder(version.snapshot)
    for one in folder.iterdir():
        address = f"/versie/{version.pk}/bestanden/{one.name}"
        assert address in page
        assert client.get(address).content == one.read_bytes()
    for name in ("..", "../../puntlanding.sqlite3", "%2e%2e%2fsleutel", "geen.csv"):
        assert client.get(f"/versie/{version.pk}/bestanden/{name}").status_code == 404
    assert client_of(Role.GROUP_REPRESENTATIVE).get(f"/versie/{version.pk}/bestanden/afspraak.toml").status_code == 403


def test_a_contribution_of_what_was_delivered(own, tmp_path):
    """Made, told, found back, and not made twice."""
    from puntlanding.demo.exports import EXPORTS
    from puntlanding.demo.hospitals import generate
    from puntlanding.web.desk.models import Source

    EXPORTS["dwh"](next(iter(generate(1, range(2025, 2027), 0.001, 20))), tmp_path / "x", as_of=date(2026, 6, 30))
    client = client_of(Role.HOSPITAL_FINANCE)
    for address in ("bijdrage", "terugtoets"):
        answer = client.post(f"/2026/gegevens/{address}", follow=True)
        assert "Lever eerst een export aan" in answer.content.decode()
    load(client, deliver(client, tmp_path / "x", "2026-06-30"))
    for said in ("nieuw gemaakt", "was al gemaakt"):
        answer = client.post("/2026/gegevens/bijdrage")
        work()
        page = client.get(answer["Location"]).content.decode()
        assert said in page, page
        assert "vingerafdruk" in page
    page = client.get("/2026/gegevens").content.decode()
    assert "bijdrage-2026" in page
    assert "Laatste bijdrage" in page
    source = Source.objects.get()
    made = next((Path(source.store) / source.hospital).glob("bijdrage-*"))
    among = Path(source.store) / "bijdragen" / f"{source.hospital}-2026.bijdrage"
    among.parent.mkdir()
    made.rename(among)  # as `fold` lays it beside those of others
    page = client.get("/2026/gegevens").content.decode()
    assert among.name in page
    assert "Van dit jaar is nog geen bijdrage gemaakt" not in page


def test_the_forecast_is_tried_on_earlier_years(own, tmp_path):
    from puntlanding.web.actions.sources import choose_source
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.actions.years import open_year
    from puntlanding.web.desk.models import Collective, Kind

    assert run("demo", "store", tmp_path / "demo", "--hospitals", 1, "--scale", "0.004").status == 0
    store, controller = tmp_path / "demo" / "opslag", access_as(Role.COLLECTIVE_CONTROLLER)
    add_version(controller, open_year(controller, 2025), Kind.BUDGET, store / "ziekenhuis-01" / "case-2025")
    choose_source(Collective.objects.get(), 2025, store, "ziekenhuis-01", date(2025, 8, 31))
    client = client_of(Role.AUDITOR)
    page = client.get("/2025/gegevens").content.decode()
    assert "De cijfers komen uit de registratie met de stand van 30 juni 2026" in page, page
    assert "wat op 31 augustus 2025 bekend was" in page
    assert "Wat in de opslag staat" in page
    answer = client.post("/2025/gegevens/terugtoets")
    work()
    page = client.get(answer["Location"]).content.decode()
    assert "Op eerdere jaren zat de prognose" in page, page
    assert page.count('<tr><th scope="row">') >= 3
    assert "Laatste terugtoets" in client.get("/2025/gegevens").content.decode()


def test_what_nobody_decides_on_makes_way(own, exported):
    from datetime import timedelta

    from django.utils import timezone

    from puntlanding.web.actions import deliveries as acting
    from puntlanding.web.deliveries import sealed_files
    from puntlanding.web.deliveries.models import Delivery

    client = client_of(Role.HOSPITAL_FINANCE)
    first = deliver(client, exported["dwh"])
    with pytest.MonkeyPatch.context() as few:
        few.setattr(acting, "MOST_OPEN", 1)
        answer = send(client, exported["dwh"])
        assert (answer.status_code, "wachten al 1 leveringen" in answer.content.decode()) == (422, True)
        Delivery.objects.update(at=timezone.now() - timedelta(days=15))
        assert send(client, exported["dwh"]).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.key, first.ended_by) == ("withdrawn", None, None)
    assert not sealed_files.folder_of(first.pk).exists()
    lost = sealed_files.folder_of("00000000-0000-4000-8000-000000000000")
    lost.mkdir()
    os.utime(lost, (time.time() - 7_200,) * 2)
    (there,) = [one for one in lost.parent.iterdir() if one != lost]
    os.utime(there, (time.time() - 7_200,) * 2)
    sealed_files.sweep()
    assert (lost.exists(), there.exists()) == (False, True)


def test_in_english(own, exported):
    delivery = deliver(client_of(Role.HOSPITAL_FINANCE), exported["dwh"])
    client = client_of(Role.HOSPITAL_FINANCE)
    client.post("/taal", {"language": "en", "next": "/"})
    for address, said in (
        ("/2026/gegevens", "Where do the figures come from"),
        (f"/levering/{delivery.pk}/", "30 September 2025"),
    ):
        page = client.get(address).content.decode()
        assert said in page
        assert "levering kan" not in page


@pytest.mark.parametrize("late", [False, True])
def test_what_is_in_the_store_is_never_called_cancelled(own, exported, monkeypatch, late):
    """Somebody cancels just before the records are written, or just after: then they are there, and the job says so."""
    from puntlanding.web.work import kept
    from puntlanding.web.work.models import Job
    from puntlanding.web.work.progress import JobProgress

    client, said = client_of(Role.HOSPITAL_FINANCE), []
    delivery = deliver(client, exported["dwh"])

    def cancelled():
        said.append(client.post(f"/werk/{Job.objects.latest('at').pk}/annuleren", follow=True).content.decode())

    def before(one):
        cancelled()
        return real(one)

    def after(job, files):
        cancelled()
        return real(job, files)

    real = kept.keep if late else JobProgress.firm
    monkeypatch.setattr(kept if late else JobProgress, "keep" if late else "firm", after if late else before)
    load(client, delivery)
    job = Job.objects.latest("at")
    assert (job.state, delivery.state) == (("done", "loaded") if late else ("cancelled", "checked"))
    assert any((own / "opslag").glob("*/*")) == late
    (page,) = said
    assert ("Dit is te ver om nog te stoppen" if late else "Dit stopt bij de volgende stap") in page
    assert 'id="annuleer"' not in page

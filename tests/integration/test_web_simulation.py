"""A simulation asked on a page says what the command line says, and no more than who asked may see; reports are those of the command."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from command import run

from puntlanding.web.rules import Role
from web_site import client_of

pytestmark = pytest.mark.integration

FORM = {"draws": "500", "seed": "7", "spread": "5", "beside": ["plafond", "aanneemsom"]}


def version(kind="settlement"):
    from puntlanding.web.desk.models import Version

    return Version.objects.get(kind=kind)


def folder():
    from puntlanding.web.desk.dossiers import snapshots

    return snapshots().folder(version().snapshot)


def made(role=Role.COLLECTIVE_CONTROLLER, lang="nl", **changes):
    """The job, and the page that shows it."""
    from puntlanding.web.work.models import Job
    from puntlanding.web.work.worker import work

    client = client_of(role)
    client.cookies["django_language"] = lang
    answer = client.post("/2026/simulatie", {"version": version().pk, **FORM, **changes})
    assert answer.status_code == 302, answer.content.decode()
    assert work(once=True) == 1
    job = Job.objects.latest("at")
    assert (job.state, list(job.problems)) == ("done", [])
    return job, client, client.get(answer["Location"]).content.decode()


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_it_says_what_the_command_says(desk, tmp_path):
    job, client, page = made()
    answer = client.get(f"/werk/{job.pk}/bestand/resultaat_simulatie.csv")
    ours = rows_of(answer.content)
    done = run("simulate", folder(), "--draws", 500, "--seed", 7, "--spread", "5%", "--csv", tmp_path)
    assert done.status == 0, done.err
    theirs = rows_of((tmp_path / "resultaat_simulatie.csv").read_bytes())
    mine = [one for one in ours if one["kolom"] == "A"]
    assert {one["kolom"] for one in ours} == {"A", "B", "C"}
    assert [{**one, "afspraak": ""} for one in mine] == [{**one, "afspraak": ""} for one in theirs]
    assert "C (Aanneemsom)" in page
    assert "<svg" in page
    assert "--spread" not in page
    again, _, _ = made()
    assert again.pk != job.pk
    assert again.files == job.files  # the same question, the same bytes
    assert client_of(Role.HOSPITAL_FINANCE).get(f"/werk/{job.pk}/").status_code == 404
    client = client_of(Role.AUDITOR)  # in the reader's language, whoever asked
    client.cookies["django_language"] = "en"
    page = client.get(f"/werk/{job.pk}/").content.decode()
    assert "500 draws (seed 7)" in page
    assert "Who carries what" in page
    assert "vakgroep" not in re.sub(r"<svg.*?</svg>|<nav.*?</nav>", "", page, flags=re.S).replace("lang=", "")


def test_the_hospital_sees_no_euros_of_groups(desk):
    _, _, page = made(Role.HOSPITAL_FINANCE)
    assert "€" not in page
    assert not re.search(r"\beuro", page)
    assert "betaalde norm fte per vakgroep" in page.lower()


def test_another_agreement_of_the_year_lies_beside_it(desk):
    own = version("agreement")
    _, _, page = made(beside=[f"v{own.pk}"])
    assert "B (afspraak 1)" in page
    assert "zegt hetzelfde als A" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"draws": "10,000"}, "Dit is geen aantal. Kies een heel getal van 100 tot en met 200.000."),
        ({"draws": "99"}, "Dit is geen aantal."),
        ({"seed": "-1"}, "Het zaad is een heel getal van nul of meer"),
        ({"spread": "100"}, "Dit is geen spreiding."),
        ({"spread": "5.0"}, "Dit is geen spreiding."),
        ({"spread": ""}, "Vul een spreiding in"),
        ({"version": "0"}, "Deze versie is er niet (meer)."),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(desk, changes, told):
    from puntlanding.web.work.models import Job

    client = client_of(Role.COLLECTIVE_CONTROLLER)
    answer = client.post("/2026/simulatie", {"version": version().pk, **FORM, **changes})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    (name,) = changes
    if name != "version":
        assert f'value="{changes[name]}"' in page
    assert 'value="plafond" checked' in page
    assert not Job.objects.exists()


def test_what_only_the_files_can_say_is_told_by_the_job(desk):
    from puntlanding.web.work.models import Job
    from puntlanding.web.work.worker import work

    client = client_of(Role.COLLECTIVE_CONTROLLER)
    answer = client.post("/2026/simulatie", {"version": version().pk, **FORM})
    job = Job.objects.get()
    job.asked = {**job.asked, "spread": None}
    job.save()
    work(once=True)
    assert Job.objects.get().state == "failed"
    page = client.get(answer["Location"]).content.decode()
    assert "Dit is niet gelukt. Er is niets half bewaard." in page
    assert "Vul een spreiding in" in page
    assert "--spread" not in page


def test_the_reports_are_those_of_the_command_and_carry_who_approved(desk, tmp_path):
    from puntlanding.language.notation import Language
    from puntlanding.web.desk.statements import names_of, statement_dossier
    from puntlanding.web.work.models import Job
    from puntlanding.web.work.worker import work

    client = client_of(Role.COLLECTIVE_CONTROLLER)
    assert "Maak alle rapporten" in client.get(f"/versie/{version().pk}/").content.decode()
    answer = client.post(f"/versie/{version().pk}/rapporten")
    assert work(once=True) == 1
    job = Job.objects.get()
    assert (job.state, list(job.problems)) == ("done", [])
    packed = zipfile.ZipFile(
        io.BytesIO(client.get(f"{answer['Location']}bestand/rapporten_2026_afrekening_1.zip").content)
    )
    groups = names_of(statement_dossier(version(), Language.DUTCH)).values()
    expected = {"werkmap.xlsx", "bestuursverslag.pdf", "verslag.html", *(f"verklaringen/{one}.pdf" for one in groups)}
    assert set(packed.namelist()) == expected
    assert set(job.files) == {one.replace("/", "_") for one in expected} | {"rapporten_2026_afrekening_1.zip"}
    for name in expected:
        assert client.get(f"{answer['Location']}bestand/{name.replace('/', '_')}").content == packed.read(name)
    assert b"puntlanding:verklaring:2026:settlement:1" in packed.read(f"verklaringen/{next(iter(groups))}.pdf")


def test_a_year_with_records_takes_its_spread_from_the_forecast(desk, tmp_path):
    """Around the forecast of the day that was chosen, as the command line with the same store and case."""
    from datetime import date

    from django.utils import timezone

    from puntlanding.web.actions.sources import choose_source
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.actions.years import open_year
    from puntlanding.web.desk.models import PlannedEvent
    from puntlanding.web.work.models import Job
    from puntlanding.web.work.worker import work
    from web_site import access_as

    root = tmp_path / "demo"
    assert run("demo", "store", root, "--hospitals", 1, "--scale", "0.01").status == 0
    store, hospital = root / "opslag", "ziekenhuis-01"
    case = store / hospital / "case-2025"
    groups = [line.split(";")[0] for line in (case / "vakgroepen.csv").read_text(encoding="utf-8").splitlines()[1:]]
    rows = "".join(f"{name};2000\n" for name in groups)
    (case / "benchmark.csv").write_text(f"vakgroep;normuren_per_fte\n{rows}", encoding="utf-8")
    access = access_as(Role.COLLECTIVE_CONTROLLER)
    budget = add_version(access, open_year(access, 2025), "budget", case)
    choose_source(access.collective, 2025, store, hospital, date(2025, 8, 31))
    client = client_of(Role.COLLECTIVE_CONTROLLER)
    assert "prognose zelf" in client.get("/2025/simulatie").content.decode()
    answer = client.post("/2025/simulatie", {"version": budget.pk, "draws": "300", "seed": "1", "spread": ""})
    work(once=True)
    job = Job.objects.latest("at")
    assert (job.state, list(job.problems)) == ("done", [])
    done = run(
        "simulate", "--store", store, "--hospital", hospital, "--year", 2025, "--as-of", "2025-08-31", "--draws", 300,
        "--seed", 1, "--csv", tmp_path,
    )  # fmt: skip
    assert done.status == 0, done.err
    theirs = rows_of((tmp_path / "resultaat_simulatie.csv").read_bytes())
    ours = rows_of(client.get(f"{answer['Location']}bestand/resultaat_simulatie.csv").content)
    assert [{**one, "afspraak": ""} for one in ours] == [{**one, "afspraak": ""} for one in theirs]
    assert "rond de prognose" in client.get(answer["Location"]).content.decode()
    PlannedEvent.objects.create(
        year=budget.year, number=1, first=date(2025, 9, 1), last=date(2025, 12, 31), group="", capacity=0,
        reason="verbouwing", by=access.user, at=timezone.now(),
    )  # fmt: skip
    again = client.post("/2025/simulatie", {"version": budget.pk, "draws": "300", "seed": "1", "spread": ""})
    work(once=True)
    later = rows_of(client.get(f"{again['Location']}bestand/resultaat_simulatie.csv").content)
    column = "gerealiseerd_norm_fte_gemiddeld"
    total, before = (float(one[-1][column].replace(",", ".")) for one in (later, ours))
    assert total < before
    assert "Er telt één geplande gebeurtenis mee" in client.get(again["Location"]).content.decode()

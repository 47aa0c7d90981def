"""How the collective divides its money stays the collective's: not by the files that both sign, nor by what long work makes of them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile

import pytest
from pdf_pages import needs_poppler
from test_web_statements import HOSPITAL, NUMBER, distributed, settlement, texts_in

from puntlanding.web.rules import RULES, Permission, Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

MONEY = re.compile(r"€|\beuro|_cent\b", re.I)
DIVIDING = {
    "kosten.csv": b"post;wijze;bedrag\nHuisvesting;percentage;1\n",
    "Mutaties.csv": b"vakgroep;bedrag\nCardiologie;1000\n",
    "verdeelmodel 2026.xlsx": b"PK",
    "eigen_lijst.csv": b"a;b\n1;2\n",
    "verdeelafspraak.toml": b"[kader]\n",
}
BOTH = {
    "afspraak.toml": b"", "afspraak_vanaf_2026-07-01.toml": b"", "afspraak.zegel.toml": b"", "vakgroepen.csv": b"",
    "begroting.csv": b"", "realisatie.parquet": b"", "spreiding.csv": b"",
}  # fmt: skip


def snapshot_of(files):
    from puntlanding.web.desk.dossiers import snapshots

    return snapshots().keep(files)


def version_with(files):
    """A draft of the year with ``files``, whether or not they are a case."""
    from django.utils import timezone

    from puntlanding.web.desk.models import Version

    last = settlement()
    return Version.objects.create(
        year=last.year, kind="agreement", number=9, snapshot=snapshot_of(files), content_hash="0" * 64, by=last.by, at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_the_files_that_are_its_own_to_read(desk, role):
    from puntlanding.web.outputs import may_read

    files = {**DIVIDING, **BOTH}
    version, browser, rule = version_with(files), client_of(role), RULES[role]
    for name, data in files.items():
        answer = browser.get(f"/versie/{version.pk}/bestanden/{name}")
        allowed = Permission.SEE_FILES in rule.permissions and (
            Permission.SEE_DISTRIBUTION in rule.permissions or name in BOTH
        )
        assert may_read(access_as(role), name) == allowed, name
        assert answer.status_code == (200 if allowed else 403), name
        if allowed:
            assert answer.content == data
        elif Permission.SEE_FILES in rule.permissions:
            assert "Dit bestand is van het gremium" in answer.content.decode()


@pytest.mark.parametrize("role", HOSPITAL)
def test_the_hospital_sees_by_name_and_mark_what_it_does_not_read(desk, role):
    from puntlanding.web.desk.dossiers import snapshots

    version = settlement()
    costs = (snapshots().folder(version.snapshot) / "kosten.csv").read_bytes()
    page = client_of(role).get("/2026/gegevens").content.decode()
    (row,) = [one for one in page.split("<tr") if "kosten.csv" in one]
    assert hashlib.sha256(costs).hexdigest() in row
    assert "om het geld te verdelen" in row
    assert "<a " not in row
    assert f"/versie/{version.pk}/bestanden/afspraak.toml" in page
    theirs = client_of(Role.COLLECTIVE_BOARD).get("/2026/gegevens").content.decode()
    assert f"/versie/{version.pk}/bestanden/kosten.csv" in theirs
    assert "om het geld te verdelen" not in theirs


def forbidden(snapshot):
    from puntlanding.language.notation import Language
    from puntlanding.web.desk.dossiers import dossier_of_snapshot

    return set().union(*distributed(dossier_of_snapshot(snapshot, Language.DUTCH)).values())


def done(browser, address, asked):
    """The page of the job that was asked for, and its files: name → content."""
    from puntlanding.web.work.models import Job
    from puntlanding.web.work.worker import work

    answer = browser.post(address, asked)
    assert answer.status_code == 302, answer.content.decode()
    assert work(once=True) == 1
    job = Job.objects.latest("at")
    assert (job.state, list(job.problems)) == ("done", [])
    files = {
        name: b"".join(found.streaming_content) if found.streaming else found.content
        for name in job.files
        if (found := browser.get(f"/werk/{job.pk}/bestand/{name}")).status_code == 200
    }
    return {"page": browser.get(answer["Location"]).content, **files}


@pytest.mark.parametrize("role", [*HOSPITAL, Role.AUDITOR])
def test_a_simulation_tells_the_hospital_no_euros_of_a_group(desk, role, tmp_path):
    """What is drawn are other amounts than those of the year, so that here no word or unit of money may be."""
    asked = {"version": settlement().pk, "draws": "100", "seed": "7", "spread": "5", "beside": ["plafond"]}
    files = done(client_of(role), "/2026/simulatie", asked)
    assert len(files) == 4
    allowed = Permission.SEE_DISTRIBUTION in RULES[role].permissions
    rows = list(csv.DictReader(io.StringIO(files["resultaat_simulatie.csv"].decode("utf-8-sig")), delimiter=";"))
    amounts = [name for name in rows[0] if name.startswith("bedrag")]
    assert amounts
    assert any(row[name] for row in rows for name in amounts) == allowed
    for name in ("page", "simulatie.xlsx"):
        assert bool(MONEY.search(texts_in(files[name], name, tmp_path))) == allowed, name


@needs_poppler
def test_a_set_of_reports_tells_the_hospital_no_euros_of_a_group(desk, tmp_path):
    version = settlement()
    files = done(client_of(Role.HOSPITAL_BOARD), f"/versie/{version.pk}/rapporten", {})
    assert len(files) > 15
    for name, data in files.items():
        assert set(NUMBER.findall(texts_in(data, name, tmp_path))) & forbidden(version.snapshot) == set(), name


def test_the_budget_workbook_leaves_the_same_tables_out(desk):
    from puntlanding.web.outputs import DIVIDING as TABLES

    def sheets(role):
        packed = zipfile.ZipFile(io.BytesIO(client_of(role).get("/2026/begroting/werkmap").content))
        return set(re.findall(r'<sheet name="([^"]+)"', packed.read("xl/workbook.xml").decode()))

    theirs, ours = sheets(Role.HOSPITAL_FINANCE), sheets(Role.COLLECTIVE_CONTROLLER)
    assert {"afspraak", "vakgroepen", "begroting"} <= theirs
    assert ours - theirs == ours & set(TABLES) == {"kosten"}

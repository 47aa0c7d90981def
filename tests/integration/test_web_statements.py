"""What is signed, whether it still holds, and that nobody reads euros in it that are not theirs to read."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile

import pytest
from command import run
from pdf_pages import needs_poppler, text_of
from test_web_doors import address

from puntlanding.web.rules import RULES, Detail, Permission, Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

PAGE = "/2026/afrekening/verklaringen"
NUMBER = re.compile(r"\d[\d.,\u00a0]*\d")
HOSPITAL = [Role.HOSPITAL_FINANCE, Role.HOSPITAL_BOARD]


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def read(pdf, folder):
    (folder / "x.pdf").write_bytes(pdf)
    return re.sub(r"\s+", " ", text_of(folder / "x.pdf"))


def settle():
    """The word of the party that has not given it yet."""
    from puntlanding.web.actions.approvals import approve

    version = settlement()
    return approve(access_as(Role.COLLECTIVE_BOARD), version, version.content_hash)


def settlement():
    from puntlanding.web.desk.models import Version

    return Version.objects.get(kind="settlement")


def offered(role):
    text = client_of(role).get(PAGE).content.decode()
    return re.findall(rf'href="({PAGE}/[^"]+\.pdf)"', text)


@needs_poppler
def test_a_statement_says_who_approved_and_that_it_is_a_draft_until_both_did(desk, tmp_path):
    browser = client_of(Role.COLLECTIVE_BOARD)
    before = read(browser.get(f"{PAGE}/cardiologie.pdf").content, tmp_path)
    assert "Concept · Verklaring over 2026" in before
    assert "Akkoord namens het ziekenhuis door Bestuur ziekenhuis op" in before
    assert "Nog geen akkoord van het gremium" in before
    assert "nog niet vastgesteld" in words(browser.get(PAGE))
    version = settle()
    after = read(browser.get(f"{PAGE}/cardiologie.pdf").content, tmp_path)
    assert "Concept" not in after
    assert "Dit is afrekening 1 van 2026, vastgesteld: akkoord" in after
    assert "namens het gremium door Bestuur gremium op" in after
    assert version.content_hash in after.replace(" ", "")
    browser.cookies["django_language"] = "en"
    assert "This is settlement 1 of 2026, agreed" in read(browser.get(f"{PAGE}/cardiologie.pdf").content, tmp_path)


def test_everybody_gets_those_of_the_groups_that_they_see(desk):
    for role, rule in RULES.items():
        if Permission.SEE_AGREEMENT not in rule.permissions:
            continue
        own = rule.detail is Detail.OWN
        assert offered(role) == ([f"{PAGE}/cardiologie.pdf"] if own else offered(Role.AUDITOR)), role
        assert client_of(role).get(f"{PAGE}/heelkunde.pdf").status_code == (404 if own else 200), role
        packed = b"".join(client_of(role).get(f"{PAGE}.zip").streaming_content)
        names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
        assert names == [one.rpartition("/")[2] for one in offered(role)], role
    assert len(offered(Role.AUDITOR)) == 15


def test_a_statement_is_made_once_and_is_the_same_for_everybody_who_may_see_it(desk, monkeypatch):
    from puntlanding.web.desk import statements

    shutil.rmtree(desk / "cache", ignore_errors=True)  # what other tests made
    there = f"{PAGE}/cardiologie.pdf"
    first = client_of(Role.AUDITOR).get(there).content
    monkeypatch.setattr(statements, "files", None)  # nothing is made any more
    assert client_of(Role.SPECIALIST).get(there).content == first
    with pytest.raises(TypeError):
        client_of(Role.HOSPITAL_BOARD).get(there)  # without euros: another file


def test_where_there_is_no_settlement_the_page_says_what_comes(desk):
    from puntlanding.web.actions.years import open_year

    open_year(access_as(Role.COLLECTIVE_CONTROLLER), 2027)
    browser = client_of(Role.AUDITOR)
    assert "Er is nog geen afrekening" in words(browser.get("/2027/afrekening/verklaringen"))
    for file in ("verklaringen.zip", "verklaringen.json", "afspraak.zegel.toml", "verklaringen/cardiologie.pdf"):
        assert browser.get(f"/2027/afrekening/{file}").status_code == 404
    for odd in ("..%2f..%2fx", "cardiologie%00", "Cardiologie", "x" * 300):
        assert browser.get(f"{PAGE}/{odd}.pdf").status_code == 404


def test_the_command_line_verifies_the_figures_beside_the_seal(desk, tmp_path):
    from puntlanding.web.desk.dossiers import snapshots

    version = settle()
    browser = client_of(Role.AUDITOR)
    case = tmp_path / "case"
    shutil.copytree(snapshots().folder(version.snapshot), case)
    result = tmp_path / "afrekening.json"
    result.write_bytes(browser.get(f"{PAGE}.json").content)
    assert len(json.loads(result.read_bytes())["verantwoording"]["versie"]["akkoord"]) == 2
    assert run("verify", result, "--case", case).status == 1  # it names a seal, which is not there yet
    (case / "afspraak.zegel.toml").write_bytes(browser.get("/2026/afrekening/afspraak.zegel.toml").content)
    assert run("verify", result, "--case", case).status == 0
    assert "vastgelegd" in run("agreement", "check", case).out


# Verification


def verified(role, data, name="stuk"):
    sent = io.BytesIO(data)
    sent.name = name
    return client_of(role).post("/controleren", {"bestand": sent})


def test_a_statement_that_was_given_out_is_recognised_and_a_changed_one_too(desk):
    pdf = client_of(Role.AUDITOR).get(f"{PAGE}/cardiologie.pdf").content
    told = words(verified(Role.AUDITOR, pdf))
    assert "Gelijk: dit is de verklaring van Cardiologie, byte voor byte" in told
    assert "Concept: dit is afrekening 1 van 2026" in told
    assert "Gelijk" in words(verified(Role.GROUP_REPRESENTATIVE, pdf))
    assert "Niet gelijk" in words(verified(Role.AUDITOR, pdf + b"\n"))
    settle()
    assert "Haal de verklaring opnieuw op" in words(verified(Role.AUDITOR, pdf))
    final = client_of(Role.AUDITOR).get(f"{PAGE}/cardiologie.pdf").content
    assert "Dit is afrekening 1 van 2026, vastgesteld" in words(verified(Role.AUDITOR, final))


def test_figures_are_worked_out_again_and_what_differs_is_told(desk):
    data = client_of(Role.COLLECTIVE_BOARD).get(f"{PAGE}.json").content
    assert "Gelijk: dit zijn de cijfers van afrekening 1 van 2026" in words(verified(Role.AUDITOR, data))
    content = json.loads(data)
    content["settle"]["totaal"]["betaald"] = "1"
    changed = json.dumps(content).encode()
    told = words(verified(Role.AUDITOR, changed))
    assert "Dit is niet gelijk aan afrekening 1" in told
    assert "De uitkomst klopt niet" in told


def test_a_settlement_without_a_forecast_is_verified_on_both_sides_of_the_table(desk, tmp_path):
    """The hospital has the same figures without the euros; what the case lacks is told as the command line tells it."""
    from puntlanding.web.actions.versions import add_version, propose
    from puntlanding.web.desk.dossiers import snapshots

    files = {one.name: one.read_bytes() for one in snapshots().folder(settlement().snapshot).iterdir()}
    del files["prognose.csv"]
    controller = access_as(Role.COLLECTIVE_CONTROLLER)
    version = add_version(controller, settlement().year, "settlement", files)
    propose(controller, version, version.content_hash)
    case, result = tmp_path / "case", tmp_path / "afrekening.json"
    shutil.copytree(snapshots().folder(version.snapshot), case)
    for role in (Role.AUDITOR, Role.HOSPITAL_FINANCE):
        data = client_of(role).get(f"{PAGE}.json").content
        assert ("distribute" in json.loads(data)) == (role is Role.AUDITOR)
        assert "Gelijk: dit zijn de cijfers van afrekening 2 van 2026" in words(verified(role, data))
        result.write_bytes(data)
        assert run("verify", result, "--case", case).status == 0


def test_what_a_program_read_can_be_verified_too(desk):
    from django.test import Client

    program = {"headers": {"Authorization": f"Bearer {secret_of(Role.AUDITOR)}"}}
    for stage in ("begroting", "volgen", "afrekening", "verdeling"):
        data = Client().get(f"/api/v1/jaren/2026/{stage}.json", **program).content
        assert "Gelijk: dit zijn de cijfers van" in words(verified(Role.AUDITOR, data)), stage


@pytest.mark.parametrize("role", [Role.GROUP_REPRESENTATIVE, Role.SPECIALIST, Role.ADMINISTRATOR, *HOSPITAL])
def test_nobody_learns_a_figure_by_having_a_made_up_file_verified(desk, role):
    data = client_of(Role.COLLECTIVE_BOARD).get(f"{PAGE}.json").content
    content = json.loads(data)
    for row in content["settle"]["vakgroepen"]:
        row["betaald"] = "1"
    for one in (data, json.dumps(content).encode(), client_of(Role.AUDITOR).get(f"{PAGE}/heelkunde.pdf").content):
        told = words(verified(role, one))
        assert "die uw rol hier niet ziet" in told
        assert "Gelijk" not in told


def test_a_seal_is_laid_beside_the_versions(desk):
    seal = client_of(Role.AUDITOR).get("/2026/afrekening/afspraak.zegel.toml").content
    told = words(verified(Role.SPECIALIST, seal))
    assert "teken voor teken, de afspraak van" in told
    assert "Dit is afspraak 1 van 2026, vastgesteld" in told
    changed = seal.replace(b'"afspraak.organisatie"', b'"x"')
    assert "zegel" in words(verified(Role.SPECIALIST, changed[:-40]))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Er is geen bestand gekozen"),
        (b"zomaar tekst", "Dit is geen PDF, JSON of TOML"),
        (b"%PDF-1.7 niets", "niet te herkennen"),
        (b'{"a": 1}', "geen uitkomst die is na te rekenen"),
        (b'{"a": ' + b"[" * 100_000, "hele JSON"),
        (b"[zegel]\nvorm = 1\n", "zegel"),
        (b"\xff\xfe\x00", "Dit is geen PDF, JSON of TOML"),
        (b"%PDF-1 puntlanding:verklaring:2026:settlement:1:nl:e:2:" + b"0" * 64 + b":1", "geen versie met deze inhoud"),
        (b"%PDF-" + b"x" * (10 * 1024 * 1024), "groter dan 10 MB"),
    ],
    ids=["empty", "text", "pdf", "json", "deep", "seal", "bytes", "mark", "large"],
)
def test_what_is_something_else_is_told_so(desk, data, told):
    answer = verified(Role.AUDITOR, data, "<b>x</b>.pdf")
    assert told in words(answer)
    assert "<b>x</b>" not in answer.content.decode()


# Whose euros


def distributed(dossier):
    """Group → every amount of its own, as text in every notation that something here writes."""
    from puntlanding.report.tables import table
    from puntlanding.stage import Stage

    found = table(Stage.DISTRIBUTE, dossier.year)
    euros = [at for at, one in enumerate(found.columns) if one.key.endswith("_cent")]
    assert euros
    return {
        row.name: {text for at in euros if (node := row.cells[at]) is not None for text in written(node.value)}
        for row in found.rows
    }


def written(cents):
    """From 10.000 euros on: what is shorter could be anything."""
    whole = int(cents)
    if abs(whole) < 1_000_000:
        return set()
    low, rest = divmod(whole, 100)
    found = {str(whole), f"{low}.{rest:02}", f"{low},{rest:02}"}
    for euro in {low, round(whole / 100)}:
        found |= {f"{euro:,}", f"{euro:,}".replace(",", "."), f"{euro:,}".replace(",", "\u00a0")}
    return found


def texts_in(data, name, folder):
    """All that can be read in a file: zips opened, PDFs read, columns shown."""
    if data[:2] == b"PK":
        packed = zipfile.ZipFile(io.BytesIO(data))
        return "\n".join(texts_in(packed.read(one), one, folder) for one in packed.namelist())
    if data[:5] == b"%PDF-":
        return read(data, folder)
    if data[:4] == b"PAR1":
        import polars

        return str(polars.read_parquet(io.BytesIO(data)).rows())
    return data.decode(errors="replace")


def every_answer(role):
    """(address, content) of all that opens for a role: pages with what explains each number, files, the programming interface."""
    from django.test import Client
    from django.urls import URLResolver, get_resolver

    def walk(patterns):
        for one in patterns:
            yield from walk(one.url_patterns) if isinstance(one, URLResolver) else [one]

    browser, secret = client_of(role), secret_of(role)
    for one in walk(get_resolver().url_patterns):
        if hasattr(one.callback, "guarded"):
            there = address(one.name, one)
            asked = [there]
            if one.name in ("settlement", "distribution", "budget", "monitoring"):
                asked += [
                    f"{there}?uitleg={n}.{key}" for n in (0, 1, 3) for key in ("betaald", "norm_fte", "bedrag_cent")
                ]
            answers = ((address_, browser.get(address_)) for address_ in asked)
        elif hasattr(one.callback, "by_token"):
            there = f"/api/v1/{one.pattern}".replace("<year>", "2026")
            answers = [(there, Client().get(there, headers={"Authorization": f"Bearer {secret}"}))]
        else:
            continue
        for place, answer in answers:
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if answer.status_code == 200:
                yield place, content


def secret_of(role):
    from datetime import timedelta

    from django.utils import timezone

    from puntlanding.web.actions.tokens import hash_of
    from puntlanding.web.api.models import Token

    access, now = access_as(role), timezone.now()
    Token.objects.create(
        collective=access.collective, user=access.user, scopes="see_year see_agreement see_distribution", name="x",
        hash=hash_of("pl_x"), made_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return "pl_x"


@needs_poppler
@pytest.mark.parametrize("role", [*HOSPITAL, *(one for one, rule in RULES.items() if rule.detail is not Detail.ALL)])
def test_no_page_file_or_answer_holds_euros_of_a_group_that_are_not_the_reader_s(desk, role, tmp_path):
    from puntlanding.language.notation import Language
    from puntlanding.web.desk.dossiers import dossier_of_snapshot

    amounts = distributed(dossier_of_snapshot(settlement().snapshot, Language.DUTCH))
    rule = RULES[role]
    allowed = Permission.SEE_DISTRIBUTION in rule.permissions
    theirs = {"Cardiologie"} if rule.detail is Detail.OWN else set(amounts)
    own = set().union(*(amounts[group] for group in theirs)) if allowed else set()
    forbidden = set().union(*amounts.values()) - own
    seen, opened = set(), 0
    for place, content in every_answer(role):
        opened += 1
        numbers = set(NUMBER.findall(texts_in(content, place, tmp_path)))
        assert numbers & forbidden == set(), place
        seen |= numbers & own
    assert opened >= 6
    assert bool(seen) == allowed  # the same search finds what they may see


def test_which_reports_are_for_whom(desk):
    """What is in those of the hospital is read in `test_web_kept_apart.py`."""
    from puntlanding.report.outputs import OUTPUTS
    from puntlanding.web.outputs import outputs_for

    for role in (*HOSPITAL, Role.AUDITOR):
        assert outputs_for(access_as(role)) == tuple(OUTPUTS)
    assert outputs_for(access_as(Role.SPECIALIST)) == ("statements",)
    assert outputs_for(access_as(Role.ADMINISTRATOR)) == ()

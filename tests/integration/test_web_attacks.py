"""Somebody who wants in, or wants more than is theirs: what is tried, and what then is not there, not done and not told."""

from __future__ import annotations

import csv
import io
import re
import shutil
import struct
import time
import zipfile
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from test_web_doors import address

import web_jobs
import web_planned
from hostile_year import NAMES, write_hostile
from puntlanding.problems import InputError
from puntlanding.web.rules import RULES, Detail, Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration


def codes(action, *arguments):
    with pytest.raises(InputError) as raised:
        action(*arguments)
    return [problem.code for problem in raised.value.problems]


def in_another_role(access, role):
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import give_role

    return Access.of(give_role(access.user, access.collective, role))


def test_one_person_never_prepares_and_decides_whatever_roles_they_are_given(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.desk.models import Version

    version = Version.objects.get(kind="settlement")
    for role in (Role.COLLECTIVE_BOARD, Role.HOSPITAL_BOARD):
        maker = in_another_role(access_as(Role.COLLECTIVE_CONTROLLER), role)
        assert codes(approve, maker, version, version.content_hash) == ["approved_own_work"]
        in_another_role(maker, Role.COLLECTIVE_CONTROLLER)


def test_who_proposes_what_another_made_does_not_approve_it_either(any_desk):
    from puntlanding.demo.collective import collective_files
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.versions import add_version, propose
    from puntlanding.web.desk.models import Kind, Year

    files = {name: text.encode() for name, text in collective_files().items()}
    made = add_version(access_as(Role.COLLECTIVE_CONTROLLER), Year.objects.get(year=2026), Kind.SETTLEMENT, files)
    finance = access_as(Role.HOSPITAL_FINANCE)
    version = propose(finance, made, made.content_hash)
    board = in_another_role(finance, Role.HOSPITAL_BOARD)
    assert codes(approve, board, version, version.content_hash) == ["approved_own_work"]


def test_one_person_never_speaks_for_both_parties(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.desk.models import Version

    version = Version.objects.get(kind="settlement")  # the hospital's board approved it already
    both = in_another_role(access_as(Role.HOSPITAL_BOARD), Role.COLLECTIVE_BOARD)
    assert codes(approve, both, version, version.content_hash) == ["approved_for_other"]
    assert Version.objects.get(pk=version.pk).state == "proposed"
    other = access_as_address("bestuur@msb.example")
    assert approve(other, version, version.content_hash).state == "final"


def access_as_address(address):
    from puntlanding.web.access import Access
    from puntlanding.web.desk.models import Membership

    return Access.of(Membership.objects.select_related("user", "collective").get(user__email=address))


def test_a_field_that_no_browser_sends_is_refused_before_any_page_reads_it(desk):
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Version

    board, version, lines = client_of(Role.COLLECTIVE_BOARD), Version.objects.get(kind="settlement"), verified().lines
    content = {"content": version.content_hash}
    for told in ({"reason": "te\0hoog"}, {"reason": "te hoog", "na\0am": "x"}):
        assert board.post(f"/versie/{version.pk}/weigeren", content | told).status_code == 400
    assert board.get("/logboek", {"wie": "\0"}).status_code == 400
    assert (Version.objects.get(pk=version.pk).state, verified().lines) == ("proposed", lines)
    assert board.post(f"/versie/{version.pk}/weigeren", content | {"reason": "te hoog"}).status_code == 302
    assert Version.objects.get(pk=version.pk).state == "refused"


QUICK = 5  # seconds on a machine that is busy; each of these took up to two and a half minutes


def endless_zip(times):
    """One file, and a list of contents that names it ``times`` times."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("afspraak.toml", "a = 1")
    raw = made.getvalue()
    at, end = raw.index(b"PK\1\2"), raw.index(b"PK\5\6")
    entry, tail = raw[at:end], bytearray(raw[end:])
    struct.pack_into("<HHII", tail, 8, times & 0xFFFF, times & 0xFFFF, len(entry) * times, at)
    return raw[:at] + entry * times + bytes(tail)


def swollen_zip():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for at in range(4):
            packed.writestr(f"t{at}.csv", b"abc;def;ghi\n" * 2_000_000)
    return made.getvalue()


def endless_parquet():
    footer = bytes([0x15, 0x02, 0x19, 0xFC]) + b"\xff\xff\xff\x07" + bytes(15_000_000)
    return b"PAR1" + bytes(8) + footer + len(footer).to_bytes(4, "little") + b"PAR1"


CASES = {
    "list": ("a.zip", endless_zip(300_000), "upload_bomb"),
    "workbook": ("a.xlsx", endless_zip(300_000), "upload_bomb"),
    "swollen": ("a.zip", swollen_zip(), "upload_bomb"),
    "parquet": ("a.parquet", endless_parquet(), "upload_broken"),
    "rows": ("begroting.csv", b"vakgroep;contract;norm_fte\n" + b"Cardiologie;x;1\n" * 1_500_000, "upload_rows"),
    "line": ("begroting.csv", b"vakgroep;contract;" + b"a" * 30_000_000, None),
    "columns": ("begroting.csv", b";".join(b"k%d" % at for at in range(100_000)) + b"\n1\n", None),
    "quote": ("begroting.csv", b'vakgroep;contract;norm_fte\n"' + b"a\n" * 900_000, None),
    "parts": ("afspraak.toml", b"[a" + b".a" * 100_000 + b"]\n", None),
    "brackets": ("afspraak.toml", b"a = " + b"[" * 200_000, None),
    "keys": ("afspraak.toml", b"".join(b"k%d=1\n" % at for at in range(25_000)), None),
    "number": ("afspraak.toml", b"[kader]\nbedrag = 1e99999999\n", None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_would_take_minutes_is_refused_at_once(desk, name):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from puntlanding.language.messages import MESSAGES

    file, data, code = CASES[name]
    client, began = client_of(Role.COLLECTIVE_CONTROLLER), time.monotonic()
    answer = client.post(
        "/2026/aanleveren", {"kind": "budget", "rest": "1", "bestanden": SimpleUploadedFile(file, data)}
    )
    assert (answer.status_code, time.monotonic() - began < QUICK) == (422, True)
    if code is not None:
        assert MESSAGES[code][0].partition("{")[0] in answer.content.decode()


@pytest.mark.parametrize("data", [b"[a" + b".a" * 60_000 + b"]\n", b"".join(b"k%d=1\n" % at for at in range(25_000))])
def test_a_proposal_that_would_take_minutes_is_refused_at_once(desk, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, began = client_of(Role.HOSPITAL_FINANCE), time.monotonic()
    answer = client.post(
        "/2026/afspraak/vergelijken", {"voorstel": SimpleUploadedFile("voorstel.toml", data)}, follow=True
    )
    assert (answer.status_code, time.monotonic() - began < QUICK) == (200, True)
    assert 0 < answer.content.decode().count('class="message error"') <= 11


def test_a_seal_that_would_take_minutes_is_refused_at_once(desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, began = client_of(Role.SPECIALIST), time.monotonic()
    data = b"[zegel]\n[" + b"a." * 200_000 + b"a]\n"
    assert client.post("/controleren", {"bestand": SimpleUploadedFile("zegel.toml", data)}).status_code == 422
    assert time.monotonic() - began < QUICK


# What somebody can be called, or say, that pages, files and pictures then repeat.
TAG = '<img src=x onerror="document.title=1">'
SAYS = f"{TAG}</script><script>alert(1)</script>{{{{ 7*7 }}}}\" onfocus='alert(1)' x=\r\nSet-Cookie: a=b"
FORMULA = '=HYPERLINK("http://example.org";"x")'
FIGURES = ("", "?uitleg=1.norm_fte", "?vakgroep=1", "?naast=soorten")


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.charts = [], []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.found.append((tag, told))
        if "data-chart" in told:
            self.charts.append(told["data-chart"])


@pytest.fixture
def hostile(desk, tmp_path):
    """A year in which every name and every text that somebody typed tries to be something else."""
    from django.utils import timezone

    from puntlanding.web.actions.approvals import refuse
    from puntlanding.web.actions.tokens import add_token
    from puntlanding.web.actions.versions import add_version, propose
    from puntlanding.web.desk.models import Collective, Membership, PlannedEvent, User, Year

    maker, year = access_as(Role.COLLECTIVE_CONTROLLER), Year.objects.get(year=2026)
    files = {one.name: one.read_bytes() for one in write_hostile(tmp_path / "case").iterdir()}
    for kind in ("agreement", "budget", "settlement"):
        made = add_version(maker, year, kind, files, SAYS)
        propose(maker, made, made.content_hash)
    refuse(access_as(Role.HOSPITAL_BOARD), made, made.content_hash, SAYS)
    made = add_version(maker, year, "settlement", files, FORMULA)
    propose(maker, made, made.content_hash)
    PlannedEvent.objects.create(
        year=year, number=1, first=date(2026, 7, 1), last=date(2026, 7, 31), capacity=8000, reason=FORMULA, by=maker.user, at=timezone.now()
    )  # fmt: skip
    add_token(maker, SAYS.replace("\r\n", " ")[:100])
    User.objects.update(display_name=SAYS[:100])
    Membership.objects.exclude(group="").update(group=NAMES[0])
    Collective.objects.filter(pk=year.collective_id).update(hospital=f"Ziekenhuis {TAG}")
    return desk


@pytest.fixture(scope="module")
def pages(web):
    from django.urls import URLResolver, get_resolver

    def walk(patterns, before=""):
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, before + str(one.pattern))
            elif hasattr(one.callback, "guarded"):
                yield before + str(one.pattern), one

    return list(walk(get_resolver().url_patterns))


def opened(pages, role):
    """Every address that somebody of this role may open."""
    return [address(route, one) for route, one in pages if one.callback.guarded.permission in RULES[role].permissions]


def sound(text, where):
    elements = Elements()
    elements.feed(text)
    for tag, told in elements.found:
        assert not [name for name in told if name.startswith("on")], where
        assert tag not in ("iframe", "object", "embed", "base"), where
        assert tag != "img" or told.get("src", "").startswith("data:"), where
        assert tag != "script" or told.get("src", "").startswith("/static/"), where
        assert not told.get("href", "").strip().lower().startswith(("javascript:", "http:")), where
    return elements.charts


@pytest.mark.parametrize("role", [Role.COLLECTIVE_CONTROLLER, Role.GROUP_REPRESENTATIVE, Role.ADMINISTRATOR])
def test_whatever_somebody_is_called_or_says_stays_text(hostile, pages, role):
    client, charts, tables = client_of(role), set(), 0
    for place in opened(pages, role):
        for asked in FIGURES if role is Role.COLLECTIVE_CONTROLLER else FIGURES[:1]:
            answer = client.get(place + asked)
            kind = answer.headers.get("Content-Type", "")
            if answer.status_code == 200 and kind.startswith("text/html"):
                charts |= {urljoin(place, one) for one in sound(answer.content.decode(), place + asked)}
            elif answer.status_code == 200 and kind.startswith("text/csv"):
                tables += harmless_table(b"".join(answer) if answer.streaming else answer.content, place)
            named = answer.headers.get("Content-Disposition", "")
            assert named.count('"') in (0, 2), place
    for place in charts:
        answer = client.get(place)
        if answer.status_code == 200 and "json" in answer["Content-Type"]:
            assert b"<img" not in answer.content.lower() or answer["X-Content-Type-Options"] == "nosniff", place
    assert tables or role not in (Role.COLLECTIVE_CONTROLLER, Role.GROUP_REPRESENTATIVE)


def harmless_table(data, place):
    """No cell begins as a formula does, by whichever sign a spreadsheet separates cells."""
    text = data.decode("utf-8-sig")
    for separator in ";,":
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            for cell in row:
                bare = cell.lstrip("-+")
                number = bare[:1].isdigit() and not set(bare) - set("0123456789.,")
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (place, cell)
    return 1


READERS = (Role.GROUP_REPRESENTATIVE, Role.HOSPITAL_FINANCE)
OTHERS = (Role.COLLECTIVE_CONTROLLER, Role.SPECIALIST)
_PASSING = re.compile(rb'value="[0-9A-Za-z]{16,64}"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')


def test_what_one_reader_made_is_never_shown_to_another(web, pages, tmp_path):
    """The same pages to the same reader, in a process and folder where nothing was worked out yet and in one where others read first."""
    import web_site

    data, prepared = web
    server, _, demo = prepared("sqlite")
    found = {}
    for name, before in (("first", ()), ("last", OTHERS)):
        folder = tmp_path / name
        shutil.copytree(data / "versions", folder / "versions")
        with web_site.on(server.database(demo), folder):
            for role in before:
                read(pages, role)
            found[name] = {role: read(pages, role) for role in READERS}
    for role in READERS:
        assert len(found["first"][role]) > 15
        for place, text in found["first"][role].items():
            assert found["last"][role][place] == text, (role, place)


def read(pages, role):
    """Of the year's pages and files; without what differs each time."""
    client, found = client_of(role), {}
    for place in opened([one for one in pages if one[0].startswith("<int:year>/")], role):
        answer = client.get(place)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and not answer.streaming and kind.startswith(("text/html", "text/csv")):
            found[place] = _PASSING.sub(b"", answer.content)
    return found


def test_a_list_that_was_handed_out_says_the_same_when_it_comes_back(tmp_path):
    from puntlanding.case.forecast_lists import events_csv, read_events
    from puntlanding.forecast.working_days import Event

    group = "=1+1;@x"
    reasons = (FORMULA, "-,+;=@", "'t Is zo", "verbouwing; =uitloop", "gewoon")
    events = tuple(Event(date(2026, 7, 1), date(2026, 7, 31), group, 80.0, reason) for reason in reasons)
    path = tmp_path / "gebeurtenissen.csv"
    path.write_bytes(events_csv(events))
    harmless_table(path.read_bytes(), path.name)
    assert read_events(path, [group]) == events


@pytest.fixture
def elsewhere(desk):
    """Somebody of every role at another collective, which has the same year."""
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.actions.years import add_collective, open_year

    web_planned.sample()
    other = add_collective("MSB Elders", "Ziekenhuis Elders")
    found = {}
    for role, rule in RULES.items():
        user = add_account(f"{role.value}@elders.example", "Elders", "een-heel-ander-woord-8")
        found[role] = Access.of(give_role(user, other, role, "Cardiologie" if rule.detail is Detail.OWN else ""))
    open_year(found[Role.COLLECTIVE_CONTROLLER], 2026)
    return found


def test_an_object_of_another_collective_that_a_form_or_a_question_names_is_not_there(elsewhere):
    """Beside what stands in an address: versions, jobs, tokens, people and accounts that somebody types in."""
    from django.test import Client

    from puntlanding.demo.collective import collective_files
    from puntlanding.web.actions.tokens import add_token
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Version, Year
    from puntlanding.web.work.models import Job

    here, controller = access_as_address("controller@msb.example"), elsewhere[Role.COLLECTIVE_CONTROLLER]
    token, _ = add_token(here, "Power BI hier")
    theirs = Version.objects.filter(year__collective=here.collective)
    own = add_version(
        controller,
        Year.objects.get(collective=controller.collective),
        "agreement",
        {name: text.encode() for name, text in collective_files().items()},
    )
    clients = {role: Client() for role in elsewhere}
    for role, access in elsewhere.items():
        clients[role].force_login(access.user)
    lines = verified().lines
    job = web_jobs.sample()
    asks = {"draws": "1000", "seed": "1", "spread": "5"}
    for role in (Role.COLLECTIVE_CONTROLLER, Role.HOSPITAL_FINANCE):
        ask = clients[role]
        for one in theirs:
            assert ask.post("/2026/simulatie", asks | {"version": str(one.pk)}).status_code == 422
            assert ask.post("/2026/simulatie", asks | {"version": str(own.pk), "beside": f"v{one.pk}"}).status_code in (
                302,
                422,
            )
            beside = ask.get("/2026/afspraak/vergelijken", {"naast": f"v{one.pk}"}).content.decode()
            assert f'value="v{one.pk}"' not in beside
        ask.post("/2026/begroting/registratie", {"job": str(job.pk)})
        ask.post("/beheer/sleutels", {"withdraw": str(token.pk)})
    clients[Role.ADMINISTRATOR].post("/beheer/sleutels", {"withdraw": str(token.pk)})
    clients[Role.AUDITOR].get("/logboek", {"wie": str(here.user.pk)})
    text = clients[Role.AUDITOR].get("/logboek", {"wie": str(here.user.pk)}).content.decode()
    assert here.user.display_name not in text
    token.refresh_from_db()
    assert token.closed_at is None
    started = Job.objects.filter(collective=controller.collective)
    assert not any(str(one.snapshot) in str(job.asked.get("agreements")) for one in theirs for job in started)
    assert verified().lines == lines
    chain = b"".join(clients[Role.AUDITOR].get("/logboek.jsonl"))
    assert b"Power BI hier" not in chain


def test_a_proposer_elsewhere_opens_nothing_through_the_actions_either(elsewhere):
    from puntlanding.web.actions import approvals, budgets, jobs, versions
    from puntlanding.web.actions.planned_events import end_event
    from puntlanding.web.desk.models import Version, Year

    controller, board = elsewhere[Role.COLLECTIVE_CONTROLLER], elsewhere[Role.HOSPITAL_BOARD]
    version, year = Version.objects.get(kind="settlement"), Year.objects.get(collective__name="MSB Voorbeeld")
    event, job = web_planned.sample(), web_jobs.sample()
    tries = (
        (approvals.approve, board, version, version.content_hash),
        (approvals.refuse, board, version, version.content_hash, "nee"),
        (versions.propose, controller, version, version.content_hash),
        (budgets.discard, controller, year),
        (end_event, controller, event),
        (jobs.cancel, controller, job),
        (jobs.start, controller, "reports", {}, year),
    )
    for action, *arguments in tries:
        assert codes(action, *arguments) == ["not_yours"], action


def test_two_who_approve_for_one_party_at_the_same_moment_over_the_line(any_desk):
    """One word is kept, the other hears whose it was; and of both parties at once it becomes final once."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connection
    from django.test import Client

    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.desk.models import Approval, Event, Version

    version, where = Version.objects.get(kind="settlement"), access_as(Role.COLLECTIVE_BOARD).collective
    clients = [client_of(Role.COLLECTIVE_BOARD)]
    for at in range(3):
        user = add_account(f"bestuur{at}@msb.example", f"Bestuurder {at}", "een-heel-ander-woord-8")
        give_role(user, where, Role.COLLECTIVE_BOARD)
        clients.append(Client())
        clients[-1].force_login(user)
    gate = Barrier(len(clients))

    def approve(client):
        gate.wait()
        try:
            return client.post(
                f"/versie/{version.pk}/akkoord", {"content": version.content_hash}, follow=True
            ).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        told = list(pool.map(approve, clients))
    assert sum("daarmee is dit vastgesteld" in text for text in told) == 1
    assert sum("ligt niet (meer) voor akkoord voor" in text for text in told) == len(clients) - 1
    assert Approval.objects.filter(version=version).count() == 2
    assert Version.objects.get(pk=version.pk).state == "final"
    assert Event.objects.filter(kind="version_final", details__version=version.pk).count() == 1


def test_who_only_reads_ends_nobody_else_s_work(desk):
    from puntlanding.web.actions.jobs import cancel, start

    web_jobs.register()
    board = access_as(Role.HOSPITAL_BOARD)
    mine, theirs = (
        start(one, "sample", {"name": one.role.value}) for one in (board, access_as(Role.COLLECTIVE_CONTROLLER))
    )
    auditor = client_of(Role.AUDITOR)
    for job in (mine, theirs):
        assert b'id="annuleer"' not in auditor.get(f"/werk/{job.pk}/").content
        assert codes(cancel, access_as(Role.AUDITOR), job) == ["not_yours"]
        auditor.post(f"/werk/{job.pk}/annuleren")
        job.refresh_from_db()
        assert job.state == "queued"
    assert codes(cancel, board, theirs) == ["not_yours"]
    assert b'id="annuleer"' in client_of(Role.HOSPITAL_BOARD).get(f"/werk/{mine.pk}/").content
    assert cancel(board, mine).state == "cancelled"
    assert cancel(access_as(Role.HOSPITAL_FINANCE), theirs).state == "cancelled"


def test_an_unknown_account_takes_as_long_to_refuse_as_a_known_one(desk, monkeypatch):
    """The time goes into the hash of a password; it is worked out once either way."""
    from django.contrib.auth.hashers import MD5PasswordHasher
    from django.test import Client

    worked, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *given: worked.append(1) or encode(self, *given))
    found = []
    for login in ("controller@msb.example", "niemand@msb.example"):
        worked.clear()
        answer = Client().post("/account/login/", {"login": login, "password": "een-woord-dat-niet-klopt"})
        found.append((len(worked), answer.status_code))
    assert found[0] == found[1]
    assert found[0][0] > 0


def test_what_readers_ask_for_takes_only_so_much_disk(tmp_path, monkeypatch):
    from puntlanding.web import cached

    monkeypatch.setattr(cached, "MOST_EACH", 8)
    monkeypatch.setattr(cached, "MOST_SNAPSHOTS", 4)
    kept = cached.Cached(tmp_path)
    for at in range(40):
        assert kept.get("a" * 64, f"vergelijking-{at}", str(at).encode) == str(at).encode()
        assert kept.get(f"{at:064x}", "beeld.png", b"x".upper) == b"X"
        assert len(list((kept.root / ("a" * 64)).glob("*"))) <= 8
        assert len(list(kept.root.iterdir())) <= 5


def test_who_is_added_elsewhere_stays_where_they_were_and_can_go_there(desk):
    """An administrator of another collective adds whom they like; that takes nobody away from their own."""
    from puntlanding.web.actions.accounts import give_role
    from puntlanding.web.actions.years import add_collective
    from puntlanding.web.desk.models import Membership

    board = client_of(Role.COLLECTIVE_BOARD)
    assert b'href="/gremium"' not in board.get("/2026/").content
    member = Membership.objects.get(role=Role.COLLECTIVE_BOARD)
    other = add_collective("AAA eerst op naam", "Ziekenhuis Elders")
    give_role(member.user, other, Role.SPECIALIST, "Cardiologie")
    assert board.get("/2026/").status_code == 200
    assert b'href="/gremium"' in board.get("/2026/").content
    for asked in ("999", "x", ""):
        board.post("/gremium", {"collective": asked})
        assert board.get("/2026/").status_code == 200
    assert b"AAA eerst op naam" in board.get("/gremium").content
    board.post("/gremium", {"collective": str(other.pk)})
    assert board.get("/2026/").status_code == 404
    stranger = client_of(Role.HOSPITAL_BOARD)
    stranger.post("/gremium", {"collective": str(other.pk)})
    assert stranger.get("/2026/").status_code == 200
    board.post("/gremium", {"collective": str(member.collective_id)})
    assert board.get("/2026/").status_code == 200


def test_who_may_send_nothing_takes_no_room_with_what_they_send(desk, monkeypatch):
    """Files are received before a page is asked: of every role no more is kept meanwhile than its pages take."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from puntlanding.web import upload_handler

    kept, keep = [], upload_handler.SealedUpload.__init__

    def noted(self, name, kind, size, writer, seal, refused):
        kept.append(0 if writer is None else writer.size)
        keep(self, name, kind, size, writer, seal, refused)

    monkeypatch.setattr(upload_handler.SealedUpload, "__init__", noted)
    monkeypatch.setattr(upload_handler, "VERIFIED_MB", 1)
    data = b"a;b\n" * 400_000
    for role, most in ((Role.SPECIALIST, 0), (Role.AUDITOR, 0), (Role.HOSPITAL_FINANCE, len(data))):
        client_of(role).post("/controleren", {"bestand": SimpleUploadedFile("groot.csv", data)})
        assert kept.pop() == most, role
    assert not list(upload_handler.spool().glob("*bezig*"))

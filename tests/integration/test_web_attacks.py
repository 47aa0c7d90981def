"""Somebody who wants in, or wants more than is theirs: what is tried, and what then is not there, not done and not told."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from puntlanding.problems import InputError
from puntlanding.web.rules import Role
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
    "number": ("afspraak.toml", b"[kader]\nbedrag = 1e999999999\n", None),
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

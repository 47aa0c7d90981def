"""The one door for files that somebody sends: everything that should not come in, tried."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import polars as pl
import pytest

from puntlanding.problems import InputError

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def _site(desk):
    """Settings are there, and a data folder."""


def sent(name, data):
    from django.core.files.uploadedfile import InMemoryUploadedFile

    one = InMemoryUploadedFile(io.BytesIO(data), "bestanden", "x", None, len(data), None)
    one._name = name  # as a client of no good will sends it: Django takes a path off, a script that calls us does not
    return one


def told(*files, limits=None):
    """The codes of what is wrong; empty where all came in."""
    from puntlanding.web.uploads import case_files, received

    try:
        received([sent(name, data) for name, data in files], limits or case_files())
    except InputError as error:
        return sorted(one.code for one in error.problems)
    return []


def zipped(entries, kind=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


def workbook(**more):
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"<a/>"}
    return zipped({**parts, **more})


def parquet(frame=None):
    made = io.BytesIO()
    (frame if frame is not None else pl.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"]})).write_parquet(made)
    return made.getvalue()


CSV = b"vakgroep;aantal\r\nCardiologie;3\r\n"


def test_what_is_sound_comes_in():
    import xlsxwriter

    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        made.add_worksheet().write(0, 0, "vakgroep")
    assert told(("a.csv", CSV), ("Bijlage 2 (nieuw).csv", CSV), ("afspraak.toml", b"jaar = 2026")) == []
    assert told(("boek.xlsx", book.getvalue()), ("tabel.parquet", parquet())) == []
    assert told(("één.csv", "naam;é\n".encode("cp1252"))) == []  # an old export: who reads it knows its code page


def test_every_problem_is_told_at_once():
    assert told(("../a.csv", CSV), ("b.exe", CSV), ("c.csv", b""), ("d.csv", b"\x89PNG\r\n")) == [
        "upload_content", "upload_empty", "upload_kind", "upload_name",
    ]  # fmt: skip
    assert told() == ["upload_none"]


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv", "..\\a.csv", "/etc/a.csv", "C:\\a.csv", "C:a.csv", "a\0.csv", "a\n.csv", ".a.csv", "~$a.csv", "-a.csv", "a/b.csv",
        "con.csv", "NUL.csv", "com1.csv", "COM¹.csv", "lpt9.toml", "aux.b.csv", "a.csv.", "a.csv ", "а.csv", "a\u202e.csv", "a\u200b.csv", "ａ.csv", "ﬁ.csv",
        "=1+1.csv", "<b>.csv", "a'b.csv", 'a".csv', "a;b.csv", "x" * 101 + ".csv", "\u4e2d" * 90 + ".csv", "", ".csv", "٣.csv",
    ],
)  # fmt: skip
def test_names_that_mean_something_else(name):
    assert {"upload_name", "upload_kind"} & set(told((name, CSV)))


def test_names_that_are_one_file():
    assert told(("Begroting.csv", CSV), ("begroting.CSV", CSV)) == ["upload_twice"]
    assert told(("e\u0301.csv", CSV), ("\u00e9.csv", CSV)) != []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", zipped({"a": b"b"})), ("a.csv", parquet()), ("a.csv", b"%PDF-1.7"), ("a.csv", b"\xff\xd8\xff\xe0"), ("a.csv", b"GIF89a"),
        ("a.csv", b"\xd0\xcf\x11\xe0"), ("a.csv", b"<!DOCTYPE html>"), ("a.csv", b"\xef\xbb\xbf \n<html>"), ("a.csv", b"MZ\x90\0"),
        ("a.csv", b"\x1f\x8b\x08"), ("a.csv", b"a;b\n\0\0\0"), ("a.csv", "a;b".encode("utf-16")), ("a.toml", b"<?xml?>"),
        ("a.xlsx", b"<table>"), ("a.xlsx", CSV), ("a.xlsx", zipped({"a.csv": CSV})), ("a.xlsm", b"\xd0\xcf\x11\xe0"), ("a.xlsx", parquet()),
        ("a.parquet", CSV), ("a.parquet", workbook()), ("a.zip", CSV), ("a.zip", workbook()), ("a.zip", b"7z\xbc\xaf"),
    ],
)  # fmt: skip
def test_content_that_is_not_what_its_name_says(name, data):
    assert told((name, data)) == ["upload_content"]


def test_a_column_may_begin_as_a_program_does():
    assert told(("a.csv", b"MZ;naam\n1;x\n")) == []


def test_too_much():
    from puntlanding.web.uploads import Limits

    few = Limits((".csv",), 100, 150, 2, deep=True)
    assert told(("a.csv", b"x" * 101), limits=few) == ["upload_too_large"]
    assert told(("a.csv", b"x" * 90), ("b.csv", b"x" * 90), limits=few) == ["upload_together"]
    assert told(("a.csv", b"x"), ("b.csv", b"x"), ("c.csv", b"x"), limits=few) == ["upload_too_many"]


def test_a_bomb_is_not_lit():
    nil = b"\0" * (1 << 20)
    assert told(("a.xlsx", workbook(**{"xl/media/x.bin": nil * 30}))) == ["upload_bomb"]
    assert told(("a.zip", zipped({"a.csv": b"1;" * (15 << 20)}))) == ["upload_bomb"]
    many = {f"{number}.csv": b"" for number in range(5_001)}
    assert "upload_bomb" in told(("a.xlsx", workbook(**many)))


def lying(name, real, says):
    """An entry that becomes larger than it declares, with the sum of what it declares."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(real) + packed.flush()
    crc = zlib.crc32(real[:says])
    head = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, crc, len(body), says, len(name), 0) + name
    central = (
        struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, crc, len(body), says, len(name), 0, 0, 0, 0, 0, 0
        )
        + name
    )
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(head) + len(body), 0)
    return head + body + central + end


def test_a_bomb_that_says_it_is_none():
    data = lying(b"a.csv", b"1;2\n" * 500_000, 100)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.read("a.csv")) == 100  # Python's own reader notices nothing
    assert told(("a.zip", data)) == ["upload_broken"]


def test_xml_that_grows_while_it_is_read():
    for grows in (b'<!DOCTYPE x [<!ENTITY a "b">]>', "<!doctype x>".encode("utf-16-le"), b" " * 300_000 + b"<!ENTITY"):
        assert told(("a.xlsx", workbook(**{"xl/sharedStrings.xml": b"<?xml version='1.0'?>" + grows}))) == [
            "upload_entities"
        ]


def test_parquet_that_says_too_much():
    from puntlanding.web.upload_parquet import told as told_of
    from puntlanding.web.uploads import Limits

    data = parquet()
    assert told(("a.parquet", data)) == []
    assert told(("a.parquet", data[:-20] + data[-8:])) == ["upload_broken"]
    assert told(("a.parquet", b"PAR1" + b"\xff" * 40 + (36).to_bytes(4, "little") + b"PAR1")) == ["upload_broken"]
    frame = pl.DataFrame({"a": pl.repeat(1, 300_000, eager=True)})
    large = parquet(frame)
    assert told_of(io.BytesIO(large), len(large)).rows == 300_000
    assert told_of(io.BytesIO(large), len(large)).unpacked == 3 * 64  # equal values are one, in each of three parts
    assert told(("a.parquet", large), limits=Limits((".parquet",), 10_000, 10_000, 2, deep=True)) == ["upload_bomb"]
    for at in range(len(data)):
        told(("a.parquet", data[:at]))


def test_a_zip_is_the_files_in_it():
    from puntlanding.web.uploads import case_files, received

    data = zipped(
        {"case/": b"", "case/a.csv": CSV, "case/afspraak.toml": b"jaar = 2026", "__MACOSX/case/._a.csv": b"x"}
    )
    found = received([sent("case.zip", data)], case_files())
    assert {name: one.read() for name, one in found.items()} == {"a.csv": CSV, "afspraak.toml": b"jaar = 2026"}
    assert told(("a.zip", zipped({"a.csv": CSV})), ("A.csv", CSV)) == ["upload_twice"]


@pytest.mark.parametrize(
    "name", ["../a.csv", "/a.csv", "a/b/c.csv", "..\\a.csv", "x/../../a.csv", "C:/a.csv", "nul.csv", "../../etc/passwd"]
)
def test_a_zip_does_not_reach_out(name):
    assert told(("a.zip", zipped({name: CSV, "b.csv": CSV}))) != []


def test_a_zip_with_a_link_a_zip_or_a_lock():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("a.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert told(("a.zip", made.getvalue())) == ["upload_link"]
    assert told(("a.zip", zipped({"b.zip": zipped({"a.csv": CSV})}))) == ["upload_inside_kind"]
    locked = bytearray(zipped({"a.csv": CSV}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    locked[6] |= 1
    assert told(("a.zip", bytes(locked))) == ["upload_locked"]
    assert told(("a.zip", zipped({}))) == ["upload_content"]
    assert told(("a.zip", zipped({"a.csv": CSV}, zipfile.ZIP_LZMA))) == ["upload_packing"]
    assert told(("a.zip", zipped({"a.csv": CSV, "A.CSV": CSV}))) == ["upload_twice"]


def test_any_cut_or_changed_byte_is_refused_or_sound():
    data = zipped({"a.csv": CSV * 50})
    for at in range(0, len(data), 3):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        assert set(told(("a.zip", bytes(broken)))) <= {
            "upload_broken", "upload_content", "upload_bomb", "upload_link", "upload_locked", "upload_packing", "upload_inside",
            "upload_inside_kind", "upload_empty",
        }  # fmt: skip
        told(("a.zip", data[:at]))


def test_sealed_files_are_read_as_they_were_written(tmp_path):
    from puntlanding.web.sealed import BLOCK, Seal, SealBrokenError, opened

    seal = Seal()
    for size in (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 7):
        data = bytes(number % 251 for number in range(1000)) * (size // 1000 + 1)
        path = tmp_path / str(size)
        writer = seal.writer(path)
        for at in range(0, size, 70_001):
            writer.write(data[at : min(at + 70_001, size)])
        writer.finish()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with opened(path, seal.key) as file:
            assert file.read() == data[:size]
            file.seek(max(0, size - 5))
            assert file.read() == data[max(0, size - 5) : size]
        if size > 100:
            assert data[:100] not in path.read_bytes()
        whole = path.read_bytes()
        for broken in (whole[:-1], whole[:-20] + b"x" * 20, whole[: 8 + BLOCK + 16], whole + b"x"):
            if broken == whole:
                continue
            path.write_bytes(broken)
            with pytest.raises(SealBrokenError), opened(path, seal.key) as file:
                file.read()


def test_every_refusal_has_its_sentence_in_both_languages():
    from puntlanding.language.messages.web_data import WEB_DATA

    assert all(nl != en for nl, en in WEB_DATA.values())


def posted(client, *files, **more):
    sent_files = []
    for name, data in files:
        one = io.BytesIO(data)
        one.name = name
        sent_files.append(one)
    return client.post("/2026/gegevens/aanleveren", {"files": sent_files, "as_of": "2026-03-31", **more})


def test_of_who_is_not_logged_in_nothing_is_kept(desk, monkeypatch):
    from django.test import Client

    from puntlanding.web.sealed import Seal

    kept = []
    monkeypatch.setattr(Seal, "writer", lambda _, path: kept.append(path))
    answer = posted(Client(), ("a.csv", CSV))
    assert (answer.status_code, kept) == (302, [])


def test_what_is_too_large_is_counted_and_not_kept(desk):
    from django.test.utils import override_settings

    from puntlanding.web.upload_handler import spool
    from web_site import client_of

    client = client_of("hospital_finance")
    with override_settings(UPLOAD_MB=1, CASE_MB=1):
        answer = posted(client, ("a.csv", b"1;2\n" * 300_000))
        assert answer.status_code == 422
        assert "groter dan 1 MB" in answer.content.decode()
        answer = posted(client, ("a.csv", b"1;2\n" * 150_000), ("b.csv", b"1;2\n" * 150_000))
        assert answer.status_code == 422
        assert "samen groter dan 1 MB" in answer.content.decode()
    assert list(spool().iterdir()) == []


@pytest.mark.parametrize("when", ["write", "finish"])
def test_a_full_disk_is_told_and_leaves_nothing(desk, monkeypatch, when):
    import errno

    from puntlanding.web.sealed import SealedWriter
    from puntlanding.web.upload_handler import spool
    from web_site import client_of

    def full(*_):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(SealedWriter, when, full)
    answer = posted(client_of("hospital_finance"), ("a.csv", CSV))
    assert answer.status_code == 422
    assert "de schijf is vol" in answer.content.decode()
    assert list(spool().iterdir()) == []


def test_what_is_sent_is_never_on_disk_in_the_clear(desk, monkeypatch, tmp_path):
    """Looked at in the middle of the request, when everything was received: in the data folder and where Python puts temporary files."""
    import tempfile

    from puntlanding.web import uploads
    from puntlanding.web.pages import data
    from puntlanding.web.upload_handler import spool
    from web_site import client_of

    secret, seen = b"Jansen-van-der-Proef;123456782\n" * 100_000, []

    def looked(files, limits):
        seen.extend(one.read_bytes() for folder in (spool(), tmp_path) for one in folder.rglob("*") if one.is_file())
        return uploads.received(files, limits)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(data, "received", looked)
    posted(client_of("hospital_finance"), ("a.csv", secret), as_of="")
    assert sum(map(len, seen)) > len(secret)
    assert not any(b"Jansen" in one or b"123456782" in one for one in seen)
    assert list(spool().iterdir()) == []


def test_what_a_killed_request_left_is_swept(desk):
    import os
    import time

    from puntlanding.web.upload_handler import STAGED, spool, sweep

    spool().mkdir(exist_ok=True)
    old, fresh = spool() / f"{STAGED}oud", spool() / f"{STAGED}vers"
    for one in (old, fresh):
        one.write_bytes(b"ruis")
    os.utime(old, (time.time() - 2 * 86_400,) * 2)
    sweep()
    assert (old.exists(), fresh.exists()) == (False, True)
    fresh.unlink()


def test_names_come_in_without_their_paths(desk):
    """What a client of no good will says about folders is taken off by Django, and looked at again."""
    from web_site import client_of

    client = client_of("hospital_finance")
    body = (
        '--x\r\nContent-Disposition: form-data; name="files"; filename="..\\..\\\u0430.csv"\r\nContent-Type: text/csv\r\n\r\na;b\r\n--x--\r\n'
    ).encode()
    answer = client.post("/2026/gegevens/aanleveren", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Deze bestandsnaam is niet te gebruiken" in page  # a Cyrillic letter that looks like ours
    assert "..\\" not in page

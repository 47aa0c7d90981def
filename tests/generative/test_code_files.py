"""Damaged code tables and national files: read, or refused with problems; never a fault of the program."""

import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from puntlanding.intake.base import Account
from puntlanding.intake.nza import read_codes
from puntlanding.intake.opendis import read_national_files
from puntlanding.problems import InputError

pytestmark = pytest.mark.generative

FIXTURES = Path(__file__).parents[1] / "fixtures"
XML = (
    b'<?xml version="1.0"?><Envelope><InlezenReferenties><Referenties><AfsluitRedenen>'
    b"<AfsluitReden><AfsluitRedenCode>04</AfsluitRedenCode><AfsluitRedenOmschrijving>a</AfsluitRedenOmschrijving>"
    b"<BeginDatum>2012-01-01</BeginDatum><EindDatum>2014-12-31</EindDatum></AfsluitReden>"
    b"</AfsluitRedenen></Referenties></InlezenReferenties></Envelope>"
)

pieces = st.sampled_from([
    b"", b'"', b'""', b",", b";", b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"-1", b"1e9", b"99999999999999999999",
    b"9999-12-31", b"0000-00-00", b"<a>", b"</AfsluitReden>", b"<!DOCTYPE x>", b"&a;", b"<![CDATA[", b"\xc3\xa9",
])  # fmt: skip
damages = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), pieces), min_size=1, max_size=3)


def damaged(data, damage):
    for where, length, piece in damage:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


def read_or_refused(read):
    try:
        return read()
    except InputError:
        return None


@example([(0.5949166107, 0, b"-1")])  # a day in the year -12024
@given(damages)
def test_national_files(tmp_path_factory, damage):
    folder = tmp_path_factory.mktemp("opendis")
    for name in ("01_DBC.csv", "02_DBC_PROFIEL.csv", "04_REF_DGN.csv"):
        (folder / name).write_bytes(damaged((FIXTURES / "opendis" / name).read_bytes(), damage))
    account = Account()
    national = read_or_refused(lambda: read_national_files(folder, account))
    if national is not None:
        assert national.volumes.null_count().select("jaar", "specialisme", "zorgproduct", "subtrajecten").row(0) == (
            0,
            0,
            0,
            0,
        )
        assert national.volumes.select("jaar", "specialisme", "diagnose", "zorgproduct").is_unique().all()
        assert national.profiles.select("jaar", "specialisme", "zorgproduct", "za_code", "klasse").is_unique().all()


@given(damages)
def test_code_tables(tmp_path_factory, damage):
    folder = tmp_path_factory.mktemp("nza")
    shutil.copytree(FIXTURES / "nza", folder, dirs_exist_ok=True)
    for name in ("zorgproducten.csv", "zorgtypen.csv"):
        (folder / name).write_bytes(damaged((FIXTURES / "nza" / name).read_bytes(), damage))
    tables = read_or_refused(lambda: read_codes(folder))
    if tables is not None:
        assert tables.products.frame["zorgproduct"].str.contains(r"^\d{9}$").all()


@given(damages)
def test_xml(tmp_path_factory, damage):
    folder = tmp_path_factory.mktemp("nza")
    (folder / "Referenties.xml").write_bytes(damaged(XML, damage))
    tables = read_or_refused(lambda: read_codes(folder))
    if tables is not None:
        assert tables.closing_reasons.frame.height == 1

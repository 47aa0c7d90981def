"""Any tree of records, in any form of file and cut anywhere, says what a reader of one line at a time says; and any bytes
at all end in records or in a message."""

import pytest
import zh308_file as zh
from hypothesis import given
from hypothesis import strategies as st

from puntlanding.intake.base import Account
from puntlanding.intake.zh308 import read_blocks
from puntlanding.language.notation import Language
from puntlanding.language.sentences import report
from puntlanding.problems import InputError
from puntlanding.records.tables import TableName

pytestmark = pytest.mark.generative

NAME = "Bakker-Voorbeeld"
BSNS = ("999900006", "999900018", "999900031")
SIGNS = st.sampled_from("DDDDCC")
DAYS = st.sampled_from(["20260105", "20251231", "20240229", "20230229", "00000000", "        ", "2026 105", "00000101"])
CODES = st.sampled_from(["11", "21", "000011", "0021", "030111", "", "x", "000000"])
BORDERS = st.floats(0.2, 1)  # of the file: at most five blocks, which cost time, with borders anywhere
TEXTS = st.sampled_from(["", "0", "DBC1", "DBC2", "dbc 3", "000000000000007", "DBË", "\0\0\0"])


@st.composite
def trees(draw):
    """Insured persons with their performances, tariffs and activities, as records in the order of a file."""
    records = []
    for _ in range(draw(st.integers(0, 4))):
        bsn = draw(st.sampled_from(BSNS))
        born, sex = (
            draw(st.sampled_from(["19610708", "20260101", "00000000", "19x10708"])),
            draw(st.sampled_from("12097 ")),
        )
        records.append(zh.insured(draw(st.sampled_from([bsn, "000000000", "99990000X"])), born, sex, NAME))
        for number in range(draw(st.integers(0, 4))):
            records.append(draw(performances(bsn, number)))
            for _ in range(draw(st.integers(0, 4))):
                records.append(draw(details(bsn, number)))
    return records


@st.composite
def performances(draw, bsn, number):
    return zh.performance(
        draw(TEXTS),
        bsn,
        f0410=draw(st.sampled_from(["15A391", "15A392", ""])),
        f0411=draw(DAYS),
        f0412=draw(DAYS),
        f0413=number,
        f0414=draw(st.sampled_from(["070401016", "70401016", "", "000000000"])),
        f0415=draw(TEXTS),
        f0418=draw(st.sampled_from(["08", "8", ""])),
        f0427=draw(CODES),
        f0431=draw(st.sampled_from(["554", "0554", "G25", "1234567", "", "0000000", "0000G25"])),
        f0439=draw(st.sampled_from(["0301", "0000", "    ", "03A1", "301 "])),
        f0457=draw(SIGNS),
    )


@st.composite
def details(draw, bsn, number):
    kind = draw(st.sampled_from(["06", "16", "16", "16", "98", "03"]))
    if kind == "06":
        return zh.tariff(draw(st.integers(0, 10**8 - 1)), bsn, f0610=number, f0621=draw(SIGNS))
    if kind == "16":
        code = draw(st.sampled_from(["190060", "39839", "0000190013", "1900601", "", "0" * 10]))
        quantity = draw(st.sampled_from(["0001", "0000", "9999", "   2", "    ", "1,50"]))
        executor = draw(st.sampled_from(["0301", "0000", "    ", "x"]))
        return zh.activity(code, draw(DAYS), quantity, bsn, f1609=number, f1618=executor, f1619=draw(SIGNS))
    return zh.comment() if kind == "98" else zh.record("03", f0310=NAME)


def read(path, size):
    account = Account()
    parts = list(read_blocks(path, account, lambda rows: None, size))
    return *([row for part in parts for row in part.tables[name].rows()] for name in TableName), account


def attempt(path, size):
    try:
        return read(path, size)[:2], ()
    except InputError as error:
        return None, error.problems


def cut_at(path, border):
    """A block size that cuts the file at this share of it, and again at every multiple."""
    return max(1, int(path.stat().st_size * border))


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return tmp_path_factory.mktemp("zh308") / "levering.asc"


@given(trees(), st.sampled_from([b"\n", b"\r\n", b""]), st.booleans(), st.booleans(), BORDERS)
def test_any_tree_in_any_form_cut_anywhere(source, records, end, last, short, border):
    source.write_bytes(zh.message(*records, end=end, last=last, short=short))
    lines = [zh.header(), *records]
    expected = list(zh.meaning(lines))
    *found, account = read(source, cut_at(source, border))
    assert found == expected
    *_, in_one = read(source, 1 << 20)
    assert (account.findings, account.hospitals) == (in_one.findings, in_one.hospitals)


@st.composite
def damaged(draw):
    """A file with a few bytes changed, put in or taken out, or a few lines moved, and what it was made of."""
    content = bytearray(zh.message(*draw(trees()), end=draw(st.sampled_from([b"\n", b"\r\n", b""]))))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        match draw(st.sampled_from(["flip", "insert", "delete", "cut", "line", "twice"])):
            case "flip":
                content[at : at + 1] = bytes(
                    [draw(st.sampled_from([0, 9, 10, 13, 26, 32, 48, 57, 67, 68, 128, 233, 255]))]
                )
            case "insert":
                content[at:at] = draw(st.binary(min_size=1, max_size=3))
            case "delete":
                del content[at : at + draw(st.integers(1, 700))]
            case "cut":
                del content[at:]
            case "line":
                start = at // 611 * 611
                line = content[start : start + 611]
                del content[start : start + 611]
                content += line
            case "twice":
                start = at // 611 * 611
                content[start:start] = content[start : start + 611]
    return bytes(content)


@given(damaged(), BORDERS)
def test_damage_ends_in_records_or_in_a_message(source, content, border):
    """What is read after all is what the lines say, and a message holds no name, no number and no line."""
    source.write_bytes(content)
    found, problems = attempt(source, cut_at(source, border))
    text = report(problems, Language.DUTCH) + report(problems, Language.ENGLISH)
    assert NAME not in text
    assert not any(bsn in text for bsn in BSNS)
    if problems:
        assert attempt(source, 1 << 20) == (None, problems)
    else:
        assert found == zh.meaning(zh.split(content))


@given(st.binary(max_size=3000), st.booleans(), BORDERS)
def test_any_bytes_end_in_a_message(source, content, begun, border):
    source.write_bytes(zh.header() + b"\n" + content if begun else content)
    with pytest.raises(InputError):
        read(source, cut_at(source, border))

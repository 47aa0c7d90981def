"""The column reader against the row reader: what it accepts, the row reader finds nothing wrong with, and gives the same."""

import io
import tempfile
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puntlanding.case.columnar import read_large_production
from puntlanding.case.csv_file import read_csv
from puntlanding.case.layout import LAYOUTS
from puntlanding.case.parquet_file import read_parquet
from puntlanding.case.production_rows import Context, build_production
from puntlanding.case.small_tables import build_norm_times
from puntlanding.case.typed import typed_table
from puntlanding.collective import Group, Role
from puntlanding.explain import recompute, walk
from puntlanding.norms.norm_times import NormTimes

pytestmark = pytest.mark.generative

NAMES = {"KNO": "0302", "Één": "0301", 'de "Oog"': "0301", "a;b": "0302", "arts, anders": "0301"}
GROUPS = {name: Group(name, specialism, Role.GATEKEEPING) for name, specialism in NAMES.items()}
YEAR = 2026
NORM_HEADER = ["jaar", "specialisme", "soort", "code", "minuten"]
NORM_ROWS = [
    [str(year), specialism, "zorgproduct", code, minutes]
    for year in (YEAR, YEAR - 1)
    for specialism in ("0301", "0302")
    for code, minutes in (("P1", "30,5"), ("012345", "12"), ("Z9", "0,000001"))
]


def tree(node):
    return [(n.term, n.value, n.unit, n.operation, n.source, n.subject, n.contract) for n in walk(node)]


def compare(production: bytes, norms: bytes, contracts=("A",), previous=False, suffix="csv"):
    """ "doubt" where the column reader does not accept the files; otherwise asserts that the row reader agrees."""
    with tempfile.TemporaryDirectory() as place:
        path, norm_path = Path(place) / f"begroting.{suffix}", Path(place) / "normtijden.csv"
        path.write_bytes(production)
        norm_path.write_bytes(norms)
        context = Context(GROUPS, NormTimes(), None, contracts, YEAR, previous)
        fast = read_large_production({"begroting": path}, norm_path, context, large=0)
        if not fast.found:
            return "doubt"
        problems, typed = [], {}
        for name, one in (("normtijden", norm_path), ("begroting", path)):
            parquet = one.suffix == ".parquet"
            raw, found = read_parquet(one, name) if parquet else read_csv(one, LAYOUTS[name])
            assert raw is not None, found
            typed[name] = typed_table(raw, LAYOUTS[name])
            problems += [*found, *typed[name].problems]
        norm_times = build_norm_times(typed["normtijden"], problems)
        context = Context(GROUPS, norm_times, "normtijden.csv", contracts, YEAR, previous)
        rows = build_production(typed["begroting"], context, problems)
        assert not problems
        columns = fast.found["begroting"]
        for year in (YEAR, YEAR - 1):
            assert columns.measures(year) == rows.measures(year)
            given_by_columns, given_by_rows = columns.outputs(year), rows.outputs(year)
            assert set(given_by_columns) == set(given_by_rows)
            for key, output in given_by_rows.items():
                other = given_by_columns[key]
                assert (other.fte, output.fte) == (None, None)
                assert tree(other.hours) == tree(output.hours)
                assert recompute(other.hours) == other.hours.value == recompute(output.hours)
        for note, table in ((fast.notes[0], typed["begroting"]), (fast.norm_note, typed["normtijden"])):
            assert note[2:] == (len(table.rows), table.separator, table.notation.sign)
        return "equal"


def text(header, rows, separator=";", end="\n", bom="", quoted=False):
    def cell(one):
        return '"' + one.replace('"', '""') + '"' if quoted or separator in one or '"' in one or "\n" in one else one

    return (bom + separator.join(header) + end + "".join(separator.join(map(cell, row)) + end for row in rows)).encode()


DIGITS = st.integers(0, 10**9 - 1).map(str)
CLEAN = st.one_of(
    st.integers(0, 99).map(str), st.integers(0, 10**6).map(str), DIGITS,
    st.tuples(st.integers(0, 9999), st.from_regex("[0-9]{1,6}", fullmatch=True)).map(lambda p: f"{p[0]},{p[1]}"),
)  # fmt: skip
DIRTY = st.sampled_from([
    "1.234", "1,234", "1.234,5", "1,234.5", "12.5", "1.5", "0,123", "0.123", "-1", "+1", "1e3", "5,", ",5", "", " ", "5 ", "\u00a05",
    "٣", "５", "1²", "0,1234567", "1000000000", "999999999,999999", "1000000000,5", "00012", "1,2,3", "5%", "n/a", "NULL", "5\n", "5\r",
    "5\x0b", "\u20095", '"5"', '5"', "1 000", "1'000", "½", "inf", "nan",
])  # fmt: skip
COLUMNS = ["vakgroep", "contract", "jaar", "zorgproduct", "soort", "aantal", "normuren", "norm_fte"]
NAME = st.sampled_from([*NAMES, *NAMES, "Onbekend", "kno", " KNO", "KNO\u00a0", "#KNO", "KNO\n"])


PARQUET_INTEGERS = st.one_of(st.integers(0, 99), st.integers(-5, 10**10), st.none())
PARQUET_FLOATS = st.one_of(
    st.integers(0, 10**6).map(lambda n: n / 100), st.floats(0, 10**9), st.floats(), st.none(),
    st.sampled_from((1.234, 0.000001, 1e-7, 999999999.999999, 1e9, 0.1 + 0.2, 123456789.123456)),
)  # fmt: skip
PARQUET_TEXTS = st.sampled_from(("5", " 5", "1,5", "1.5", "1.234", "x", "٣", None))
KNOWN = st.sampled_from(list(NAMES))


@st.composite
def files(draw, amounts, names=KNOWN, tidy=True):
    """A production file: columns in any order, some left out, rows with amounts from ``amounts``."""
    optional = [c for c in COLUMNS if c not in ("vakgroep", "zorgproduct", "aantal")]
    columns = draw(st.permutations(["vakgroep", "zorgproduct", "aantal", *draw(st.sets(st.sampled_from(optional)))]))
    keys = draw(
        st.lists(
            st.tuples(names, st.sampled_from(("P1", "012345", "Z9")), st.sampled_from(("2026", "2025", "", "2020"))),
            min_size=1, max_size=8, unique_by=(lambda k: (k[0], k[1], k[2] or "2026")) if tidy else None,
        )
    )  # fmt: skip
    if "jaar" not in columns and tidy:
        keys = list({key[:2]: key for key in keys}.values())
    rows = []
    for name, code, year in keys:
        value = {"vakgroep": name, "contract": draw(st.sampled_from(("", "A"))), "jaar": year, "zorgproduct": code}
        value["aantal"] = draw(amounts)
        rows.append([value.get(column, "") for column in columns])
    return columns, rows


@given(files(CLEAN), st.sampled_from(("\n", "\r\n")), st.sampled_from(("", "\ufeff")), st.booleans(), st.booleans())
def test_clean_files_are_equal(file, end, bom, quoted, previous):
    """Clean means accepted too: a column reader that doubts everything would be slow, not wrong."""
    columns, rows = file
    production = text(columns, rows, end=end, bom=bom, quoted=quoted)
    found = compare(production, text(NORM_HEADER, NORM_ROWS, end=end), previous=previous)
    sure = quoted or not any('"' in cell or ";" in cell for row in rows for cell in row)
    unsure_number = any(len(row[columns.index("aantal")].partition(",")[2]) == 3 for row in rows)
    assert found == "equal" or not sure or unsure_number


@given(
    files(st.one_of(CLEAN, DIRTY), NAME, tidy=False), st.sampled_from(("\n", "\r\n", "\r", "\r\r\n")),
    st.sampled_from(("", "", "\ufeff", "# toelichting\n", "\n", ";;;\n")), st.sampled_from(";,\t"),
    st.sampled_from((("A",), ("A", "B"), ())), st.booleans(),
)  # fmt: skip
def test_dirty_cells_are_doubted_or_equal(file, end, top, separator, contracts, quoted):
    columns, rows = file
    compare(text(columns, rows, separator, end, top, quoted), text(NORM_HEADER, NORM_ROWS), contracts)


@given(files(CLEAN), st.data())
def test_dirty_lines_are_doubted_or_equal(file, data):
    """Whole lines damaged: cut short, made longer, emptied, doubled, given stray quotes and other line ends."""
    columns, rows = file
    lines = text(columns, rows).decode().split("\n")[:-1]
    norms = text(NORM_HEADER, NORM_ROWS).decode().split("\n")[:-1]
    damage = [
        lambda line: line.rpartition(";")[0],
        lambda line: line + ";",
        lambda line: line + ";9",
        lambda line: "",
        lambda line: line + "\n",
        lambda line: line + "\n" + ";" * (len(columns) - 1),
        lambda line: line + "\n  ",
        lambda line: line + "\r\n\r",
        lambda line: line + "\n" + line,
        lambda line: '"' + line,
        lambda line: line + '"',
        lambda line: line.replace(";", '";"'),
        lambda line: line.replace(";", ";;", 1),
        lambda line: "# " + line,
        lambda line: line + "\u2028",
        lambda line: line + "\x0c",
        lambda line: line.replace(";", " ;\u00a0"),
        lambda line: line.rstrip(";"),
        lambda line: line.replace(";", "\r;", 1),
    ]
    target = data.draw(st.sampled_from((lines, lines, lines, norms)))
    for _ in range(data.draw(st.integers(1, 3))):
        i = data.draw(st.integers(0, len(target) - 1))
        target[i] = data.draw(st.sampled_from(damage))(target[i])
    last = data.draw(st.sampled_from(("\n", "", "\n\n", "\n;;\n")))
    compare(("\n".join(lines) + last).encode(), ("\n".join(norms) + "\n").encode())


@given(files(CLEAN), st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_any_bytes_are_doubted_or_equal(file, position, junk):
    content = text(*file)
    place = position % (len(content) + 1)
    compare(content[:place] + junk + content[place:], text(NORM_HEADER, NORM_ROWS))


@given(files(CLEAN, NAME, tidy=False), st.data())
def test_parquet_is_doubted_or_equal(file, data):
    """Columns typed as exports type them: text, whole numbers, floats, with nulls between."""
    columns, rows = file
    typed = {}
    for i, column in enumerate(columns):
        cells = [row[i] for row in rows]
        kinds = {
            "aantal": [PARQUET_INTEGERS, PARQUET_FLOATS, PARQUET_TEXTS],
            "jaar": [st.sampled_from((2026, 2025, None)), st.sampled_from((2026.0, 2025.5, None)), st.just("2026")],
            "zorgproduct": [st.sampled_from(("P1", "Z9", " P1", None)), st.sampled_from((12345, None)), st.just(1.5)],
        }.get(column)
        if kinds is not None:
            kind = data.draw(st.sampled_from(kinds))
            cells = [data.draw(kind) for _ in rows]
        typed[column] = pl.Series(column, [None if cell == "" else cell for cell in cells], strict=True)
    content = io.BytesIO()
    pl.DataFrame(typed).write_parquet(content)
    compare(content.getvalue(), text(NORM_HEADER, NORM_ROWS), suffix="parquet")


HEADER = "vakgroep;zorgproduct;aantal;jaar\n"
NORMS = text(NORM_HEADER, NORM_ROWS)


@pytest.mark.parametrize(
    "content",
    [
        HEADER + "KNO;P1;5\nÉén;P1;7;2026\n",
        HEADER + "KNO;P1;٣;2026\n",
        HEADER + "KNO;P1;3;20٣٣\n",
        HEADER.replace("\n", "\r\r\n") + "KNO;P1;5;2026\n",
        HEADER + "KNO;P1;" + " " * 40_000 + "5;2026\n",
        HEADER + "KNO;P1;5;\n;;;\nÉén;P1;7\n",
        HEADER + "KNO;P1;1000000000;2026\n",
        HEADER + "KNO\r;P1;5;2026\n",
        HEADER + "KNO;P1;5\r;2026\r\n",
        HEADER + "KNO;P1;0,1234567;2026\n",
    ],
    ids=[
        "short row",
        "arabic digit",
        "arabic year",
        "header \\r\\r",
        "long cell",
        "short beside empty",
        "10**9",
        "return in a row",
        "return after an amount",
        "7 decimals",
    ],
)
def test_once_wrong_now_doubted(content):
    assert compare(content.encode(), NORMS) == "doubt"


@pytest.mark.parametrize("folder", ["case[1]", "case?", "case*", "{a,b}"])
def test_a_folder_is_no_pattern(folder, tmp_path):
    """case[1], as a browser names a second download, is a pattern in which Polars would find case1."""
    for name, volume in (("case1", "1"), ("caseX", "2"), (folder, "3")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "begroting.csv").write_text(HEADER + f"KNO;P1;{volume};2026\n")
        (tmp_path / name / "normtijden.csv").write_bytes(NORMS)
    place = tmp_path / folder
    context = Context(GROUPS, NormTimes(), None, ("A",), YEAR)
    fast = read_large_production({"begroting": place / "begroting.csv"}, place / "normtijden.csv", context, large=0)
    hours = fast.found["begroting"].outputs(YEAR)["KNO", "A"].hours
    assert hours.value == 3 * Fraction("30.5") / 60

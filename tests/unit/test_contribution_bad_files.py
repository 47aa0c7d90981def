"""Files that are no contribution, are damaged, or were made by somebody else than the fold: each is refused in words."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import polars as pl
import pytest

from puntlanding.contribution import read_contribution, read_contributions
from puntlanding.contribution.container import pack, with_signatures
from puntlanding.contribution.model import KIND, LARGEST_COUNT, VERSION, from_bytes
from puntlanding.contribution.stored import MINUTES, STORED, VOLUME_OF, to_stored
from puntlanding.contribution.tables import TableName
from puntlanding.language import Language
from puntlanding.language.messages.contribution import CONTRIBUTION
from puntlanding.language.sentences import report
from puntlanding.problems import InputError
from small_contribution import small

pytestmark = pytest.mark.unit

GOOD = small(
    production=[{"open_01": 3}, {"code": "110401020", "open_01": 2, "open_min_01": 7}],
    strata=[{}], inputs=[{}], diagnoses=[{"aantal": 1}],
)  # fmt: skip
IN_FILE = to_stored(GOOD.tables)  # the second row has minutes that no norm time tells, so every table is there
DATA = GOOD.to_bytes()
ABOUT = "inhoud.json"


def refused(data: bytes) -> tuple[str, str | None]:
    with pytest.raises(InputError) as found:
        from_bytes(data, "noord.bijdrage")
    (problem,) = found.value.problems
    assert problem.file == "noord.bijdrage"
    for language in Language:
        assert report([problem], language).startswith("noord.bijdrage")
    return problem.code, problem.value


def entries(data: bytes = DATA) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def zipped(parts, compression=zipfile.ZIP_STORED) -> bytes:
    """As a careful forger would: with the times and attributes that a sealed file has. ``parts`` may name an entry twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, compression
            archive.writestr(info, data)
    return buffer.getvalue()


def resealed(change) -> bytes:
    """``change`` gets inhoud.json as an object."""
    content = json.loads(entries()[ABOUT])
    return zipped({**entries(), ABOUT: json.dumps(change(content) or content).encode()}.items())


def with_table(name: str, data: bytes, rows: int | None = None) -> bytes:
    """Another table under the hash that belongs to it: signed by its maker, and still not right."""
    content = json.loads(entries()[ABOUT])
    said = content["tabellen"][name]
    said["sha256"] = hashlib.sha256(data).hexdigest()
    said["rijen"] = said["rijen"] if rows is None else rows
    return zipped({**entries(), ABOUT: json.dumps(content).encode(), f"{name}.parquet": data}.items())


def parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def test_the_forger_of_these_tests_makes_files_that_are_read():
    assert zipped(entries().items()) == DATA
    assert from_bytes(with_table(TableName.STRATA, parquet(GOOD.strata)), "x").strata.equals(GOOD.strata)
    assert from_bytes(resealed(lambda content: None), "x").hospitals == GOOD.hospitals


NOT_SEALED = {
    "nothing": b"",
    "text": b"ziekenhuis;specialisme\nnoord;0303\n",
    "truncated": DATA[:-1],
    "half": DATA[: len(DATA) // 2],
    "headless": DATA[1:],
    "appended": DATA + b"\n",
    "prefixed": b"#!/bin/sh\n" + DATA,
    "compressed": zipped(entries().items(), zipfile.ZIP_DEFLATED),
    "bomb": zipped([(ABOUT, b"0" * 10**7)], zipfile.ZIP_DEFLATED),
    "one name twice": None,  # made in the test: zipfile warns of it
    "no content": zipped((name, data) for name, data in entries().items() if name != ABOUT),
    "other times": None,
}


BROKEN = {"truncated", "half", "appended", "prefixed", "other times"}  # ours once, and not as it was made


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", NOT_SEALED)
def test_what_is_no_sealed_file(name):
    data = NOT_SEALED[name]
    if name == "one name twice":
        data = zipped([*entries().items(), (ABOUT, entries()[ABOUT])])
    elif name == "other times":
        data = DATA.replace(b"\x00\x00\x21\x00", b"\x00\x00\x22\x00")
        assert data != DATA
    assert refused(data) == ("sealed_broken" if name in BROKEN else "sealed_not", None)


def test_a_comment_in_the_archive_is_not_carried_along():
    buffer = io.BytesIO(DATA)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = b"hallo"
    assert refused(buffer.getvalue()) == ("sealed_broken", None)


def test_an_entry_that_says_it_is_larger_than_a_file_can_be():
    at = DATA.rfind(b"PK\x01\x02")
    data = DATA[: at + 20] + b"\xff\xff\xff\x7f" * 2 + DATA[at + 28 :]
    assert refused(data) == ("sealed_not", None)


def test_every_byte_counts():
    """One bit of any byte: never read as if nothing happened. All bytes outside the tables, and some within."""
    inside = range(0, len(DATA), 101)
    plain = range(entries()[ABOUT].__len__() + 100)
    for at in {*inside, *plain, *range(len(DATA) - 700, len(DATA))}:
        data = bytearray(DATA)
        data[at] ^= 1 << (at % 8)
        with pytest.raises(InputError):
            from_bytes(bytes(data), "x")


def test_another_kind_of_sealed_file_and_another_version():
    about = {"basis": {}, "ziekenhuizen": []}
    tables = {name.value: GOOD.tables[name] for name in TableName}
    assert refused(pack("puntlanding-benchmark", VERSION, about, tables)) == ("sealed_kind", "puntlanding-benchmark")
    assert refused(pack(KIND, VERSION + 1, about, tables)) == ("sealed_version", str(VERSION + 1))
    assert refused(resealed(lambda content: content.pop("soort") and None)) == ("sealed_kind", "None")
    assert refused(resealed(lambda content: content.pop("formaat") and None)) == ("sealed_version", "None")


def test_a_table_that_is_not_what_the_file_says():
    other = {**entries(), "strata.parquet": parquet(GOOD.strata.with_columns(k1_patienten=7))}
    assert refused(zipped(other.items())) == ("sealed_tampered", "strata")
    swapped = {**entries(), "strata.parquet": entries()["input.parquet"]}
    assert refused(zipped(swapped.items())) == ("sealed_tampered", "strata")
    for odd in (None, {}, {"sha256": None}, {"sha256": "0" * 64}, "abc"):
        data = resealed(lambda content, odd=odd: content["tabellen"].update(strata=odd))
        assert refused(data) == ("sealed_tampered", "strata")


def _set(*path_and_value):
    """Change one place in inhoud.json."""
    *path, last, value = path_and_value

    def change(content):
        for step in path:
            content = content[step]
        content[last] = value

    return change


HOSPITAL = ("ziekenhuizen", 0)
GROUP = (*HOSPITAL, "formatie", 0)
ODD_CONTENT = {
    "a list": lambda content: [content],
    "no tables": _set("tabellen", None),
    "a table less": lambda content: content["tabellen"].pop("strata") and None,
    "a table more": _set("tabellen", "patienten", {}),
    "no basis": lambda content: content.pop("basis") and None,
    "a basis of text": _set("basis", "2026"),
    "a year of text": _set("basis", "jaar", "2026"),
    "a broken year": _set("basis", "jaar", 2026.5),
    "an endless year": _set("basis", "jaar", float("inf")),
    "a year that is true": _set("basis", "jaar", True),
    "no code sets": _set("basis", "eenheden", None),
    "ages in one word": _set("basis", "leeftijden", "0-17"),
    "ages of numbers": _set("basis", "leeftijden", [0, 18]),
    "norm times of a number": _set("basis", "normtijden", 1),
    "no hospitals": _set("ziekenhuizen", []),
    "hospitals by name": _set("ziekenhuizen", {"noord": {}}),
    "a hospital without a name": _set(*HOSPITAL, "ziekenhuis", None),
    "a type of number": _set(*HOSPITAL, "type", 3),
    "a type that is none": _set(*HOSPITAL, "type", "ziekenhuis"),
    "a name that is a path": _set(*HOSPITAL, "ziekenhuis", "../noord"),
    "a name that is a device": _set(*HOSPITAL, "ziekenhuis", "con"),
    "a name in capitals": _set(*HOSPITAL, "ziekenhuis", "Noord"),
    "no program": lambda content: content["ziekenhuizen"][0].pop("programma") and None,
    "counts of text": _set(*HOSPITAL, "tellingen", {"subtrajecten": "3"}),
    "counts in a list": _set(*HOSPITAL, "tellingen", [3]),
    "protection in a word": _set(*HOSPITAL, "bescherming", "ja"),
    "an origin without a day": _set(*HOSPITAL, "bronnen", [{"jaar": 2026, "geleverd_op": "gisteren", "inhoud": ""}]),
    "fte of a number": _set(*GROUP, "zorgverlening_fte", 4.5),
    "fte over zero": _set(*GROUP, "zorgverlening_fte", "4/0"),
    "fte below zero": _set(*GROUP, "werkzame_fte", "-1"),
    "fte with an exponent": _set(*GROUP, "werkzame_fte", "1e999999999"),
    "fte of many digits": _set(*GROUP, "werkzame_fte", "9" * 5000),
    "a group twice": lambda content: content["ziekenhuizen"][0]["formatie"].extend(
        content["ziekenhuizen"][0]["formatie"]
    ),
    "a hospital twice": lambda content: content["ziekenhuizen"].extend(content["ziekenhuizen"]),
    "hospitals out of order": lambda content: content["ziekenhuizen"].append(
        {**content["ziekenhuizen"][0], "ziekenhuis": "aa"}
    ),
}


@pytest.mark.parametrize("name", ODD_CONTENT)
def test_what_the_content_says_must_fit(name):
    code, value = refused(resealed(ODD_CONTENT[name]))
    assert code == "sealed_damaged"
    assert value in (ABOUT, "tabellen", "ziekenhuizen")


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff\xfe", b"[]", b"1", b"[" * 100_000, b'{"soort": ' + b"9" * 5000 + b"}"]
)
def test_content_that_is_no_object(text):
    assert refused(zipped({**entries(), ABOUT: text}.items())) == ("sealed_damaged", ABOUT)


def test_entries_that_do_not_belong_there():
    assert refused(zipped([*entries().items(), ("extra.parquet", b"")])) == ("sealed_damaged", "tabellen")
    assert refused(zipped([*entries().items(), ("../../weg.txt", b"")])) == ("sealed_damaged", "tabellen")
    missing = {name: data for name, data in entries().items() if name != "input.parquet"}
    assert refused(zipped(missing.items())) == ("sealed_damaged", "tabellen")


@pytest.mark.parametrize(
    "text",
    [b"{}", b"[]", b'{"handtekeningen": 1}', b'{"handtekeningen": ["a"]}', b'{"handtekeningen": [{"a": 1}]}', b"\xff"],
)
def test_signatures_that_are_none(text):
    signed = entries(with_signatures(DATA, [{"a": "b"}]))
    assert refused(zipped({**signed, "handtekeningen.json": text}.items()))[0] == "sealed_damaged"


@pytest.mark.parametrize("name", STORED)
@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\0" * 50 + b"PAR1", entries()["strata.parquet"][:-9]])
def test_a_table_that_is_no_parquet(name, data):
    assert refused(with_table(name, data)) == ("sealed_damaged", name)


def test_a_table_that_breaks_in_the_middle():
    """With the hash that belongs to it: what a careless program would write, at every place where Parquet can break."""
    whole = entries()["productie.parquet"]
    codes = set()
    for at in range(4, len(whole), 997):
        data = whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :]
        codes |= {one.code for one in _problems(with_table(TableName.PRODUCTION, data))}
    assert codes == {"sealed_damaged"}


def _problems(data: bytes):
    """None where the change did not show: a byte that Parquet does not use."""
    try:
        from_bytes(data, "x")
    except InputError as found:
        return found.problems
    return ()


def _frames():
    for name, layout in STORED.items():
        frame = IN_FILE[name]
        key, count = layout.keys[-1], layout.counts[0]
        yield name, "a column less", frame.drop(count)
        yield name, "a column more", frame.with_columns(naam=pl.lit("x"))
        yield name, "a key of numbers", frame.with_columns(pl.lit(1).alias(key))
        yield name, "counts of 32 bits", frame.with_columns(pl.col(count).cast(pl.Int32))
        yield name, "counts with a fraction", frame.with_columns(pl.col(count).cast(pl.Float64))
        yield name, "counts of text", frame.with_columns(pl.col(count).cast(pl.String))
        yield name, "an empty key", frame.with_columns(pl.lit(None, pl.String).alias(key))
        if count not in layout.unknown:
            yield name, "an empty count", frame.with_columns(pl.lit(None, pl.Int64).alias(count))
        yield name, "a row twice", pl.concat([frame, frame])
        yield name, "a stranger", frame.with_columns(ziekenhuis=pl.lit("zuid"))
        yield name, "below all bounds", frame.with_columns(pl.lit(-LARGEST_COUNT - 1, pl.Int64).alias(count))
        yield name, "beyond all bounds", frame.with_columns(pl.lit(LARGEST_COUNT + 1, pl.Int64).alias(count))
        yield name, "out of order", pl.concat([frame.with_columns(pl.lit("9999").alias(layout.keys[1])), frame])


@pytest.mark.parametrize(("name", "what", "frame"), [pytest.param(*one, id=f"{one[0]}: {one[1]}") for one in _frames()])
def test_a_table_that_the_fold_would_not_make(name, what, frame):
    assert refused(with_table(name, parquet(frame), frame.height)) == ("sealed_damaged", name)


def test_a_table_with_another_number_of_rows_than_the_content_says():
    for name, frame in IN_FILE.items():
        data = parquet(frame)
        assert refused(with_table(name, data, frame.height + 1)) == ("sealed_damaged", name)
        assert refused(with_table(name, parquet(frame.clear()))) == ("sealed_damaged", name)


def test_minutes_that_do_not_belong_to_the_production():
    """A row of minutes without production; a row with a norm time and minutes; minutes too large to add up."""
    own, production = IN_FILE[MINUTES], IN_FILE["productie"]
    elsewhere = own.with_columns(code=pl.lit("110401029"))
    assert refused(with_table(MINUTES, parquet(elsewhere))) == ("sealed_damaged", MINUTES)
    double = production.with_columns(pl.lit(5, pl.Int64).alias("normtijd"))
    assert refused(with_table("productie", parquet(double))) == ("sealed_damaged", MINUTES)
    for volume, norm_time in ((2, LARGEST_COUNT), (LARGEST_COUNT, LARGEST_COUNT), (-2, -LARGEST_COUNT)):
        large = production.head(1).with_columns(
            pl.lit(volume, pl.Int64).alias("sluit_12"), pl.lit(norm_time, pl.Int64).alias("normtijd")
        )
        both = pl.concat([large, production.tail(1)])
        assert refused(with_table("productie", parquet(both))) == ("sealed_damaged", MINUTES)


def test_the_largest_minutes_there_can_be():
    """By row: a large volume of one product and a long norm time of another are no large minutes."""
    rows = [
        {"sluit_12": LARGEST_COUNT, **dict.fromkeys(VOLUME_OF, 0), "sluit_min_12": LARGEST_COUNT},
        {"code": "110401020", "open_01": -1, **dict.fromkeys(VOLUME_OF, 0), "open_min_01": -LARGEST_COUNT},
        {"code": "110401021", "open_01": LARGEST_COUNT},
    ]
    whole = small(production=rows)
    assert MINUTES not in to_stored(whole.tables)
    assert from_bytes(whole.to_bytes(), "x").production.equals(whole.production)


def test_what_was_read_in_part_is_no_contribution_to_write():
    for columns in ({}, {TableName.STRATA: ("ziekenhuis",)}, dict.fromkeys(TableName, ("ziekenhuis",))):
        with pytest.raises(ValueError, match="in part"):
            from_bytes(DATA, "x", columns).to_bytes()


def test_several_files_are_read_in_their_order_and_all_that_is_wrong_is_told(tmp_path):
    paths = [tmp_path / f"{name}.bijdrage" for name in ("c", "a", "b")]
    for path in paths:
        path.write_bytes(small(path.stem, production=[{}]).to_bytes())
    assert [one.names for one in read_contributions(paths)] == [("c",), ("a",), ("b",)]
    paths[0].write_bytes(b"")
    paths[2].unlink()
    with pytest.raises(InputError) as found:
        read_contributions(paths)
    assert [(one.code, one.file) for one in found.value.problems] == [
        ("sealed_not", "c.bijdrage"), ("unreadable", "b.bijdrage"),
    ]  # fmt: skip


def test_the_largest_count_there_can_be():
    """And the smallest: corrections may outweigh a month."""
    most = GOOD.strata.with_columns(
        k1_patienten=pl.lit(LARGEST_COUNT, pl.Int64), k2_fysiek=pl.lit(-LARGEST_COUNT, pl.Int64)
    )
    assert from_bytes(with_table(TableName.STRATA, parquet(most)), "x").strata.equals(most)
    assert 70 * 20_000 * 48 * LARGEST_COUNT < 2**63


def test_a_file_that_cannot_be_read(tmp_path):
    for path in (tmp_path / "weg.bijdrage", tmp_path):
        with pytest.raises(InputError) as found:
            read_contribution(path)
        assert [one.code for one in found.value.problems] == ["unreadable"]


def test_only_reading_a_part_still_verifies_the_whole():
    other = {**entries(), "strata.parquet": parquet(GOOD.strata.with_columns(k1_patienten=7))}
    with pytest.raises(InputError):
        from_bytes(zipped(other.items()), "x", {TableName.INPUT: ("ziekenhuis",)})


def test_every_message_about_files_is_reached_here():
    told = {code for code in CONTRIBUTION if code.startswith("sealed_")}
    assert told == {"sealed_not", "sealed_broken", "sealed_kind", "sealed_version", "sealed_damaged", "sealed_tampered"}

"""However an agreement is typed, it has one content: hash, differences, seal and origin all follow from that."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from agreements import agreements, sheet, toml
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.agreement import read_agreement, read_toml
from puntlanding.agreement.content import Content, content_from, content_of
from puntlanding.agreement.difference import differences, since_seal
from puntlanding.agreement.seal import Party, Seal, broken, read_seal, seal_text
from puntlanding.case.agreement_sheet import agreement_from_sheet
from puntlanding.case.provenance import Provenance, TableHash
from puntlanding.language.notation import Language
from puntlanding.problems import errors
from puntlanding.report.provenance import provenance_record, record_of, rows_of
from puntlanding.stage import Stage

pytestmark = pytest.mark.generative


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("afspraken") / "afspraak.toml"


def content(place: Path, text: str) -> Content:
    place.write_text(text, encoding="utf-8")
    raw, lines, problems = read_toml(place)
    assert raw is not None, problems
    agreement, found = read_agreement(raw, lines, place.name)
    assert agreement is not None, errors(found)
    return content_of(raw)


@given(agreements(), st.integers())
@settings(max_examples=60, deadline=None)
def test_one_content_however_it_is_typed(place, raw, seed):
    def shuffle(items):
        chance = random.Random(seed)
        return chance.sample(items, len(items))

    plain = content(place, toml(raw))
    assert content(place, toml(raw, shuffle, "# een opmerking")).hash == plain.hash
    typed, lines, problems = agreement_from_sheet(sheet(raw, shuffle))
    assert not problems
    assert read_agreement(typed, lines, "case.xlsx[afspraak]")[0] is not None
    assert content_of(typed).hash == plain.hash
    assert content_from(plain.record()).hash == plain.hash
    assert not differences(plain, content_of(typed))


@given(agreements())
@settings(max_examples=40, deadline=None)
def test_a_default_written_out_is_no_difference(place, raw):
    plain = content(place, toml(raw))
    whole: dict[str, dict[str, object]] = {}
    for (section, name, key), value in plain.values.items():
        if not name and "." not in section and isinstance(value, str):
            whole.setdefault(section, {})[key] = value
    typed, lines, problems = agreement_from_sheet(sheet({**raw, **_merged(raw, whole)}))
    assert not problems
    agreement, found = read_agreement(typed, lines, "x")
    assert agreement is not None, found
    assert content_of(typed).hash == plain.hash


def _merged(raw, whole):
    return {section: {**table, **raw.get(section, {})} for section, table in whole.items()}


@given(agreements(), agreements())
@settings(max_examples=60, deadline=None)
def test_no_differences_exactly_where_the_hashes_are_equal(place, first, second):
    one, other = content(place, toml(first)), content(place, toml(second))
    found = differences(one, other)
    assert bool(found) == (one.hash != other.hash)
    assert len({difference.key for difference in found}) == len(found)
    assert {difference.key for difference in differences(other, one)} == {difference.key for difference in found}
    for difference in found:
        dutch, english = difference.said
        assert dutch.endswith(".")
        assert english.endswith(".")
        assert dutch != english
        assert "{" not in dutch + english


@given(agreements(), agreements())
@settings(max_examples=40, deadline=None)
def test_a_seal_is_read_back_and_tells_every_change(place, first, second):
    one, other = content(place, toml(first)), content(place, toml(second))
    seal = Seal(one.hash, one, ((Party.HOSPITAL, date(2026, 1, 15)),)).with_(Party.COLLECTIVE, date(2026, 1, 20))
    kept = place.with_name("afspraak.zegel.toml")
    kept.write_text(seal_text(seal), encoding="utf-8")
    read, problems = read_seal(kept)
    assert not problems
    assert read == seal
    assert read.complete
    assert broken(read, one, "afspraak.toml", {}) is None
    assert (broken(read, other, "afspraak.toml", {}) is None) == (one.hash == other.hash)
    assert bool(since_seal(one, other)) == (one.hash != other.hash)


@given(agreements())
@settings(max_examples=40, deadline=None)
def test_what_a_result_says_of_itself_is_the_same_as_rows(place, raw):
    found = content(place, toml(raw))
    tables = (TableHash("begroting", "begroting.csv", "0" * 64), TableHash("=x", '"y"', "1" * 64))
    origin = Provenance("afspraak.toml", found, date(2026, 1, 1), "", tables)
    record = provenance_record(origin, list(Stage), Language.DUTCH)
    assert record_of(rows_of(record)) == record

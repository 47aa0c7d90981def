"""A published benchmark: written once, in a chain, and read back only where it is what it was."""

import os
import threading
from dataclasses import replace
from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.ex_ante import ex_ante
from puntlanding.benchmark.peers import GroupKey, PeerRule, PeersBy
from puntlanding.benchmark.published import _create as create
from puntlanding.benchmark.published import name_of, publish, read_benchmark, versions, years
from puntlanding.benchmark.published_tables import RATES, fraction
from puntlanding.contribution import merge
from puntlanding.contribution.container import pack
from puntlanding.norms.structure import Change, product_structure
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.problems import InputError
from small_contribution import small

pytestmark = pytest.mark.unit

DAY = date(2026, 12, 1)
PRINTS = {"noord": "a" * 64, "zuid": "b" * 64}
NORMS = NormTable(
    pl.DataFrame([(2027, "0303", "zorgproduct", "110401019", 6000)], schema=SCHEMA, orient="row"), "n.csv"
)


def benchmark(method=PeerMethod.POOLED, hospitals=("noord", "zuid"), structure=None):
    parts = [
        small(name, [{"open_01": 10 * (place + 1), "open_min_01": 50000}], fte={("0303", "poort"): f"{place + 3}"})
        for place, name in enumerate(hospitals)
    ]
    return ex_ante(merge(parts), 2027, NORMS, PeerRule(PeersBy.ALL), method, structure)


FIRST, SECOND = benchmark(), benchmark(PeerMethod.MEDIAN)


def codes(caught):
    return [one.code for one in caught.value.problems]


def test_what_was_published_is_read_back(tmp_path):
    done = publish(tmp_path, FIRST, PRINTS, DAY, program="1.0")
    one = read_benchmark(tmp_path / name_of(2027, 1))
    assert done.written
    assert (one.about, one.fingerprint) == (done.published.about, done.published.fingerprint)
    assert (one.year, one.base_year, one.version, one.day, one.reason, one.previous) == (
        2027,
        2026,
        1,
        DAY,
        "vaststelling",
        None,
    )
    assert (one.rule, one.method, one.contributions) == (PeerRule(PeersBy.ALL), PeerMethod.POOLED, PRINTS)
    assert one.rates() == {key: found.rate for key, found in FIRST.rates.groups.items()}
    assert one.rates()[GroupKey("noord", "0303", "poort")] == Fraction(30, 7)


def test_few_hospitals_give_a_rate_and_nothing_to_subtract_from(tmp_path):
    def row(count):
        found = benchmark(hospitals=[f"h{number}" for number in range(count)])
        return publish(tmp_path / str(count), found, {}, DAY).published.tables[RATES].row(0, named=True)

    assert (fraction(row(2), "fte"), fraction(row(2), "laagste")) == (None, None)
    assert (fraction(row(3), "fte"), fraction(row(4), "laagste")) == (12, None)
    assert fraction(row(5), "midden") is not None
    assert fraction(row(2), "benchmark") == Fraction(30, 7)


def test_the_same_again_is_said_and_not_written(tmp_path):
    publish(tmp_path, FIRST, PRINTS, DAY, program="1.0")
    again = publish(tmp_path, benchmark(), PRINTS, date(2027, 1, 5), "nog eens", program="1.1")
    assert not again.written
    assert again.published.version == 1
    assert [one.name for one in tmp_path.iterdir()] == [name_of(2027, 1)]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_second_version_needs_a_reason(tmp_path, reason):
    first = publish(tmp_path, FIRST, PRINTS, DAY).path.read_bytes()
    with pytest.raises(InputError, match="publish_needs_reason"):
        publish(tmp_path, SECOND, PRINTS, DAY, reason)
    done = publish(tmp_path, SECOND, PRINTS, DAY, "mediaan afgesproken")
    assert (done.published.version, done.published.reason) == (2, "mediaan afgesproken")
    assert (tmp_path / name_of(2027, 1)).read_bytes() == first
    assert [one.version for one in versions(tmp_path, 2027)] == [1, 2]
    assert years(tmp_path) == (2027,)


@pytest.mark.parametrize(
    "other",
    [
        {"contributions": {**PRINTS, "zuid": "c" * 64}},
        {
            "found": benchmark(
                structure=product_structure([Change(2027, "0303", "zorgproduct", None, "x", volume=Fraction(1))])
            )
        },
        {"extra": {"referenties": pl.DataFrame({"specialisme": ["0303"], "aantal": [3]})}},
    ],
)
def test_what_makes_it_another_benchmark(tmp_path, other):
    given = {"found": FIRST, "contributions": PRINTS, "day": DAY}
    publish(tmp_path, **given)
    with pytest.raises(InputError, match="publish_needs_reason"):
        publish(tmp_path, **given | other)


def test_a_later_version_is_not_of_an_earlier_day(tmp_path):
    publish(tmp_path, FIRST, PRINTS, DAY)
    with pytest.raises(InputError, match="publish_before"):
        publish(tmp_path, SECOND, PRINTS, date(2026, 11, 30), "eerder")


def chain(folder):
    publish(folder, FIRST, PRINTS, DAY)
    publish(folder, SECOND, PRINTS, DAY, "mediaan")
    return publish(folder, FIRST, PRINTS, DAY, "toch niet").path


def test_a_version_that_is_missing_is_found(tmp_path):
    chain(tmp_path)
    (tmp_path / name_of(2027, 2)).unlink()
    with pytest.raises(InputError) as caught:
        versions(tmp_path, 2027)
    assert codes(caught) == ["published_gap"]
    with pytest.raises(InputError, match="published_gap"):
        publish(tmp_path, SECOND, PRINTS, DAY, "verder")


def test_a_version_that_was_made_anew_is_found(tmp_path):
    chain(tmp_path)
    (tmp_path / "elders").mkdir()
    other = publish(tmp_path / "elders", SECOND, PRINTS, DAY).path
    other.replace(tmp_path / name_of(2027, 1))
    with pytest.raises(InputError, match="published_altered"):
        versions(tmp_path, 2027)


def test_a_version_under_another_name_is_found(tmp_path):
    path = chain(tmp_path)
    path.replace(tmp_path / name_of(2027, 4))
    with pytest.raises(InputError) as caught:
        versions(tmp_path, 2027)
    assert codes(caught) == ["published_gap", "published_name"]


def test_every_byte_counts(tmp_path):
    path = publish(tmp_path, FIRST, PRINTS, DAY).path
    whole = path.read_bytes()
    path.chmod(0o644)
    for place in range(0, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(InputError):
            read_benchmark(path)
    for part in (whole[:-1], whole[: len(whole) // 2], b"", b"nee"):
        path.write_bytes(part)
        with pytest.raises(InputError, match="sealed_"):
            read_benchmark(path)


@pytest.mark.parametrize(
    "wrong",
    [{"datum": "morgen"}, {"regel": {}}, {"methode": "modus"}, {"versie": "1"}, {"bijdragen": {"a": 1}}, {"vorige": 3}, {"reden": None}],
)  # fmt: skip
def test_a_file_that_somebody_made_otherwise_is_refused(tmp_path, wrong):
    one = publish(tmp_path, FIRST, PRINTS, DAY).published
    about = {key: value for key, value in one.about.items() if key not in ("soort", "formaat", "tabellen")}
    path = tmp_path / "eigen.benchmark"
    path.write_bytes(pack("puntlanding-benchmark", 1, about, one.tables))
    assert read_benchmark(path).fingerprint == one.fingerprint
    path.write_bytes(pack("puntlanding-benchmark", 1, about | wrong, one.tables))
    with pytest.raises(InputError, match="sealed_damaged"):
        read_benchmark(path)


def test_another_sealed_file_is_no_benchmark(tmp_path):
    path = tmp_path / "noord.bijdrage"
    path.write_bytes(small().to_bytes())
    with pytest.raises(InputError, match="sealed_kind"):
        read_benchmark(path)
    with pytest.raises(InputError, match="unreadable"):
        read_benchmark(tmp_path / "weg.benchmark")


def test_tables_of_others_come_along(tmp_path):
    extra = {"referenties": pl.DataFrame({"specialisme": ["0303"], "aantal": [3]})}
    publish(tmp_path, FIRST, PRINTS, DAY, extra=extra)
    assert read_benchmark(tmp_path / name_of(2027, 1)).tables["referenties"].equals(extra["referenties"])


def test_published_at_the_same_moment_none_is_lost(tmp_path):
    """All see an empty folder; one gets the name, the others are told."""
    found = [replace(FIRST, norm_times=f"{number:064}") for number in range(8)]
    start, outcomes = threading.Barrier(len(found)), []

    def run(one):
        start.wait()
        try:
            outcomes.append(publish(tmp_path, one, PRINTS, DAY, "samen").published.version)
        except InputError as error:
            outcomes.extend(problem.code for problem in error.problems)

    threads = [threading.Thread(target=run, args=(one,)) for one in found]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    numbers = sorted(one for one in outcomes if isinstance(one, int))
    assert numbers == list(range(1, len(numbers) + 1))
    assert {one for one in outcomes if isinstance(one, str)} <= {"publish_at_once"}
    kept = versions(tmp_path, 2027)
    assert [one.version for one in kept] == numbers
    assert not list(tmp_path.glob(".puntlanding*"))


def test_a_disk_without_links_keeps_the_first_too(tmp_path, monkeypatch):
    def refused(*_):
        raise PermissionError(1, "no links")

    monkeypatch.setattr(os, "link", refused)
    path = publish(tmp_path, FIRST, PRINTS, DAY).path
    whole = path.read_bytes()
    with pytest.raises(InputError, match="publish_at_once"):
        create(path, b"x")
    assert path.read_bytes() == whole
    assert [one.name for one in tmp_path.iterdir()] == [path.name]

"""The store of made-up hospitals: what is in it, that it is the same for the same seed, and that half of one is none."""

import hashlib
from pathlib import Path

import pytest

from puntlanding.agreement import read_agreement
from puntlanding.agreement.toml_file import read_toml
from puntlanding.case import load_case
from puntlanding.case.lists import read_cost_prices, read_hospital_kinds, read_norm_table
from puntlanding.demo import network
from puntlanding.demo.network import write_network
from puntlanding.records.store import Store

pytestmark = pytest.mark.unit
YEAR = 2025


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    target = tmp_path_factory.mktemp("net") / "demo"
    return target, write_network(target, 2, YEAR, 0.002, 7)


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_hospital_has_three_years_in_the_store_and_two_cases(made):
    target, kept = made
    store = Store(target / "opslag")
    assert store.hospitals() == tuple(one.slug for one in kept) == ("ziekenhuis-01", "ziekenhuis-02")
    for one in kept:
        assert [kept.year for kept in store.deliveries(one.slug)] == [2023, 2024, 2025]
        for year in (2024, 2025):
            loaded = load_case(target / "opslag" / one.slug / f"case-{year}", ("vakgroepen", "formatie"))
            assert loaded.checked().agreement.year == year


def test_the_lists_hold_for_all_hospitals(made):
    target, kept = made
    assert read_norm_table(target / "normtijden.csv").years == (2023, 2024, 2025)
    assert read_cost_prices(target / "kostprijzen.csv", YEAR).cents
    assert read_hospital_kinds(target / "ziekenhuizen.csv") == {one.slug: one.kind for one in kept}


def test_every_insurer_but_those_of_the_last_contract_is_named(made):
    target, kept = made
    raw, lines, _ = read_toml(target / "opslag" / kept[0].slug / f"case-{YEAR}" / "afspraak.toml")
    agreement, problems = read_agreement(raw, lines, "afspraak.toml")
    assert not problems
    assert agreement.contracts_of_the_rest == (agreement.contracts[-1].name,)
    assert len(agreement.insurers) == len(agreement.contracts) - 1


def test_the_same_seed_gives_the_same_bytes(made, tmp_path):
    target, _ = made
    write_network(tmp_path / "again", 2, YEAR, 0.002, 7)
    assert contents(tmp_path / "again") == contents(target)


def test_nothing_is_written_over_and_nothing_half(tmp_path, monkeypatch):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write_network(tmp_path / "full", 1, YEAR, 0.002, 7)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(network, "_lists", stop)
    with pytest.raises(KeyboardInterrupt):
        write_network(tmp_path / "half", 1, YEAR, 0.002, 7)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["full"]

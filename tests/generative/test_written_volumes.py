"""What a contribution counts, written as a budget's own rows and read back: the group's hours are the same, whatever is in it."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_linked_production import CODES, CONTRACTS, GROUPS, HOME, KINDS, PAIRS, YEAR, changes, trends

from puntlanding.case import load_case
from puntlanding.case.model import Case
from puntlanding.case.written import typed_files
from puntlanding.contribution.tables import OPENED
from puntlanding.norms.contributed import ContributionProduction
from puntlanding.norms.structure import ProductStructure
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.norms.trends import Trends
from puntlanding.norms.volume_origin import CountedVolumes
from puntlanding.norms.volumes import volumes_of
from small_contribution import small

pytestmark = pytest.mark.generative

AGREEMENT = f"""[afspraak]
organisatie = "MSB"
jaar = {YEAR}

[[contract]]
naam = "A"
soort = "plafond"

[[contract]]
naam = "B"
soort = "plafond"
"""
keys = st.tuples(st.sampled_from(PAIRS), st.sampled_from(CODES), st.sampled_from(CONTRACTS))


def production_of(counted, structure, said, times):
    rows = [
        {"specialisme": pair[0], "rol": pair[1], "soort": KINDS[pair[1]], "code": code, "contract": contract,
         OPENED[volume % 12]: volume}
        for (pair, code, contract), volume in counted.items()
    ]  # fmt: skip
    norms = [(YEAR, pair[0], KINDS[pair[1]], code, minutes) for (pair, code), minutes in times.items()]
    volumes = CountedVolumes(
        YEAR, "noord.bijdrage", HOME, volumes_of(small(HOME, rows)), ProductStructure(structure, "p.csv"), Trends(said, "t.csv")
    )  # fmt: skip
    table = NormTable(pl.DataFrame(norms, schema=SCHEMA, orient="row"), "normtijden.csv")
    pairs = frozenset((name, contract) for name in GROUPS.values() for contract in ("A", "B"))
    return ContributionProduction(GROUPS, {YEAR: volumes}, table, pairs, dict), norms, table


def folder_of(place, norms):
    (place / "afspraak.toml").write_text(AGREEMENT, encoding="utf-8")
    groups = "".join(f"{name};{specialism};{role}\n" for (specialism, role), name in GROUPS.items())
    (place / "vakgroepen.csv").write_text("vakgroep;specialisme;rol\n" + groups, encoding="utf-8")
    rates = "".join(f"{name};100\n" for name in GROUPS.values())
    (place / "benchmark.csv").write_text("vakgroep;normuren_per_fte\n" + rates, encoding="utf-8")
    times = "".join(
        f"{year};{specialism};{kind};{code};{minutes / 100:.2f}\n" for year, specialism, kind, code, minutes in norms
    )
    (place / "normtijden.csv").write_text(
        "jaar;specialisme;soort;code;minuten\n" + times.replace(".", ","), encoding="utf-8"
    )
    return place


@given(
    counted=st.dictionaries(keys, st.integers(1, 400), max_size=12),
    structure=changes(),
    said=trends(),
    times=st.dictionaries(
        st.tuples(st.sampled_from(PAIRS), st.sampled_from("abcxyz")), st.integers(0, 90_000), min_size=1
    ),
)
def test_what_is_written_says_what_was_counted(counted, structure, said, times):
    production, norms, table = production_of(counted, structure, said, times)
    with tempfile.TemporaryDirectory() as made:
        place = folder_of(Path(made), norms)
        plain = load_case(place).checked()
        whole = Case(plain.agreement, plain.groups, plain.rates, budget=production)
        for name, data in typed_files(whole, ("begroting",), table).items():
            (place / name).write_bytes(data)
        read = load_case(place).checked().budget
    before, after = production.outputs(YEAR), read.outputs(YEAR)
    assert before.keys() == after.keys()
    for group in GROUPS.values():
        pairs = [key for key in before if key[0] == group]
        apart = [before[key].hours.value - after[key].hours.value for key in pairs]
        assert all(abs(one) < Fraction(1, 10**7) for one in apart)
        ended = all(_ends(before[key].hours.value * 60 * 100) for key in pairs)
        assert not ended or apart == [0] * len(pairs)


def _ends(value):
    rest = value.denominator
    while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
        rest = rest // 10 if rest % 10 == 0 else rest // 2 if rest % 2 == 0 else rest // 5
    return rest == 1

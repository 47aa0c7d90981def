"""Norm times against a plain oracle of dictionaries and fractions, on generated volumes, structures and profiles."""

from collections import defaultdict
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from puntlanding.explain import Source, recompute
from puntlanding.norms.build import build
from puntlanding.norms.effect import effect
from puntlanding.norms.neutrality import neutrality, worked_minutes
from puntlanding.norms.profiles import PROFILES, Profiles, Route, Surcharge, Surcharges
from puntlanding.norms.structure import Change, product_structure, restructured
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.norms.trends import Trend, local_trends, with_trends
from puntlanding.norms.volumes import SCALE, VOLUMES, exact
from puntlanding.problems import InputError
from puntlanding.quantities import half_up
from small_contribution import small

pytestmark = pytest.mark.generative

OLD, NEW = ["p1", "p2", "p3", "p4"], ["q1", "q2", "p1"]
HOSPITALS, SPECIALISMS = ["noord", "zuid"], ["0303", "0305"]
factors = st.integers(0, 3 * 10**6).map(lambda steps: Fraction(steps, 10**6))
maybe_hospital = st.one_of(st.none(), st.sampled_from([*HOSPITALS, "west"]))
volumes = st.dictionaries(
    st.tuples(st.sampled_from(HOSPITALS), st.sampled_from(SPECIALISMS), st.sampled_from(OLD), st.sampled_from(["alle", "a"])),
    st.integers(1, 10**6), max_size=12,
)  # fmt: skip
changes = st.lists(
    st.one_of(
        st.builds(lambda s, o, n, f, h: Change(2027, s, "zorgproduct", o, n, f, None, h), st.sampled_from(SPECIALISMS), st.sampled_from(OLD), st.sampled_from(NEW), factors, maybe_hospital),
        st.builds(lambda s, o, h: Change(2027, s, "zorgproduct", o, None, hospital=h), st.sampled_from(SPECIALISMS), st.sampled_from(OLD), maybe_hospital),
        st.builds(lambda s, n, v, h: Change(2027, s, "zorgproduct", None, n, volume=v, hospital=h), st.sampled_from(SPECIALISMS), st.sampled_from(["n1", "n2"]), factors, maybe_hospital),
    ),
    max_size=6,
)  # fmt: skip
trends = st.lists(
    st.builds(
        lambda s, r, c, h, f: Trend(s, r, c, h, f, "groei"),
        st.sampled_from(SPECIALISMS), st.sampled_from([None, "poort", "ondersteunend"]), st.sampled_from([None, *OLD, "q1"]), maybe_hospital, factors,
    ),
    max_size=6,
)  # fmt: skip


def frame(plain, order=lambda rows: rows):
    rows = [(h, s, "poort", "zorgproduct", c, k, int(v * SCALE)) for (h, s, c, k), v in plain.items()]
    return pl.DataFrame(order(rows), schema=VOLUMES, orient="row")


def plain_of(table):
    return {(row[0], row[1], row[4], row[5]): exact(row[-1]) for row in table.rows()}


def restructured_plainly(plain, rows):
    """Row by row: what a hospital's own rows say of a code, or else what the general ones say."""
    done = defaultdict(Fraction)

    def of(hospital, specialism, code, field):
        same = [
            one
            for one in rows
            if one.specialism == specialism and getattr(one, field) == code and (field == "old" or one.old is None)
        ]
        own = [one for one in same if one.hospital == hospital]
        return own or [one for one in same if one.hospital is None]

    for (hospital, specialism, code, contract), volume in plain.items():
        said = of(hospital, specialism, code, "old")
        for one in said:
            if one.new is not None:
                done[hospital, specialism, one.new, contract] += volume * one.factor
        if not said:
            done[hospital, specialism, code, contract] += volume
    for hospital, specialism in {key[:2] for key in plain}:
        for code in ("n1", "n2"):
            for one in of(hospital, specialism, code, "new"):
                done[hospital, specialism, code, "alle"] += one.volume
    return {key: volume for key, volume in done.items() if volume}


def fitting(rows):
    """The structure, or no example at all: what is refused is tested elsewhere."""
    try:
        return product_structure(rows)
    except InputError:
        assume(False)


@given(volumes, changes)
@settings(max_examples=70, deadline=None)
def test_the_product_structure(plain, rows):
    structure = fitting(rows)
    done = restructured(frame(plain), structure, 2027)
    assert plain_of(done) == (restructured_plainly(plain, rows) if rows else plain)
    assert (
        restructured(frame(plain, lambda rows: rows[::-1]), product_structure(rows[::-1]), 2027)
        .sort(done.columns)
        .equals(done.sort(done.columns))
    )


@given(volumes, trends)
@settings(max_examples=70, deadline=None)
def test_trends(plain, rows):
    try:
        local = local_trends(rows)
    except InputError:
        assume(False)
    expected = {}
    for (hospital, specialism, code, contract), volume in plain.items():
        cell = {"rol": "poort", "code": code, "ziekenhuis": hospital}
        fits = [one for one in rows if one.specialism == specialism and one.narrowed().items() <= cell.items()]
        best = max(fits, key=lambda one: len(one.narrowed()), default=None)
        expected[hospital, specialism, code, contract] = volume * (1 if best is None else best.factor)
    assert plain_of(with_trends(frame(plain), local)) == {key: volume for key, volume in expected.items() if volume}


def table_of(times):
    rows = [(year, s, kind, code, minutes) for (year, s, kind, code), minutes in times.items()]
    return NormTable(pl.DataFrame(rows, schema=SCHEMA, orient="row"), "normtijden.csv")


times = st.dictionaries(
    st.tuples(st.sampled_from([2026, 2027]), st.sampled_from(SPECIALISMS), st.just("zorgproduct"), st.sampled_from([*OLD, "q1", "q2", "n1", "n2"])),
    st.integers(0, 50_000), min_size=8, max_size=32,
)  # fmt: skip


@given(volumes, changes, times)
@settings(max_examples=70, deadline=None)
def test_the_effect_adds_up_and_leaves_out_only_what_lacks_a_norm_time(plain, rows, minutes):
    structure = fitting(rows)
    table = table_of(minutes)
    found = effect(frame(plain), (table, 2026), (table, 2027), structure)
    for group in (*found.groups, *found.specialisms):
        assert sum(part.difference for part in group.parts) == group.new - group.old
    sides = ((2026, plain, "old"), (2027, restructured_plainly(plain, rows) if rows else plain, "new"))
    lacking = {
        (s, c)
        for year, side, _ in sides
        for (_, s, c, _), v in side.items()
        if (year, s, "zorgproduct", c) not in minutes
    }
    left_out = {(one.specialism, one.code) for one in found.not_compared}
    assert lacking <= left_out
    for year, side, name in sides:
        known = {key: v for key, v in side.items() if (year, key[1], "zorgproduct", key[2]) in minutes}
        whole = sum(v * minutes[year, s, "zorgproduct", c] for (_, s, c, _), v in known.items())
        compared = sum(
            v * minutes[year, s, "zorgproduct", c] for (_, s, c, _), v in known.items() if (s, c) not in left_out
        )
        hours = sum((getattr(group, name) for group in found.groups), Fraction(0)) * 6000
        assert compared <= hours <= whole
        if not left_out:
            assert hours == whole


profile_rows = st.dictionaries(
    st.tuples(st.sampled_from(SPECIALISMS), st.sampled_from(OLD), st.sampled_from(["190060", "035700", "081093"])),
    factors,
    min_size=1,
    max_size=12,
)
activity_times = st.dictionaries(
    st.tuples(st.just(2026), st.sampled_from(SPECIALISMS), st.just("zorgactiviteit"), st.sampled_from(["190060", "035700", "081093"])),
    st.integers(0, 50_000), min_size=4, max_size=6,
)  # fmt: skip


def profiles_of(rows):
    full = [(*key, int(mean * 10**6), 10**6, 2) for key, mean in rows.items()]
    return Profiles(pl.DataFrame(full, schema=PROFILES, orient="row"), "profielen.csv")


@given(profile_rows, activity_times, st.dictionaries(st.sampled_from([None, *OLD]), factors))
@settings(max_examples=50, deadline=None)
def test_built_norm_times(rows, minutes, extra):
    surcharges = Surcharges(
        {(2026, "0303", code): Surcharge(time, Source("t", 2, "minuten")) for code, time in extra.items()}
    )
    table = table_of(minutes)
    built = build(table, profiles_of(rows), surcharges, 2026)
    exact_times = {}
    for specialism, product in {key[:2] for key in rows}:
        mine = {key[2]: mean for key, mean in rows.items() if key[:2] == (specialism, product)}
        if all((2026, specialism, "zorgactiviteit", one) in minutes for one in mine):
            worked = sum(
                mean * Fraction(minutes[2026, specialism, "zorgactiviteit", one], 100) for one, mean in mine.items()
            )
            own = extra.get(product, extra.get(None, 0)) if specialism == "0303" else 0
            exact_times[specialism, product] = worked + own
    assert {(one.specialism, one.product): one.hundredths for one in built.times} == {
        key: half_up(value, 2) for key, value in exact_times.items()
    }
    assert set(built.not_built) == {key[:2] for key in rows} - set(exact_times)
    assert worked_minutes(table, profiles_of(rows), surcharges, 2026) == exact_times
    for one in built.times:
        assert recompute(one.node) * 100 == one.hundredths


@given(
    st.dictionaries(st.tuples(st.sampled_from(["0001", "0002"]), st.sampled_from(OLD)), st.integers(1, 60), min_size=1),
    st.dictionaries(st.sampled_from(OLD), st.sampled_from(Route)),
    st.dictionaries(st.sampled_from(OLD), st.integers(1, 30_000), min_size=2),
    st.dictionaries(st.tuples(st.just("0303"), st.sampled_from(OLD)), factors.filter(bool)),
)
@settings(max_examples=50, deadline=None)
def test_the_balance_between_routes(counts, routes, minutes, worked):
    rows = [
        {"diagnose": diagnosis, "zorgproduct": code, "aantal": n, "patienten": n}
        for (diagnosis, code), n in counts.items()
    ]
    table = table_of({(2026, "0303", "zorgproduct", code): time for code, time in minutes.items()})
    placed = {("0303", code): route for code, route in routes.items()}
    found = neutrality(small("noord", diagnoses=rows), table, 2026, placed, worked)
    used = {(diagnosis, code): n for (diagnosis, code), n in counts.items() if code in routes and code in minutes}
    both = {d for d in ("0001", "0002") if {routes[code] for diagnosis, code in used if diagnosis == d} == set(Route)}
    assert {one.diagnosis for one in found.diagnoses} == both
    assert sum(found.unplaced.values()) == sum(counts.values()) - sum(used.values())
    for one in found.diagnoses:
        sides = {}
        for route in Route:
            mine = {
                code: n for (diagnosis, code), n in used.items() if diagnosis == one.diagnosis and routes[code] is route
            }
            known = {code: n for code, n in mine.items() if ("0303", code) in worked}
            paid = sum(Fraction(minutes[code] * n, 100) for code, n in known.items())
            spent = sum(worked["0303", code] * n for code, n in known.items())
            sides[route] = (
                sum(Fraction(minutes[code] * n, 6000) for code, n in mine.items()),
                paid / spent if spent else None,
            )
        assert (one.operative.hours, one.operative.per_worked) == sides[Route.OPERATIVE]
        assert (one.conservative.hours, one.conservative.per_worked) == sides[Route.CONSERVATIVE]

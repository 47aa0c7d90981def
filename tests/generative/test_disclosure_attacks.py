"""Attacks on what is shared: everything that an attacker may know is put in, and what then remains possible is counted.

The same attack on figures that are protected naively (what is too small is simply left out) must succeed, or it proves nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from puntlanding.benchmark.dominance import Cell, Part, Thresholds, protected_rates, since, unsafe
from puntlanding.benchmark.protect import protect
from puntlanding.benchmark.protect_policy import Policy
from puntlanding.benchmark.suppress import CELLS, Limits, Line, merged_strata, rest_of
from puntlanding.contribution.tables import ALL, CLOSED, OPENED, REST
from small_contribution import small

pytestmark = pytest.mark.generative

MINIMUM = 5
T = Thresholds()


def tables(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every table of so many whole numbers, none negative, that add up to the total."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(total - first, parts - 1):
            yield (first, *rest)


def possible(total: int, parts: int) -> list[set[int]]:
    """What each hidden cell can be, by trying every table."""
    found: list[set[int]] = [set() for _ in range(parts)]
    for one in tables(total, parts):
        for at, value in enumerate(one):
            found[at].add(value)
    return found


# Recovery: codes of one group. The attacker knows what is told, the totals of every cell, and which codes are hidden.

counts = st.one_of(st.just(0), st.integers(1, 12))
lines = st.lists(st.tuples(counts, counts, st.integers(1, 12)), min_size=1, max_size=6).map(
    lambda rows: [
        Line(f"c{at}", (a, b, 0, 0, a, b, 0, 0), min(a + b, patients))
        for at, (a, b, patients) in enumerate(rows)
        if a + b
    ]
)


def recovered(lines: Sequence[Line], hidden: set[str] | frozenset[str]) -> list[set[int]]:
    """Per hidden cell that is not empty by itself, what it can be."""
    told = [line for line in lines if line.code not in hidden]
    found = []
    for cell in range(2):
        total = sum(line.cells[cell] for line in lines)
        left = total - sum(line.cells[cell] for line in told)
        if left:
            found += possible(left, len(hidden))
    return found


@given(lines)
def test_no_hidden_code_can_be_recovered_from_totals(rows):
    hidden, stands = rest_of(rows, Limits(MINIMUM, 2))
    assume(stands and len(hidden) < len(rows))
    for values in recovered(rows, hidden):
        assert len(values) > MINIMUM
        assert max(values) - min(values) >= MINIMUM


def test_the_same_attack_recovers_a_code_that_was_only_left_out():
    rows = [Line("a", (12, 0, 0, 0) * 2, 12), Line("b", (9, 0, 0, 0) * 2, 9), Line("c", (2, 0, 0, 0) * 2, 2)]
    naive = {line.code for line in rows if line.patients < MINIMUM}
    assert recovered(rows, naive) == [{2}]
    assert all(len(values) == 12 for values in recovered(rows, rest_of(rows, Limits(MINIMUM, 2))[0]))


@given(lines)
def test_every_cell_that_is_told_reaches_the_minimum(rows):
    hidden, stands = rest_of(rows, Limits(MINIMUM, 2))
    told = [line for line in rows if line.code not in hidden]
    for line in told:
        assert line.people >= MINIMUM
        assert all(not line.cells[cell] or line.people_in(cell) >= MINIMUM for cell in range(CELLS))
    if hidden and stands:
        together = [line for line in rows if line.code in hidden]
        assert max(line.people for line in together) >= MINIMUM
        for cell in range(CELLS):
            assert sum(line.cells[cell] for line in together) >= MINIMUM or not any(
                line.cells[cell] for line in together
            )


def reach(times: Sequence[int], volume: int, minutes: int) -> list[int]:
    """Bit m of entry v: whether v pieces of these times can make m hundredths of a minute together."""
    found, mask = [1] + [0] * volume, (1 << (minutes + 1)) - 1
    for time in times:
        for v in range(1, volume + 1):
            found[v] |= (found[v - 1] << time) & mask
    return found


def solutions(times: Sequence[int], volume: int, minutes: int) -> list[list[int]]:
    """What the volume of each code can be where volume and minutes of all together are known, by trying every table."""
    found = []
    for at, time in enumerate(times):
        others = reach([*times[:at], *times[at + 1 :]], volume, minutes)
        left = [(x, minutes - x * time) for x in range(volume + 1) if minutes >= x * time]
        found.append([x for x, rest in left if others[volume - x] >> rest & 1])
    return found


def hidden_group(seed: int, size: int) -> tuple[list[int], list[int]]:
    chance = random.Random(seed)
    return [chance.randint(500, 15_000) for _ in range(size)], [chance.randint(1, 4) for _ in range(size)]


@pytest.mark.parametrize("seed", range(3))
def test_public_norm_times_do_not_take_the_minutes_of_the_rest_apart(seed):
    """Worst case: the attacker knows exactly which codes are in the rest. As many as the policy asks for are enough."""
    times, volumes = hidden_group(seed, Policy().codes)
    total = sum(time * count for time, count in zip(times, volumes, strict=True))
    for values in solutions(times, sum(volumes), total):
        assert max(values) - min(values) >= MINIMUM


@pytest.mark.parametrize("seed", range(3))
def test_of_three_codes_the_minutes_tell_everything(seed):
    times, volumes = hidden_group(seed, 3)
    total = sum(time * count for time, count in zip(times, volumes, strict=True))
    assert solutions(times, sum(volumes), total) == [[one] for one in volumes]


# Recovery: strata. The attacker knows every row that is told, and which strata each stands for.

strata = st.dictionaries(
    st.tuples(st.sampled_from("12"), st.sampled_from("ab"), st.sampled_from("MV")), st.integers(1, 12), min_size=1
)


@given(strata)
def test_no_stratum_can_be_recovered_from_the_row_it_is_told_in(sizes):
    row_of = merged_strata(sizes, lambda members: sum(sizes[one] for one in members) >= MINIMUM)
    if row_of is None:
        assert sum(sizes.values()) < MINIMUM or len(sizes) == 1
        return
    rows: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {}
    for stratum, row in row_of.items():
        rows.setdefault(row, []).append(stratum)
    assert sorted(row_of) == sorted(sizes)
    for row, members in rows.items():
        total = sum(sizes[one] for one in members)
        assert total >= MINIMUM
        if members != [row]:
            assert len(members) > 1
            assert all(len(values) > MINIMUM for values in possible(total, min(len(members), 3)))


# Differencing: the same hospital shares twice.


def volumes(counts: Sequence[int]):
    rows = []
    for at, count in enumerate(counts):
        months = {"open_02": count, "sluit_02": count}
        rows.append({"code": f"c{at}", "patienten": count, **months})
    return rows


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from([0, 0, 0, 1, -1, 3, 30])), min_size=2, max_size=8))
def test_two_deliveries_do_not_differ_by_a_few_patients(pairs):
    policy = Policy(minimum=MINIMUM, codes=2)
    first = protect(small(production=volumes([count for count, _ in pairs])), policy).contribution
    again = small(production=volumes([max(count + change, 0) for count, change in pairs]))
    second = protect(again, policy, first).contribution
    columns = [*OPENED, *CLOSED, "patienten"]
    before = {row[0]: row[1:] for row in first.production.select("code", *columns).iter_rows()}
    after = {row[0]: row[1:] for row in second.production.select("code", *columns).iter_rows()}
    for code in (before.keys() & after.keys()) - {REST, "overig zonder normtijd"}:
        assert all(not 0 < abs(a - b) < MINIMUM for a, b in zip(before[code], after[code], strict=True))


def test_without_the_previous_delivery_they_do():
    policy = Policy(minimum=MINIMUM, codes=2)
    shared = [protect(small(production=volumes([count, 50])), policy).contribution for count in (20, 21)]
    a, b = ({row[0]: row[1] for row in one.production.select("code", "open_03").iter_rows()} for one in shared)
    assert b["c0"] - a["c0"] == 1


# National figures. The attacker is one hospital: it knows its own figures, everything told, and who takes part with which type.

Bounds = tuple[Fraction, Fraction | None]


def constraints(cells: Sequence[Cell], groups: Mapping[str, set[str]], measure: str) -> list[tuple[set[str], Fraction]]:
    """What is told, as sums over hospitals: every type, and what the total leaves for the types that are not told."""
    told = {one.kind: Fraction(getattr(one, measure)) for one in cells if getattr(one, measure) is not None}
    found = [(groups[kind], total) for kind, total in told.items() if kind != ALL]
    if ALL in told:
        left = told[ALL] - sum((total for kind, total in told.items() if kind != ALL), Fraction(0))
        hidden = set().union(*(members for kind, members in groups.items() if kind not in told))
        if hidden:
            found.append((hidden, left))
    return found


def bounds(target: set[str], sums: Sequence[tuple[set[str], Fraction]], own: str, value: Fraction) -> Bounds:
    """The least and most that the hospitals in ``target`` can be together. The sums do not overlap, so this is exact."""
    least, most = Fraction(0), Fraction(0)
    open_ended = False
    for hospital in target:
        if not any(hospital in members for members, _ in sums) and hospital != own:
            open_ended = True
    for members, total in sums:
        inside = members & target
        known = value if own in members else Fraction(0)
        free_in, free_out = inside - {own}, members - target - {own}
        left = total - known
        least += left if free_in and not free_out else 0
        most += left if free_in else 0
    if own in target:
        least, most = least + value, most + value
    return least, None if open_ended else most


def attack(cells: Sequence[Cell], given: Sequence[Part]) -> Iterator[tuple[set[str], Fraction, Bounds]]:
    """Each other hospital, and each type that was withheld because it is unsafe, as each hospital can bound it."""
    groups: dict[str, set[str]] = {}
    for one in given:
        groups.setdefault(one.kind or "", set()).add(one.hospital)
    for measure in ("minutes", "fte"):
        of = {one.hospital: Fraction(getattr(one, measure)) for one in given}
        sums = constraints(cells, groups, measure)
        kinds = [one.kind for one in cells if one.reason and one.kind != ALL]
        sensitive = [kind for kind in kinds if _sensitive(given, kind)]
        for attacker in of:
            targets = [{other} for other in of if other != attacker] + [groups[kind] for kind in sensitive]
            for target in targets:
                if target == {attacker}:
                    continue
                exact = sum((of[one] for one in target), Fraction(0))
                yield target, exact, bounds(target, sums, attacker, of[attacker])


def _sensitive(given: Sequence[Part], kind: str) -> bool:
    members = [one for one in given if one.kind == kind]
    return unsafe([[one.minutes for one in members], [one.fte for one in members]], T) is not None


def learned(cells: Sequence[Cell], given: Sequence[Part]) -> list[set[str]]:
    """Of whom an attacker gets closer than p %."""
    return [
        target
        for target, exact, (least, most) in attack(cells, given)
        if most is not None and most - exact < T.p * exact and exact - least < T.p * exact
    ]


figures = st.lists(
    st.tuples(st.sampled_from(["algemeen", "topklinisch", "umc", "zbc"]), st.integers(1, 1000), st.integers(1, 400)),
    min_size=1,
    max_size=12,
).map(
    lambda rows: [
        Part("0303", "poort", kind, f"h{at:02}", minutes, Fraction(fte, 10))
        for at, (kind, minutes, fte) in enumerate(rows)
    ]
)


@given(figures)
def test_no_hospital_comes_closer_to_another_than_p(parts):
    cells = protected_rates(parts)
    for target, exact, (least, most) in attack(cells, parts):
        assert least < exact or exact == 0, target
        assert most is None or most - exact >= T.p * exact, target


def naive(parts: Sequence[Part]) -> list[Cell]:
    """What is unsafe by itself is left out, and nothing with it."""
    found = []
    for kind in [*sorted({one.kind or "" for one in parts}), ALL]:
        members = [one for one in parts if kind in (one.kind, ALL)]
        minutes, fte = sum(one.minutes for one in members), sum((one.fte for one in members), Fraction(0))
        reason = unsafe([[one.minutes for one in members], [one.fte for one in members]], T)
        hidden = (None, None, None, None, reason) if reason else (minutes, fte, Fraction(minutes) / fte, None)
        found.append(Cell("0303", "poort", kind, len(members), *hidden))
    return found


def some(**kinds: Sequence[int]) -> list[Part]:
    return [
        Part("0303", "poort", kind, f"{kind}{at}", value, Fraction(value, 10))
        for kind, values in kinds.items()
        for at, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    "parts",
    [
        some(umc=[100], algemeen=[100, 110, 120, 130]),
        some(umc=[100], zbc=[90], algemeen=[100, 110, 120, 130]),
        some(umc=[100, 130], zbc=[90], algemeen=[100, 110, 120, 130]),
    ],
)
def test_the_same_attack_succeeds_where_nothing_else_is_withheld(parts):
    assert learned(naive(parts), parts)
    assert not learned(protected_rates(parts), parts)


@given(figures, st.data())
def test_a_second_publication_tells_nothing_of_the_one_that_delivered_again(parts, data):
    """One hospital delivers other figures, or joins; the difference of both publications is then nothing at all."""
    at = data.draw(st.integers(0, len(parts) - 1))
    new = Part("0303", "poort", parts[at].kind, parts[at].hospital, data.draw(st.integers(1, 1000)), parts[at].fte)
    changed = [*parts[:at], new, *parts[at + 1 :]]
    assert protected_rates(since(changed, parts, T)) == protected_rates(parts)
    joined = [*parts, Part("0303", "poort", "umc", "later", 50, Fraction(1))]
    assert protected_rates(since(joined, parts, T)) == protected_rates(parts)


def test_without_the_previous_publication_the_difference_is_that_hospital():
    parts = some(umc=[100, 110, 120, 130])
    later = [*parts, Part("0303", "poort", "umc", "later", 77, Fraction(7))]
    first, second = (
        next(one.minutes for one in protected_rates(given) if one.kind == "umc") for given in (parts, later)
    )
    assert second - first == 77


@given(figures, st.randoms(use_true_random=False))
def test_the_order_of_hospitals_does_not_matter(parts, chance):
    shuffled = list(parts)
    chance.shuffle(shuffled)
    cells = protected_rates(parts)
    assert protected_rates(shuffled) == cells
    assert all((a.specialism, a.role) <= (b.specialism, b.role) for a, b in pairwise(cells))

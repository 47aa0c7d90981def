"""The slope of everybody's euros against the difference quotient of the same year, and against the year in whole cents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from plain_case import PlainCase, as_objects, raw_agreement
from strategies import cases, numbers

from puntlanding.agreement import read_agreement
from puntlanding.budget import Capacity
from puntlanding.case.model import Case
from puntlanding.components import ComponentTables
from puntlanding.components.tables import Saving
from puntlanding.distribution import distribute
from puntlanding.explain import Source, Unit, cell
from puntlanding.incentives.curves import Others, Place, incentives, situation_of
from puntlanding.incentives.effect import Effect, Situation, divided, effect, settled
from puntlanding.incentives.slope import Sloped, sloped
from puntlanding.language.notation import Language
from puntlanding.quantities import ZERO
from puntlanding.report.incentives_page import as_page
from puntlanding.report.incentives_record import as_record
from puntlanding.report.incentives_text import as_text
from puntlanding.report.incentives_words import told
from puntlanding.settlement import settle
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

STEP = Fraction(1, 10**15)
YEAR = 2026
SHARES = st.sampled_from(("0.03", "0.05", "0.1"))
BASES = st.sampled_from(("geen", "zorgverlening_fte", "norm_fte", "begroting"))
REST = st.sampled_from(("blijft", "verdelen"))


def node(term, value, unit, group):
    return cell(term, Fraction(value), unit, Source("lijst.csv", 2, term), subject=group)


@st.composite
def sections(draw):
    share = draw(SHARES)
    every = {
        "harmonisatie": {"aandeel": Decimal(share)},
        "disutility": draw(
            st.sampled_from(({"aandeel": Decimal("0.02")}, {"vorm": "norm_fte", "punten_per_norm_fte": Decimal(500)}))
        ),
        "kwaliteit": {"aandeel": Decimal("0.04"), "grondslag": draw(BASES)},
        "geoormerkt": [{"naam": "Pot", "aandeel": Decimal(share), "grondslag": draw(BASES), "scores": "kwaliteit"}],
        "mutatiereserve": {
            "aandeel": Decimal(draw(SHARES)),
            "gebruik": draw(st.sampled_from(("netto", "geheel"))),
            "drempel": Decimal(draw(st.sampled_from(("0", "0.02")))),
            "rest": draw(REST),
        },
        "gedeelde_besparing": {"aandeel": Decimal("0.5"), "vakgroep_deel": Decimal("0.5")},
        "overgang": {"jaar": YEAR, "aandeel": Decimal(share), "drempel": Decimal("0.05"), "rest": draw(REST)},
        "vangnet": {"maximale_daling": Decimal(share), "eerste_jaar": YEAR, "laatste_jaar": YEAR},
    }
    chosen = draw(st.lists(st.sampled_from(sorted(every)), unique=True, max_size=4))
    return {name: every[name] for name in chosen}


@st.composite
def component_tables(draw, plain: PlainCase):
    names = [group.name for group in plain.groups]

    def each(term, values, unit=Unit.COUNT):
        return {name: node(term, draw(values), unit, name) for name in names}

    usual = plain.frame // len(names)
    before = st.integers(usual // 2, usual + usual // 2)
    return ComponentTables(
        values={
            "disutility": each("waarde", numbers(0, 3000)),
            "kwaliteit": each("waarde", numbers(0, 2)),
            "vorig_jaar": each("bedrag", before, Unit.CENTS),
            "vorig_model": each("bedrag", before, Unit.CENTS),
        },
        savings=(Saving("Thuis", names[0], node("b", 90_000, Unit.CENTS, None), node("w", 10_000, Unit.CENTS, None)),),
    )


@st.composite
def years(draw) -> Case:
    plain = draw(cases(least=2))
    raw = raw_agreement(plain) | draw(sections())
    agreement, problems = read_agreement(raw, {}, "afspraak.toml")
    assert agreement is not None, problems
    return replace(as_objects(plain), agreement=agreement, components=draw(component_tables(plain)))


@st.composite
def situations(draw) -> tuple[Situation, Year, str, str, Fraction]:
    """With a point to look at: anywhere, or on a kink."""
    year = Year(draw(years()))
    assume(not year.missing(Stage.DISTRIBUTE))
    others = draw(st.sampled_from((Others.REALISED, Others.BUDGET)))
    situation = situation_of(year, others)
    keys = [
        (row.name, contract)
        for row in situation.budget.rows
        for contract in row.contracts
        if situation.realised.row(row.name).contracts.get(contract) is not None
    ]
    group, contract = draw(st.sampled_from(keys))
    budget = situation.budget.row(group).contracts[contract].value
    own = situation.realised.row(group).contracts[contract].value
    shares = st.sampled_from((ZERO, Fraction("0.9"), Fraction(1), Fraction("1.1"), Fraction(3)))
    return situation, year, group, contract, draw(st.one_of(shares.map(lambda s: s * budget), st.just(own)))


def unrounded(situation: Situation) -> Situation:
    """Everything a number with a slope of nothing, so that nothing is rounded on either side of a kink."""

    def loose(capacity: Capacity) -> Capacity:
        rows = tuple(
            replace(
                row,
                contracts={k: n and replace(n, value=sloped(n.value, ZERO)) for k, n in row.contracts.items()},
            )
            for row in capacity.rows
        )
        return replace(capacity, rows=rows)

    return replace(situation, budget=loose(situation.budget), realised=loose(situation.realised))


def plain(value):
    return value.value if isinstance(value, Sloped) else value


def amounts(situation, group, contract, at) -> dict:
    settlement = settled(situation, group, contract, sloped(at, ZERO))
    found = {("fte", row.line.group): plain(row.line.paid.value) for row in settlement.rows}
    divided_ = divided(situation, settlement)
    found |= {("cent", row.name): plain(row.paid.value) for row in divided_.rows}
    found |= {("stays", key): plain(of.value) for key, of in divided_.stays.items()}
    found |= {("brings", key): plain(of.value) for key, of in divided_.brings.items()}
    return found | {("unpaid", ""): plain(divided_.unpaid.value)}


def slopes(found: Effect) -> dict:
    result = {("fte", name): value for name, value in found.paid.items()}
    result |= {("cent", name): value for name, value in found.euros.items()}
    result |= {("stays", key): value for key, value in found.stays.items()}
    result |= {("brings", key): value for key, value in found.brings.items()}
    return result | {("unpaid", ""): found.unpaid}


def error(situation, group, contract, at, step, found) -> dict:
    """Per number: difference quotient less slope; ``step`` may be to the left."""
    here, there = (amounts(situation, group, contract, point) for point in (at, at + step))
    return {key: abs((there[key] - here[key]) / step - found.get(key, ZERO)) for key in here}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(situations(), st.booleans())
def test_the_slope_is_the_limit_of_the_difference_quotient(drawn, more):
    situation, _, group, contract, at = drawn
    assume(more or at > 0)
    situation = unrounded(situation)
    step = STEP if more else -STEP
    try:
        found = slopes(effect(situation, group, contract, at, more=more, euros=True))
        wide, narrow = (error(situation, group, contract, at, one, found) for one in (step, step / 2))
    except ZeroDivisionError:  # nobody is paid anything there
        assume(False)
    for key, value in wide.items():
        assert value <= Fraction(1, 1000) * (1 + abs(found.get(key, ZERO))), key
        assert narrow[key] * 2 <= value * Fraction(1001, 1000), key


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(situations(), st.booleans())
def test_what_one_gets_another_or_the_frame_gives(drawn, more):
    situation, _, group, contract, at = drawn
    assume(more or at > 0)
    try:
        found = effect(situation, group, contract, at, more=more, euros=True)
    except ZeroDivisionError:
        assume(False)
    kept = found.unpaid + sum(found.stays.values(), ZERO) - sum(found.brings.values(), ZERO)
    assert sum(found.euros.values(), ZERO) + kept == 0
    for name, parts in found.sources.items():
        assert sum(parts.values(), ZERO) == found.euros[name]
    assert found.base + found.extra + found.correction == found.paid[group]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(situations(), numbers(0, 1, 3))
def test_over_a_straight_piece_the_year_in_whole_cents_gives_the_same(drawn, large):
    situation, _, group, contract, at = drawn
    large += Fraction(1, 1000)
    try:
        found = slopes(effect(situation, group, contract, at, more=True, euros=True))
        straight = error(unrounded(situation), group, contract, at, large, found)
    except ZeroDivisionError:
        assume(False)
    before, after = (in_cents(situation, group, contract, point) for point in (at, at + large))
    most = 4 * (len(situation.groups) + 1) * (2 + len(situation.agreement.components))
    for key, value in straight.items():
        if key[0] == "cent" and value * large < Fraction(1, 1000):
            assert abs(after[key[1]] - before[key[1]] - found[key] * large) <= most, key


def in_cents(situation, group, contract, at) -> dict[str, Fraction]:
    """The year as it is settled and paid, rounding and all."""
    own = cell("realised", at, Unit.FTE, Source("realisatie.csv", 2, "norm_fte"), subject=group)
    rows = tuple(
        replace(row, contracts={**row.contracts, contract: own}) if row.name == group else row
        for row in situation.realised.rows
    )
    settlement = settle(
        situation.groups, situation.agreement, situation.budget, replace(situation.realised, rows=rows),
        situation.previous, situation.formation,
    )  # fmt: skip
    frame = situation.agreement.frame
    found = distribute(settlement, frame, situation.formation, situation.costs, situation.agreed)
    assert all(row.paid.value.denominator == 1 for row in found.rows)
    return {row.name: row.paid.value for row in found.rows}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(years(), st.sampled_from((Others.REALISED, Others.BUDGET)), st.booleans())
def test_every_agreement_that_can_be_settled_has_its_incentives(case, others, without_lists):
    if without_lists:
        case = replace(case, components=ComponentTables())
    year = Year(case)
    assume(not year.missing(Stage.SETTLE))
    found = incentives(case, others, Fraction(1, 10))
    assert others is Others.BUDGET or found.in_euros is not bool(year.missing(Stage.DISTRIBUTE))
    for curve in found.curves:
        for place in Place:
            own, rest = curve.own(place), curve.others(place)
            assert (own is None) == (rest is None)
            assert rest is None or curve.group not in rest
            assert curve.together(place) == (None if rest is None else sum(rest.values(), ZERO))
    every = [told(letter, found, Language.DUTCH) for letter in "AB"]
    for page in (as_text(every[:1], (), "MSB", Language.DUTCH), as_text(every, (), "MSB", Language.ENGLISH)):
        assert max(map(len, page.splitlines())) <= 100
    assert as_record(every, (), Language.DUTCH, {})["afspraken"][0]["regels"]
    assert as_page(every, (), Language.ENGLISH)

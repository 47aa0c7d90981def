"""Several years in a row against a plain oracle: dictionaries and fractions, each year with what the year before leaves it."""

from dataclasses import replace
from fractions import Fraction

import component_oracle
import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_case import PlainCase, PlainContract, PlainCost, PlainGroup, PlainRow, as_objects
from strategies import cases, numbers

from puntlanding.agreement import Balance
from puntlanding.explain import recompute
from puntlanding.language.notation import Language
from puntlanding.language.sentences import sentence
from puntlanding.problems import InputError
from puntlanding.report.years_record import as_record
from puntlanding.report.years_text import as_text
from puntlanding.stage import Stage
from puntlanding.year import Year
from puntlanding.years import Entry, run_years

pytestmark = pytest.mark.generative

NAMES = ("Cardiologie", "KNO", "MDL", "Oogheelkunde")
FIRST = 2025
ANY = st.sampled_from(list(Balance))


def shares(percent):
    return st.integers(0, percent).map(lambda n: Fraction(n, 100))


@st.composite
def a_year(draw, year, reserve, own_before):
    """One case. ``own_before``: it says itself what was there last year."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=draw(st.sampled_from((1, 3, 4))), unique=True).map(sorted))
    kind = draw(st.sampled_from(("plafond", "aanneemsom", "meerjaren_aanneemsom", "plafond_bandbreedte")))
    setting = Fraction("0.5") if kind in ("meerjaren_aanneemsom", "plafond_bandbreedte") else None

    def rows(of, least=0):
        return [PlainRow(name, "A", of, "norm_fte", draw(numbers(least, 20))) for name in names]

    looks_back = kind == "meerjaren_aanneemsom" and own_before
    agreed, lists = {}, {}
    if reserve or draw(st.booleans()):
        agreed["mutatiereserve"] = {
            "aandeel": draw(shares(20)), "gebruik": draw(st.sampled_from(("netto", "geheel"))),
            "rest": draw(st.sampled_from(("blijft", "blijft", "verdelen"))),
        }  # fmt: skip
    if draw(st.booleans()):
        agreed["kwaliteit"] = {"aandeel": draw(shares(10))}
        lists["kwaliteit"] = tuple((name, draw(numbers(1, 5))) for name in names)
    if draw(st.booleans()):
        agreed["overgang"] = {
            "jaar": draw(st.sampled_from((year, year + 1))),
            "aandeel": draw(shares(10)),
        }
        lists["vorig_model"] = tuple((name, draw(st.integers(0, 1_000_000))) for name in names)
    if draw(st.booleans()):
        agreed["vangnet"] = {
            "maximale_daling": draw(shares(20)),
            "eerste_jaar": FIRST,
            "laatste_jaar": year + draw(st.integers(0, 1)),
        }
        if own_before:
            lists["vorig_jaar"] = tuple((name, draw(st.integers(0, 100_000))) for name in names)
    return PlainCase(
        groups=tuple(PlainGroup(name, "0301", "poort", "") for name in names),
        contracts=(PlainContract("A", kind, setting),),
        budget=tuple(rows(year, 1) + (rows(year - 1) if looks_back else [])),
        realised=tuple(rows(year)),
        rates={}, norm_times={}, redistribute=draw(st.booleans()),
        frame=draw(st.one_of(st.integers(0, 1000), st.integers(2_000_000, 3_000_000), st.integers(2_000_000, 3_000_000))),
        unpaid=draw(st.sampled_from(("blijft", "blijft", "verdelen"))),
        costs=tuple(PlainCost(f"post {i}", draw(st.integers(0, 5_000)), "norm_fte") for i in range(draw(st.integers(0, 1)))),
        year=year, agreed=agreed, lists=lists,
    )  # fmt: skip


@st.composite
def several(draw, own_before=False, saldo=ANY):
    found, balances = [], []
    for year in range(FIRST, FIRST + draw(st.integers(2, 4))):
        reserve = bool(balances) and balances[-1] is Balance.TO_RESERVE
        found.append(draw(a_year(year, reserve, own_before or year == FIRST)))
        balances.append(draw(saldo))
    return found, balances


def entries(plain_cases, balances):
    found = []
    for plain, balance in zip(plain_cases, balances, strict=True):
        case = as_objects(plain)
        found.append(Entry(str(plain.year), replace(case, agreement=replace(case.agreement, balance=balance))))
    return found


def taken_from(case, before, amounts, carried, balance):
    """The case as it would have to be typed to stand alone."""
    budget, lists, agreed, frame = list(case.budget), dict(case.lists), dict(case.agreed), case.frame
    names = [group.name for group in case.groups]
    if before is not None:
        if case.contracts[0].kind == "meerjaren_aanneemsom":
            known = oracle.budget(before, before.year)
            budget += [
                PlainRow(n, "A", before.year, "norm_fte", known.get((n, "A"), Fraction(0))) for n in names
            ]  # fmt: skip
        if "vangnet" in agreed:
            lists["vorig_jaar"] = tuple((name, amounts.get(name, 0)) for name in names)
    if carried and balance is Balance.TO_RESERVE:
        for section in ("mutatiereserve", "kwaliteit", "overgang"):
            if section in agreed:
                keys = dict(agreed[section])
                keys["bedrag"] = (frame * keys.pop("aandeel")).__floor__()
                agreed[section] = keys
        agreed["mutatiereserve"]["bedrag"] += carried
    return replace(case, budget=tuple(budget), lists=lists, agreed=agreed, frame=frame + carried)


def plainly(cases, balances):
    """Per year the outcome and what it leaves; shorter than ``cases`` where a year cannot be divided."""
    found, before, amounts, carried, balance = [], None, {}, 0, Balance.LAPSES
    for case, own in zip(cases, balances, strict=True):
        alone = taken_from(case, before, amounts, carried, balance)
        try:
            outcome = component_oracle.distribute(alone)
        except (component_oracle.NobodyError, ZeroDivisionError):
            return found
        if outcome.needed > outcome.room:
            return found
        parts = {key: part for key, part in outcome.parts.items() if key != "overgang"}
        amounts = {
            n: outcome.fixed[n] + outcome.norm[n] + sum(part[n] for part in parts.values()) for n in outcome.fixed
        }  # fmt: skip
        left = outcome.unpaid + sum(outcome.stays.values())
        found.append((oracle.settle(alone), outcome, carried, left))
        before, carried, balance = case, 0 if own is Balance.LAPSES else left, own
    return found


@settings(max_examples=200)
@given(several(), st.randoms())
def test_years_in_a_row(made, chance):
    cases, balances = made
    given_in_any_order = entries(cases, balances)
    chance.shuffle(given_in_any_order)
    run = run_years(given_in_any_order)
    expected = plainly(cases, balances)
    for at, (outcome, (paid, euros, carried, left)) in enumerate(zip(run.outcomes, expected, strict=False)):
        if outcome.distribution is None:
            # who pays nothing to anybody is refused, with the reason; the oracle divides nothing just as well
            assert outcome.lacking[Stage.DISTRIBUTE]
            return
        assert {row.line.group: row.line.paid.value for row in outcome.settlement.rows} == paid
        assert {row.name: row.paid.value for row in outcome.distribution.rows} == euros.paid
        account = outcome.account
        assert account.opening.value == carried
        assert account.frame.value == cases[at].frame
        lapses = balances[at] is Balance.LAPSES
        assert (account.lapses.value, account.closing.value) == ((left, 0) if lapses else (0, left))
    if len(expected) < len(cases):
        assert run.outcomes[len(expected)].distribution is None


@settings(max_examples=100)
@given(several())
def test_cents_add_up_over_the_years_and_every_number_follows_from_its_leaves(made):
    run = run_years(entries(*made))
    told = [one.account for one in run.outcomes if one.account is not None]
    for one in told:
        assert (
            one.opening.value + one.frame.value + one.brings.value - one.paid.value - one.lapses.value
            == one.closing.value
        )
    for before, one in zip(run.outcomes, run.outcomes[1:], strict=False):
        if before.account is not None and one.account is not None:
            assert one.account.opening.value == before.account.closing.value
        if before.account is None and before.case.agreement.balance is not Balance.LAPSES:
            assert one.account is None  # whoever needs what is not known is refused
    if len(told) == len(run.outcomes):
        brought = sum(one.frame.value + one.brings.value for one in told)
        assert brought == sum(one.paid.value + one.lapses.value for one in told) + told[-1].closing.value
    for one in run.outcomes:
        if one.distribution is not None:
            for row in one.distribution.rows:
                assert recompute(row.paid) == row.paid.value
            assert recompute(one.account.closing) == one.account.closing.value


@settings(max_examples=50)
@given(several(own_before=True, saldo=st.just(Balance.LAPSES)))
def test_a_year_comes_to_the_same_alone_when_nothing_is_carried(made):
    cases, balances = made
    # each case tells of last year itself; as made up they contradict each other, so each is put beside a year without the group
    for plain in cases:
        other = replace(
            cases[0], groups=(PlainGroup("Elders", "0389", "poort", ""),), year=plain.year - 1, agreed={}, lists={},
            contracts=(PlainContract("A", "aanneemsom"),), costs=(),
            budget=(PlainRow("Elders", "A", plain.year - 1, "norm_fte", Fraction(3)),),
            realised=(PlainRow("Elders", "A", plain.year - 1, "norm_fte", Fraction(2)),),
        )  # fmt: skip
        run = run_years(entries([other, plain], balances[:2]))
        alone, outcome = Year(as_objects(plain)), run.outcomes[1]
        assert bool(outcome.lacking[Stage.DISTRIBUTE]) == bool(alone.missing(Stage.DISTRIBUTE))
        assert [row.line.paid.value for row in outcome.settlement.rows] == [
            row.line.paid.value for row in alone.settlement.rows
        ]
        if outcome.distribution is not None:
            assert [row.paid.value for row in outcome.distribution.rows] == [
                row.paid.value for row in alone.distribution.rows
            ]


def in_year(case, year):
    """The same case some years later."""
    later = year - case.year

    def moved(rows):
        return tuple(replace(row, year=row.year + later) for row in rows)

    return replace(
        case, year=year, budget=moved(case.budget), realised=moved(case.realised), efficiency=moved(case.efficiency),
        norm_times={(of + later, *rest): minutes for (of, *rest), minutes in case.norm_times.items()},
    )  # fmt: skip


@settings(max_examples=40)
@given(st.lists(cases(), min_size=2, max_size=3), st.lists(ANY, min_size=3, max_size=3), st.booleans())
def test_any_years_are_computed_or_refused_with_a_reason(found, balances, own_rows):
    plain = [in_year(case, FIRST + at) for at, case in enumerate(found)]
    if not own_rows:
        plain = [replace(one, budget=tuple(row for row in one.budget if row.year == one.year)) for one in plain]
    try:
        run = run_years(entries(plain, balances[: len(plain)]))
    except InputError as error:
        for problem in error.problems:
            assert all(sentence(problem, language) for language in Language)
        return
    for one in run.outcomes:
        for problems in one.lacking.values():
            assert all(sentence(problem, language) for problem in problems for language in Language)
    for language in Language:
        assert max(map(len, as_text(run, language).splitlines())) <= 100
        assert as_record(run, language)["jaren"]

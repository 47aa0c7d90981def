"""Several years on numbers that can be done by head: what goes from one to the next, and what is said where it cannot."""

from dataclasses import replace
from fractions import Fraction

import pytest
from stages import agreement

from puntlanding.case import Case
from puntlanding.collective import Group, Role
from puntlanding.components import ComponentTables
from puntlanding.components.tables import Saving
from puntlanding.explain import Source, Unit, cell, leaves, recompute
from puntlanding.language.messages import MESSAGES
from puntlanding.language.messages.years import YEARS
from puntlanding.language.notation import Language
from puntlanding.language.sentences import sentence
from puntlanding.norms.production import Line, LineProduction, Measure
from puntlanding.problems import InputError
from puntlanding.report.years_text import as_text, explained
from puntlanding.report.years_words import headlines
from puntlanding.stage import Stage
from puntlanding.years import Entry, overview, run_years
from puntlanding.years.groups import changes

pytestmark = pytest.mark.unit

CEILING = [{"naam": "A", "soort": "plafond"}]
LUMP = [{"naam": "A", "soort": "meerjaren_aanneemsom", "krimpvergoeding": "0.5"}]


def production(table, year, values, before=None):
    rows = [(name, year, value) for name, value in values.items()]
    rows += [(name, year - 1, value) for name, value in (before or {}).items()]
    lines = [
        Line(name, "A", of, Measure.FTE, Fraction(value), Source(f"{table}.csv", at, "norm_fte"))
        for at, (name, of, value) in enumerate(rows, start=2)
    ]
    return LineProduction(f"{table}.csv", tuple(lines))


def an_entry(year, budget, realised=None, before=None, contracts=CEILING, lists=None, name=None, **sections):
    found = agreement(contracts, afspraak={"organisatie": "MSB Proef", "jaar": year}, **sections)
    nodes = {
        table: {
            group: cell(table, Fraction(value), Unit.CENTS, Source(f"{table}.csv", at, "bedrag"), subject=group)
            for at, (group, value) in enumerate(rows.items(), start=2)
        }
        for table, rows in (lists or {}).items()
    }
    case = Case(
        found,
        tuple(Group(one, f"03{at:02}", Role.GATEKEEPING) for at, one in enumerate(budget)),
        {},
        production("begroting", year, budget, before),
        None if realised is None else production("realisatie", year, realised),
        components=ComponentTables(nodes, labels={table: f"{table}.csv" for table in nodes}),
    )
    return Entry(name or str(year), case)


def frame(euros, saldo=None):
    sections = {"kader": {"bedrag": str(euros)}}
    return sections if saldo is None else {**sections, "meerjaren": {"saldo": saldo}}


def codes(raised):
    return [problem.code for problem in raised.value.problems]


def test_years_are_put_in_order_and_must_follow_each_other():
    three = [an_entry(year, {"KNO": 4}, {"KNO": 4}) for year in (2027, 2025, 2026)]
    assert run_years(three).years == (2025, 2026, 2027)
    for given, expected in (
        (three[:1], ["years_one"]),
        (three[:2], ["years_gap"]),
        ([*three, an_entry(2026, {"KNO": 4}, name="weer")], ["years_twice"]),
        ([an_entry(2000 + at, {"KNO": 4}) for at in range(13)], ["years_many"]),
    ):
        with pytest.raises(InputError) as raised:
            run_years(given)
        assert codes(raised) == expected


def test_last_years_budget_comes_from_last_years_case():
    run = run_years([an_entry(2020, {"KNO": 10}, {"KNO": 10}), an_entry(2021, {"KNO": 9}, contracts=LUMP)])
    (row,) = run.outcomes[1].settlement.rows
    assert row.line.paid.value == Fraction("9.5")
    assert any(leaf.source and leaf.source.file == "2020/begroting.csv" for leaf in leaves(row.line.paid))
    assert recompute(row.line.paid) == row.line.paid.value


def test_its_own_rows_of_last_year_must_say_the_same():
    first = an_entry(2020, {"KNO": 10}, {"KNO": 10})
    same = run_years([first, an_entry(2021, {"KNO": 9}, before={"KNO": 10}, contracts=LUMP)])
    assert same.outcomes[1].settlement.total.paid.value == Fraction("9.5")
    assert not same.outcomes[1].stages.before
    with pytest.raises(InputError) as raised:
        run_years([first, an_entry(2021, {"KNO": 9}, before={"KNO": 11}, contracts=LUMP)])
    (problem,) = raised.value.problems
    assert (problem.code, problem.file, problem.row, problem.value) == (
        "years_budget_differs", "2021/begroting.csv", 3, "KNO",
    )  # fmt: skip
    assert "10 norm fte" in sentence(problem, Language.DUTCH)


def in_hours(entry, rate, **hours):
    """The same case with its budget in norm hours: by group the hours of last year, or (last year, this year)."""
    lines = [
        Line(
            name, "A", entry.year - 1 + at, Measure.HOURS, Fraction(value), Source("begroting.csv", at + 2, "normuren")
        )
        for name, values in hours.items()
        for at, value in enumerate(values)
        if value is not None
    ]
    rates = {
        name: cell("rate", Fraction(rate), Unit.HOURS_PER_FTE, Source("benchmark.csv", 2, "normuren")) for name in hours
    }
    return replace(entry, case=replace(entry.case, rates=rates, budget=LineProduction("begroting.csv", tuple(lines))))


def test_hours_are_compared_as_hours_and_count_at_the_rate_that_they_would_alone():
    first = in_hours(an_entry(2020, {"KNO": 1}), 1000, KNO=(None, 10_000))
    second = in_hours(an_entry(2021, {"KNO": 1}, contracts=LUMP), 1250, KNO=(10_000, 8_750))
    run = run_years([first, second])  # 8 norm fte last year and 7 now, at this year's rate
    assert run.outcomes[1].settlement.total.paid.value == Fraction("7.5")
    without = in_hours(an_entry(2021, {"KNO": 1}, contracts=LUMP), 1250, KNO=(None, 8_750))
    run = run_years([first, without])  # 10 norm fte last year, as it was budgeted then
    assert run.outcomes[1].settlement.total.paid.value == Fraction("8.5")
    with pytest.raises(InputError) as raised:
        run_years([first, in_hours(an_entry(2021, {"KNO": 1}, contracts=LUMP), 1000, KNO=(10_001, 8_750))])
    assert codes(raised) == ["years_budget_differs"]
    assert "10.001 normuren" in sentence(raised.value.problems[0], Language.DUTCH)


def test_hours_beside_norm_fte_are_compared_as_norm_fte():
    first = an_entry(2020, {"KNO": 10}, {"KNO": 10})
    for hours, wrong in ((10_000, []), (9_000, ["years_budget_differs"])):
        second = in_hours(an_entry(2021, {"KNO": 1}, contracts=LUMP), 1000, KNO=(hours, 8_000))
        if wrong:
            with pytest.raises(InputError) as raised:
                run_years([first, second])
            assert codes(raised) == wrong
        else:
            assert run_years([first, second]).outcomes[1].settlement.total.paid.value == 9


def test_a_new_group_did_not_shrink_and_another_contract_is_no_budget():
    first = an_entry(2020, {"KNO": 10}, {"KNO": 10})
    run = run_years([first, an_entry(2021, {"KNO": 9, "MDL": 3}, contracts=LUMP)])
    assert [row.line.paid.value for row in run.outcomes[1].settlement.rows] == [Fraction("9.5"), 3]
    other = an_entry(2021, {"KNO": 9}, contracts=[{**LUMP[0], "naam": "B"}])
    lines = tuple(replace(line, contract="B") for line in other.case.budget.lines)
    other = replace(other, case=replace(other.case, budget=LineProduction("begroting.csv", lines)))
    (problem,) = run_years([first, other]).outcomes[1].lacking[Stage.SETTLE]
    assert (problem.code, problem.file, problem.value) == ("years_no_budget", "2021/begroting.csv", "KNO")


def test_a_first_year_that_looks_back_needs_its_own_rows():
    run = run_years([an_entry(2020, {"KNO": 10}, contracts=LUMP), an_entry(2021, {"KNO": 9}, contracts=LUMP)])
    assert [problem.code for problem in run.outcomes[0].lacking[Stage.SETTLE]] == ["previous_budget_missing"]
    assert run.outcomes[1].settlement is not None  # needs the budget of 2020, not its settlement


def saved(saldo, second=None, **sections):
    """A first year that leaves € 2.00 of € 10.00."""
    first = an_entry(2025, {"KNO": 5, "MDL": 5}, {"KNO": 3, "MDL": 5}, **frame(10, saldo))
    budget = second or {"KNO": 5, "MDL": 5}
    return run_years([first, an_entry(2026, budget, budget, **sections)])


def test_what_a_year_leaves_lapses_unless_agreed_otherwise():
    for saldo in (None, "vervalt"):
        first, second = (one.account for one in saved(saldo, **frame(10)).outcomes)
        assert (first.lapses.value, first.closing.value, second.opening.value) == (200, 0, 0)
        assert second.paid.value == 1000


def test_a_balance_goes_to_the_frame_and_is_explained_with_its_year():
    run = saved("kader", **frame(10))
    first, second = run.outcomes
    assert (first.account.closing.value, second.account.opening.value, second.account.paid.value) == (200, 200, 1200)
    amount = second.distribution.rows[0].paid
    assert (amount.value, recompute(amount)) == (600, 600)
    places = {(leaf.source.file, leaf.source.column) for leaf in leaves(amount) if leaf.source}
    assert ("2025/realisatie.csv", "norm_fte") in places
    assert "2025: meegenomen saldo" in explained(run, "kno", Language.DUTCH)
    assert "2025: balance carried" in explained(run, "KNO", Language.ENGLISH)


def test_a_balance_in_the_reserve_changes_no_other_pot():
    sections = {"mutatiereserve": {"aandeel": "0.1"}, "kwaliteit": {"aandeel": "0.1"}}
    lists = {"kwaliteit": {"KNO": 1, "MDL": 1}}
    alone = saved("vervalt", lists=lists, **frame(10), **sections).outcomes[1].distribution
    carried = saved("mutatiereserve", lists=lists, **frame(10), **sections).outcomes[1].distribution
    assert carried.pots["mutatiereserve"].value == alone.pots["mutatiereserve"].value + 200
    assert carried.pots["kwaliteit"].value == alone.pots["kwaliteit"].value
    assert [row.paid.value for row in carried.rows] == [row.paid.value for row in alone.rows]
    assert carried.stays["mutatiereserve"].value == alone.stays["mutatiereserve"].value + 200
    with pytest.raises(InputError) as raised:
        saved("mutatiereserve", **frame(10))
    assert codes(raised) == ["years_no_reserve"]


def test_savings_come_from_outside_the_frame():
    def euros(name, cents):
        return cell(name, Fraction(cents), Unit.CENTS, Source("besparingen.csv", 2, name))

    first, second = (
        an_entry(year, {"KNO": 5}, {"KNO": 5}, gedeelde_besparing={"aandeel": "0.5"}, **frame(10))
        for year in (2025, 2026)
    )
    tables = ComponentTables(
        savings=(Saving("thuis", None, euros("basislijn", 900), euros("werkelijk", 500)),),
        labels={"besparingen": "b.csv"},
    )
    first, second = (replace(one, case=replace(one.case, components=tables)) for one in (first, second))
    for one in run_years([first, second]).outcomes:
        assert [node.value for node in (one.account.frame, one.account.brings, one.account.paid)] == [1000, 200, 1200]


def test_what_comes_from_two_years_back_has_that_year_before_its_file():
    entries = [
        an_entry(year, {"KNO": 5, "MDL": 5}, {"KNO": 4, "MDL": 5}, **frame(10, "kader")) for year in (2025, 2026, 2027)
    ]
    amount = run_years(entries).outcomes[2].distribution.total.paid
    files = {leaf.source.file for leaf in leaves(amount) if leaf.source and leaf.source.file.endswith("realisatie.csv")}
    assert files == {"realisatie.csv", "2026/realisatie.csv", "2025/realisatie.csv"}


def test_a_balance_waits_where_nothing_is_divided():
    run = saved("kader")
    assert run.outcomes[0].account.closing.value == 200
    assert [problem.code for problem in run.outcomes[1].lacking[Stage.DISTRIBUTE]] == ["needs_frame"]


NET = {"maximale_daling": "0.1", "eerste_jaar": 2025, "laatste_jaar": 2026}


def fallen(first_lists=None, second_lists=None, transition=None, second=None):
    sections = {} if transition is None else {"overgang": transition}
    first = an_entry(2025, {"KNO": 5, "MDL": 5}, {"KNO": 5, "MDL": 5}, lists=first_lists, **frame(100), **sections)
    budget = second or {"KNO": 2, "MDL": 8}
    return run_years([first, an_entry(2026, budget, budget, lists=second_lists, vangnet=NET, **frame(100))])


def test_the_net_looks_at_the_amounts_of_the_run():
    run = fallen()
    assert [row.paid.value for row in run.outcomes[1].distribution.rows] == [4500, 5500]
    amount = run.outcomes[1].distribution.rows[0].paid
    assert recompute(amount) == 4500
    assert "2025/begroting.csv" in {leaf.source.file for leaf in leaves(amount) if leaf.source}


def test_a_list_of_last_year_must_be_what_the_run_came_to():
    same = fallen(second_lists={"vorig_jaar": {"KNO": 5000, "MDL": 5000}})
    assert [row.paid.value for row in same.outcomes[1].distribution.rows] == [4500, 5500]
    with pytest.raises(InputError) as raised:
        fallen(second_lists={"vorig_jaar": {"KNO": 6000, "MDL": 5000}})
    (problem,) = raised.value.problems
    assert (problem.code, problem.file, problem.value) == ("years_amount_differs", "2026/vorig_jaar.csv", "KNO")
    assert (problem.details["here"][0], problem.details["there"][0]) == ("60,00", "50,00")


def test_what_was_paid_once_is_no_floor_for_the_year_after():
    once = {"jaar": 2025, "aandeel": "0.2"}
    run = fallen({"vorig_model": {"KNO": 6000, "MDL": 0}}, transition=once)
    assert [row.paid.value for row in run.outcomes[0].distribution.rows] == [6000, 4000]  # 20.00 of it once
    assert [row.paid.value for row in run.outcomes[1].distribution.rows] == [3600, 6400]  # 90 % of 40.00


def test_a_group_without_last_year_has_no_net():
    run = fallen(second={"KNO": 2, "Nieuw": 8})
    assert [row.paid.value for row in run.outcomes[1].distribution.rows] == [4500, 5500]
    text = " ".join(as_text(run, Language.DUTCH).split())
    assert "zonder vangnet, want er was geen bedrag van vorig jaar: Nieuw" in text


def test_a_year_that_cannot_be_computed_is_named_and_so_is_who_needs_it():
    first = an_entry(2025, {"KNO": 5}, **frame(10, "kader"))  # no realisation
    second = an_entry(2026, {"KNO": 5}, {"KNO": 5}, **frame(10, "kader"))
    third = an_entry(2027, {"KNO": 5}, {"KNO": 5}, vangnet={**NET, "laatste_jaar": 2027}, **frame(10))
    run = run_years([first, second, third])
    assert [[p.code for p in one.lacking[Stage.DISTRIBUTE]] for one in run.outcomes] == [
        ["needs_table"], ["years_before_unknown"], ["years_before_unknown", "years_before_unknown"],
    ]  # fmt: skip
    assert [one.settlement is not None for one in run.outcomes] == [False, True, True]
    for language, word in ((Language.DUTCH, "realisatie"), (Language.ENGLISH, "realisatie")):
        told = "\n".join(headlines(run, overview(run), language))
        assert all(str(one.year) in told for one in run.outcomes)
        assert word in told


def test_nothing_to_show_at_all_is_refused():
    bare = [
        replace(one, case=replace(one.case, budget=None))
        for one in (an_entry(2025, {"KNO": 5}), an_entry(2026, {"KNO": 5}))
    ]
    with pytest.raises(InputError) as raised:
        run_years(bare)
    assert codes(raised) == ["needs_table", "needs_table"]


def test_groups_that_come_go_and_merge():
    def group(name, code):
        return Group(name, code, Role.GATEKEEPING)

    before = [group("KNO", "0302"), group("MDL", "0318"), group("Noord", "0303"), group("Zuid", "0303")]
    now = [group("KNO", "0302"), group("Heelkunde", "0303"), group("Pijn", "0389")]
    found = changes(before, now)
    assert (found.new, found.gone) == (("Heelkunde", "Pijn"), ("MDL", "Noord", "Zuid"))
    assert found.into == {"Noord": "Heelkunde", "Zuid": "Heelkunde"}


def test_another_organisation_is_told():
    other = an_entry(2026, {"KNO": 5}, {"KNO": 5})
    renamed = replace(other, case=replace(other.case, agreement=replace(other.case.agreement, organisation="Elders")))
    run = run_years([an_entry(2025, {"KNO": 5}, {"KNO": 5}), renamed])
    assert [problem.code for problem in run.warnings] == ["years_organisation"]


def test_the_figures_over_the_years_add_up():
    run = saved("kader", {"KNO": 4, "Nieuw": 4}, **frame(10))
    found = overview(run)
    assert found.euros.sum.value == sum(node.value for node in found.euros.sums.values())
    assert found.euros.sum.value == sum(node.value for node in found.euros.totals.values())
    assert set(found.paid.developments) == {"KNO"}
    assert found.paid.groups["MDL"].keys() == {2025}


def test_every_message_is_known():
    assert set(YEARS) <= set(MESSAGES)

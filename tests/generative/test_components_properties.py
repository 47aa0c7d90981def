"""What must hold of every distribution with components, whatever was agreed: cents, order, and who gains by what."""

from dataclasses import replace
from fractions import Fraction

import component_oracle
import pytest
from component_strategies import SECTIONS, agreed_cases, lean_cases
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_case import as_objects

from puntlanding.components import COMPONENTS
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

FEW = settings(max_examples=settings().max_examples // 7)
OWN_KEY = ("harmonisatie", "disutility", "kwaliteit", "geoormerkt")


def distributed(case):
    year = Year(as_objects(case))
    assume(not year.missing(Stage.DISTRIBUTE))
    return year.distribution


def values(nodes):
    return {key: node.value for key, node in nodes.items()}


def outcome(found):
    """Every number by name; what stays only where anything does."""
    numbers = {row.name: (row.fixed.value, row.norm.value, row.costs.value, row.paid.value) for row in found.rows}
    parts = {(row.name, key): node.value for row in found.rows for key, node in row.parts.items()}
    rest = {("stays", key): value for key, value in values(found.stays).items() if value}
    return numbers | parts | rest | values(found.pots) | {"unpaid": found.unpaid.value}


def part_of(found, key):
    return {row.name: row.parts[key].value for row in found.rows}


@given(agreed_cases())
def test_cents_add_up_to_the_frame_and_what_was_brought(case):
    found = distributed(case)
    before = sum(row.fixed.value + row.norm.value + sum(values(row.parts).values()) for row in found.rows)
    stays, brought = sum(values(found.stays).values()), sum(values(found.brings).values())
    assert before + found.unpaid.value + stays == case.frame + brought
    assert sum(row.costs.value for row in found.rows) == sum(one.cents for one in case.costs)
    assert found.total.paid.value == sum(row.paid.value for row in found.rows) == before - found.total.costs.value
    for key, pot in found.pots.items():
        given_out = sum(part_of(found, key).values())
        assert given_out + (found.stays[key].value if key in found.stays else 0) == pot.value
    assert_nothing_negative_but_what_the_net_asks(found)


def assert_nothing_negative_but_what_the_net_asks(found):
    kinds = (found.pots, found.stays, found.brings)
    assert all(value >= 0 for kind in kinds for value in values(kind).values())
    for row in found.rows:
        assert all(value >= 0 for key, value in values(row.parts).items() if key != "vangnet")
        assert min(row.fixed.value, row.norm.value, row.paid.value + row.costs.value, found.unpaid.value) >= 0


@FEW
@given(agreed_cases(always=("mutatiereserve",)), st.randoms(use_true_random=False))
def test_no_component_changes_the_pot_of_another(case, chance):
    section = chance.choice(list(case.agreed))
    with_it = distributed(case)
    without = distributed(replace(case, agreed={name: one for name, one in case.agreed.items() if name != section}))
    others = {key: pot for key, pot in values(with_it.pots).items() if key.partition(".")[0] != section}
    assert values(without.pots) == others


@FEW
@given(agreed_cases(always=("kwaliteit", "geoormerkt")), st.randoms(use_true_random=False))
def test_pots_with_a_key_of_their_own_do_not_feel_each_other(case, chance):
    """What is in harmonisation, disutility, quality and earmarked pots does not depend on which others there are."""
    dropped = chance.choice([name for name in case.agreed if name in OWN_KEY])
    assume(case.agreed[dropped].get("vorm") != "norm_fte" if isinstance(case.agreed[dropped], dict) else True)
    kept = {name: one for name, one in case.agreed.items() if name != dropped}
    found, fewer = distributed(case), distributed(replace(case, agreed=kept))
    for key in fewer.pots:
        if key.partition(".")[0] in OWN_KEY:
            assert part_of(found, key) == part_of(fewer, key)


@FEW
@given(agreed_cases(), st.randoms(use_true_random=False))
def test_no_order_changes_any_number(case, chance):
    """Of sections in the agreement, of pots, of groups, of rows."""

    def shuffled(items):
        return chance.sample(items, len(items))

    agreed = {
        name: shuffled(one) if isinstance(one, list) else dict(shuffled(list(one.items())))
        for name, one in shuffled(list(case.agreed.items()))
    }
    other = replace(
        case,
        agreed=agreed,
        lists={name: tuple(shuffled(rows)) for name, rows in case.lists.items()},
        **{
            name: tuple(shuffled(getattr(case, name)))
            for name in ("groups", "budget", "realised", "formation", "costs")
        },
    )
    assert outcome(distributed(other)) == outcome(distributed(case))


def renamed(case, names):
    """The same case with other names of groups; every row that names one follows."""

    def row(one):
        return replace(one, group=names[one.group])

    whose = {"besparingen": 1, "scores": 1}
    lists = {
        list_: tuple(
            tuple(
                names.get(v, v) if i == whose.get(list_, 0) and list_ != "dienstgewichten" else v
                for i, v in enumerate(r)
            )
            for r in rows
        )
        for list_, rows in case.lists.items()
    }
    agreed = dict(case.agreed)
    if "vakgroepen" in agreed.get("vangnet", {}):
        agreed["vangnet"] = agreed["vangnet"] | {"vakgroepen": tuple(names[g] for g in agreed["vangnet"]["vakgroepen"])}
    return replace(
        case,
        groups=tuple(replace(one, name=names[one.name]) for one in case.groups),
        **{field: tuple(map(row, getattr(case, field))) for field in ("budget", "realised", "formation")},
        care={names[group]: value for group, value in case.care.items()},
        lists=lists,
        agreed=agreed,
    )


@FEW
@given(agreed_cases())
def test_a_name_means_nothing(case):
    """Names that sort alike give the same cents; a cent that does not divide goes by name."""
    names = {name: f"groep {i}" for i, name in enumerate(sorted(group.name for group in case.groups))}
    was, now = distributed(case), distributed(renamed(case, names))
    assert [
        (names[row.name], row.fixed.value, row.norm.value, values(row.parts), row.costs.value) for row in was.rows
    ] == [(row.name, row.fixed.value, row.norm.value, values(row.parts), row.costs.value) for row in now.rows]


EUROS = ("bedrag", "bedrag_per_fte", "ten_hoogste")
EURO_COLUMNS = {"mutaties": (1,), "besparingen": (2, 3), "vorig_model": (1,), "vorig_jaar": (1,)}


@FEW
@given(agreed_cases(), st.integers(2, 1000))
def test_everything_in_proportion(case, times):
    """Frame and every amount so many times as large: so is every part, but for the cents that were rounded on the way."""

    def larger(section):
        return {key: value * times if key in EUROS else value for key, value in section.items()}

    large = replace(
        case,
        frame=case.frame * times,
        costs=(),
        agreed={
            name: [larger(x) for x in one] if isinstance(one, list) else larger(one)
            for name, one in case.agreed.items()
        },
        lists={
            name: tuple(
                tuple(v * times if i in EURO_COLUMNS.get(name, ()) else v for i, v in enumerate(row)) for row in rows
            )
            for name, rows in case.lists.items()
        },
    )
    assume("vangnet" not in case.agreed)  # whether it can be paid may hang on one cent
    was, now = distributed(replace(case, costs=())), distributed(large)
    count = len(was.rows) + 2
    for a, b in zip(was.rows, now.rows, strict=True):
        assert abs(b.fixed.value - times * a.fixed.value) <= (len(was.pots) + 2) * (times + 1)
        assert abs(b.norm.value - times * a.norm.value) <= (len(was.pots) + 2) * (times + 1)
        for key, part in a.parts.items():
            rounded = 2 if key.partition(".")[0] in OWN_KEY else (len(was.pots) + 6) * count
            assert abs(b.parts[key].value - times * part.value) <= rounded * (times + 1), key


def with_value(case, name, group, column, more):
    """One number of a list raised."""
    rows = [
        tuple(v + more if i == column else v for i, v in enumerate(row)) if row[0] == group else row
        for row in case.lists[name]
    ]
    return replace(case, lists=case.lists | {name: tuple(rows)})


MORE = st.integers(1, 500).map(lambda n: Fraction(n, 100))


@FEW
@given(agreed_cases(among=OWN_KEY, always=("kwaliteit", "disutility")), st.integers(0, 5), MORE)
def test_more_score_is_never_less_of_the_pot(case, who, more):
    """Largest remainder can take a cent back, but never more."""
    group = case.groups[who % len(case.groups)].name
    before = part_of(distributed(case), "kwaliteit")
    after = part_of(distributed(with_value(case, "kwaliteit", group, 1, more)), "kwaliteit")
    assert after[group] >= before[group]
    assert all(after[name] <= before[name] + 1 for name in before if name != group)


@FEW
@given(agreed_cases(among=(), always=("gedeelde_besparing",)), st.integers(0, 2), st.integers(1, 10**7))
def test_more_saved_is_never_less(case, which, more):
    """Of an initiative: for its own group, and for the collective."""
    rows = list(case.lists["besparingen"])
    which %= len(rows)
    name, group, baseline, actual = rows[which]
    rows[which] = (name, group, baseline + more, actual)
    was, now = distributed(case), distributed(replace(case, lists={"besparingen": tuple(rows)}))
    key = "gedeelde_besparing"
    assert now.brings[key].value >= was.brings[key].value
    if group and "ten_hoogste" not in case.agreed[key]:
        assert part_of(now, key)[group] >= part_of(was, key)[group] - 1


@FEW
@given(agreed_cases(always=("vangnet",)), st.integers(0, 5), st.integers(1, 10**8))
def test_a_higher_amount_of_last_year_is_never_a_lower_net(case, who, more):
    group = case.groups[who % len(case.groups)].name
    was, now = distributed(case), distributed(with_value(case, "vorig_jaar", group, 1, more))
    assert part_of(now, "vangnet")[group] >= part_of(was, "vangnet")[group]


@FEW
@given(agreed_cases(always=("vangnet",)))
def test_the_net_holds_who_it_is_for_and_pushes_nobody_through(case):
    wanted = component_oracle.distribute(case) if possible(case) else None
    found = distributed(case)
    assume(wanted.floors is not None)
    part, agreed = part_of(found, "vangnet"), case.agreed["vangnet"]
    assert sum(part.values()) == 0
    for name, moved in part.items():
        after = wanted.before_net[name] + moved
        if moved < 0:
            assert after >= wanted.floors[name]
        if name in agreed.get("vakgroepen", tuple(part)):
            assert after >= wanted.floors[name]


def possible(case):
    return not Year(as_objects(case)).missing(Stage.DISTRIBUTE)


@FEW
@given(agreed_cases(always=("overgang",)))
def test_the_transition_never_gives_more_than_its_pot(case):
    case = replace(case, agreed=case.agreed | {"overgang": case.agreed["overgang"] | {"rest": "blijft"}})
    found = distributed(case)
    lost = dict(case.lists["vorig_model"])
    part = part_of(found, "overgang")
    assert sum(part.values()) <= found.pots["overgang"].value
    assert all(cents <= lost[name] + 1 for name, cents in part.items())


@FEW
@given(agreed_cases(among=(), always=("overgang", "kwaliteit")), st.sampled_from((-1, 1)))
def test_a_transition_of_another_year_takes_and_gives_nothing(case, years):
    """Not even where the other pots have the whole frame."""
    case = replace(case, agreed={"kwaliteit": {"aandeel": Fraction(1)}} | {"overgang": case.agreed["overgang"]})
    case.agreed["overgang"]["jaar"] = case.year + years
    found = distributed(case)
    assert found.pots["kwaliteit"].value == case.frame
    assert found.pots["overgang"].value == sum(part_of(found, "overgang").values()) == 0


@FEW
@given(lean_cases(kinds=("plafond",)), st.integers(0, 10**9), st.sampled_from(("netto", "geheel")), MORE)
def test_a_higher_threshold_is_never_more_from_the_reserve(case, amount, use, more):
    frame = max(case.frame, 1)
    agreed = {"bedrag": amount % frame, "gebruik": use, "drempel": Fraction(0)}
    low = distributed(replace(case, frame=frame, agreed={"mutatiereserve": agreed}))
    higher = agreed | {"drempel": min(more / 5, Fraction(1))}
    high = distributed(replace(case, frame=frame, agreed={"mutatiereserve": higher}))
    used = [sum(part_of(one, "mutatiereserve").values()) for one in (low, high)]
    assert used[1] <= used[0]


@FEW
@given(
    lean_cases(kinds=("plafond",)), st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from(("netto", "geheel"))
)
def test_a_larger_reserve_pays_no_less_of_what_is_claimed(case, amount, more, use):
    """Until it pays all of it: every euro more in the reserve is one less in the main part, which lowers what a norm fte is worth."""
    frame = max(case.frame, 3)
    small = amount % (frame // 2)
    large = min(small + more, frame)
    found = [
        distributed(replace(case, frame=frame, agreed={"mutatiereserve": {"bedrag": pot, "gebruik": use}}))
        for pot in (small, large)
    ]
    used = [sum(part_of(one, "mutatiereserve").values()) for one in found]
    left = [one.stays["mutatiereserve"].value for one in found]
    assert used[1] >= used[0] or left[1] > 0
    if not left[1]:  # all of the larger one was needed
        assert not left[0]
        for name, cents in part_of(found[0], "mutatiereserve").items():
            assert part_of(found[1], "mutatiereserve")[name] >= cents - 1


def test_every_component_is_in_the_order():
    assert tuple(COMPONENTS) == SECTIONS

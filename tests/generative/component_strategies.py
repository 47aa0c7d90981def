"""Generated agreements with any set of components, and the lists that go with them.

Most of the cases are lean (norm fte typed as such, no scores): what comes before the distribution has tests of its own, and making
it takes most of the time. Strategies are made once, for the same reason.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import component_oracle
import oracle
from hypothesis import strategies as st
from plain_case import PlainCase, PlainContract, PlainCost, PlainGroup, PlainHalfDays, PlainRow
from strategies import CONTRACT_KINDS, NAMES, YEAR, cases, numbers

SECTIONS = component_oracle.ORDER
POTS = ("Passende zorg", "Samen; beslissen")
INTENSITIES = ("thuis", "aanwezig", "slapend")
SHARES = tuple(Fraction(n, 1000) for n in (0, 5, 10, 20, 33, 50, 125))
YEARS = st.sampled_from((YEAR, YEAR, YEAR, YEAR, YEAR - 1, YEAR + 1))
SHARE = numbers(0, 1)
SCORE = st.one_of(numbers(1, 9), numbers(1, 9), numbers(0, 10))
THOUSANDTHS = st.one_of(st.integers(0, 1000), st.sampled_from((0, 1000, 500)))


def exact(least, most, decimals):
    return st.integers(least * 10**decimals, most * 10**decimals).map(lambda n: Fraction(n, 10**decimals))


FTE = st.one_of(exact(0, 20, 3), exact(0, 5, 0))
# role; budgeted and realised norm fte, twice; norm fte of last year's budget, twice; half-days
_GROUP = st.tuples(st.sampled_from(("poort", "poort", "ondersteunend")), *[FTE] * 6, exact(0, 60, 1))
_GROUPS = st.lists(st.tuples(st.sampled_from(NAMES), _GROUP), min_size=1, max_size=6, unique_by=lambda one: one[0])
_CONTRACT = st.tuples(st.sampled_from(CONTRACT_KINDS), SHARE)
_CONTRACTS = st.one_of(st.tuples(_CONTRACT), st.tuples(_CONTRACT, _CONTRACT))
_SETTLED = st.tuples(
    st.booleans(),
    st.one_of(st.none(), SHARE),
    st.sampled_from(("gelijk", "gelijk", "realisatie")),
    st.one_of(st.none(), st.none(), st.tuples(SHARE, numbers(1, 2))),
)
_FRAMED = st.tuples(
    st.one_of(st.integers(0, 3_000_000_000), st.integers(0, 3_000_000_000), st.integers(0, 1000)),
    st.one_of(st.sampled_from((Fraction(0), Fraction("0.5"), Fraction(1))), SHARE),
    st.sampled_from(("blijft", "verdelen")),
)
_COSTS = st.lists(
    st.tuples(st.integers(-5_000, 50_000), st.sampled_from(("als_kader", "zorgverlening_fte", "norm_fte"))), max_size=2
)
_SETTING_OF = ("plafond_bandbreedte", "meerjaren_aanneemsom")


@st.composite
def lean_cases(draw, kinds=None):
    groups, contracts = draw(_GROUPS), draw(_CONTRACTS)
    agreed = [
        PlainContract(f"Verzekeraar {'BA'[i]}", kind if kinds is None else kinds[i % len(kinds)], setting)
        for i, (kind, setting) in enumerate(contracts)
    ]
    agreed = tuple(one if one.kind in _SETTING_OF else replace(one, setting=None) for one in agreed)
    before = (YEAR - 1,) if any(one.kind == "meerjaren_aanneemsom" for one in agreed) else ()

    def rows(place, year):
        return tuple(
            PlainRow(name, contract.name, year, "norm_fte", values[place + i])
            for i, contract in enumerate(agreed)
            for name, values in groups
        )

    redistribute, maximum, supporting, bandwidth = draw(_SETTLED)
    frame, fixed, unpaid = draw(_FRAMED)
    return PlainCase(
        groups=tuple(PlainGroup(name, "0301", values[0], "") for name, values in groups),
        contracts=agreed,
        budget=rows(1, YEAR) + (rows(5, YEAR - 1) if before else ()),
        realised=rows(3, YEAR),
        rates={},
        norm_times={},
        redistribute=redistribute,
        maximum=maximum,
        supporting=supporting,
        bandwidth=bandwidth,
        formation=tuple(PlainHalfDays(name, "medisch specialist", "1a", values[7], None) for name, values in groups),
        frame=frame,
        fixed=fixed,
        unpaid=unpaid,
        costs=tuple(PlainCost(f"post {i}", amount, key) for i, (amount, key) in enumerate(draw(_COSTS))),
    )


def within(part, most):
    """``part`` thousandths of at most so many cents."""
    return most * part // 1000


@cache
def some(**keys):
    """Keys of a section, each left out one time in three: then its default counts."""
    options = [
        st.one_of(st.just({}), *[value.map(lambda found, key=key: {key: found})] * 2) for key, value in keys.items()
    ]
    return st.tuples(*options).map(lambda found: {key: value for one in found for key, value in one.items()})


_SIZE = st.one_of(st.sampled_from(SHARES), THOUSANDTHS)
_REST = st.sampled_from(("blijft", "verdelen"))
_BASE = st.sampled_from(component_oracle.BASES)
_POTS = st.lists(st.sampled_from(POTS), min_size=1, max_size=2, unique=True)
_LISTED = st.sampled_from(("passende_zorg", "kwaliteit", "scores", "scores"))
_ROSTER = st.tuples(st.integers(0, 5), exact(0, 52, 1), st.sampled_from(INTENSITIES), exact(0, 24, 1))
_ROSTERS = st.lists(_ROSTER, min_size=1, max_size=5)
_SINCE = st.tuples(*[st.lists(st.integers(YEAR - 2, YEAR + 1), max_size=2, unique=True)] * len(INTENSITIES))
_WEIGHTS = st.lists(numbers(1, 3, 1), min_size=9, max_size=9)
_DECIDED = st.lists(st.tuples(st.integers(0, 5), THOUSANDTHS), min_size=1, max_size=3)
_SAVED = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 5)), THOUSANDTHS, st.integers(0, 100)), min_size=1, max_size=3
)
_FALL = st.sampled_from((Fraction("0.05"), Fraction("0.5"), Fraction("0.9"), Fraction(0)))
_WHO = st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True)


@cache
def _each(count, values):
    return st.lists(values, min_size=count, max_size=count)


def each(draw, case, values):
    found = draw(_each(len(case.groups), values))
    return tuple((group.name, value) for group, value in zip(case.groups, found, strict=True))


def name_of(case, position):
    return case.groups[position % len(case.groups)].name


def size(draw, case):
    """A pot's share or amount; at most an eighth of the frame, so that all pots together fit in it."""
    found = draw(_SIZE)
    return {"aandeel": found} if isinstance(found, Fraction) else {"bedrag": within(found, case.frame // 8)}


_BEFORE = st.one_of(st.integers(0, 250), st.sampled_from((0, 50, 100)))


def before(draw, case):
    """What groups had before: around an even share of the frame."""
    even = case.frame // len(case.groups)
    return tuple((name, even * part // 100) for name, part in each(draw, case, _BEFORE))


def harmonisation(draw, case):
    care = sum((oracle.care_fte(case, group.name) for group in case.groups), Fraction(0))
    found = draw(_SIZE)
    if care and isinstance(found, int):
        return {"bedrag_per_fte": within(found, int(case.frame / 8 / care))}, {}
    return {"aandeel": Fraction(found // 8, 1000) if isinstance(found, int) else found}, {}


_PER_FTE = st.sampled_from((None, Fraction(7), Fraction("2.5")))


def disutility(draw, case):
    per_fte = draw(_PER_FTE)
    agreed = {"vorm": "norm_fte", "punten_per_norm_fte": per_fte} if per_fte else size(draw, case)
    if draw(st.booleans()):
        return agreed, {"disutility": each(draw, case, SCORE)}
    duties = tuple(
        (name_of(case, who), f"dienst {i}", frequency, kind, hours)
        for i, (who, frequency, kind, hours) in enumerate(draw(_ROSTERS))
    )
    weights = draw(_WEIGHTS)
    dated = [(kind, year) for kind, years in zip(INTENSITIES, draw(_SINCE), strict=True) for year in (2010, *years)]
    # each weight counts until a later one does
    listed = tuple((kind, year, weight) for (kind, year), weight in zip(dated, weights, strict=False))
    return {"bron": "diensten", **agreed}, {"diensten": duties, "dienstgewichten": listed}


def quality(draw, case):
    return size(draw, case) | draw(some(grondslag=_BASE)), {"kwaliteit": each(draw, case, SCORE)}


def earmarked(draw, case):
    agreed, rows, lists = [], [], {}
    for name in draw(_POTS):
        one = {"naam": name, **size(draw, case), **draw(some(grondslag=_BASE, scores=_LISTED))}
        if one.get("scores") == "scores":
            rows += [(name, group, value) for group, value in each(draw, case, SCORE)]
        elif one.get("scores") == "kwaliteit":
            lists["kwaliteit"] = each(draw, case, SCORE)
        agreed.append(one)
    return agreed, lists | ({"scores": tuple(rows)} if rows else {})


_USE = st.sampled_from(("netto", "geheel", "geheel", "besluiten", None))


def reserve(draw, case):
    agreed = size(draw, case) | draw(some(rest=_REST))
    use = draw(_USE)
    if use == "besluiten":
        most = agreed.get("bedrag", int(case.frame * agreed.get("aandeel", 0))) // 3
        decided = enumerate(draw(_DECIDED))
        rows = tuple((name_of(case, who), within(part, most), f"besluit {i}") for i, (who, part) in decided)
        return agreed | {"gebruik": use}, {"mutaties": rows}
    return agreed | ({"gebruik": use} if use else {}) | draw(
        some(drempel=st.sampled_from((Fraction("0.02"), Fraction(0))))
    ), {}


def savings(draw, case):
    agreed = {"aandeel": draw(SHARE)} | draw(some(vakgroep_deel=SHARE))
    most = draw(_SIZE)
    if isinstance(most, int):
        agreed["ten_hoogste"] = within(most, case.frame // 20)
    rows = (
        (
            f"initiatief {i}",
            None if who is None else name_of(case, who),
            actual + within(part, case.frame // 10),
            actual,
        )
        for i, (who, part, actual) in enumerate(draw(_SAVED))
    )
    return agreed, {"besparingen": tuple(rows)}


def transition(draw, case):
    agreed = {"jaar": draw(YEARS)} | size(draw, case)
    return agreed | draw(some(drempel=SHARE, vergoeding=SHARE, rest=_REST)), {"vorig_model": before(draw, case)}


def net(draw, case):
    years = sorted((draw(YEARS), draw(YEARS)))
    agreed = {"maximale_daling": draw(_FALL), "eerste_jaar": years[0], "laatste_jaar": years[1]}
    who = draw(st.one_of(st.none(), _WHO))
    if who:
        agreed["vakgroepen"] = tuple(sorted({name_of(case, one) for one in who}))
    return agreed, {"vorig_jaar": before(draw, case)}


MAKERS = dict(
    zip(SECTIONS, (harmonisation, disutility, quality, earmarked, reserve, savings, transition, net), strict=True)
)


@cache
def _chosen(among):
    return st.lists(st.sampled_from(among), unique=True) if among else st.just([])


@st.composite
def agreed_cases(draw, among=SECTIONS, always=(), of=None):
    """A case with any of the components ``among``, and all of those named ``always``; lean, or one ``of`` a strategy."""
    case = draw(lean_cases() if of is None else of)
    agreed, lists = {}, {}
    for name in dict.fromkeys([*draw(_chosen(tuple(among))), *always]):
        agreed[name], found = MAKERS[name](draw, case)
        lists |= found
    asks = [one.get("scores", "passende_zorg") for one in agreed.get("geoormerkt", ())]
    care = case.care
    if "passende_zorg" in asks and not care:
        care = dict(each(draw, case, SHARE))
    return replace(case, agreed=agreed, lists=lists, care=care)


def whole_cases(**narrowed):
    """Of everything that comes before, too: products, rates, scores."""
    return agreed_cases(of=cases(**narrowed))

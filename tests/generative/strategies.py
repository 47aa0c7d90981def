"""Generated cases: small numbers with few decimals, so that ties, zeros and equal budgets come up often."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st
from plain_case import PlainCase, PlainContract, PlainCost, PlainFigure, PlainGroup, PlainHalfDays, PlainRow

# Names that sort otherwise by code point than by alphabet, and one that a CSV has to quote.
NAMES = ("KNO", "Één", "arts", "Zorg; en meer", "Oog", "zaal", "Ärzte", "Anesthesie")
CONTRACT_KINDS = ("plafond", "plafond_bandbreedte", "aanneemsom", "meerjaren_aanneemsom", "schaduwdraaien")
YEAR = 2026
CODES = ("P1", "012345")
COMPONENTS = ("poli", "kliniek", "diagnostiek")


def numbers(low, high, decimals=2):
    """Decimal numbers; whole ones and zero come up more than they would by chance."""
    scale = 10**decimals
    exact = st.integers(low * scale, high * scale).map(lambda n: Fraction(n, scale))
    return st.one_of(st.integers(low, min(high, low + 12)).map(Fraction), exact)


@st.composite
def groups(draw, least=1):
    names = draw(st.lists(st.sampled_from(NAMES), min_size=least, max_size=6, unique=True))
    return tuple(
        PlainGroup(
            name,
            draw(st.sampled_from(("0301", "0302"))),
            draw(st.sampled_from(("poort", "poort", "ondersteunend"))),
            draw(st.sampled_from(("", "", "Eenheid A", "Eenheid B"))),
        )
        for name in names
    )


@st.composite
def contracts(draw, kinds=CONTRACT_KINDS, most=3):
    count = draw(st.integers(1, most))
    found = []
    for i in range(count):
        kind = draw(st.sampled_from(kinds))
        setting = draw(numbers(0, 1)) if kind in ("plafond_bandbreedte", "meerjaren_aanneemsom") else None
        found.append(PlainContract(f"Verzekeraar {'BAC'[i]}", kind, setting))
    return tuple(found)


@st.composite
def production(draw, keys, years, measures):
    """The rows of one file: per group and contract one kind of measure in every year."""
    rows = []
    for group, contract in keys:
        measure = measures[group, contract]
        for year in years:
            if measure == "aantal":
                for code in draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True)):
                    rows.append(PlainRow(group, contract, year, measure, draw(numbers(0, 2000)), code))
            else:
                amount = draw(numbers(0, 20, 3) if measure == "norm_fte" else numbers(0, 4000))
                rows.append(PlainRow(group, contract, year, measure, amount))
    return tuple(rows)


@st.composite
def figures(draw, names):
    found = []
    for name in names:
        parts = draw(st.one_of(st.just((None,)), st.lists(st.sampled_from(COMPONENTS), min_size=1, unique=True)))
        years = draw(st.sampled_from(((), (YEAR - 1, YEAR), (YEAR - 2, YEAR - 1, YEAR))))
        for year in years:
            for part in parts:
                correction = draw(st.one_of(st.none(), numbers(0, 1))) if year == YEAR else None
                found.append(PlainFigure(name, year, part, draw(numbers(0, 2)), correction))
    return tuple(found)


@st.composite
def half_days(draw, names):
    roles = ("medisch specialist", "Chef de clinique", "anios")
    return tuple(
        PlainHalfDays(
            name,
            draw(st.sampled_from(roles)),
            draw(st.sampled_from(("1a", "1a", "1b", "2", "3"))),
            draw(numbers(0, 60)),
            draw(st.one_of(st.none(), numbers(0, 40))),
        )
        for name in names
        for _ in range(draw(st.integers(1, 3)))
    )


@st.composite
def weightings(draw):
    output = draw(st.integers(0, 100))
    efficiency = draw(st.integers(0, 100 - output))
    return tuple(Fraction(part, 100) for part in (output, efficiency, 100 - output - efficiency))


@st.composite
def cases(draw, kinds=CONTRACT_KINDS, scored=True, bands=True, least=1):
    found = draw(groups(least))
    names = [group.name for group in found]
    agreed = draw(contracts(kinds))
    all_keys = [(name, contract.name) for contract in agreed for name in names]
    keys = draw(st.lists(st.sampled_from(all_keys), min_size=1, unique=True)) if len(agreed) > 1 else all_keys
    keys += [(name, agreed[0].name) for name in names if name not in {group for group, _ in keys}]
    measures = {key: draw(st.sampled_from(("aantal", "normuren", "norm_fte"))) for key in keys}
    years = (YEAR, YEAR - 1) if any(one.kind == "meerjaren_aanneemsom" for one in agreed) else (YEAR,)
    weights = draw(weightings()) if scored else (Fraction("0.8"), Fraction("0.2"), Fraction(0))
    components = draw(st.sampled_from(({}, {"poli": 1, "kliniek": Fraction("0.5"), "diagnostiek": 0})))
    return PlainCase(
        groups=found,
        contracts=agreed,
        budget=draw(production(keys, years, measures)),
        realised=draw(production(keys, (YEAR,), measures)),
        rates={name: draw(numbers(1, 3000)) for name in names},
        norm_times={
            (year, specialism, code): draw(numbers(0, 400))
            for year in (YEAR, YEAR - 1)
            for specialism in ("0301", "0302")
            for code in CODES
        },
        redistribute=draw(st.booleans()),
        maximum=draw(st.one_of(st.none(), numbers(0, 1))),
        supporting=draw(st.sampled_from(("gelijk", "realisatie", "volgt_poort"))),
        bandwidth=draw(st.one_of(st.none(), st.tuples(numbers(0, 1), numbers(1, 2)))) if bands else None,
        weights=weights,
        rise_counts=draw(st.booleans()),
        components={name: Fraction(weight) for name, weight in components.items()},
        efficiency=draw(figures(names)) if scored else (),
        care={name: draw(numbers(0, 2)) for name in names} if weights[2] else {},
        formation=draw(half_days(names)),
        half_days_per_fte=draw(st.sampled_from((Fraction(10), Fraction(9)))),
        weeks_per_year=draw(st.sampled_from((Fraction(52), Fraction(44)))),
        role_weights=draw(st.sampled_from(({}, {"anios": Fraction("0.25"), "chef de clinique": Fraction("0.9")}))),
        frame=draw(st.one_of(st.integers(0, 1000), st.integers(0, 3_000_000_000))),
        fixed=draw(st.one_of(st.sampled_from((Fraction(0), Fraction("0.5"), Fraction(1))), numbers(0, 1))),
        unpaid=draw(st.sampled_from(("blijft", "verdelen"))),
        costs=tuple(
            PlainCost(f"post {i}", draw(st.integers(-5_000, 50_000)), key)
            for i, key in enumerate(draw(st.lists(st.sampled_from(("als_kader", "zorgverlening_fte", "norm_fte")), max_size=3)))
        ),
    )  # fmt: skip

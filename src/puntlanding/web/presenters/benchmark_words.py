"""What the page about the benchmark says in sentences: the answer, where it comes from, how to read a strip; never who is good or bad."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from puntlanding.benchmark.published_tables import SPREAD_LEAST
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible
from puntlanding.quantities import half_up
from puntlanding.records.specialism_names import group_name
from puntlanding.report.benchmark_hospital import LACKING
from puntlanding.report.benchmark_tables import compared, signed
from puntlanding.report.standing import Place, Standing, ToldFrom, rates_that_differ


def name_of(one: Place, language: Language) -> str:
    return visible(" + ".join(one.groups)) or group_name(one.specialism, one.role, language)


def beside_it(
    seen: Standing, other: Mapping[tuple[str, str], Fraction], what: tuple[str, str], language: Language
) -> str:
    """Whether the benchmark that is shown is that of ``what``; empty where nothing can be said."""
    which = index(language)
    both = [one for one in seen.places if one.rate is not None and (one.specialism, one.role) in other]
    if not both:
        return ""
    different = rates_that_differ(seen.places, other)
    off = [
        (one, share) for one, share in different if half_up(100 * share, 1)
    ]  # the same number in a file has six decimals
    if not off:
        same = (
            ("{0} is gelijk aan de benchmark hierboven.", "{0} equals the benchmark above."),
            (
                "{0} is op afronding na gelijk aan de benchmark hierboven.",
                "{0} equals the benchmark above but for rounding.",
            ),
        )
        return same[bool(different)][which].format(what[which])
    place, share = off[0]
    most = signed(100 * -share / (1 + share), 1, language)
    if len(both) == 1:
        texts = ("{0} is een andere dan hierboven: {1} %.", "{0} is another than above: {1} %.")
        return texts[which].format(what[which], most)
    texts = (
        "{0} is bij {2} van {3} vakgroepen een andere dan hierboven; het grootste verschil is {1} % ({4}).",
        "{0} is another than above for {2} of {3} groups; the largest difference is {1} % ({4}).",
    )
    return texts[which].format(what[which], most, len(off), len(both), name_of(place, language))


def answer(seen: Standing, total: tuple[Fraction, Fraction], language: Language, *, everything: bool) -> str:
    which = index(language)
    known = [one.above for one in seen.places if one.above is not None]
    norm, fte = (number(value, 1, language) for value in total)
    if not known:
        return (
            "Er is nog geen vergelijking: van geen vakgroep staan het eigen cijfer en een benchmark naast elkaar.",
            "There is no comparison yet: of no group do its own figure and a benchmark stand beside each other.",
        )[which]
    together = ("samen {0} norm fte op {1} fte", "together {0} norm fte on {1} fte")[which].format(norm, fte)
    if not everything:
        told = " ".join(place_sentence(one, language) for one in seen.places)
        return f"{told} {('Alle vakgroepen', 'All groups')[which]} {together}."
    above, below = sum(value > 0 for value in known), sum(value < 0 for value in known)
    return (
        "{0} van {1} vakgroepen leveren meer normuren per fte dan hun benchmark, {2} minder; {3}.",
        "{0} of {1} groups deliver more norm hours per fte than their benchmark, {2} fewer; {3}.",
    )[which].format(above, len(known), below, together)


def place_sentence(one: Place, language: Language) -> str:
    which, name = index(language), name_of(one, language)
    if one.own is None or one.rate is None or one.above is None:
        why = LACKING[one.lacking][which] if one.lacking is not None else ("niet bekend", "not known")[which]
        return f"{name}: {why}."
    own, rate = (number(node.value, 0, language) for node in (one.own, one.rate))
    off = number(100 * abs(one.above), 1, language)
    if not one.above:
        side = ("gelijk aan de benchmark", "equal to the benchmark")[which]
    else:
        words = ("{0} % meer dan de benchmark van {1}", "{0} % more than the benchmark of {1}")
        if one.above < 0:
            words = ("{0} % minder dan de benchmark van {1}", "{0} % less than the benchmark of {1}")
        side = words[which].format(off, rate)
    told = ("{0}: {1} normuren per fte, {2}.", "{0}: {1} norm hours per fte, {2}.")[which].format(name, own, side)
    if one.position is not None and one.position.others:
        texts = (
            " Van de {1} andere vakgroepen leveren er {0} minder per fte.",
            " Of the {1} other groups {0} deliver less per fte.",
        )
        told += texts[which].format(one.position.below, one.position.others)
    return told


def origin(seen: Standing, language: Language) -> Iterator[str]:
    which = index(language)
    match seen.told:
        case ToldFrom.CONTRIBUTIONS:
            yield (
                "Berekend uit de bijdragen van {0} ziekenhuizen over {1}, met de normtijden van {2}.",
                "Computed from the contributions of {0} hospitals of {1}, with the norm times of {2}.",
            )[which].format(seen.contributions, seen.base_year, seen.year)
        case ToldFrom.PUBLISHED:
            yield (
                "Uit de vastgestelde benchmark van {2}, over {1} van {0} ziekenhuizen. Het eigen cijfer komt uit de eigen bijdrage over dat jaar.",
                "From the published benchmark of {2}, over {1} of {0} hospitals. The own figure comes from the own contribution of that year.",
            )[which].format(seen.contributions, seen.base_year, seen.year)
        case ToldFrom.NATIONAL:
            yield (
                "Uit de landelijke cijfers van {0} ziekenhuizen over {1} ({2}). Het eigen cijfer komt uit de eigen bijdrage over dat jaar.",
                "From the national figures of {0} hospitals of {1} ({2}). The own figure comes from the own contribution of that year.",
            )[which].format(seen.contributions, seen.base_year, visible(seen.file))
        case ToldFrom.TYPED:
            yield (
                "De benchmark is die van de aangeleverde bestanden: één getal per vakgroep, zonder de verdeling erachter. Eigen is hier wat is begroot: normuren gedeeld door de zorgverlening-fte van de formatie.",
                "The benchmark is that of the delivered files: one number per group, without the spread behind it. Own is here what was budgeted: norm hours divided by the care fte of the formation.",
            )[which]
    if seen.rule is not None and seen.method is not None:
        yield compared(seen.rule, seen.method, language)


def legend(seen: Standing, span: str, which: int) -> str:
    line = ("De streep is de benchmark, ● de eigen vakgroep", "The line is the benchmark, ● the own group")[which]
    if seen.step is not None:
        line += (
            f"; het vak is de middelste helft van de vakgroepen, met het midden als streepje, om de privacy afgerond op {seen.step} uren. Andere ziekenhuizen worden niet genoemd",
            f"; the box is the middle half of the groups, with the middle as a tick, rounded to {seen.step} hours for privacy. Other hospitals are not named",
        )[which]
    elif any(one.spread is not None for one in seen.places):
        line += (
            f"; het vak is de middelste helft van de vakgroepen, met het midden als streepje, en de dunne lijn loopt van de laagste tot de hoogste (vanaf {SPREAD_LEAST} vakgroepen). Andere ziekenhuizen worden niet genoemd",
            f"; the box is the middle half of the groups, with the middle as a tick, and the thin line runs from the lowest to the highest (from {SPREAD_LEAST} groups on). Other hospitals are not named",
        )[which]
    edge = (
        f". De randen zijn {span} % onder en boven de benchmark.",
        f". The edges are {span} % below and above the benchmark.",
    )
    return line + edge[which]


def changed_title(seen: Standing, which: int) -> str:
    return (
        f"Waardoor de benchmark verandert, van {seen.base_year} naar {seen.year}",
        f"What changes the benchmark, from {seen.base_year} to {seen.year}",
    )[which]

"""The ex-post model: a year so far with input, output and efficiency, the score on three parameters beside that on two."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rich.text import Text

from puntlanding.benchmark.ex_post import ExPost, ExPostWeights, Score
from puntlanding.benchmark.rates import GroupRate
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import ZERO
from puntlanding.report.benchmark_hospital import LACKING, group_record
from puntlanding.report.benchmark_tables import (
    compared,
    grid,
    group_name,
    hospitals,
    maybe,
    of_rate,
    pair,
    pool_record,
    signed,
    spread_values,
)
from puntlanding.report.terminal import rendered

_WEIGHTS = (
    "Gewichten (lokaal): input {0}, output {1}, efficiency {2}; van de input telt {3} voor patiënten en de rest voor activiteiten. "
    "Twee parameters: output {4}, efficiency de rest. Zonder efficiencycijfer telt efficiency als 1.",
    "Weights (local): input {0}, output {1}, efficiency {2}; of input {3} counts for patients and the rest for activities. "
    "Two parameters: output {4}, efficiency the rest. Without an efficiency figure efficiency counts as 1.",
)
_NOTE = (
    "Normuren van wat in deze maanden sloot, per fte van het hele jaar: zo kort in het jaar is dat vanzelf minder dan over een jaar.",
    "Norm hours of what closed in these months, per fte of the whole year: so early in the year that is less than over a year.",
)


def as_text(found: ExPost, language: Language, hospital: str | None = None) -> str:
    how = Text(compared(found.output_rates.rule, found.output_rates.method, language))
    if hospital is None:
        note = [Text(pair(_NOTE, language))] if found.quarter < 4 else []
        return rendered(Text(_headline(found, language)), how, "", _pools(found, language), "", *note)
    answer = Text(_own_headline(found, hospital, language))
    return rendered(
        answer, how, "", _scores(found, hospital, language), "", Text(weights_text(found.weights, language))
    )


def weights_text(weights: ExPostWeights, language: Language) -> str:
    numbers = (weights.input, weights.output, weights.efficiency, weights.patients, weights.output_of_two)
    return pair(_WEIGHTS, language).format(*(number(one, 2, language) for one in numbers))


def _until(found: ExPost, language: Language) -> str:
    if found.quarter == 4:
        return str(found.year)
    word = "tot en met kwartaal" if language is Language.DUTCH else "up to and including quarter"
    return f"{found.year} {word} {found.quarter}"


def _headline(found: ExPost, language: Language) -> str:
    rates = found.output_rates.groups.values()
    have, total = sum(one.rate is not None for one in rates), len(rates)
    houses = hospitals(len({one.key.hospital for one in rates}), language)
    if language is Language.DUTCH:
        return f"De ex-post benchmark van {_until(found, language)} geeft {have} van {total} vakgroepen een waarde, in {houses}."
    return f"The ex-post benchmark of {_until(found, language)} gives {have} of {total} groups a value, in {houses}."


def _own_headline(found: ExPost, hospital: str, language: Language) -> str:
    rows = [(one, found.scores[one.key]) for one in found.of(hospital)]
    scored = [score for _, score in rows if score.two is not None and score.three is not None]
    two = number(sum((one.two or ZERO for one in scored), ZERO), 1, language)
    three = number(sum((one.three or ZERO for one in scored), ZERO), 1, language)
    name, count = printable(hospital), f"{len(scored)} "
    if language is Language.DUTCH:
        return f"{name}, {_until(found, language)}: {three} norm fte met drie parameters en {two} met twee, over {count}vakgroepen."
    return (
        f"{name}, {_until(found, language)}: {three} norm fte on three parameters and {two} on two, over {count}groups."
    )


def _pools(found: ExPost, language: Language) -> Any:
    titles = (
        (
            "specialisme",
            "vergelijking",
            "n",
            "normuren per fte",
            "kwart",
            "midden",
            "driekwart",
            "patiënten per fte",
            "activiteiten per fte",
        )
        if language is Language.DUTCH
        else (
            "specialism",
            "peers",
            "n",
            "norm hours per fte",
            "quarter",
            "middle",
            "3 quarters",
            "patients per fte",
            "activities per fte",
        )
    )
    patients = {(one.specialism, one.role, one.name): one.rate for one in found.patient_rates.pools}
    activities = {(one.specialism, one.role, one.name): one.rate for one in found.activity_rates.pools}
    rows = []
    for pool in found.output_rates.pools:
        key = (pool.specialism, pool.role, pool.name)
        values = (pool.rate, *spread_values(pool.spread)[1:4], patients.get(key), activities.get(key))
        names = (group_name(pool.specialism, pool.role, language), pool.name, number(len(pool.members), 0, language))
        rows.append((*names, *(of_rate(value, language) for value in values)))
    return grid(titles, rows, 2)


def _scores(found: ExPost, hospital: str, language: Language) -> Any:
    titles = (
        ("vakgroep", "fte", "input", "output", "efficiency", "3 parameters", "2 parameters", "verschil")
        if language is Language.DUTCH
        else ("group", "fte", "input", "output", "efficiency", "3 parameters", "2 parameters", "difference")
    )
    return grid(titles, [_score_row(one, found.scores[one.key], language) for one in found.of(hospital)])


def _score_row(one: GroupRate, score: Score, language: Language) -> tuple[str, ...]:
    name = group_name(one.key.specialism, one.key.role, language)
    lacking = one.lacking or one.measure.lacking
    if score.output is None and lacking is not None:
        return (name, number(one.measure.fte, 2, language), "–", pair(LACKING[lacking], language), "–", "–", "–", "–")
    change = None if score.three is None or score.two is None else score.three - score.two
    shown = [
        _fte(value, language)
        for value in (one.measure.fte, score.input, score.output, score.efficiency, score.three, score.two)
    ]
    return (name, *shown, "–" if change is None else signed(change, 2, language))


def _fte(value: Fraction | None, language: Language) -> str:
    return "–" if value is None else number(value, 2, language)


def as_record(found: ExPost, hospital: str | None = None) -> dict[str, Any]:
    rates = found.output_rates
    rule = {key: value for key, value in rates.rule.as_record().items() if hospital is None or key != "lijst"}
    record: dict[str, Any] = {
        "jaar": found.year,
        "kwartaal": found.quarter,
        **rule,
        "methode": rates.method.value,
        "gewichten": {
            "input": maybe(found.weights.input),
            "output": maybe(found.weights.output),
            "efficiency": maybe(found.weights.efficiency),
            "patienten_in_input": maybe(found.weights.patients),
            "output_van_twee": maybe(found.weights.output_of_two),
        },
    }
    if hospital is None:
        record["vergelijkingsgroepen"] = {
            "normuren": [pool_record(pool) for pool in rates.pools],
            "patienten": [pool_record(pool) for pool in found.patient_rates.pools],
            "activiteiten": [pool_record(pool) for pool in found.activity_rates.pools],
        }
        return record
    record["ziekenhuis"] = hospital
    record["vakgroepen"] = [group_record(one) | score_record(found.scores[one.key]) for one in found.of(hospital)]
    return record


def score_record(score: Score) -> dict[str, str | None]:
    return {
        "input_patienten": maybe(score.patients),
        "input_activiteiten": maybe(score.activities),
        "input": maybe(score.input),
        "output": maybe(score.output),
        "efficiency": maybe(score.efficiency),
        "met_efficiency": maybe(score.adjusted),
        "drie_parameters": maybe(score.three),
        "twee_parameters": maybe(score.two),
    }

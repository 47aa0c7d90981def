"""Efficiency of one hospital's groups, where one of them differs, and how a figure came about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from puntlanding.cli.benchmark import read_all, the_rule
from puntlanding.cli.output import Options
from puntlanding.problems import InputError, Problem, near_miss

if TYPE_CHECKING:
    from puntlanding.benchmark.efficiency import GroupEfficiency
    from puntlanding.benchmark.efficiency_weights import EfficiencyWeights
    from puntlanding.benchmark.strata import Comparison
    from puntlanding.report.efficiency_tables import Asked


def efficiency(
    *, contributions: tuple[Path, ...], hospital: str, quarter: int, peers: str | None, own: str, group: str | None,
    minimum: int, weights: Path | None, options: Options,
) -> None:  # fmt: skip
    from puntlanding.benchmark.efficiency import efficiencies
    from puntlanding.benchmark.efficiency_weights import EfficiencyWeights
    from puntlanding.benchmark.peers import peer_hospitals
    from puntlanding.benchmark.strata import compare
    from puntlanding.case.efficiency_list import read_efficiency_weights
    from puntlanding.contribution import merge
    from puntlanding.contribution.tables import LAYOUTS, TableName
    from puntlanding.report import efficiency_tables as report
    from puntlanding.report.contract import as_json
    from puntlanding.report.efficiency_record import as_record

    chosen = read_efficiency_weights(weights) if weights else EfficiencyWeights()
    parts = read_all(contributions, {TableName.STRATA: tuple(LAYOUTS[TableName.STRATA].schema)})
    whole = merge(parts)
    if hospital not in whole.names:
        details = {"close": near_miss(hospital, whole.names), "allowed": ", ".join(whole.names)}
        raise InputError([Problem("hospital_not_there", "--hospital", value=hospital, details=details)])
    rule = the_rule(peers, own, whole)
    with_whom = peer_hospitals(whole.hospitals, rule, hospital)
    files = {name: part.file or name for part in parts for name in part.names}
    comparison = compare(whole.strata, quarter, {hospital: with_whom}, minimum, files)
    figures = {specialism: one for (_, specialism), one in efficiencies(comparison, chosen).items()}
    if not figures:
        raise InputError([Problem("efficiency_strata_none", files[hospital])])
    asked = report.Asked(hospital, whole.basis.year, quarter, rule, len(with_whom), minimum)
    wanted = options.explain or group
    if wanted is None:
        rows = tuple(figures.values())
        print(as_json(as_record(rows, asked)) if options.json else report.as_text(rows, asked, options.language))
        return
    figure = _chosen(figures, wanted, "--explain" if options.explain else "--group")
    if options.explain:
        _explain(figure, comparison, chosen, options)
        return
    _drill_down(figure, comparison, chosen, asked, options)


def _chosen(figures: Mapping[str, GroupEfficiency], wanted: str, option: str) -> GroupEfficiency:
    """By code or by name. Raises InputError where there is no such group, or no figure of it."""
    from puntlanding.report.benchmark_tables import specialism
    from puntlanding.report.efficiency_tables import WHY

    names = {specialism(code): code for code in figures}
    words = [(word, code) for name, code in names.items() for word in (name, name.partition(" ")[2], code)]
    by_word = {word.lower(): code for word, code in words if word}
    code = by_word.get(wanted.strip().lower())
    if code is None:
        details = {"close": near_miss(wanted, names), "allowed": ", ".join(names)}
        raise InputError([Problem("efficiency_group", option, value=wanted, details=details)])
    figure = figures[code]
    if figure.value is None:
        why = WHY[figure.reason] if figure.reason else ("", "")
        raise InputError([Problem("efficiency_no_value", option, value=wanted, details={"why": why})])
    return figure


def _drill_down(
    figure: GroupEfficiency, comparison: Comparison, weights: EfficiencyWeights, asked: Asked, options: Options
) -> None:
    from puntlanding.benchmark.drill_down import drill_down
    from puntlanding.report.contract import as_json
    from puntlanding.report.efficiency_record import drill_down_record
    from puntlanding.report.efficiency_tables import drill_down_text

    found = drill_down(figure, comparison, weights)
    if options.json:
        print(as_json(drill_down_record(figure, found, asked)))
        return
    print(drill_down_text(figure, found, asked, options.language))


def _explain(figure: GroupEfficiency, comparison: Comparison, weights: EfficiencyWeights, options: Options) -> None:
    from puntlanding.benchmark.efficiency_trees import efficiency_node
    from puntlanding.explain import Unit
    from puntlanding.report.benchmark_tables import specialism
    from puntlanding.report.contract import as_json, explanation_record
    from puntlanding.report.explanation import explanation
    from puntlanding.report.tables import Column, Table, TableRow
    from puntlanding.stage import Stage

    row = TableRow(specialism(figure.sums.specialism), (efficiency_node(figure, comparison, weights),))
    column = Column("efficiency", "efficiency", "efficiency", Unit.RATIO, 4)
    hospital = figure.sums.hospital
    table = Table(Stage.BUDGET, hospital, hospital, (column,), (row,), (), row, "efficiency")
    if options.json:
        print(as_json(explanation_record(row, table, options.language)))
        return
    print(explanation(row, table, options.language))

"""Every example in docs/reference/rekenregels and onderdelen comes out as printed there."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_of import write_case
from pages import BESIDE, Example, examples

from puntlanding.case import load_case
from puntlanding.components import COMPONENTS
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language, number
from puntlanding.report.tables import Table, TableRow, table
from puntlanding.stage import Stage
from puntlanding.year import Year

# The expected column → the stage and the key of its number.
OUTCOMES = {
    "→ normuren": (Stage.BUDGET, "normuren"),
    "→ norm fte": (Stage.BUDGET, "norm_fte"),
    "→ score": (Stage.BUDGET, "score"),
    "→ norm fte na score": (Stage.BUDGET, "norm_fte_na_score"),
    "→ verhouding (%)": (Stage.MONITOR, "verhouding"),
    "→ realisatie": (Stage.SETTLE, "realisatie"),
    "→ begroting": (Stage.SETTLE, "begroting"),
    "→ onder": (Stage.SETTLE, "onder"),
    "→ over": (Stage.SETTLE, "over"),
    "→ extra": (Stage.SETTLE, "extra"),
    "→ bandbreedte": (Stage.SETTLE, "bandbreedte_correctie"),
    "→ betaald": (Stage.SETTLE, "norm_fte"),
    "→ vast deel (€)": (Stage.DISTRIBUTE, "vast_cent"),
    "→ norm-fte-deel (€)": (Stage.DISTRIBUTE, "norm_cent"),
    **{f"→ {name.replace('_', ' ')} (€)": (Stage.DISTRIBUTE, f"{name}_cent") for name in COMPONENTS},
    "→ Passende zorg (€)": (Stage.DISTRIBUTE, "geoormerkt_passende_zorg_cent"),
    "→ Opleiding (€)": (Stage.DISTRIBUTE, "geoormerkt_opleiding_cent"),
    "→ kosten (€)": (Stage.DISTRIBUTE, "kosten_cent"),
    "→ bedrag (€)": (Stage.DISTRIBUTE, "bedrag_cent"),
}


def _shown(node: Node | None, like: str) -> str:
    """The number with as many decimals as the page shows."""
    if node is None:
        return "–"
    value = node.value / 100 if node.unit is Unit.CENTS else node.value
    decimals = len(like.partition(",")[2])
    return number(value, decimals, Language.DUTCH).replace("\u2212", "−")


def _row(whole: Table, row: dict[str, str]) -> TableRow:
    if row["vakgroep"] == "Totaal":
        return whole.total
    group = next(one for one in whole.rows if one.name == row["vakgroep"])
    contract = row.get("contract") or "samen"
    if contract == "samen" or not group.contracts:
        return group
    return next(one for one in group.contracts if one.name == contract)


def _node(whole: Table, row: dict[str, str], key: str) -> Node | None:
    if row["vakgroep"].endswith(BESIDE):
        return whole.beside_total[f"{row['vakgroep'].replace(' ', '_')}_cent"]
    return _row(whole, row).cells[[column.key for column in whole.columns].index(key)]


@pytest.mark.spec
@pytest.mark.parametrize("example", examples(), ids=str)
def test_example(example: Example, tmp_path: Path) -> None:
    write_case(example, tmp_path)
    year = Year(load_case(tmp_path).checked())
    wanted = [column for column in example.columns if column.startswith("→")]
    assert wanted, "an example without an expected column proves nothing"
    tables = {stage: table(stage, year) for stage in {OUTCOMES[column][0] for column in wanted}}
    for row in example.rows:
        for column in wanted:
            if row[column]:
                stage, key = OUTCOMES[column]
                found = _node(tables[stage], row, key)
                shown = _shown(found, row[column])
                if key == "verhouding" and found is not None:
                    shown = number(found.value * 100, len(row[column].partition(",")[2]), Language.DUTCH)
                assert shown == row[column], f"{row['vakgroep']}, {column}"

"""A small neutral export by hand: two clean tables that load without any finding that stops it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path


def write_export(folder: Path, trajectories: int = 400, year: int = 2025, *, diagnose: str = "0121") -> Path:
    """Trajectories over the year, two visits each; numbers, names and dates are made up and easy to search for."""
    folder.mkdir(parents=True, exist_ok=True)
    first = [
        "subtraject_id;zorgtraject_id;patient;specialisme;diagnose;zorgtype;openingsdatum;sluitdatum;afsluitreden;zorgproduct;declaratiecode;verzekeraar;geboortedatum;geslacht"
    ]
    second = ["subtraject_id;za_code;datum;aantal;specialisme_uitvoerder;specialisme_aanvrager"]
    for number in range(trajectories):
        opened = date(year, 1, 2) + timedelta(days=number * 360 // trajectories)
        closed = opened + timedelta(days=89)
        born = date(1950 + number % 50, 1 + number % 12, 1 + number % 28)
        first.append(
            f"SUB{number:07};ZT{number:07};PAT{number // 2:07};0303;{diagnose};11;{opened};{closed};08;110401019;15A933;3311;{born};{'MV'[number % 2]}"
        )
        second.append(f"SUB{number:07};190060;{opened};1;0303;0303")
        second.append(f"SUB{number:07};190013;{opened + timedelta(days=30)};1;0303;0303")
    for name, lines in (("subtrajecten", first), ("zorgactiviteiten", second)):
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder

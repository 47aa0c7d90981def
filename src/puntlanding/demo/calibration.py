"""The numbers behind the generated hospitals. They stand in data/, each with its unit and its source or as an assumption."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SETTINGS = ("poli", "dag", "operatief", "klinisch")  # the order of every array by setting
POLI, DAY, SURGERY, CLINICAL = range(4)


@cache
def calibration() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Section → name → the entry, as it stands in calibration.toml."""
    text = files("puntlanding.demo").joinpath("data", "calibration.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def number(name: str) -> float:
    """``section.name`` → its value."""
    return float(_value(name))


def between(name: str) -> tuple[float, float]:
    low, high = _value(name)
    return float(low), float(high)


def values(name: str) -> tuple[Any, ...]:
    return tuple(_value(name))


def shares(name: str) -> Mapping[str, float]:
    """Key → share, in the order of the file; made to add up to one."""
    found: Mapping[str, float] = _value(name)
    total = sum(found.values())
    return {key: part / total for key, part in found.items()}


def _value(name: str) -> Any:
    section, _, key = name.partition(".")
    return calibration()[section][key]["waarde"]


@dataclass(frozen=True, slots=True)
class ClosingException:
    """A closing rule that replaces the general one. ``days`` from opening to closing; ``on_discharge``: on the day itself."""

    name: str
    reason: str
    days: tuple[int, int]
    follow_up: float
    at_once: float
    on_discharge: bool
    settings: tuple[float, float] | None  # shares with day nursing and with an admission, where they are its own


@cache
def closing_exceptions() -> Mapping[str, ClosingException]:
    return {
        name: ClosingException(
            name,
            entry["reden"],
            (entry["dagen"][0], entry["dagen"][1]),
            entry["vervolg"],
            entry["meteen"],
            entry.get("bij") == "ontslag",
            (entry["dag"], entry["klinisch"]) if "dag" in entry else None,
        )
        for name, entry in calibration()["uitzondering"].items()
    }


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a CSV file in data/; lines that begin with # say where its numbers come from."""
    text = files("puntlanding.demo").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@dataclass(frozen=True, slots=True)
class Specialism:
    """What the patients and the care of one specialism are like. ``mix``: new trajectories by setting, adding up to one."""

    code: str
    name: str
    weights: Mapping[str, float]  # kind of hospital → share of its trajectories
    age: tuple[float, float, int, int]  # mean, sd, youngest, oldest
    women: float
    acute: float
    follow_up: float
    mix: tuple[float, float, float, float]
    repeat: float
    ehealth: float
    imaging: float
    nuclear: float
    own: float
    lab: float
    micro: float
    pathology: float
    stay: float
    per_fte: float


@cache
def specialisms(role: str) -> tuple[Specialism, ...]:
    """Those with the role ``poort`` or ``ondersteunend``, in the order of the file."""
    return tuple(_specialism(row) for row in rows("specialisms.csv") if row["rol"] == role)


def _specialism(row: Mapping[str, str]) -> Specialism:
    mix = [float(row[name]) for name in SETTINGS]
    total = sum(mix) or 1.0
    poli, day, surgery, clinical = (part / total for part in mix)
    return Specialism(
        code=row["code"],
        name=row["naam"],
        weights={kind: float(row[kind]) for kind in ("umc", "topklinisch", "algemeen", "zbc")},
        age=(float(row["leeftijd"]), float(row["sd"]), int(row["van"]), int(row["tot"])),
        women=float(row["vrouw"]),
        acute=float(row["spoed"]),
        follow_up=float(row["vervolg"]),
        mix=(poli, day, surgery, clinical),
        repeat=float(row["herhaal"]),
        ehealth=float(row["ehealth"]),
        imaging=float(row["beeld"]),
        nuclear=float(row["nucleair"]),
        own=float(row["eigen"]),
        lab=float(row["lab"]),
        micro=float(row["micro"]),
        pathology=float(row["patho"]),
        stay=float(row["ligdagen"]),
        per_fte=float(row["per_fte"]),
    )

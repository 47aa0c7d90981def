"""The case of one demonstration collective in one year: agreement, norm times, budget, realisation and the rest.

Everything follows from what the hospital delivered and from collective.toml; nothing of it is anybody's real agreement.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from puntlanding.demo.exports.base import write_table
from puntlanding.demo.norm_times import norm_times, rate
from puntlanding.demo.profile import GroupProfile, Profile
from puntlanding.demo.truth import Truth
from puntlanding.demo.volumes import GATEKEEPING, Volumes, settings, volumes

KNOWN_MONTHS = 8  # the forecast is made of what opened up to and including August
_KEYS = ("vakgroep", "contract", "zorgproduct")


@dataclass(frozen=True, slots=True)
class Contract:
    """``insurers`` are UZOVI codes; ``growth`` on last year's volumes."""

    name: str
    kind: str
    growth: float
    insurers: tuple[str, ...]


def write_case(truth: Truth, profile: Profile, year: int, folder: Path, scale: float = 1.0) -> list[Path]:
    """The case of one hospital by itself: norm times that fit its own volumes."""
    counted = volumes(truth, profile, scale)
    return write_case_of(counted, norm_times([counted]), year, folder)


def write_case_of(hospital: Volumes, times: pl.DataFrame, year: int, folder: Path) -> list[Path]:
    """``times``: `norm_times` of all hospitals that are compared. Raises ValueError where nothing was delivered in ``year``."""
    delivered = hospital.delivered.filter(pl.col("jaar") == year)
    if not delivered.height:
        raise ValueError(f"nothing delivered in {year}")
    groups = group_names(hospital.profile, delivered)
    contracts = contracts_of(hospital.delivered)
    realised = _by_contract(delivered, groups, contracts)
    before = hospital.delivered.filter(pl.col("jaar") == year - 1)
    last_year = _by_contract(before, groups, contracts) if before.height else None
    tables = {
        "vakgroepen": groups_of(groups),
        "normtijden": _norm_times(times, groups, year),
        "benchmark": _benchmark(groups),
        **_complete(
            {
                "begroting": _budget(hospital, groups, last_year, realised, contracts),
                "realisatie": _total(realised),
                "prognose": _forecast(realised, last_year),
            }
        ),
        "efficiency": _efficiency(hospital, groups, year),
        "formatie": formation_of(hospital, groups, year),
        "kosten": costs_of(hospital, groups, year),
    }
    folder.mkdir(parents=True, exist_ok=True)
    agreement = folder / "afspraak.toml"
    agreement.write_text(agreement_of(hospital, groups, contracts, year), encoding="utf-8", newline="\n")
    return [agreement, *(write_table(frame, folder / f"{name}.csv") for name, frame in tables.items())]


def group_names(profile: Profile, delivered: pl.DataFrame) -> dict[str, GroupProfile]:
    """Name → group, for those that delivered anything. Where gatekeepers and supporters are called the same, both say which."""
    working = set(delivered.select("specialisme", "rol").unique().iter_rows())
    present = [one for one in profile.groups if (one.specialism, one.role) in working]
    names = [one.name for one in present]
    return {f"{one.name} ({one.role})" if names.count(one.name) > 1 else one.name: one for one in present}


def contracts_of(delivered: pl.DataFrame) -> tuple[Contract, ...]:
    """The largest insurers have a contract each, the others one together; ranked over all years, so that they stay the same."""
    rules = settings()["contracten"]
    kinds, growth = rules["soorten"], rules["groei"]
    own = delivered.filter(pl.col("rol") == GATEKEEPING).drop_nulls("verzekeraar")
    ranked = own.group_by("verzekeraar").agg(pl.col("aantal").sum()).sort("aantal", "verzekeraar", descending=True)
    insurers = ranked["verzekeraar"].to_list()
    alone = insurers[: len(kinds) - 1]
    named = [(f"Verzekeraar {code}", (code,)) for code in alone]
    if len(insurers) > len(alone):
        named.append((rules["overige"], tuple(insurers[len(alone) :])))
    return tuple(
        Contract(name, kind, part, codes) for (name, codes), kind, part in zip(named, kinds, growth, strict=False)
    )


def _by_contract(
    delivered: pl.DataFrame, groups: Mapping[str, GroupProfile], contracts: Sequence[Contract]
) -> pl.DataFrame:
    """vakgroep, contract, zorgproduct, maand, aantal, in the order of groups and contracts."""
    codes = {code: one.name for one in contracts for code in one.insurers}
    names = pl.DataFrame(
        [(place, name, one.specialism, one.role) for place, (name, one) in enumerate(groups.items())],
        schema={"_plaats": pl.Int64, "vakgroep": pl.String, "specialisme": pl.String, "rol": pl.String},
        orient="row",
    )
    rest = contracts[-1].name  # who has no insurer is with the small ones
    return (
        delivered.join(names, on=["specialisme", "rol"], how="inner")
        .with_columns(contract=pl.col("verzekeraar").replace_strict(codes, default=rest, return_dtype=pl.String))
        .group_by("_plaats", "vakgroep", "contract", pl.col("code").alias("zorgproduct"), "maand")
        .agg(pl.col("aantal").sum())
        .sort("_plaats", "contract", "zorgproduct", "maand")
        .drop("_plaats")
    )


def _total(monthly: pl.DataFrame, aantal: pl.Expr | None = None) -> pl.DataFrame:
    whole = monthly.group_by(_KEYS, maintain_order=True).agg(pl.col("aantal").sum())
    return whole if aantal is None else whole.with_columns(aantal=aantal).filter(pl.col("aantal") > 0)


def _budget(
    hospital: Volumes,
    groups: Mapping[str, GroupProfile],
    last_year: pl.DataFrame | None,
    realised: pl.DataFrame,
    contracts: Sequence[Contract],
) -> pl.DataFrame:
    """Last year's volumes with the contract's growth. In the first year of all there is no last year: then what was realised,
    off by a share per group that is drawn once.
    """
    if last_year is None:
        spread = settings()["contracten"]["eerste_jaar"]
        drawn = {name: 1 + _chance(hospital, one, "begroting").uniform(-spread, spread) for name, one in groups.items()}
        base, factor = realised, pl.col("vakgroep").replace_strict(drawn, return_dtype=pl.Float64)
    else:
        growth = {one.name: 1 + one.growth for one in contracts}
        base, factor = last_year, pl.col("contract").replace_strict(growth, return_dtype=pl.Float64)
    return _total(base, (pl.col("aantal") * factor).round().cast(pl.Int64))


def _chance(hospital: Volumes, group: GroupProfile, what: str) -> random.Random:
    return random.Random(f"{hospital.profile.slug}/{group.specialism}/{group.role}/{what}")  # noqa: S311  made-up, no secret


def _forecast(realised: pl.DataFrame, last_year: pl.DataFrame | None) -> pl.DataFrame:
    """What opened through August, times a whole year ÷ the same months of last year, per group; without last year 12 ÷ 8."""
    known = pl.col("maand") <= KNOWN_MONTHS
    so_far = realised.filter(known)
    if last_year is None:
        return _total(so_far, (pl.col("aantal") * 12 / KNOWN_MONTHS).round().cast(pl.Int64))
    sums = last_year.group_by("vakgroep").agg(_jaar=pl.col("aantal").sum(), _deel=pl.col("aantal").filter(known).sum())
    part = pl.when(pl.col("_deel") > 0).then(pl.col("_jaar") / pl.col("_deel")).otherwise(12 / KNOWN_MONTHS)
    whole = _total(so_far).join(sums, on="vakgroep", how="left", maintain_order="left")
    volume = (pl.col("aantal") * part.fill_null(12 / KNOWN_MONTHS)).round().cast(pl.Int64)
    return whole.with_columns(aantal=volume).filter(pl.col("aantal") > 0).select(*_KEYS, "aantal")


def _complete(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """A group that is in a contract in one table is so in all, with nothing where there is nothing: a case asks for that."""
    pair = list(_KEYS[:2])
    met = (
        pl.concat(tables.values())
        .unique(pair, keep="first", maintain_order=True)
        .with_columns(aantal=pl.lit(0, pl.Int64))
    )
    return {
        name: pl.concat([frame, met.join(frame, on=pair, how="anti", maintain_order="left")])
        for name, frame in tables.items()
    }


def _frame(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def decimals(value: float, places: int = 2) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def groups_of(groups: Mapping[str, GroupProfile]) -> pl.DataFrame:
    rows = [(name, one.specialism, one.role, None) for name, one in groups.items()]
    return _frame(("vakgroep", "specialisme", "rol", "zorgeenheid"), rows)


def _norm_times(times: pl.DataFrame, groups: Mapping[str, GroupProfile], year: int) -> pl.DataFrame:
    present = pl.DataFrame(
        [(one.specialism, one.role) for one in groups.values()],
        schema={"specialisme": pl.String, "rol": pl.String}, orient="row",
    )  # fmt: skip
    own = times.join(present, on=["specialisme", "rol"], how="semi", maintain_order="left")
    minutes = pl.Series("minuten", [decimals(value) for value in own["minuten"].to_list()], dtype=pl.String)
    return own.with_columns(minutes).select(pl.lit(year).alias("jaar"), "specialisme", "soort", "code", "minuten")


def _benchmark(groups: Mapping[str, GroupProfile]) -> pl.DataFrame:
    rows = [(name, str(rate(one.specialism, one.role))) for name, one in groups.items()]
    return _frame(("vakgroep", "normuren_per_fte"), rows)


def _efficiency(hospital: Volumes, groups: Mapping[str, GroupProfile], year: int) -> pl.DataFrame:
    """This year's figure of one case is last year's of the next: it depends on the group and its year alone."""
    spread = settings()["efficiency"]["spreiding"]
    rows: list[tuple[object, ...]] = []
    for name, one in groups.items():
        if one.role != GATEKEEPING:
            continue
        for of in (year - 1, year):
            value = 1 + _chance(hospital, one, str(of)).uniform(-spread, spread)
            rows.append((name, str(of), None, decimals(value), None, None))
    return _frame(("vakgroep", "jaar", "onderdeel", "waarde", "correctie", "reden"), rows)


def formation_of(hospital: Volumes, groups: Mapping[str, GroupProfile], year: int) -> pl.DataFrame:
    """Half-days per week; to the thousandth where a group of a small demonstration has less than one."""
    rows = [
        (name, part["functie"], part["categorie"], decimals(days, 1 if days >= 1 else 3), None)
        for name, one in groups.items()
        for part in settings()["formatie"]["verdeling"]
        for days in (hospital.fte(one, year) * part["dagdelen"],)
    ]
    return _frame(("vakgroep", "functie", "categorie", "dagdelen_per_week", "weken"), rows)


def _cents(hospital: Volumes, groups: Mapping[str, GroupProfile], year: int) -> int:
    """The frame, in whole thousands of euros where there are that many."""
    euros: float = sum(hospital.fte(one, year) for one in groups.values()) * settings()["kader"]["per_fte"]
    return int(round(euros / 1000) * 100_000 if euros > 100_000 else round(euros * 100))


def costs_of(hospital: Volumes, groups: Mapping[str, GroupProfile], year: int) -> pl.DataFrame:
    rules = settings()["kader"]
    whole = _cents(hospital, groups, year) / 100
    rows = [
        ("Bestuur en bureau", decimals(whole * rules["bestuur"]), "als_kader"),
        ("Verzekering en juridisch", decimals(whole * rules["verzekering"]), "zorgverlening_fte"),
    ]
    return _frame(("post", "bedrag", "sleutel"), rows)


def _quoted(text: str) -> str:
    return f'"{text}"'


def agreement_of(
    hospital: Volumes, groups: Mapping[str, GroupProfile], contracts: Sequence[Contract], year: int
) -> str:
    cents = _cents(hospital, groups, year)
    lines = [
        f"# Afspraak van een verzonnen gremium bij {hospital.profile.name}. Alle namen en cijfers zijn verzonnen; de normtijden",
        "# zijn synthetisch.", "",
        "[afspraak]", f'organisatie = "Gremium {hospital.profile.name}"', f"jaar = {year}", "",
    ]  # fmt: skip
    for one in contracts:
        lines += ["[[contract]]", f'naam = "{one.name}"', f'soort = "{one.kind}"']
        if one.kind == "plafond_bandbreedte":
            lines.append(f"bandbreedte = {settings()['contracten']['bandbreedte']}")
        if one is not contracts[-1]:  # the last has whoever is left
            lines.append(f"verzekeraars = [{', '.join(_quoted(code) for code in one.insurers)}]")
        lines.append("")
    lines += [
        "[afrekening]", 'herverdeling = "naar_rato"', "maximum_overproductie = 0.05", 'ondersteuners = "gelijk"', "",
        "[weging]", "output = 0.80", "efficiency = 0.20", "",
        "[benchmark]", 'vergelijking = "alle"', "",
        "[kader]", f"bedrag = {cents // 100}.{cents % 100:02d}",
        f"vaste_component = {settings()['kader']['vaste_component']}", 'niet_uitgekeerd = "blijft"', "",
        "[formatie.functiegewichten]", '"medisch specialist" = 1', "anios = 0.5", "",
    ]  # fmt: skip
    return "\n".join(lines)

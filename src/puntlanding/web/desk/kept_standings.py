"""A comparison with others as bytes, so that the work of reading seventy contributions is done once and not once per process.

What is kept holds the own hospital's figures and sums of others; the names of others are not in it. It is data only: text, numbers and
Parquet, so that whoever can write in the cache cannot run code with it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import polars as pl

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.efficiency_weights import EfficiencyWeights
from puntlanding.benchmark.ex_ante import Change
from puntlanding.benchmark.output import Effects
from puntlanding.benchmark.peers import PeerRule
from puntlanding.benchmark.rates import Lacking
from puntlanding.benchmark.spread import Position, Spread
from puntlanding.benchmark.strata import Comparison
from puntlanding.case.linked_standing import Differences
from puntlanding.contribution.tables import HOSPITAL
from puntlanding.explain import Node, Operation, Source, Unit
from puntlanding.report.standing import Place, Standing, ToldFrom

_LENGTH = 16  # hexadecimal digits before each part


def standing_bytes(found: Standing) -> bytes:
    rule = None if found.rule is None else replace(found.rule, listed=()).as_record()
    return json.dumps(
        {
            "told": found.told.value, "year": found.year, "base_year": found.base_year, "rule": rule,
            "method": None if found.method is None else found.method.value, "contributions": found.contributions,
            "file": found.file, "step": found.step, "places": [_place_record(one) for one in found.places],
        },
        ensure_ascii=False,
    ).encode()  # fmt: skip


def standing_of(kept: bytes) -> Standing:
    told = json.loads(kept)
    return Standing(
        ToldFrom(told["told"]), told["year"], tuple(_place(one) for one in told["places"]), told["base_year"],
        None if told["rule"] is None else PeerRule.of(told["rule"]),
        None if told["method"] is None else PeerMethod(told["method"]), told["contributions"], told["file"], told["step"],
    )  # fmt: skip


def differences_bytes(found: Differences) -> bytes:
    """The own rows with their references: figures, trees and lines all follow from these."""
    comparison = found.comparison
    about = {
        "hospital": found.hospital, "year": found.year, "rule": replace(found.rule, listed=()).as_record(),
        "peers": found.peers, "quarter": comparison.quarter, "minimum": comparison.minimum, "file": comparison.files.get(found.hospital, ""),
    }  # fmt: skip
    rows = comparison.rows.filter(pl.col(HOSPITAL) == found.hospital)
    parts = (json.dumps(about).encode(), _parquet(rows), _parquet(comparison.references))
    return b"".join(f"{len(part):0{_LENGTH}x}".encode() + part for part in parts)


def differences_of(kept: bytes, weights: EfficiencyWeights) -> Differences:
    told, rows, references = _parts(kept)
    about = json.loads(told)
    hospital = str(about["hospital"])
    peers = {hospital: frozenset(map(str, range(about["peers"])))}  # how many; who they are is not kept
    own, sums = pl.read_parquet(io.BytesIO(rows)), pl.read_parquet(io.BytesIO(references))
    comparison = Comparison(own, sums, about["quarter"], about["minimum"], peers, {hospital: about["file"]})
    figures = {specialism: one for (_, specialism), one in efficiencies(comparison, weights).items()}
    rule = PeerRule.of(about["rule"])
    return Differences(hospital, about["year"], rule, about["peers"], figures, comparison, weights)


def _parts(kept: bytes) -> Sequence[bytes]:
    found, at = [], 0
    while at < len(kept):
        long = int(kept[at : at + _LENGTH], 16)
        found.append(kept[at + _LENGTH : at + _LENGTH + long])
        at += _LENGTH + long
    return found


def _parquet(frame: pl.DataFrame) -> bytes:
    made = io.BytesIO()
    frame.write_parquet(made)
    return made.getvalue()


def _place_record(one: Place) -> dict[str, Any]:
    shape, where = one.spread, one.position
    return {
        "groups": list(one.groups),
        "specialism": one.specialism,
        "role": one.role,
        "own": _node_record(one.own),
        "rate": _node_record(one.rate),
        "fte": _text(one.fte),
        "count": one.count,
        "spread": None if shape is None else [shape.count, *map(str, (shape.minimum, shape.lower, shape.median, shape.upper, shape.maximum))],
        "position": None if where is None else [where.below, where.equal, where.others],
        "change": _change_record(one.change),
        "own_change": _change_record(one.own_change),
        "lacking": None if one.lacking is None else one.lacking.value,
    }  # fmt: skip


def _place(told: Mapping[str, Any]) -> Place:
    shape, where = told["spread"], told["position"]
    return Place(
        tuple(told["groups"]), told["specialism"], told["role"], _node(told["own"]), _node(told["rate"]),
        _fraction(told["fte"]), told["count"], None if shape is None else Spread(shape[0], *map(Fraction, shape[1:])),
        None if where is None else Position(*where), _change(told["change"]), _change(told["own_change"]),
        None if told["lacking"] is None else Lacking(told["lacking"]),
    )  # fmt: skip


def _change_record(one: Change | None) -> list[str] | None:
    if one is None:
        return None
    return [one.specialism, one.role, one.pool, *map(str, (one.old, *one.effects.parts(), one.new))]


def _change(told: Sequence[str] | None) -> Change | None:
    if told is None:
        return None
    old, *parts, new = map(Fraction, told[3:])
    return Change(told[0], told[1], told[2], old, Effects(*parts), new)


def _node_record(one: Node | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "term": one.term, "value": str(one.value), "unit": one.unit.value, "operation": one.operation.value,
        "parts": [_node_record(part) for part in one.operands], "subject": one.subject, "contract": one.contract,
        "source": None if one.source is None else [one.source.file, one.source.row, one.source.column],
    }  # fmt: skip


def _node(told: Mapping[str, Any] | None) -> Node | None:
    if told is None:
        return None
    parts = tuple(part for one in told["parts"] if (part := _node(one)) is not None)
    source = None if told["source"] is None else Source(*told["source"])
    return Node(
        told["term"], Fraction(told["value"]), Unit(told["unit"]), Operation(told["operation"]), lambda: parts, source,
        told["subject"], told["contract"],
    )  # fmt: skip


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(told: str | None) -> Fraction | None:
    return None if told is None else Fraction(told)

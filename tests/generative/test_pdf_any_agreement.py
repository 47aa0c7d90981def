"""Statements of any collective under any agreement: made without a fault, with steps that add up as printed and end at the result."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from component_strategies import whole_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_case import as_objects, raw_agreement
from strategies import YEAR

from puntlanding.agreement.content import content_of
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language
from puntlanding.quantities import half_up
from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.board import board
from puntlanding.report.pdf.paper import pdf
from puntlanding.report.pdf.statement import statement
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

FEW = settings(max_examples=settings().max_examples // 5)
NEW_YEAR = date(YEAR, 1, 1)


def dossier_of(case, language) -> Dossier:
    content = content_of(raw_agreement(case))
    return Dossier(Year(as_objects(case)), Provenance("afspraak.toml", content, NEW_YEAR, "", ()), language)


def printed(text: str, language: Language) -> int:
    """In hundredths."""
    plain = text.replace(" ", "").replace("−", "-").replace("+", "")
    plain = plain.replace(".", "").replace(",", ".") if language is Language.DUTCH else plain.replace(",", "")
    return int(Fraction(plain) * 100)


def blocks_of(record, kind):
    return [one for part in record["sections"] for one in part["blocks"] if one["kind"] == kind]


@FEW
@given(whole_cases(), st.sampled_from(Language))
def test_any_statement_adds_up_and_ends_at_the_result(case, language):
    dossier = dossier_of(case, language)
    settled = {row.line.group: row for row in dossier.year.settlement.rows} if dossier.has(Stage.SETTLE) else {}
    divided = {row.name: row for row in dossier.year.distribution.rows} if dossier.has(Stage.DISTRIBUTE) else {}
    for group in dossier.groups:
        record = statement(dossier, group)
        steps = blocks_of(record, "steps")
        assert len(steps) == (group in settled) + (group in divided)
        for one in steps:
            told = [printed(row["told"], language) for row in one["rows"]]
            assert sum(told[:-1]) == told[-1]
        if group in settled:
            assert printed(steps[0]["rows"][-1]["told"], language) == half_up(settled[group].line.paid.value, 2)
        if group in divided:
            assert printed(steps[-1]["rows"][-1]["told"], language) == divided[group].paid.value
    assert pdf("statement", record, NEW_YEAR, "").startswith(b"%PDF")


@settings(max_examples=max(3, settings().max_examples // 30))
@given(whole_cases(), st.sampled_from(Language))
def test_the_board_reads_of_any_year(case, language):
    dossier = dossier_of(case, language)
    assert pdf("board", board(dossier), NEW_YEAR, "").startswith(b"%PDF")

"""The year for the board: six pages, each with one question, of which the last is signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from puntlanding.charts.over_under import over_under
from puntlanding.charts.paid_waterfall import course_of
from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.agreed import whole_agreement
from puntlanding.report.pdf.blocks import Block, bullets, picture, section, steps, text
from puntlanding.report.pdf.board_pages import (
    ahead,
    amounts_table,
    frame_steps,
    settlement_tables,
    without,
)
from puntlanding.report.pdf.board_year import decisions, each_group, headlines, three_numbers
from puntlanding.report.pdf.checked import checks, method, tables_read
from puntlanding.report.pdf.effect import what_it_does
from puntlanding.report.pdf.origin import origin, page_record, room_to_sign, strange
from puntlanding.report.pdf.paper import pdf
from puntlanding.report.pdf.saying import Say
from puntlanding.stage import Stage


def files(dossier: Dossier, target: Path) -> Mapping[Path, bytes]:
    return {target: pdf("board", board(dossier), dossier.agreement.holds_from, strange(dossier))}


def board(dossier: Dossier) -> dict[str, Any]:
    """As a record for the template ``board``."""
    say = Say(dossier.language)
    pages = (
        (say.pick("Het jaar op één bladzijde", "The year on one page"), _year(dossier, say)),
        (say.pick("Boven en onder de begroting", "Above and below the budget"), _settled(dossier, say)),
        (say.pick("Van kader naar euro’s", "From the frame to euros"), _divided(dossier, say)),
        (say.pick("De afspraak, en wat zij doet", "The agreement, and what it does"), _agreement(dossier)),
        (say.pick("Begroting, benchmark en prognose", "Budget, benchmark and forecast"), ahead(dossier, say)),
        (say.pick("Verantwoording", "Accountability"), _accounted(dossier, say)),
    )
    above = say.pick("Bestuursverslag", "Report to the board")
    return {
        **page_record(
            dossier, f"{above} · {dossier.title}", f"{dossier.agreement.organisation} {dossier.agreement.year}", above
        ),
        "opening": [],
        "sections": [_page(f"{at}  {title}", list(blocks)) for at, (title, blocks) in enumerate(pages, 1)],
    }


def _page(title: str, blocks: list[Block]) -> dict[str, Any]:
    return section(title, *blocks, short=len(blocks) == 1 and blocks[0]["kind"] == "text")


def _year(dossier: Dossier, say: Say) -> Iterator[Block]:
    yield text(" ".join(headlines(dossier)), "lead")
    numbers = three_numbers(dossier, say)
    if numbers is not None:
        yield numbers
    yield text(say.pick("Wat een besluit of een gesprek vraagt", "What asks for a decision or a talk"), "head")
    asked = list(decisions(dossier, say))
    yield bullets(asked) if asked else text(say.pick("Niets in deze cijfers.", "Nothing in these figures."))
    if dossier.has(Stage.SETTLE) and dossier.year.settlement.total.realised is not None:
        course = course_of(list(dossier.year.settlement.rows), dossier.language)
        yield text(
            say.pick("Van gerealiseerd naar betaald, alle vakgroepen", "From realised to paid, all groups"), "head"
        )
        yield steps(course, "norm fte", say)
    yield from each_group(dossier, say)


def _settled(dossier: Dossier, say: Say) -> Iterator[Block]:
    if not dossier.has(Stage.SETTLE):
        yield without(dossier, Stage.SETTLE, say)
        return
    settlement = dossier.year.settlement
    if settlement.total.realised is not None:
        yield picture(over_under(settlement, dossier.source, dossier.language))
    yield from settlement_tables(settlement, say)
    yield text(
        say.pick(
            "Norm fte na weging, afgerond op honderdsten: een som kan daardoor in de laatste cijfers anders zijn dan de som van wat er "
            "staat.",
            "Norm fte after scoring, rounded to hundredths: a sum can differ in the last figures from the sum of what is printed.",
        ),
        "small",
    )


def _divided(dossier: Dossier, say: Say) -> Iterator[Block]:
    if not dossier.has(Stage.DISTRIBUTE):
        yield without(dossier, Stage.DISTRIBUTE, say)
        return
    yield frame_steps(dossier, say)
    yield from amounts_table(dossier, say)


def _agreement(dossier: Dossier) -> Iterator[Block]:
    yield from whole_agreement(dossier)
    yield from what_it_does(dossier)


def _accounted(dossier: Dossier, say: Say) -> Iterator[Block]:
    yield text(say.pick("Hoe het werkt, in tien zinnen", "How it works, in ten sentences"), "head")
    yield bullets(method(say), numbered=True)
    yield text(say.pick("Wat is nagerekend", "What was checked"), "head")
    yield bullets(list(checks(dossier, say)))
    yield text(say.pick("Waar het uit komt", "What it comes from"), "head")
    yield from origin(dossier)
    yield tables_read(dossier, say)
    yield room_to_sign(dossier)

"""What the agreement does: whom one norm hour more pays, and who pays for it; the verdict and findings of `incentives`."""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.report.comparison_words import reasons
from puntlanding.report.dossier import Dossier
from puntlanding.report.incentives_words import told
from puntlanding.report.pdf.blocks import Block, bullets, text
from puntlanding.report.pdf.saying import Say


def what_it_does(dossier: Dossier) -> Iterator[Block]:
    """Says why, where the case does not allow it."""
    say = Say(dossier.language)
    yield text(say.pick("Wat zij doet: de prikkels", "What it does: the incentives"), "head")
    answer = dossier.incentives
    if answer.found is None:
        yield text(say.pick("Dit staat er niet: ", "This is not here: ") + reasons(answer.problems, dossier.language))
        return
    found = told("", answer.found, dossier.language)
    yield text(found.verdict)
    yield bullets([f"{title}. {words}" for title, words in found.findings])
    yield text(" ".join(found.notes), "small")

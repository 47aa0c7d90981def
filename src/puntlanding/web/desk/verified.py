"""Whether a file that somebody holds is what this application gave out, and else where it differs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from puntlanding.agreement.difference import since_seal
from puntlanding.agreement.seal import seal_from
from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.report.json_again import json_again
from puntlanding.report.question import OWN
from puntlanding.report.result_file import json_cells, result_from
from puntlanding.report.signature import Claim
from puntlanding.report.verification import verification, verification_text
from puntlanding.stage import Stage
from puntlanding.web.access import Access
from puntlanding.web.desk.models import State, Version
from puntlanding.web.desk.statements import (
    Mark,
    hashes_of,
    mark_in,
    names_of,
    statement,
    statement_dossier,
    told_of,
    words_of,
)
from puntlanding.web.presenters.facts import KINDS, STATES
from puntlanding.web.rules import Detail, Permission

LARGEST = 10 * 1024 * 1024
MOST_TOLD = 20
NEEDS = {
    Stage.BUDGET: Permission.SEE_YEAR,
    Stage.MONITOR: Permission.SEE_YEAR,
    Stage.SETTLE: Permission.SEE_YEAR,
    Stage.DISTRIBUTE: Permission.SEE_DISTRIBUTION,
}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """``equal`` None: it cannot be said. ``what`` and each of ``more`` in both languages; ``text`` is that of `verify`."""

    equal: bool | None
    what: Pair
    more: tuple[Pair, ...] = ()
    text: str = ""


def found_in(access: Access, data: bytes, name: str, language: Language) -> Finding:
    """Raises InputError where it is nothing that can be checked here."""
    if not data:
        raise InputError([Problem("verify_no_file", "-")])
    if len(data) > LARGEST:
        raise InputError([Problem("verify_too_large", name[:100], details={"megabytes": LARGEST >> 20})])
    if data.startswith(b"%PDF-"):
        return _of_statement(access, data)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return _of_result(access, data, name, language)
    if b"[zegel]" in data[:2000]:
        return _of_seal(access, data, name)
    raise InputError([Problem("verify_kind", name[:100])])


def _of_statement(access: Access, data: bytes) -> Finding:
    """Byte for byte: the same version of the program makes the same file of the same case."""
    mark = mark_in(data)
    if mark is None:
        return Finding(None, _NO_MARK)
    version = _versions(access).filter(
        year__year=mark.year, kind=mark.kind, number=mark.number, content_hash=mark.content
    ).first()  # fmt: skip
    if version is None:
        return Finding(False, _NOT_OURS)
    if mark.given > len(words_of(version)):
        return Finding(False, _altered(version))
    dossier = statement_dossier(version, mark.language, euros=mark.euros, given=mark.given)
    group = dict(enumerate(names_of(dossier), 1)).get(mark.group)
    if group is None:
        return Finding(False, _altered(version))
    if not access.sees(group) or (mark.euros and not access.may(Permission.SEE_DISTRIBUTION)):
        return Finding(None, _NOT_YOURS)
    ours = statement(version, dossier, group)
    if hashlib.sha256(ours).digest() != hashlib.sha256(data).digest():
        return Finding(False, _altered(version))
    equal = (
        f"Gelijk: dit is de verklaring van {group}, byte voor byte zoals zij hier is gemaakt.",
        f"Equal: this is the statement of {group}, byte for byte as it was made here.",
    )
    return Finding(True, equal, tuple(_since(version, mark)))


def _since(version: Version, mark: Mark) -> Iterator[Pair]:
    yield (
        told_of(version, words_of(version, mark.given), Language.DUTCH),
        told_of(version, words_of(version, mark.given), Language.ENGLISH),
    )
    if mark.given < len(words_of(version)):
        yield (
            "Toen zij werd gemaakt, had nog niet iedereen akkoord gegeven die dat nu heeft gedaan. Haal de verklaring opnieuw op.",
            "When it was made, not everybody had approved who has done so now. Download the statement again.",
        )
    yield from _state(version)


def _state(version: Version) -> Iterator[Pair]:
    if version.state in (State.SUPERSEDED, State.REFUSED):
        dutch, english = STATES[version.state]
        yield f"Let op: deze versie is {dutch}.", f"Note: this version is {english}."


def _of_result(access: Access, data: bytes, name: str, language: Language) -> Finding:
    """Only for who sees every figure that is in it: what differs is told with what it is here."""
    found = result_from(data, name[:100])
    if found.signature.question is not None:
        return Finding(None, _QUESTION)
    needed = {NEEDS[stage] for stage in found.signature.stages} | {Permission.SEE_AGREEMENT}
    if access.detail is not Detail.ALL or not all(map(access.may, needed)):
        return Finding(None, _NOT_YOURS)
    claim = found.signature.sources[OWN]
    version = _version_of(access, claim)
    if version is None:
        return Finding(False, _NOT_OURS)
    dossier = statement_dossier(version, found.signature.language, euros=access.may(Permission.SEE_DISTRIBUTION))
    told = verification(found, {OWN: dossier.provenance}, json_cells(json_again(found, dossier)))
    kind = KINDS[version.kind]
    words = (
        (f"Gelijk: dit zijn de cijfers van {kind[0]} {version.number} van {version.year.year}.", f"Equal: these are the figures of {kind[1]} {version.number} of {version.year.year}.")
        if told.equal
        else (f"Dit is niet gelijk aan {kind[0]} {version.number} van {version.year.year}, die er het dichtst bij staat.", f"This is not equal to {kind[1]} {version.number} of {version.year.year}, which is nearest to it.")
    )  # fmt: skip
    whose = told_of(version, words_of(version), Language.DUTCH), told_of(version, words_of(version), Language.ENGLISH)
    return Finding(told.equal, words, (whose, *_state(version)), verification_text(told, language))


def _version_of(access: Access, claim: Claim) -> Version | None:
    """With the same agreement and data; else with the same agreement; else the newest."""
    there = list(_versions(access)[:50])
    hashes = {one.pk: hashes_of(one) for one in there}
    both = [one for one in there if hashes[one.pk] == (claim.agreement_hash, claim.data_hash)]
    same = [one for one in there if hashes[one.pk][0] == claim.agreement_hash]
    return next(iter(both or same or there), None)


def _of_seal(access: Access, data: bytes, name: str) -> Finding:
    if not access.may(Permission.SEE_AGREEMENT):
        return Finding(None, _NOT_YOURS)
    seal, problems = seal_from(data, name[:100])
    if seal is None:
        raise InputError(problems)
    there = list(_versions(access)[:50])
    same = [one for one in there if hashes_of(one)[0] == seal.hash]
    if same:
        more = tuple((told_of(one, words_of(one), Language.DUTCH), told_of(one, words_of(one), Language.ENGLISH)) for one in same)  # fmt: skip
        return Finding(True, _SEAL_EQUAL, more)
    if not there:
        return Finding(False, _NOT_OURS)
    now = statement_dossier(there[0], Language.DUTCH).provenance.content
    told = tuple(one.said for one in since_seal(seal.content, now)[:MOST_TOLD])
    kind = KINDS[there[0].kind]
    what = (
        f"Deze afspraak is niet die van {kind[0]} {there[0].number} van {there[0].year.year}. Sindsdien is veranderd:",
        f"This agreement is not that of {kind[1]} {there[0].number} of {there[0].year.year}. Changed since:",
    )
    return Finding(False, what, told)


def _versions(access: Access) -> QuerySet[Version]:
    """Of their own collective, what counts first: settled before budgeted, the newest before the older."""
    found = Version.objects.filter(year__collective=access.collective).exclude(state=State.DRAFT)
    found = found.select_related("year", "year__collective", "by").prefetch_related("approvals__user")
    return found.order_by("-at", "-pk")


def _altered(version: Version) -> Pair:
    kind, year = KINDS[version.kind], version.year.year
    return (
        f"Niet gelijk: het bestand zegt dat het een verklaring bij {kind[0]} {version.number} van {year} is, maar het is niet het bestand"
        " dat hier is gemaakt. Het is veranderd, opnieuw bewaard of ondertekend, of van een andere versie van het programma. Haal de"
        " verklaring hier opnieuw op en vergelijk.",
        f"Not equal: the file says that it is a statement with {kind[1]} {version.number} of {year}, but it is not the file that was"
        " made here. It was changed, saved anew or signed, or is of another version of the program. Download the statement here again"
        " and compare.",
    )


_NO_MARK: Pair = (
    "Deze PDF is hier niet te herkennen: het is geen verklaring die deze toepassing heeft gemaakt. Een verklaring die is gescand of"
    " opnieuw afgedrukt, is alleen met de codes op de laatste bladzijde te vergelijken.",
    "This PDF cannot be recognised here: it is no statement that this application made. A statement that was scanned or printed anew"
    " can only be compared by the codes on its last page.",
)
_NOT_OURS: Pair = (
    "Niet gelijk: bij uw gremium is er geen versie met deze inhoud. Vraag wie het u gaf, van welk jaar en welk gremium het is.",
    "Not equal: your collective has no version with this content. Ask who gave it to you of which year and collective it is.",
)
_NOT_YOURS: Pair = (
    "Dit gaat over cijfers die uw rol hier niet ziet; daarom wordt het hier niet nagegaan. Vraag iemand van wie de cijfers zijn.",
    "This is about figures that your role does not see here; so it is not checked here. Ask somebody whose figures they are.",
)
_QUESTION: Pair = (
    "Dit is het antwoord op een vraag van de opdrachtregel, en geen uitkomst van een versie. Ga het daar na, met puntlanding verify.",
    "This is the answer to a question of the command line, and no result of a version. Check it there, with puntlanding verify.",
)
_SEAL_EQUAL: Pair = (
    "Gelijk: de afspraak in dit zegel is, teken voor teken, de afspraak van:",
    "Equal: the agreement in this seal is, sign for sign, the agreement of:",
)

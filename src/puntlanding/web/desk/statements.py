"""The statements of a settlement: with who approved what, made once, and known again when somebody brings one back."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils import timezone

from puntlanding.agreement.seal import Party as SealParty
from puntlanding.agreement.seal import Seal
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import index, visible
from puntlanding.report.dossier import Approval, Dossier
from puntlanding.report.pdf.statements import file_names, files
from puntlanding.web.desk.dossiers import cached, dossier_of_snapshot
from puntlanding.web.desk.models import Approval as Word
from puntlanding.web.desk.models import Version
from puntlanding.web.presenters.facts import KINDS, PARTIES
from puntlanding.web.rules import Party

_SEALED = {Party.HOSPITAL: SealParty.HOSPITAL, Party.COLLECTIVE: SealParty.COLLECTIVE}
_MARK = re.compile(
    rb"puntlanding:verklaring:(\d{4}):(\w{1,12}):(\d{1,6}):(nl|en):([ez]):([012]):([0-9a-f]{64}):(\d{1,4})"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a statement says of itself in the file; ``given``: how many parties had approved when it was made."""

    year: int
    kind: str
    number: int
    language: Language
    euros: bool
    given: int
    content: str
    group: int


def mark_in(data: bytes) -> Mark | None:
    """None where it is no statement of this application."""
    found = _MARK.search(data)
    if found is None:
        return None
    year, kind, number, language, euros, given, content, group = (one.decode() for one in found.groups())
    return Mark(int(year), kind, int(number), Language(language), euros == "e", int(given), content, int(group))


def words_of(version: Version, given: int | None = None) -> list[Word]:
    """The approvals in the order in which they came, or the first ``given`` of them."""
    return sorted(version.approvals.all(), key=lambda one: one.at)[:given]


def sealed(version: Version, dossier: Dossier, words: Sequence[Word]) -> Seal | None:
    """The agreement as the parties approved it; None where nobody did yet."""
    if not words:
        return None
    content = dossier.provenance.content
    found = Seal(content.hash, content, ())
    for one in words:
        found = found.with_(_SEALED[Party(one.party)], timezone.localtime(one.at).date())
    return found


def told_of(version: Version, words: Sequence[Word], language: Language) -> str:
    """Which version it is, and who approved it when."""
    which, kind = index(language), KINDS[version.kind]
    given = [
        (
            f"namens {PARTIES[one.party][0]} door {visible(one.user.display_name)} op {_moment(one, language)}",
            f"on behalf of {PARTIES[one.party][1]} by {visible(one.user.display_name)} on {_moment(one, language)}",
        )[which]
        for one in words
    ]
    lacking = [PARTIES[party.value][which] for party in Party if party.value not in {one.party for one in words}]
    listed = (" en " if which == 0 else " and ").join(given)
    if not lacking:
        return (
            f"Dit is {kind[0]} {version.number} van {version.year.year}, vastgesteld: akkoord {listed}.",
            f"This is {kind[1]} {version.number} of {version.year.year}, agreed: approved {listed}.",
        )[which]
    missing = (" en " if which == 0 else " and ").join(lacking)
    first = (f"Akkoord {listed}. " if which == 0 else f"Approved {listed}. ") if given else ""
    return (
        f"Concept: dit is {kind[0]} {version.number} van {version.year.year}, nog niet vastgesteld. {first}Nog geen akkoord van {missing}.",
        f"Draft: this is {kind[1]} {version.number} of {version.year.year}, not agreed yet. {first}No approval by {missing} yet.",
    )[which]


def _moment(one: Word, language: Language) -> str:
    return day(timezone.localtime(one.at).date(), language)


def statement_dossier(
    version: Version, language: Language, *, euros: bool = True, given: int | None = None
) -> Dossier:  # fmt: skip
    """As the statements tell it. Raises InputError where its files are no case (any more)."""
    dossier, words = dossier_of_snapshot(version.snapshot, language), words_of(version, given)
    about = (version.year.year, version.kind, version.number, language.value, "e" if euros else "z", len(words))
    mark = ":".join(map(str, ("puntlanding", "verklaring", *about, version.content_hash)))
    approval = Approval(told_of(version, words, language), version.content_hash, mark, len(words) < len(Party))
    provenance = replace(dossier.provenance, seal=sealed(version, dossier, words))
    told = replace(dossier, provenance=provenance, approval=approval)
    return told if euros else told.without_euros()


def statement(version: Version, dossier: Dossier, group: str) -> bytes:
    """``dossier`` is one of `statement_dossier`: the PDF of ``group``, from disk where it was made before."""
    if dossier.approval is None:
        raise ValueError("a statement says who approved it")
    of = f"{dossier.approval.mark} {dossier.approval.text} {group}"
    name = f"verklaring-{hashlib.sha256(of.encode()).hexdigest()[:32]}.pdf"

    def make() -> bytes:
        (made,) = files(replace(dossier, only=group), Path()).values()
        return made

    return cached().get(version.snapshot, name, make)


def names_of(dossier: Dossier) -> Mapping[str, str]:
    """Group → the name of its file."""
    return file_names([group.name for group in dossier.case.groups])


def hashes_of(version: Version) -> tuple[str, str]:
    """Of the agreement and the data of its files, without reading these again."""

    def make() -> bytes:
        found = dossier_of_snapshot(version.snapshot, Language.DUTCH).provenance
        return json.dumps([found.content.hash, found.data_hash]).encode()

    agreement, data = json.loads(cached().get(version.snapshot, "hashes.json", make))
    return agreement, data

"""What a result says of itself, read back: the program and language, what was asked, and each agreement and table it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from puntlanding.agreement.content import Content, content_from
from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.report.provenance import FORM
from puntlanding.report.question import OWN, Kind, Question
from puntlanding.stage import Stage


@dataclass(frozen=True, slots=True)
class Claim:
    """What the result says of one agreement and the tables with it. ``content`` is the agreement as it was; the hashes are as they
    stand there.
    """

    file: str
    agreement_hash: str
    content: Content
    signed: tuple[tuple[str, str], ...]
    data_hash: str
    tables: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Signature:
    """What the result says of itself: the stages that it holds, or else the question that it answers; and what it came from, by name:
    `OWN`, the letter of another agreement, a year or a hospital.
    """

    program: str
    language: Language
    stages: tuple[Stage, ...]
    question: Question | None
    sources: Mapping[str, Claim]


def not_one(file: str) -> InputError:
    return InputError([Problem("result_not_one", file)])


def damaged(file: str, dutch: str, english: str) -> InputError:
    return InputError([Problem("result_damaged", file, details={"what": (dutch, english)})])


def signature_of(record: object, file: str) -> Signature:
    if not isinstance(record, dict):
        raise not_one(file)
    form = record.get("vorm")
    if type(form) is int and form > FORM:
        details = {"program": str(record.get("programma")), "form": form, "known": FORM}
        raise InputError([Problem("result_newer", file, details=details)])
    try:
        return _read_signature(record)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise damaged(
            file, "de verantwoording is niet te lezen", "what it says of its origin cannot be read"
        ) from error


def _read_signature(record: Mapping[str, Any]) -> Signature:
    if record["vorm"] != FORM:
        raise ValueError(record["vorm"])
    stages = tuple(Stage(one) for one in record.get("stappen", ()))
    question = _question(record) if "soort" in record else None
    claims = {OWN: _claim(record)} if "afspraak" in record else {}
    claims |= {str(name): _claim(one) for name, one in record.get("bronnen", {}).items()}
    if bool(stages) == (question is not None) or not claims or (question is None and OWN not in claims):
        raise ValueError("neither stages nor a question, or nothing that it came from")
    return Signature(str(record["programma"]), Language(record["taal"]), stages, question, claims)


def _question(record: Mapping[str, Any]) -> Question:
    asked = dict(record.get("vraag", {}))
    for key, value in asked.items():
        texts = value if isinstance(value, list) else [value]
        if not isinstance(key, str) or not all(isinstance(one, str) for one in texts):
            raise TypeError(key)
    return Question(Kind(record["soort"]), asked)


def _claim(record: Mapping[str, Any]) -> Claim:
    agreement, data = record["afspraak"], record.get("gegevens", _NO_TABLES)
    hashes = {(one["tabel"], one["bestand"]): str(one["hash"]) for one in data["tabellen"]}
    if len(hashes) != len(data["tabellen"]):
        raise ValueError("a table twice")
    return Claim(
        str(agreement["bestand"]),
        str(agreement["hash"]),
        content_from(agreement["inhoud"]),
        tuple((str(one["door"]), str(one["op"])) for one in agreement["vastgelegd"]),
        str(data["hash"]),
        hashes,
    )


_NO_TABLES: Mapping[str, Any] = {"hash": hashlib.sha256(b"").hexdigest(), "tabellen": []}

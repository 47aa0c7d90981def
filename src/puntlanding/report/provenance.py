"""What a result says of itself: the agreement and data it came from, by their hashes, and the program that made it.

In JSON as ``verantwoording``, beside CSV as a file and in a workbook as a sheet (``herkomst``), in the terminal as one quiet line. The
three forms hold the same, so that `verify` can work from each.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from puntlanding import __version__
from puntlanding.agreement.content import short
from puntlanding.agreement.seal import Seal
from puntlanding.case.layout import RESULT_PREFIX
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import printable
from puntlanding.stage import Stage

FORM = 1
KEY = "verantwoording"
FILE = f"{RESULT_PREFIX}herkomst.csv"
SHEET = "Herkomst"
COLUMNS = ("deel", "onderdeel", "naam", "sleutel", "waarde")
FIRST_FILE = "afspraak.toml"


def provenance_record(found: Provenance, stages: Iterable[Stage], language: Language) -> dict[str, Any]:
    signed = () if found.seal is None else found.seal.signed
    return {
        "vorm": FORM,
        "programma": __version__,
        "taal": language.value,
        "stappen": [stage.value for stage in stages],
        "afspraak": {
            "bestand": found.agreement_file,
            "hash": found.content.hash,
            "vastgelegd": [{"door": party.value, "op": on.isoformat()} for party, on in signed],
            "inhoud": found.content.record(),
        },
        "gegevens": {
            "hash": found.data_hash,
            "tabellen": [{"tabel": one.table, "bestand": one.file, "hash": one.hash} for one in found.tables],
        },
    }


def provenance_text(found: Provenance, language: Language) -> str:
    """One line; a second where there is more than one version, or a seal."""
    dutch = language is Language.DUTCH
    words = ("Herkomst: afspraak", "gegevens") if dutch else ("Origin: agreement", "data")
    lines = [
        f"{words[0]} {short(found.content.hash)} · {words[1]} {short(found.data_hash)} · puntlanding {__version__}"
    ]
    plain = found.agreement_file == FIRST_FILE or found.agreement_file.endswith("]")
    named = [] if plain else [found.agreement_file]
    if found.version:
        named.append(f"{'versie' if dutch else 'version'} {printable(found.version)}")
    if (found.effective.month, found.effective.day) != (1, 1) or not plain:
        named.append(("vanaf " if dutch else "from ") + day(found.effective, language))
    if found.seal is not None:
        named.append(seal_words(found.seal, language))
    if named:
        lines.append(("De afspraak: " if dutch else "The agreement: ") + ", ".join(named))
    return "\n".join(lines)


def seal_words(seal: Seal, language: Language) -> str:
    dutch = language is Language.DUTCH
    names = [party.words[0 if dutch else 1] for party, _ in seal.signed]
    if seal.complete:
        return f"vastgelegd door {' en '.join(names)}" if dutch else f"frozen by {' and '.join(names)}"
    return f"alleen vastgelegd door {names[0]}" if dutch else f"frozen by {names[0]} only"


def rows_of(record: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """The record as rows of `COLUMNS`, every cell a text."""
    for key in ("vorm", "programma", "taal"):
        yield "uitkomst", "", "", key, str(record[key])
    yield "uitkomst", "", "", "stappen", ", ".join(record["stappen"])
    agreement, data = record["afspraak"], record["gegevens"]
    for key in ("bestand", "hash"):
        yield "afspraak", "", "", key, encoded(agreement[key])
    for one in agreement["vastgelegd"]:
        yield "afspraak", "vastgelegd", one["door"], "op", one["op"]
    for section, table in agreement["inhoud"].items():
        for key, value in table.items():
            if isinstance(value, Mapping):
                for inner, one in value.items():
                    yield "inhoud", section, encoded(key), encoded(inner), encoded(one)
            else:
                yield "inhoud", section, "", encoded(key), encoded(value)
    yield "gegevens", "", "", "hash", data["hash"]
    for one in data["tabellen"]:
        yield "gegevens", encoded(one["tabel"]), encoded(one["bestand"]), "hash", one["hash"]


def record_of(rows: Iterable[Sequence[str]]) -> dict[str, Any]:
    """What `rows_of` wrote. Raises ValueError or KeyError for anything else."""
    agreement: dict[str, Any] = {"vastgelegd": [], "inhoud": {}}
    data: dict[str, Any] = {"tabellen": []}
    record: dict[str, Any] = {}
    for part, section, name, key, value in rows:
        if part == "uitkomst":
            record[key] = value
        elif part == "afspraak" and section:
            agreement["vastgelegd"].append({"door": name, "op": value})
        elif part == "afspraak":
            agreement[key] = decoded(value)
        elif part == "inhoud":
            table = agreement["inhoud"].setdefault(section, {})
            if name:
                table = table.setdefault(decoded(name), {})
            table[decoded(key)] = decoded(value)
        elif part == "gegevens" and section:
            data["tabellen"].append({"tabel": decoded(section), "bestand": decoded(name), "hash": value})
        elif part == "gegevens":
            data[key] = value
        else:
            raise ValueError(part)
    record["vorm"] = int(record["vorm"])
    record["stappen"] = record["stappen"].split(", ")
    return {**record, "afspraak": agreement, "gegevens": data}


def encoded(value: str | list[str]) -> str:
    """A text as it stands; as JSON where it is a list, or where a spreadsheet (or `decoded`) would take it for something else."""
    if isinstance(value, str) and value and value[0] not in "=+-@'\"[\t\r" and value == value.strip():
        return value
    return json.dumps(value, ensure_ascii=False)


def decoded(cell: str) -> Any:
    return json.loads(cell) if cell[:1] in ('"', "[") else cell


def provenance_csv(record: Mapping[str, Any], language: Language) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if language is Language.DUTCH else ",", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows_of(record))
    return text.getvalue().encode("utf-8-sig")

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
    return {
        "vorm": FORM,
        "programma": __version__,
        "taal": language.value,
        "stappen": [stage.value for stage in stages],
        **source_record(found),
    }


def source_record(found: Provenance) -> dict[str, Any]:
    """The agreement, and the tables where there are any: another agreement over the same tables has none of its own."""
    signed = () if found.seal is None else found.seal.signed
    agreement = {
        "bestand": found.agreement_file,
        "hash": found.content.hash,
        "vastgelegd": [{"door": party.value, "op": on.isoformat()} for party, on in signed],
        "inhoud": found.content.record(),
    }
    if not found.tables:
        return {"afspraak": agreement}
    tables = [{"tabel": one.table, "bestand": one.file, "hash": one.hash} for one in found.tables]
    return {"afspraak": agreement, "gegevens": {"hash": found.data_hash, "tabellen": tables}}


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
    """The record as rows of `COLUMNS`, every cell a text. What is of another agreement or year has its name after the part."""
    for key in ("vorm", "programma", "taal", "soort"):
        if key in record:
            yield "uitkomst", "", "", key, str(record[key])
    if "stappen" in record:
        yield "uitkomst", "", "", "stappen", ", ".join(record["stappen"])
    for key, value in record.get("vraag", {}).items():
        yield "vraag", "", "", key, encoded(value)
    yield from _source_rows(record, "")
    for name, source in record.get("bronnen", {}).items():
        yield from _source_rows(source, f" {name}")


def _source_rows(record: Mapping[str, Any], name: str) -> Iterator[tuple[str, str, str, str, str]]:
    agreement, data = record.get("afspraak"), record.get("gegevens")
    if agreement is not None:
        yield from _agreement_rows(agreement, name)
    if data is not None:
        yield f"gegevens{name}", "", "", "hash", data["hash"]
        for one in data["tabellen"]:
            yield f"gegevens{name}", encoded(one["tabel"]), encoded(one["bestand"]), "hash", one["hash"]


def _agreement_rows(agreement: Mapping[str, Any], name: str) -> Iterator[tuple[str, str, str, str, str]]:
    for key in ("bestand", "hash"):
        yield f"afspraak{name}", "", "", key, encoded(agreement[key])
    for one in agreement["vastgelegd"]:
        yield f"afspraak{name}", "vastgelegd", one["door"], "op", one["op"]
    for section, table in agreement["inhoud"].items():
        for key, value in table.items():
            if isinstance(value, Mapping):
                for inner, one in value.items():
                    yield f"inhoud{name}", section, encoded(key), encoded(inner), encoded(one)
            else:
                yield f"inhoud{name}", section, "", encoded(key), encoded(value)


def record_of(rows: Iterable[Sequence[str]]) -> dict[str, Any]:
    """What `rows_of` wrote. Raises ValueError or KeyError for anything else."""
    record: dict[str, Any] = {}
    sources: dict[str, dict[str, Any]] = {}
    for part, section, name, key, value in rows:
        kind, _, source = part.partition(" ")
        if part == "uitkomst":
            record[key] = value
        elif part == "vraag":
            record.setdefault("vraag", {})[key] = decoded(value)
        elif kind in ("afspraak", "inhoud", "gegevens"):
            _put(sources.setdefault(source, {}), kind, section, name, key, value)
        else:
            raise ValueError(part)
    record["vorm"] = int(record["vorm"])
    if "stappen" in record:
        record["stappen"] = record["stappen"].split(", ")
    own = sources.pop("", {})
    return {**record, **own, **({"bronnen": sources} if sources else {})}


def _put(source: dict[str, Any], kind: str, section: str, name: str, key: str, value: str) -> None:
    """One row in the record of its agreement and tables."""
    if kind == "gegevens":
        data = source.setdefault("gegevens", {"tabellen": []})
        if section:
            data["tabellen"].append({"tabel": decoded(section), "bestand": decoded(name), "hash": value})
        else:
            data[key] = value
        return
    agreement = source.setdefault("afspraak", {"vastgelegd": [], "inhoud": {}})
    if kind == "inhoud":
        table = agreement["inhoud"].setdefault(section, {})
        if name:
            table = table.setdefault(decoded(name), {})
        table[decoded(key)] = decoded(value)
    elif section:
        agreement["vastgelegd"].append({"door": name, "op": value})
    else:
        agreement[key] = decoded(value)


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

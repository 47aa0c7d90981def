"""What can be said of a text file before it is read: encoding, separator, line ends."""

from __future__ import annotations

from pathlib import Path

from puntlanding.problems import Problem

SEPARATORS = (";", ",", "\t")
SNIFFED = 65_536
_OTHER_FORMATS = {
    b"PK\x03\x04": ("een werkmap (.xlsx) of zip-bestand", "a workbook (.xlsx) or zip file"),
    b"PAR1": ("een Parquet-bestand", "a Parquet file"),
    b"%PDF": ("een PDF-document", "a PDF document"),
    b"\xd0\xcf\x11\xe0": ("een oude werkmap (.xls)", "an old workbook (.xls)"),
    b"\x1f\x8b": ("een gecomprimeerd bestand (gzip)", "a compressed file (gzip)"),
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def not_text(path: Path) -> Problem | None:
    """What the first and last bytes say against this being a CSV file; None where it may be one."""
    size = path.stat().st_size
    if size == 0:
        return Problem("empty_file", path.name)
    with path.open("rb") as file:
        head = file.read(SNIFFED)
        file.seek(max(0, size - SNIFFED))
        tail = file.read(SNIFFED)
    if head.startswith(_UTF16):
        return Problem("encoding_utf16", path.name)
    for magic, name in _OTHER_FORMATS.items():
        if head.startswith(magic):
            return Problem("other_format", path.name, details={"format": name, "size": size})
    if b"\x00" in head or b"\x00" in tail:
        return Problem("binary", path.name, details={"size": size})
    return None


def no_line_end(path: Path) -> bool:
    """A first line longer than any header: said before the rest of a large file is read."""
    with path.open("rb") as file:
        head = file.read(SNIFFED)
    return len(head) == SNIFFED and b"\n" not in head and b"\r" not in head


def find_separator(header: str) -> str | None:
    """The separator of a header line: the one that occurs most, semicolon before comma before tab; None without any."""
    counts = {separator: header.count(separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: counts[separator])
    return best if counts[best] else None


def encoding_problem(path: Path) -> Problem:
    """The first line that is not UTF-8, as a spreadsheet of the usual Western code page would show it."""
    with path.open("rb") as file:
        for row, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                shown = line.decode("cp1252", errors="replace").strip()[:80]
                return Problem("encoding", path.name, row, None, shown, {"byte": f"0x{line[error.start]:02X}"})
    return Problem("encoding_utf16", path.name)


def plain_line_ends(path: Path) -> bool:
    """No return without a new line: it ends a row for a spreadsheet and the row reader; Polars drops it at a cell's end."""
    alone, last = 0, b""
    with path.open("rb") as file:
        while part := file.read(1 << 24):
            if b"\r" in part or last == b"\r":
                alone += part.count(b"\r") - part.count(b"\r\n") - (last == b"\r" and part[:1] == b"\n")
            last = part[-1:]
    return alone == 0

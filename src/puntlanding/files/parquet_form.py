"""Whether a file is Parquet and whole."""

from __future__ import annotations

from pathlib import Path

MAGIC = b"PAR1"
LARGEST_FOOTER = 16_000_000  # bytes; it describes columns and blocks, and is read whole


def is_parquet(path: Path) -> bool:
    """The mark at both ends (a file that was cut short has only the first) and a footer of a size that a table can have."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(len(MAGIC))
        file.seek(max(0, size - len(MAGIC) - 4))
        footer, tail = int.from_bytes(file.read(4), "little"), file.read(len(MAGIC))
    return head == tail == MAGIC and footer <= min(size, LARGEST_FOOTER)

"""The mapping of the neutral format: its keys for the documentation, reading one, and drafting one."""

from puntlanding.intake.mapping_draft import draft_mapping
from puntlanding.intake.mapping_file import KEYS, Key, TableMapping, read_mapping

__all__ = ["KEYS", "Key", "TableMapping", "draft_mapping", "read_mapping"]

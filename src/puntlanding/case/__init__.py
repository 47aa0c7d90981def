"""A case: one collective, one year, as files a controller types (files.md) → the frozen inputs of the stages."""

from puntlanding.case.load import Loaded, load_case
from puntlanding.case.model import Case

__all__ = ["Case", "Loaded", "load_case"]

"""The year's local choices: one TOML file (or one sheet) and one typed model."""

from puntlanding.agreement.model import (
    Agreement,
    Balance,
    Comparison,
    Contract,
    Formation,
    Frame,
    OldModel,
    PeerMethod,
    Supporting,
    Unpaid,
    Weights,
)
from puntlanding.agreement.read import read_agreement
from puntlanding.agreement.toml_file import read_toml

__all__ = [
    "Agreement",
    "Balance",
    "Comparison",
    "Contract",
    "Formation",
    "Frame",
    "OldModel",
    "PeerMethod",
    "Supporting",
    "Unpaid",
    "Weights",
    "read_agreement",
    "read_toml",
]

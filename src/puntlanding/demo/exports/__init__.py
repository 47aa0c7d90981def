"""One made-up hospital in the formats that hospitals have. Written without the readers, so that reading them is a test."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.demo.exports import dwh, hix, neutraal, neutraal_eigen, zh308
from puntlanding.demo.exports.base import Export, Written

EXPORTS: Mapping[str, Export] = {
    "neutraal": neutraal.write,
    "neutraal_eigen": neutraal_eigen.write,
    "dwh": dwh.write,
    "hix": hix.write,
    "zh308": zh308.write,
}

__all__ = ["EXPORTS", "Export", "Written"]

"""A real browser without a network: the system's own Chromium."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hostile_year import write_hostile
from puntlanding.case import load_case
from puntlanding.demo.collective import write_collective
from puntlanding.language.notation import Language
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.page import page
from puntlanding.year import Year

PROGRAM = os.environ.get("PUNTLANDING_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def written(case: Path, target: Path, language: Language) -> Path:
    loaded = load_case(case)
    target.write_text(page(Dossier(Year(loaded.checked()), loaded.provenance, language)), encoding="utf-8")
    return target


@pytest.fixture(scope="session")
def chromium():
    if PROGRAM is None:
        pytest.skip(
            "Chromium is not installed on this machine (apt-get install chromium, or say where in PUNTLANDING_CHROMIUM)"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    write_collective(folder / "collective")
    return {
        "hostile": written(write_hostile(folder / "hostile"), folder / "hostile.html", Language.DUTCH),
        "collective": written(folder / "collective", folder / "collective.html", Language.ENGLISH),
    }

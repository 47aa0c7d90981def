"""What several integration tests start from."""

from __future__ import annotations

from datetime import date

import pytest
from command import run

EXTRACTED = date(2025, 9, 30)  # some trajectories are open by then, some products not yet known


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    target = tmp_path_factory.mktemp("demo") / "case"
    assert run("demo", "collective", target).status == 0
    return target


@pytest.fixture(scope="session")
def hospital():
    """A small made-up hospital, with everything that is true of it: some 750 trajectories of 240 people."""
    from puntlanding.demo.hospitals import generate

    return next(iter(generate(1, range(2024, 2026), 0.001, 20)))


@pytest.fixture(scope="session")
def exported(hospital, tmp_path_factory):
    """Format → the folder in which that hospital's export of `EXTRACTED` stands."""
    from puntlanding.demo.exports import EXPORTS

    root = tmp_path_factory.mktemp("exports")
    for name, write in EXPORTS.items():
        write(hospital, root / name, as_of=EXTRACTED)
    return {name: root / name for name in EXPORTS}

"""What several integration tests start from."""

from __future__ import annotations

import pytest
from command import run


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    target = tmp_path_factory.mktemp("demo") / "case"
    assert run("demo", "collective", target).status == 0
    return target

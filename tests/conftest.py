"""What holds for every test: one marker each, the same examples in CI every time, and no silent skips there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

MARKERS = frozenset({"unit", "spec", "generative", "integration", "browser"})
LONG = os.environ.get("PUNTLANDING_LONG") == "1"
EXAMPLES = 150
# No test keeps anything in the folder of whoever runs it: one that names no folder of its own finds a place where there can be none.
os.environ["PUNTLANDING_DATA"] = str(Path(__file__) / "say-which-folder")
# Tables that we may not commit, and a disk that only a machine with root and mounts can make full.
FORGIVEN = ("the NZa tables are not part of the project", "no disk of its own can be made here")

_common = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("ci", max_examples=EXAMPLES, derandomize=True, **_common)
settings.register_profile("long", max_examples=20 * EXAMPLES, **_common)
settings.load_profile("long" if LONG else "ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    wrong = [item.nodeid for item in items if len(MARKERS & {mark.name for mark in item.iter_markers()}) != 1]
    if wrong:
        raise pytest.UsageError(f"exactly one of {', '.join(sorted(MARKERS))} on each test; not so: {', '.join(wrong)}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """In CI a test that is skipped tests nothing, and would go unseen: it fails, with its reason.

    But for what no set-up of ours can bring: where it is there, its tests run.
    """
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if any(one in reason for one in FORGIVEN):
            return
        report.outcome, report.longrepr = "failed", f"{item.nodeid} was skipped in CI: {reason}"

"""The coverage-guided search for bytes that break the ZH308 reader, for a bounded number of files."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

TARGET = Path(__file__).parents[1] / "fuzz" / "zh308_atheris.py"
LONG = os.environ.get("PUNTLANDING_LONG") == "1"
BOUND = ["-max_total_time=600"] if LONG else ["-runs=800", "-seed=1"]


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None and (sys.version_info[:2] != (3, 11) or sys.platform != "linux"),
    reason="atheris has no build for this Python or system",
)
def test_no_bytes_break_the_reader(tmp_path):
    corpus = tmp_path / "corpus"
    command = [sys.executable, str(TARGET), str(corpus), *BOUND, "-max_len=12000", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done" in done.stderr

"""A ZH308 file six times as large takes no more memory: measured in a process of its own, as the system sees it."""

import subprocess
import sys

import pytest
from zh308_file import activity, insured, message, performance, tariff

pytestmark = pytest.mark.integration

# The system's own high-water mark: getrusage also counts what the test's process held when it started this one.
READ = """
import sys
from pathlib import Path
from puntlanding.intake.base import Account
from puntlanding.intake.zh308 import read_blocks
rows = sum(part.tables["zorgactiviteiten"].height for part in read_blocks(Path(sys.argv[1]), Account(), lambda n: None, 1 << 20))
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(rows, status["VmHWM"].split()[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the high-water mark of memory is read from /proc")
def test_memory_does_not_grow_with_the_file(tmp_path):
    peaks = {}
    for patients in (6_000, 36_000):
        source = tmp_path / f"{patients}.asc"
        source.write_bytes(message(*[insured(), performance(), tariff(), activity(), activity("190013")] * patients))
        done = subprocess.run([sys.executable, "-c", READ, source], capture_output=True, text=True, check=True)
        rows, kilobytes = map(int, done.stdout.split())
        assert rows == 2 * patients
        peaks[source.stat().st_size // 1_000_000] = kilobytes
    small, large = peaks.values()
    assert large - small < 20_000, peaks  # kilobytes; the larger file is 91 MB larger

"""`puntlanding settle` on a worked example, whole process, against bare imports. Target: at most 2 × `import polars`.

python benchmarks/settle_start.py [--runs 15]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from timing import PYTHON, compare

EXAMPLES = Path(__file__).parent.parent / "examples" / "handreiking"
FLOOR = "python -c 'import polars'"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    settle = [PYTHON, "-m", "puntlanding", "settle"]
    commands = {
        FLOOR: [PYTHON, "-c", "import polars"],
        "python -c pass": [PYTHON, "-c", "pass"],
        "puntlanding settle example 4": [*settle, str(EXAMPLES / "4")],
        "puntlanding settle example 4 --json": [*settle, str(EXAMPLES / "4"), "--json"],
        "puntlanding settle example 4 --explain Heelkunde": [*settle, str(EXAMPLES / "4"), "--explain", "Heelkunde"],
    }
    compare(commands, FLOOR, runs)


if __name__ == "__main__":
    main()

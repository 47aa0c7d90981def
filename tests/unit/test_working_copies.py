"""What somebody works on: whole or not there, whoever is killed; and never written over unseen."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from puntlanding.problems import InputError
from puntlanding.web.working_copies import MOST_BYTES, StaleError, WorkingCopies

pytestmark = pytest.mark.unit

WRITER = """
import sys
from pathlib import Path
from puntlanding.web.working_copies import WorkingCopies
copies = WorkingCopies(Path(sys.argv[1]), "agreement")
print("begun", flush=True)
for at in range(1, 100000):
    copies.keep(1, 2, "a" * 64, {"step": at, "texts": ["x" * 2000] * 50})
"""


def test_what_was_kept_comes_back_and_goes(tmp_path):
    copies = WorkingCopies(tmp_path, "agreement")
    assert copies.get(1, 2) is None
    kept = copies.keep(1, 2, "base", {"a": "é\u2028</script>", "b": [1, None]})
    assert copies.get(1, 2) == kept
    assert copies.keep(1, 2, "base", {"a": "é\u2028</script>", "b": [1, None]}).mark == kept.mark
    assert copies.keep(1, 2, "other base", kept.content).mark != kept.mark
    copies.drop(1, 2)
    copies.drop(1, 2)
    assert copies.get(1, 2) is None


def test_who_saves_from_an_older_page_is_told(tmp_path):
    copies = WorkingCopies(tmp_path, "agreement")
    first = copies.keep(1, 2, "base", {"a": 1}, was="")
    second = copies.keep(1, 2, "base", {"a": 2}, was=first.mark)
    for old in ("", first.mark):
        with pytest.raises(StaleError) as told:
            copies.keep(1, 2, "base", {"a": 3}, was=old)
        assert told.value.now == second
    assert copies.get(1, 2) == second
    copies.drop(1, 2)
    with pytest.raises(StaleError) as told:
        copies.keep(1, 2, "base", {"a": 3}, was=second.mark)
    assert told.value.now is None


def test_each_year_person_and_kind_has_its_own(tmp_path):
    agreement, budget = WorkingCopies(tmp_path, "agreement"), WorkingCopies(tmp_path, "budget")
    for user in (7, 3, 12):
        agreement.keep(1, user, "base", {"who": user})
    agreement.keep(11, 4, "base", {})
    budget.keep(1, 5, "base", {})
    assert agreement.users(1) == (3, 7, 12)
    assert (agreement.users(11), budget.users(1), budget.users(2)) == ((4,), (5,), ())
    assert agreement.get(1, 7).content == {"who": 7}
    with pytest.raises(ValueError, match="kind"):
        WorkingCopies(tmp_path, "../etc")


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b'{"based_on": "a"', b"\xff\xfe"])
def test_what_was_damaged_is_not_there(tmp_path, damage):
    copies = WorkingCopies(tmp_path, "agreement")
    copies.keep(1, 2, "base", {"a": 1})
    (path,) = (tmp_path / "working").iterdir()
    path.write_bytes(damage)
    assert copies.get(1, 2) is None
    assert copies.keep(1, 2, "base", {"a": 2}).content == {"a": 2}


def test_too_much_and_a_disk_that_refuses_leave_what_was(tmp_path):
    copies = WorkingCopies(tmp_path, "agreement")
    kept = copies.keep(1, 2, "base", {"a": 1})
    with pytest.raises(InputError):
        copies.keep(1, 2, "base", {"a": "x" * (MOST_BYTES + 1)})
    assert copies.get(1, 2) == kept
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(InputError):
        WorkingCopies(blocked, "agreement").keep(1, 2, "base", {})


def test_whoever_is_killed_leaves_a_whole_one(tmp_path):
    """Real processes, killed at moments from a seed."""
    chance, copies, seen = random.Random(20261122), WorkingCopies(tmp_path, "agreement"), []
    for _ in range(6):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.12))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        found = copies.get(1, 2)
        seen.append(found is not None and found.content["step"])
    assert all(seen)

"""Which performances a delivery takes back, decided in passing, against the same with everything in view."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puntlanding.intake.zh308_netting import Netting

pytestmark = pytest.mark.generative

PERFORMANCES = st.lists(st.tuples(st.sampled_from([b"A1", b"B2", b"C3"]), st.booleans()), max_size=40)


def with_all_in_view(performances):
    """Each credit takes back the oldest debit before it that is still there."""
    back, alone = [False] * len(performances), [False] * len(performances)
    for at, (kind, credit) in enumerate(performances):
        if credit:
            open_debits = [n for n in range(at) if performances[n] == (kind, False) and not back[n]]
            if open_debits:
                back[open_debits[0]] = True
            else:
                alone[at] = True
    return back, alone


@given(PERFORMANCES, st.integers(1, 7))
def test_decided_in_passing_as_with_all_in_view(performances, size):
    netting = Netting(Counter(kind for kind, credit in performances if credit))
    back, alone = [], []
    for start in range(0, len(performances), size):
        part = performances[start : start + size]
        kinds = np.array([kind for kind, _ in part], dtype="S2")
        found = netting.taken_back(kinds, np.array([credit for _, credit in part]))
        back += found[0].tolist()
        alone += found[1].tolist()
    assert (back, alone) == with_all_in_view(performances)

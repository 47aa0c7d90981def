"""A hospital of two patients, written by hand: small enough to say every line of its exports."""

from __future__ import annotations

from datetime import date

import polars as pl

from puntlanding.demo.profile import Profile
from puntlanding.demo.truth import ACTIVITIES, ADMISSIONS, PATIENTS, TRAJECTORIES, Truth


def small_truth() -> Truth:
    patients = [
        ("P1", "999990019", "Jansen", "Lindelaan 1", "1234AB", date(1950, 3, 14), "V", "3311"),
        ("P2", "999990020", "de Vries", "Hof 2", "9999ZZ", date(2001, 12, 31), "M", "7119"),
    ]
    trajectories = [
        # a cataract operation, closed and claimed
        ("T1", "Z1", "P1", "0301", "0554", "11", date(2025, 1, 6), date(2025, 3, 3), "06", "070401008", "15A385",
         "3311", 1950, "V", date(2025, 1, 7), date(2025, 3, 10), None, "operatief", None),
        # its follow-up, still open
        ("T2", "Z1", "P1", "0301", "0554", "21", date(2025, 3, 4), None, None, None, None,
         "3311", 1950, "V", date(2025, 3, 4), None, None, "poli", None),
        # a stay for COPD, closed but not declarable
        ("T3", "Z2", "P2", "0322", "1241", "11", date(2025, 2, 1), date(2025, 5, 2), "08", "100501999", None,
         "7119", 2001, "M", date(2025, 2, 3), date(2025, 5, 9), None, "klinisch", "O1"),
        # a gynaecological diagnosis with a letter, closed and claimed with another insurer than T1
        ("T4", "Z3", "P2", "0307", "0G25", "11", date(2025, 2, 10), date(2025, 5, 11), "08", "149399028", "15C853",
         "7119", 2001, "M", date(2025, 2, 10), date(2025, 5, 20), "101", "poli", None),
    ]  # fmt: skip
    activities = [
        ("A1", "T1", "190060", date(2025, 1, 6), 1, "0301", None, date(2025, 1, 6)),
        ("A2", "T1", "031241", date(2025, 1, 20), 1, "0301", "0301", date(2025, 1, 22)),
        ("A3", "T2", "190013", date(2025, 3, 4), 1, "0301", None, date(2025, 3, 4)),
        ("A4", "T3", "190218", date(2025, 2, 1), 3, "0322", "0322", date(2025, 2, 5)),
        ("A5", "T3", "190015", date(2025, 2, 1), 1, "0322", None, date(2025, 2, 1)),
        ("A6", "T4", "190060", date(2025, 2, 10), 1, "0307", None, date(2025, 2, 10)),
        ("A7", "T4", "070116", date(2025, 2, 10), 2, "0386", "0307", date(2025, 2, 11)),
    ]
    admissions = [("O1", "P2", "T3", "0322", date(2025, 2, 1), date(2025, 2, 4), False)]
    return Truth(
        name="Ziekenhuis Klein", slug="ziekenhuis-01", agb="06990001", kind="algemeen",
        patients=pl.DataFrame(patients, PATIENTS, orient="row"),
        trajectories=pl.DataFrame(trajectories, TRAJECTORIES, orient="row"),
        activities=pl.DataFrame(activities, ACTIVITIES, orient="row"),
        admissions=pl.DataFrame(admissions, ADMISSIONS, orient="row"),
        profile=Profile(1, "Ziekenhuis Klein", "ziekenhuis-01", "06990001", "algemeen", "midden", 4.0, ()),
    )  # fmt: skip

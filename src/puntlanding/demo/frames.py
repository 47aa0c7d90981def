"""From numbers to the four tables of a Truth: codes, numbers of identifiers, and the day on which each thing was recorded."""

from __future__ import annotations

import numpy as np
import polars as pl

from puntlanding.demo.calibration import SETTINGS, number
from puntlanding.demo.codebook import Codebook, uninsured
from puntlanding.demo.columns import NEVER, Columns, Numbers, height
from puntlanding.demo.pathways import Plan
from puntlanding.demo.people import People, patient_table
from puntlanding.demo.profile import Profile, stream
from puntlanding.demo.truth import ACTIVITIES, ADMISSIONS, TRAJECTORIES

_FIRST_TRAJECTORY, _FIRST_PATH, _FIRST_ADMISSION, _FIRST_ACTIVITY = 100_000_001, 500_000_001, 20_000_001, 1_000_000_001

Tables = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]


def frames(
    rows: Columns,
    course: Plan,
    profile: Profile,
    book: Codebook,
    done: Columns,
    executors: list[str],
    day_admissions: Columns,
    who: People,
    slow: int,
    slow_from: int,
    seed: int,
) -> Tables:
    """Patients, trajectories, activities and admissions. ``slow``: extra days until a product is known, from ``slow_from``."""
    index = profile.number - 1
    patients, person = patient_table(rows, who, stream(seed, index, 16))
    chance = stream(seed, index, 17)
    ids = _labels(_FIRST_TRAJECTORY, height(rows))
    admissions, admission = _admissions(rows, day_admissions, ids, patients, person, course, profile)
    recorded = rows["opened"] + _late(chance, height(rows), "opening")
    trajectories = _trajectories(rows, course, profile, book, patients, person, ids, chance, recorded, slow, slow_from)
    trajectories = trajectories.with_columns(opname=admission).select(list(TRAJECTORIES)).cast(TRAJECTORIES)
    by = stream(seed, index, 18)
    registered = done["day"] + _late(by, height(done), "activiteit")
    codes, specialisms = pl.Series(book.activities), pl.Series(executors)
    activities = pl.DataFrame(
        {
            "verrichting": _labels(_FIRST_ACTIVITY, height(done)),
            "subtraject_id": ids.gather(done["trajectory"]),
            "za_code": codes.gather(done["code"]),
            "datum": _days(done["day"]),
            "aantal": pl.Series(done["quantity"].astype(np.int32)),
            "specialisme_uitvoerder": specialisms.gather(done["executor"]),
            "specialisme_aanvrager": specialisms.gather(done["requester"]),
            "geregistreerd_op": _days(registered),
        }
    )
    return patients, trajectories, activities.select(list(ACTIVITIES)), admissions


def _trajectories(
    rows: Columns,
    course: Plan,
    profile: Profile,
    book: Codebook,
    patients: pl.DataFrame,
    person: Numbers,
    ids: pl.Series,
    chance: np.random.Generator,
    recorded: Numbers,
    slow: int,
    slow_from: int,
) -> pl.DataFrame:
    paths = np.unique(rows["path"], return_inverse=True)[1]
    short, long = int(number("sluiten.administratie_kort")), int(number("sluiten.administratie_lang"))
    known = rows["closed"] + chance.integers(short, long + 1, height(rows))
    known = np.maximum(known + np.where(rows["closed"] >= slow_from, slow, 0), recorded)
    insurer = patients["verzekeraar"].gather(person)
    has_product = rows["product"] != NEVER
    product = np.where(has_product, rows["product"], 0)
    claims, without = pl.Series(book.claims), pl.Series([uninsured(claim) for claim in book.claims])
    groups = pl.Series([group.specialism for group in profile.gatekeepers])
    frame = pl.DataFrame(
        {
            "subtraject_id": ids,
            "zorgtraject_id": _labels(_FIRST_PATH, int(paths.max()) + 1).gather(paths),
            "patient": patients["patient"].gather(person),
            "specialisme": groups.gather(course.groups[rows["cluster"]]),
            "diagnose": pl.Series(book.diagnoses).gather(rows["diagnosis"]),
            "zorgtype": pl.Series(rows["type"]).cast(pl.String),
            "openingsdatum": _days(rows["opened"]),
            "sluitdatum": _days(rows["closed"]),
            "afsluitreden": pl.Series(rows["reason"]).cast(pl.String).str.zfill(2),
            "zorgproduct": pl.Series(book.products).gather(product),
            "declaratiecode": claims.gather(product),
            "_onverzekerd": without.gather(product),
            "verzekeraar": insurer,
            "geboortejaar": patients["geboortedatum"].dt.year().gather(person).cast(pl.Int32),
            "geslacht": patients["geslacht"].gather(person),
            "geregistreerd_op": _days(recorded),
            "product_bekend_op": _days(known),
            "zorgvraag": pl.Series([None], dtype=pl.String).new_from_index(0, height(rows)),
            "setting": pl.Series(SETTINGS).gather(rows["setting"]),
        }
    )
    declared = pl.Series(has_product)
    return frame.with_columns(
        zorgproduct=pl.when(declared).then(pl.col("zorgproduct")),
        declaratiecode=pl.when(declared).then(
            pl.when(pl.col("verzekeraar").is_null()).then(pl.col("_onverzekerd")).otherwise(pl.col("declaratiecode"))
        ),
    ).drop("_onverzekerd")


def _admissions(
    rows: Columns,
    day_admissions: Columns,
    ids: pl.Series,
    patients: pl.DataFrame,
    person: Numbers,
    course: Plan,
    profile: Profile,
) -> tuple[pl.DataFrame, pl.Series]:
    """The table, and per trajectory the number of its admission (a day admission is not one)."""
    clinical = np.flatnonzero(rows["admitted"] != NEVER)
    of = np.concatenate([clinical, day_admissions["trajectory"]])
    begin = np.concatenate([rows["admitted"][clinical], day_admissions["day"]])
    end = np.concatenate([rows["discharged"][clinical], day_admissions["day"]])
    by_day = np.concatenate([np.zeros(len(clinical), dtype=bool), np.ones(len(day_admissions["day"]), dtype=bool)])
    order = np.lexsort((by_day, of, begin))
    of, begin, end, by_day = of[order], begin[order], end[order], by_day[order]
    labels = _labels(_FIRST_ADMISSION, len(of))
    groups = pl.Series([group.specialism for group in profile.gatekeepers])
    table = pl.DataFrame(
        {
            "opname": labels,
            "patient": patients["patient"].gather(person[of]),
            "subtraject_id": ids.gather(of),
            "specialisme": groups.gather(course.groups[rows["cluster"][of]]),
            "opgenomen": _days(begin),
            "ontslagen": _days(end),
            "dagopname": pl.Series(by_day),
        },
        schema=ADMISSIONS,
    )
    place = np.full(height(rows), len(labels))
    place[of[~by_day]] = np.flatnonzero(~by_day)
    with_none = labels.extend(pl.Series([None], dtype=pl.String))
    return table, with_none.gather(place)


def _labels(first: int, count: int) -> pl.Series:
    """Identifiers of one length, so that their order as text is their order as numbers."""
    return pl.Series(np.arange(first, first + count)).cast(pl.String)


def _days(numbers: Numbers) -> pl.Series:
    return pl.Series(numbers.astype(np.int32)).cast(pl.Date)


def _late(chance: np.random.Generator, count: int, what: str) -> Numbers:
    """Days between what happened and its record: mostly none, else a geometric number with the mean of calibration.toml."""
    late = chance.random(count) < number(f"vastleggen.{what}_laat")
    return np.where(late, chance.geometric(1 / number(f"vastleggen.{what}_dagen"), count), 0)

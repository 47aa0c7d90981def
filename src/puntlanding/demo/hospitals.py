"""Made-up hospitals: people, care paths, activities and when each was recorded, the same to the byte for the same seed.

Each hospital draws from streams of its own (seed, number, purpose), so hospital 2 is the same however many are asked for.
Other years, another scale or variant make another hospital, of the same profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from puntlanding.demo.calibration import SETTINGS, number, specialisms
from puntlanding.demo.care import care
from puntlanding.demo.codebook import Codebook, codebook
from puntlanding.demo.columns import NEVER, Columns, Numbers, groups, height, stack, take
from puntlanding.demo.frames import frames
from puntlanding.demo.openings import Capacity, Variant, capacity, paths_per_day, shocked
from puntlanding.demo.pathways import CONSULT, INTENSIVE, INTENSIVE_ALONE, Plan, chains, diary, plan, starts_per_year
from puntlanding.demo.people import People, after_death, patients_of, people, without_doubles
from puntlanding.demo.profile import Profile, profiles, stream
from puntlanding.demo.stays import with_stays
from puntlanding.demo.truth import Truth
from puntlanding.demo.year_calendar import day_number
from puntlanding.records.codes import CodeTables


def generate(
    hospitals: int,
    years: Sequence[int],
    scale: float,
    seed: int,
    codes: CodeTables | None = None,
    variant: str = Variant.STABLE,
) -> Iterator[Truth]:
    """One hospital at a time: what it opens in ``years``, with all care of it, also what closes after the last of them.

    ``scale`` 1 is a real hospital. Raises ValueError where ``years`` is empty.
    """
    if not years:
        raise ValueError("at least one year")
    book = codebook(codes, (date(years[0], 1, 1), date(years[-1], 12, 31)))
    for profile in profiles(hospitals, seed):
        yield _hospital(profile, book, years, scale, seed, Variant(variant))


def _hospital(
    profile: Profile, book: Codebook, years: Sequence[int], scale: float, seed: int, variant: Variant
) -> Truth:
    index = profile.number - 1
    course = plan(profile, book)
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    before = date(years[0] - int(number("omvang.inloop")), 1, 1)
    room = capacity(profile, before, date(years[-1] + 1, 12, 31), seed, variant)
    if variant is Variant.SHOCK:
        room = shocked(room, profile, years[-1], seed)
    begun = _begun(profile, course, room, last, scale, seed, variant)
    appointments = diary(room.first, room.planned)
    rows = chains(begun, course, appointments, day_number(last), stream(seed, index, 10))
    rows = take(rows, rows["opened"] >= day_number(first))
    who = people(profile, scale, years[0], years[-1])
    rows = _with_patients(rows, course, book, profile, who, seed)
    rows = with_stays(rows, course, profile, who.birth_year, day_number(last), stream(seed, index, 13))
    rows = take(rows, np.lexsort((rows["type"], rows["path"], rows["opened"])))
    rows = _coded(rows, course, book, stream(seed, index, 14))
    done, executors, day_admissions = care(rows, course, profile, book, appointments, stream(seed, index, 15))
    slow = number("variant.traagheid") if _slow(index, seed, variant) else 0.0
    late_from = day_number(date(years[-1], 1, 1))
    tables = frames(rows, course, profile, book, done, executors, day_admissions, who, int(slow), late_from, seed)
    return Truth(profile.name, profile.slug, profile.agb, profile.kind, *tables, profile=profile)


def _begun(
    profile: Profile, course: Plan, room: Capacity, last: date, scale: float, seed: int, variant: Variant
) -> Columns:
    """The care paths that begin, by day: cluster, first day and whether it is urgent."""
    known = {one.code: one for one in specialisms("poort")}
    counts = paths_per_day(profile, known, starts_per_year(profile, course) * scale, room, last.year, seed, variant)
    chance = stream(seed, profile.number - 1, 9)
    parts = []
    for acute, count in enumerate(counts):
        until = count[:, : day_number(last) - room.first + 1]
        group, day = np.nonzero(until)
        many = until[group, day]
        group, day = np.repeat(group, many), np.repeat(day, many)
        cluster = _clusters(group, day + room.first, course, last.year, variant, chance)
        parts.append({"cluster": cluster, "opened": day + room.first, "acute": np.full(len(day), acute)})
    return stack(parts)


def _clusters(
    group: Numbers, day: Numbers, course: Plan, last_year: int, variant: Variant, chance: np.random.Generator
) -> Numbers:
    """Which kind of illness. With drift the mix of the last year moves, bit by bit, to the neighbours in the list."""
    found = np.zeros(len(group), dtype=np.int64)
    begin = day_number(date(last_year, 1, 1))
    moved = np.clip((day - begin) / 365.0, 0, 1) * (number("variant.verschuiving") if variant is Variant.DRIFT else 0.0)
    shifted = chance.random(len(group)) < moved
    for at, rows in groups(group):
        mine = np.flatnonzero(course.groups == at)
        edges = np.cumsum(course.weights[mine])
        drawn = np.minimum(np.searchsorted(edges, chance.random(len(rows)) * edges[-1]), len(mine) - 1)
        found[rows] = mine[(drawn + shifted[rows]) % len(mine)]
    return found


def _with_patients(rows: Columns, course: Plan, book: Codebook, profile: Profile, who: People, seed: int) -> Columns:
    """Patient and diagnosis for each care path; then nobody has two for one illness, and nobody has care after death."""
    index = profile.number - 1
    order = np.lexsort((rows["opened"], rows["path"]))
    paths, first = np.unique(rows["path"][order], return_index=True)
    heads = take(rows, order[first])
    patient = np.zeros(int(paths.max()) + 1, dtype=np.int64)
    patient[paths] = patients_of(heads, course, book, who, stream(seed, index, 11))
    diagnosis = np.zeros_like(patient)
    chance = stream(seed, index, 12)
    for cluster, part in groups(heads["cluster"]):
        drawn = book.clusters[int(course.clusters[cluster])].diagnoses.draw(chance, len(part))
        diagnosis[paths[part]] = drawn
    rows = {**rows, "patient": patient[rows["path"]], "diagnosis": diagnosis[rows["path"]]}
    illness = (rows["patient"] * 64 + course.groups[rows["cluster"]]) * len(book.diagnoses) + rows["diagnosis"]
    return after_death(without_doubles(rows, illness))


def _coded(rows: Columns, course: Plan, book: Codebook, chance: np.random.Generator) -> Columns:
    """The product of each trajectory, NEVER for intensive care; a consult has the diagnosis of the specialism that was asked."""
    product = np.full(height(rows), NEVER)
    diagnosis = rows["diagnosis"].copy()
    for key, part in groups(rows["cluster"] * 4 + rows["setting"]):
        cluster = book.clusters[int(course.clusters[key // 4])]
        product[part] = cluster.products[SETTINGS[key % 4]].draw(chance, len(part))
    consult = np.flatnonzero(rows["type"] == CONSULT)
    for key, part in groups(rows["cluster"][consult]):
        cluster = book.clusters[int(course.clusters[key])]
        listed = book.consults.get(cluster.specialism)
        if listed is not None:
            product[consult[part]] = listed.draw(chance, len(part))
        diagnosis[consult[part]] = cluster.diagnoses.draw(chance, len(part))
    intensive = (rows["type"] == INTENSIVE) | (rows["type"] == INTENSIVE_ALONE)
    return {**rows, "product": np.where(intensive, NEVER, product), "diagnosis": diagnosis}


def _slow(index: int, seed: int, variant: Variant) -> bool:
    return variant is Variant.DRIFT and stream(seed, index, 8).random() < number("variant.traagheid_aandeel")


__all__ = ["Variant", "generate"]

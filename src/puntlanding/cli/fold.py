"""`puntlanding fold`: which hospitals, told what, done where; then written, and said what was made."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from puntlanding.cli.intake import FIRST_YEAR, LAST_YEAR, the_day
from puntlanding.cli.output import Options, plural, say
from puntlanding.problems import InputError, Problem, near_miss

if TYPE_CHECKING:
    from puntlanding.case.fold_rules import FoldLists
    from puntlanding.fold.executors import Workers
    from puntlanding.fold.rules import FoldJob
    from puntlanding.language.notation import Language
    from puntlanding.records.store import Store
    from puntlanding.report.folded import Line

EVERY = "alle"


def fold(
    *, hospital: str, year: str, store: Path, as_of: str | None, case: Path | None, norms: Path | None, costs: Path | None,
    diagnosis_groups: Path | None, kind: str | None, hospitals: Path | None, out: Path | None, executor: str, options: Options,
) -> None:  # fmt: skip
    """Everything that is asked for is folded and written, or nothing is."""
    from puntlanding.fold.executors import started, workers

    if not store.is_dir():
        raise InputError([Problem("source_not_found", store.name, value=str(store))])
    _fit_together(hospital, case, kind, hospitals)
    wanted, day = _year(year, options.language), the_day(as_of, "--as-of") if as_of is not None else None
    workers(executor)  # a name that means nothing is told before anything is read
    with started(executor, _at_most(store, hospital), "puntlanding.fold.ready") as crew:
        from puntlanding.case.fold_rules import COST_PRICES, DIAGNOSIS_GROUPS, NORM_TIMES, FoldLists
        from puntlanding.records.store import Store

        kept = Store(store)
        names, without = _named(kept, hospital, wanted, day)
        kinds = _kinds(names, kind, hospitals)
        given = {NORM_TIMES: norms, COST_PRICES: costs, DIAGNOSIS_GROUPS: diagnosis_groups}
        lists = FoldLists(wanted, {name: path for name, path in given.items() if path is not None})
        jobs = _jobs(store, names, lists, case, kinds, day)
        places = {job.hospital: _place(job, store, out) for job in jobs}
        lines = _folded(kept, jobs, places, crew, options, guarded=out is not None)
    _show(wanted, lines, without, options)


def _at_most(store: Path, hospital: str) -> int:
    """Hospitals to fold, before anything of the store is read."""
    return sum(1 for _ in store.iterdir()) if hospital == EVERY else 1


def _fit_together(hospital: str, case: Path | None, kind: str | None, hospitals: Path | None) -> None:
    problems = []
    if hospital == EVERY and case is not None:
        problems.append(Problem("fold_case_for_all", "--case", value=str(case)))
    if kind is not None and hospitals is not None:
        problems.append(Problem("fold_type_twice", "--type", value=kind))
    if problems:
        raise InputError(problems)


def _year(text: str, language: Language) -> int:
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    details = {"lowest": FIRST_YEAR, "highest": LAST_YEAR}
    raise InputError([Problem("number_option", say("fold_year_word", language), value=text, details=details)])


def _named(store: Store, hospital: str, year: int, day: date | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom to fold, and, where all are asked for, who has nothing of the year."""
    known = store.hospitals()
    if not known:
        raise InputError([Problem("linked_no_store", store.root.name, value=str(store.root))])
    if hospital != EVERY:
        if hospital not in known:
            details = {"close": near_miss(hospital, known), "allowed": ", ".join((*known, EVERY))}
            raise InputError([Problem("fold_hospital_unknown", store.root.name, value=hospital, details=details)])
        store.kept(hospital, year, day)
        return (hospital,), ()
    having = tuple(one for one in known if _has(store, one, year, day))
    if not having:
        raise InputError([Problem("fold_nobody", store.root.name, value=str(store.root), details={"year": year})])
    return having, tuple(one for one in known if one not in having)


def _has(store: Store, hospital: str, year: int, day: date | None) -> bool:
    return any(one.year == year and (day is None or one.delivered <= day) for one in store.deliveries(hospital))


def _kinds(names: Sequence[str], kind: str | None, hospitals: Path | None) -> Mapping[str, str | None]:
    if hospitals is None:
        return dict.fromkeys(names, kind)
    from puntlanding.case.lists import read_hospital_kinds

    listed = read_hospital_kinds(hospitals)
    missing = [name for name in names if name not in listed]
    if missing:
        raise InputError([Problem("fold_type_unknown", hospitals.name, None, "ziekenhuis", name) for name in missing])
    return listed


def _jobs(
    store: Path,
    names: Sequence[str],
    lists: FoldLists,
    case: Path | None,
    kinds: Mapping[str, str | None],
    day: date | None,
) -> list[FoldJob]:
    """Raises InputError with what is wrong with every hospital's case."""
    from puntlanding.fold.rules import FoldJob

    jobs, problems = [], []
    for name in names:
        own = store / name / f"case-{lists.year}"
        try:
            rules = lists.rules(case or (own if own.is_dir() else None), kinds[name])
        except InputError as error:
            problems += [one for one in error.problems if one not in problems]
            continue
        jobs.append(FoldJob(store.resolve(), name, rules, day))  # a worker elsewhere has another working folder
    if problems:
        raise InputError(problems)
    return jobs


def _place(job: FoldJob, store: Path, out: Path | None) -> Path:
    """A contribution of what was known on an earlier day must not stand where everybody looks for the latest."""
    from puntlanding.contribution.model import SUFFIX

    if out is not None:
        return out / f"{job.hospital}-{job.rules.year}{SUFFIX}"
    of = job.rules.year if job.as_of is None else f"{job.rules.year}-{job.as_of}"
    return store / job.hospital / f"bijdrage-{of}{SUFFIX}"


def _folded(
    store: Store,
    jobs: Sequence[FoldJob],
    places: Mapping[str, Path],
    crew: Callable[[int], Workers],
    options: Options,
    *,
    guarded: bool,
) -> list[Line]:
    """Fold what is not current, write it, and read from the files what is to be told."""
    from puntlanding.cli.progress import Meter
    from puntlanding.fold.fold import fold_year
    from puntlanding.fold.kept import is_current, note, note_of
    from puntlanding.fold.run import Event, run_all
    from puntlanding.report.folded import line
    from puntlanding.whole_file import write_whole

    fresh = [job for job in jobs if not is_current(job, places[job.hospital])]
    if guarded:
        _keep_others(fresh, places)
    sizes = {job.hospital: _rows(store, job) for job in fresh}
    told: Counter[Event] = Counter()
    with Meter(options.language) as meter:

        def watch(event: Event, job: FoldJob) -> None:
            told[event] += 1
            if event is Event.DONE:
                meter(sizes[job.hospital])
            elif event is Event.HERE:  # said at once: if it kills this program too, this is the last that is heard
                print(say("fold_here", options.language, job.hospital), file=sys.stderr, flush=True)

        meter.step("step_fold", sum(sizes.values()))
        made = run_all(fresh, fold_year, crew(len(fresh)), watch, lambda job: sizes[job.hospital])
    if told[Event.AGAIN]:
        print(plural("fold_again", told[Event.AGAIN], options.language), file=sys.stderr)
    files = {places[job.hospital]: data for job, data in zip(fresh, made, strict=True)}
    notes = {note_of(places[job.hospital]): note(job, data) for job, data in zip(fresh, made, strict=True)}
    write_whole(files | notes)
    return [line(place, folded=place in files) for place in places.values()]


def _rows(store: Store, job: FoldJob) -> int:
    """For the progress bar only."""
    return sum(
        int(count)
        for count in store.records(job.hospital, job.rules.year, job.as_of)
        .manifest["jaren"][str(job.rules.year)]
        .values()
    )


def _keep_others(fresh: Sequence[FoldJob], places: Mapping[str, Path]) -> None:
    """A contribution of the same hospital and year may be replaced, because it can be folded again. Anything else in a folder of
    the user's own cannot, and stays: a contribution that was protected or signed, or that is no contribution.
    """
    taken = [
        places[job.hospital]
        for job in fresh
        if places[job.hospital].exists() and not _replaceable(job, places[job.hospital])
    ]
    if taken:
        raise InputError([Problem("fold_output_exists", path.name, value=str(path)) for path in taken])


def _replaceable(job: FoldJob, path: Path) -> bool:
    from puntlanding.contribution.model import read_contribution

    try:
        found = read_contribution(path, {})
    except InputError:
        return False
    plain = not found.signatures and all(one.protection is None for one in found.hospitals)
    return plain and found.names == (job.hospital,) and found.basis.year == job.rules.year


def _show(year: int, lines: Sequence[Line], without: Sequence[str], options: Options) -> None:
    from puntlanding.report.contract import as_json
    from puntlanding.report.folded import as_record, as_text

    if options.json:
        print(as_json(as_record(year, lines, without)))
        return
    language = options.language
    print(as_text(year, lines, language))
    print()
    written = [one.file for one in lines if one.folded]
    if len(written) == 1:
        print(say("fold_written", language, written[0]))
    elif written:
        print(say("fold_places", language, _folder(written)))
    notes = (
        ("fold_without_year", (year,), without),
        ("fold_without_before", (year - 1,), [one.hospital for one in lines if not one.year_before]),
        ("fold_without_fte", (), [one.hospital for one in lines if one.fte is None]),
        ("fold_without_type", (), [one.hospital for one in lines if one.kind is None]),
    )
    for key, fields, names in notes:
        if names:
            print(say(key, language, *fields, ", ".join(names), year))


def _folder(written: Sequence[Path]) -> str:
    """Of one folder its files, of one folder each the pattern of their paths."""
    parents = {one.parent for one in written}
    if len(parents) == 1:
        return str(parents.pop())
    return str(written[0].parent.parent / "*" / written[0].name)

"""What is measured hospital by hospital goes over the program's own executors, so that only the work differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from puntlanding.fold.executors import Workers, workers
from puntlanding.fold.run import run_all

Job, Result = TypeVar("Job"), TypeVar("Result")


def each(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    executor: str | Workers,
    size: Callable[[Job], int] | None = None,
) -> list[Result]:
    return run_all(jobs, work, workers(executor) if isinstance(executor, str) else executor, size=size)


def hospitals(store: Path) -> tuple[str, ...]:
    from puntlanding.records.store import Store

    return Store(store).hospitals()


def files(store: Path, hospital: str, year: int) -> dict[str, list[str]]:
    """Table → its Parquet files of the year and the year before, as the store's index names them."""
    from puntlanding.records.store import Store
    from puntlanding.records.tables import TableName

    held = {one.year for one in Store(store).deliveries(hospital)}
    folders = [
        store / hospital / Store(store).kept(hospital, one).folder / str(one) for one in (year - 1, year) if one in held
    ]
    return {name.value: [str(folder / f"{name}.parquet") for folder in folders] for name in TableName}


def bytes_of(store: Path, year: int, hospital: str) -> int:
    return sum(Path(path).stat().st_size for paths in files(store, hospital, year).values() for path in paths)

"""A case for the commands: from its own files, or completed from a store; and where each figure came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from puntlanding.case import Loaded
from puntlanding.cli.output import say
from puntlanding.cli.parameters import case
from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem, warnings
from puntlanding.stage import Stage

if TYPE_CHECKING:
    from puntlanding.case.linked import Link, Origin
    from puntlanding.contribution.signing import Verified

_SCORED = (Stage.BUDGET, Stage.SETTLE, Stage.DISTRIBUTE)
CONCERNS = {
    "linked_forecast": (Stage.MONITOR,),
    "linked_estimated": (Stage.MONITOR,),
    "linked_unfinished": (Stage.MONITOR, Stage.SETTLE, Stage.DISTRIBUTE),
    "linked_no_efficiency": _SCORED,
    **dict.fromkeys((f"linked_national_{one}" for one in ("own_strata", "basis", "no_strata", "class")), _SCORED),
}
WIDTH = 12
MOST_FILES = 4  # named in a line; of seventy contributions the number is enough


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of `parameters.link_params`, and the case."""

    case: Path | None = None
    store: Path | None = None
    hospital: str | None = None
    year: int | None = None
    as_of: str | None = None
    benchmark: Path | None = None
    contributions: Path | None = None
    trusted: Path | None = None


def from_files(asked: Asked) -> Path | None:
    """The case that is to be read by itself; None where a store completes it. Raises click.UsageError where options miss another."""
    if asked.store is not None:
        return None
    others = (asked.hospital, asked.year, asked.as_of, asked.benchmark, asked.contributions, asked.trusted)
    if any(one is not None for one in others):
        raise _lacking("store")
    if asked.case is None:
        raise click.MissingParameter(ctx=click.get_current_context(), param=case())
    return asked.case


def from_store(
    asked: Asked, outputs: Iterable[Path | None] = (), *, forecast: bool = True
) -> tuple[Loaded, tuple[Origin, ...]]:
    """Raises click.UsageError as `from_files`, and InputError as `load_linked`, or where ``outputs`` would land among the records."""
    from puntlanding.case.linked import load_linked

    link = link_of(asked, forecast=forecast)
    _keep_apart(link.store, link.place, outputs)
    linked = load_linked(link)
    return linked.loaded, linked.origins


def link_of(asked: Asked, *, forecast: bool = True) -> Link:
    """Raises click.UsageError where an option is missing."""
    from puntlanding.case.linked import Link
    from puntlanding.cli.intake import the_day

    if asked.store is None or asked.hospital is None:
        raise _lacking("hospital")
    if asked.case is None and asked.year is None:
        raise _lacking("year")
    day = None if asked.as_of is None else the_day(asked.as_of, "--as-of")
    return Link(
        asked.store, asked.hospital, asked.year, asked.case, day, asked.benchmark, asked.contributions, asked.trusted,
        forecast,
    )  # fmt: skip


def about(stage: Stage, loaded: Loaded) -> Loaded:
    """``loaded`` with only what concerns ``stage``: a budget does not hang on a realisation that is not complete yet."""
    kept = tuple(one for one in loaded.problems if stage in CONCERNS.get(one.code, tuple(Stage)))
    return replace(loaded, problems=kept)


@contextmanager
def with_warnings(loaded: Loaded) -> Iterator[None]:
    """What the store says of a case often explains why a stage cannot be computed: it is told with the error."""
    try:
        yield
    except InputError as error:
        said = [one for one in warnings(loaded.problems) if one not in error.problems]
        raise InputError([*error.problems, *said]) from error


def _keep_apart(store: Path, place: Path, outputs: Iterable[Path | None]) -> None:
    """Beside the case, results may stand in a store; nowhere else in it."""
    problems = [
        Problem("linked_output", path.name, value=str(path))
        for path in outputs
        if path is not None
        and path.resolve().is_relative_to(store.resolve())
        and not path.resolve().is_relative_to(place.resolve())
    ]
    if problems:
        raise InputError(problems)


def _lacking(name: str) -> click.UsageError:
    context = click.get_current_context()
    param = next(one for one in context.command.params if one.name == name)
    return click.MissingParameter(ctx=context, param=param)


def origins_text(origins: Sequence[Origin], language: Language) -> str:
    lines = [say("origins", language)]
    lines += [f"  {one.table:<{WIDTH}} {_told(one, language)}" for one in origins]
    return "\n".join(lines)


def _told(origin: Origin, language: Language) -> str:
    from puntlanding.case.linked import From

    named = ", ".join(origin.files[:MOST_FILES])
    if len(origin.files) > MOST_FILES:
        named += f", … ({len(origin.files)})"
    if origin.source is From.ESTIMATE:
        return say("origin_prognose", language, origin.base, "" if origin.day is None else origin.day.isoformat())
    if origin.source is not From.RECORDS:
        signed = "" if origin.verified is None else _signed(origin.verified, language)
        return say(f"origin_{origin.source}", language, named) + signed
    day = "" if origin.day is None else origin.day.isoformat()
    text = say("origin_opslag", language, origin.base, day)
    return text + (say("origin_with", language, named) if named else "")


def _signed(verified: Verified, language: Language) -> str:
    from puntlanding.contribution.signing import Verdict

    if verified.verdict is Verdict.UNSIGNED:
        return say("origin_unsigned", language)
    key = "origin_signed" if verified.verdict is Verdict.KNOWN else "origin_signed_unknown"
    return say(key, language, ", ".join(verified.keys))


def origins_record(origins: Sequence[Origin]) -> dict[str, Any]:
    """``herkomst``: by table where it came from; not there for a case by itself."""
    rows = [
        {
            "tabel": one.table, "uit": one.source.value, "bestanden": list(one.files), "geopend_in": one.base,
            "bekend_op": None if one.day is None else one.day.isoformat(),
            **({} if one.verified is None
               else {"ondertekening": one.verified.verdict.value, "sleutels": list(one.verified.keys)}),
        }
        for one in origins
    ]  # fmt: skip
    return {"herkomst": rows} if rows else {}

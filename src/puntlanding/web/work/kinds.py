"""The kinds of long work. A new one is a `Work` in a module of its own and a line in `_PLACES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from puntlanding.web.rules import Permission

if TYPE_CHECKING:
    from puntlanding.language.notation import Language
    from puntlanding.web.work.models import Asked, Job
    from puntlanding.web.work.progress import Progress

Files = Mapping[str, bytes]
_PLACES: dict[str, str] = {
    "budget_records": "puntlanding.web.budget_work:WORK",
    "budget_before": "puntlanding.web.budget_before:WORK",
    "simulation": "puntlanding.web.work.simulation:SIMULATION",
    "reports": "puntlanding.web.work.reports:REPORTS",
    "delivery_check": "puntlanding.web.deliveries.works:CHECK",
    "delivery_load": "puntlanding.web.deliveries.works:LOAD",
    "fold": "puntlanding.web.deliveries.from_store:FOLD",
    "back_test": "puntlanding.web.deliveries.from_store:BACK_TEST",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What the page of a job shows of what came of it: a template that is included, and what it is given."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """``run`` makes the files (name → bytes) in the worker, and is safe to run twice: a worker that was killed is followed by another.

    ``finish`` writes rows and a line of the log, in the transaction in which the job becomes done; without it the log says that the
    work was done. ``about`` tells in a phrase what was asked; ``page`` what the page of the job shows, from the files that it names;
    the files in ``inner`` are for that page only.
    """

    name: str
    title: tuple[str, str]
    permission: Permission
    run: Callable[[Progress, Mapping[str, Asked]], Files]
    finish: Callable[[Job, Files], None] | None = None
    about: Callable[[Job, Language], str] | None = None
    page: Callable[[Job, Callable[[str], bytes], Language], Result] | None = None
    inner: tuple[str, ...] = ()


class _Works(Mapping[str, Work]):
    """Read when they are asked for: a kind may need the whole model, and a page of another subject does not."""

    def __getitem__(self, name: str) -> Work:
        module, _, attribute = _PLACES[name].partition(":")
        found = getattr(import_module(module), attribute)
        if not isinstance(found, Work) or found.name != name:
            raise TypeError(f"{_PLACES[name]} is not the work ‘{name}’")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


WORKS: Mapping[str, Work] = _Works()

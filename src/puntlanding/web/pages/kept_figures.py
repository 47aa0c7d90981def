"""Charts that were drawn before: kept on disk by snapshot and what they show, and the last ones in memory."""

from __future__ import annotations

from collections.abc import Callable

from puntlanding.web.cached import Recent
from puntlanding.web.desk.dossiers import cached
from puntlanding.web.desk.models import Version
from puntlanding.web.presenters.figures import Drawn, figures_of

_recent: Recent[tuple[Drawn, ...]] = Recent(64)


def kept_figures(version: Version, what: str, draw: Callable[[], bytes]) -> tuple[Drawn, ...]:
    """``what`` names everything but the snapshot that they hang on, sight and language too."""
    kept, snapshot = cached(), version.snapshot
    return _recent.get(_place(version, what), lambda: figures_of(kept.get(snapshot, what, draw)))


def figures_there(version: Version, what: str) -> tuple[Drawn, ...] | None:
    """None where they were not drawn yet."""

    def there() -> tuple[Drawn, ...]:
        found = cached().found(version.snapshot, what)
        if found is None:
            raise LookupError
        return figures_of(found)

    try:
        return _recent.get(_place(version, what), there)
    except LookupError:
        return None


def _place(version: Version, what: str) -> tuple[str, str, str]:
    return str(cached().root), version.snapshot, what

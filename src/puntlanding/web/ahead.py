"""What takes seconds to work out of the records, made before anybody asks for it: when they were chosen, loaded or folded, by who has
the time. Nothing hangs on it.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError

from puntlanding.language.notation import Language
from puntlanding.problems import InputError
from puntlanding.web.desk.dossiers import dossier_of_snapshot
from puntlanding.web.desk.models import Source, Year
from puntlanding.web.desk.outlooks import question, worked_out
from puntlanding.web.desk.queries import latest
from puntlanding.web.desk.standings import prepare

_log = logging.getLogger(__name__)


def ahead(year: Year) -> bool:
    """The place among others, and the forecast: whether there is one now; why there is none is told on the page."""
    try:
        prepare(year)
        source, version = Source.objects.select_related("year").filter(year=year).first(), latest(year)
        if source is None or version is None:
            return False
        worked_out(question(source, version.snapshot, dossier_of_snapshot(version.snapshot, Language.DUTCH)))
    except InputError:
        return False
    except (DatabaseError, OSError):
        _log.warning("not all was worked out beforehand", exc_info=True)
        return False
    return True

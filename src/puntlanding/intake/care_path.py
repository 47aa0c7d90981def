"""Which trajectories belong together, for formats that do not say so.

A care path begins with a trajectory of care type 11 and goes on in those of type 21 (NR12, data-facts §4.4). Who exports
only trajectories has lost the path's number; what can be had back is the chain: the same patient, specialism and diagnosis.
"""

from __future__ import annotations

import polars as pl

from puntlanding.records.tables import ROW

REGULAR, FOLLOW_UP = "11", "21"
_CHAIN = ("patient", "specialisme", "diagnose")
# No number of the hospital's own looks like these, so that a derived path never meets a real one.
_FROM_START, _WITHOUT_START = "afgeleid uit subtraject", "afgeleid uit vervolg"
_SEPARATOR = "\x1f"


def derived_paths(trajectories: pl.DataFrame) -> pl.DataFrame:
    """``trajectories`` (canonical, raw) with `zorgtraject_id` named after the trajectory that began the path.

    - A follow-up (21) continues the last regular one (11) of the same patient, specialism and diagnosis.
    - Follow-ups whose regular one is not in the delivery are one path, named after patient, specialism and diagnosis: its
      name stays the same when a later delivery begins at another date.
    - Every other care type, and a row in which one of the three is empty, is a path of its own.

    A diagnosis that was changed halfway splits a path; two at once for one diagnosis (both eyes) cannot be told apart:
    the follow-up goes to the one that opened last.
    """
    complete = pl.all_horizontal(pl.col(name).is_not_null() for name in _CHAIN)
    chained = complete & pl.col("zorgtype").is_in([REGULAR, FOLLOW_UP])
    order = [*_CHAIN, "openingsdatum", "zorgtype", "subtraject_id"]
    own = _named(_FROM_START, "subtraject_id")
    new = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift()) for name in _CHAIN)
    begins = pl.when(pl.col("zorgtype") == REGULAR).then(own).when(new).then(_named(_WITHOUT_START, *_CHAIN))
    paths = pl.concat(
        [
            trajectories.filter(chained).select(ROW, *order).sort(order).select(ROW, _pad=begins.forward_fill()),
            trajectories.filter(~chained).select(ROW, _pad=own),
        ]
    )
    joined = trajectories.join(paths, on=ROW, how="left", maintain_order="left")
    return joined.with_columns(zorgtraject_id="_pad").drop("_pad")


def _named(kind: str, *columns: str) -> pl.Expr:
    return pl.concat_str(pl.lit(kind), *columns, separator=_SEPARATOR)

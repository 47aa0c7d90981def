"""What really happened in one made-up hospital: more than any one export tells, with names and numbers that no record may hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from puntlanding.demo.profile import Profile
from puntlanding.records.tables import ROW, TableName, schema

PATIENTS = pl.Schema(
    {
        "patient": pl.String(),  # the hospital's patient number
        "bsn": pl.String(),  # from the range that is kept for tests: 9999…
        "naam": pl.String(),
        "adres": pl.String(),
        "postcode": pl.String(),
        "geboortedatum": pl.Date(),
        "geslacht": pl.String(),  # M, V or O
        "verzekeraar": pl.String(),  # UZOVI
    }
)
# The canonical columns with identifiers as text, and what only some exports carry.
TRAJECTORIES = pl.Schema(
    {
        **{name: kind for name, kind in schema(TableName.TRAJECTORIES, raw=True).items() if name != ROW},
        "zorgvraag": pl.String(),
        "setting": pl.String(),  # poli, dag, klinisch or operatief
        "opname": pl.String(),  # number of the admission, where there was one
    }
)
ACTIVITIES = pl.Schema(
    {
        "verrichting": pl.String(),  # the hospital's number of this activity
        **{name: kind for name, kind in schema(TableName.ACTIVITIES, raw=True).items() if name != ROW},
    }
)
ADMISSIONS = pl.Schema(
    {
        "opname": pl.String(),
        "patient": pl.String(),
        "subtraject_id": pl.String(),
        "specialisme": pl.String(),
        "opgenomen": pl.Date(),
        "ontslagen": pl.Date(),
        "dagopname": pl.Boolean(),
    }
)


@dataclass(frozen=True, slots=True)
class Truth:
    """One hospital over all generated years; the four tables have the schemas above, sorted by their first column."""

    name: str
    slug: str  # folder and store name: ziekenhuis-01
    agb: str  # AGB code of the institution, made up: 06…
    kind: str  # umc, topklinisch, algemeen or zbc
    patients: pl.DataFrame
    trajectories: pl.DataFrame
    activities: pl.DataFrame
    admissions: pl.DataFrame
    profile: Profile

    def known_on(self, day: date) -> Truth:
        """What the hospital had recorded by the end of ``day``: an extract made then would hold just this."""
        moment = pl.lit(day)
        late_product = pl.col("product_bekend_op").is_null() | (pl.col("product_bekend_op") > moment)
        still_open = pl.col("sluitdatum").is_null() | (pl.col("sluitdatum") > moment)
        # A closing date is recorded with the product that follows from it.
        hidden = still_open | late_product
        blank = ("sluitdatum", "afsluitreden", "zorgproduct", "declaratiecode", "product_bekend_op")
        trajectories = self.trajectories.filter(pl.col("geregistreerd_op") <= moment).with_columns(
            pl.when(~hidden).then(pl.col(name)).alias(name) for name in blank
        )
        activities = self.activities.filter(pl.col("geregistreerd_op") <= moment).join(
            trajectories.select("subtraject_id"), on="subtraject_id", how="semi", maintain_order="left"
        )
        admissions = (
            self.admissions.filter(pl.col("opgenomen") <= moment)
            .join(trajectories.select("subtraject_id"), on="subtraject_id", how="semi", maintain_order="left")
            .with_columns(pl.when(pl.col("ontslagen") <= moment).then(pl.col("ontslagen")).alias("ontslagen"))
        )
        patients = self.patients.join(
            trajectories.select("patient").unique(), on="patient", how="semi", maintain_order="left"
        )
        return replace(self, trajectories=trajectories, activities=activities, admissions=admissions, patients=patients)

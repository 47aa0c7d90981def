"""HiX's local codes: a hospital's own three letters per specialism, and made-up doctors in place of specialisms."""

from __future__ import annotations

import polars as pl

from puntlanding.demo.truth import Truth

PER_SPECIALISM = 3
# Three letters as hospitals choose them (made up), by AGB code; another specialism is S and its code.
LOCAL = {
    "0301": "OOG", "0302": "KNO", "0303": "CHI", "0304": "PLA", "0305": "ORT", "0306": "URO", "0307": "GYN",
    "0308": "NCH", "0310": "DER", "0313": "INT", "0316": "KIN", "0318": "MDL", "0320": "CAR", "0322": "LON",
    "0324": "REU", "0326": "ALL", "0327": "REV", "0328": "CTC", "0329": "PSY", "0330": "NEU", "0335": "GER",
    "0361": "RTH", "0362": "RAD", "0363": "NUC", "0386": "KCL", "0387": "MMB", "0388": "PAT", "0389": "ANE",
    "0390": "GEN",
}  # fmt: skip


def local_specialism(column: str) -> pl.Expr:
    code = pl.col(column)
    return code.replace_strict(LOCAL, default=pl.concat_str(pl.lit("S"), code), return_dtype=pl.String)


def doctor(column: str) -> pl.Expr:
    """A doctor of the specialism in ``column``, in turn; nobody where it is empty."""
    number = (pl.int_range(pl.len()) % PER_SPECIALISM + 1).cast(pl.String)
    return pl.concat_str(local_specialism(column), number)


def _met(known: Truth) -> pl.DataFrame:
    columns = (
        known.trajectories["specialisme"],
        known.activities["specialisme_uitvoerder"],
        known.activities["specialisme_aanvrager"],
    )
    codes = pl.concat([column.unique().rename("code") for column in columns]).unique().drop_nulls().sort()
    return codes.to_frame()


def specialisms(known: Truth) -> pl.DataFrame:
    return _met(known).select(SPECCODE=local_specialism("code"), OMSCHR=local_specialism("code"), COTGCODE="code")


def doctors(known: Truth) -> pl.DataFrame:
    numbers = pl.DataFrame({"nummer": [str(number + 1) for number in range(PER_SPECIALISM)]})
    return (
        _met(known)
        .join(numbers, how="cross")
        .select(
            ARTSCODE=pl.concat_str(local_specialism("code"), "nummer"),
            SPECIALISM=local_specialism("code"),
            SIGCODE=pl.lit(None, pl.String),
            LISZCODE=pl.lit(None, pl.String),
            ZORGVSOORT=pl.lit("03"),
        )
    )

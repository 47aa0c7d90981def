"""What a hospital realised in the year before, by product: to put beside a budget that has no budget of last year to stand beside."""

from __future__ import annotations

import polars as pl

from puntlanding.case.home import Home
from puntlanding.case.linked import Link, kind_of, the_store
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.load import load_case
from puntlanding.case.production_rows import NO_CONTRACT
from puntlanding.norms.contributed import ContributionProduction
from puntlanding.norms.product_lines import ProductLine, product_lines
from puntlanding.norms.table import NormTable
from puntlanding.norms.volume_origin import CountedVolumes
from puntlanding.problems import InputError, Problem


def realised_before(link: Link) -> tuple[ProductLine, ...]:
    """Of what opened in the year before, weighed with the norm times of that year, or where the case has none, of its own year.

    Raises InputError where the store has no records of it, or the case no norm times.
    """
    store, case = the_store(link), load_case(link.place).checked()
    lists = CaseLists(link.place)
    year = case.agreement.year - 1
    home = Home(store, link.hospital, link.as_of, lists, kind_of(link, lists), forecast=False)
    if lists.norm_times is None:
        raise InputError([Problem("linked_norm_times", "normtijden", details={"folder": "-"})])
    if home.kept(year) is None:
        raise InputError([Problem("records_nothing", link.hospital, value=str(year))])
    counted = CountedVolumes(year, home.contribution(year, case).file or "", link.hospital, home.volumes(year, case))
    contracts = [one.name for one in case.agreement.contracts] or [NO_CONTRACT]
    production = ContributionProduction(
        {(group.specialism, group.role.value): group.name for group in case.groups}, {year: counted},
        _times(lists.norm_times, year), frozenset((group.name, one) for group in case.groups for one in contracts), dict,
    )  # fmt: skip
    return product_lines(production, year)


def _times(table: NormTable, year: int) -> NormTable:
    if year in table.years:
        return table
    of_next = table.frame.filter(pl.col("jaar") == year + 1).with_columns(pl.lit(year, pl.Int32).alias("jaar"))
    return NormTable(of_next, table.file)

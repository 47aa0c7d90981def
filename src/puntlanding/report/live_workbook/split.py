"""An amount over keys, in whole cents that add up: rounded down, the cents left one each to the largest fractions, ties by name.

A spreadsheet has 15 digits. Fractions that are equal in exact arithmetic differ there in the last of them: they are compared after
rounding to as many decimals of a cent as the amount leaves, 6 up to ten million euros.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from puntlanding.report.live_workbook.cells import Ref
from puntlanding.report.live_workbook.table import Plain, Table
from puntlanding.report.live_workbook.words import Pair


def order_of(names: Sequence[str], last: str | None = None) -> list[int]:
    """Whose turn it is when fractions are equal: names in code-point order, ``last`` after all others (methods §8)."""
    in_order = sorted(range(len(names)), key=lambda i: (names[i] == last, names[i]))
    return [in_order.index(i) + 1 for i in range(len(names))]


def decimals_of(amount: str) -> str:
    """Decimals of a cent that 15 digits leave beside ``amount`` euros."""
    return f"IF({amount}<10000000,6,IF({amount}<100000000,5,IF({amount}<1000000000,4,3)))"


def down_to_cents(euros: str) -> str:
    """Rounded down, as `whole_cents`; what is a whole number of cents but for the last digit counts as whole."""
    return f"INT(ROUND(100*({euros}),5))/100"


def share_of(amount: str, part: str) -> str:
    """The first of two: its exact part in whole cents, a half cent up, as `split_in_two`."""
    return f"INT(ROUND(100*{amount}*{part},5)+0.5)/100"


def split(
    table: Table,
    name: str,
    amount: str,
    key: Callable[[int], str] | str,
    part: Pair,
    key_title: Pair = ("sleutel", "key"),
    last: str | None = None,
) -> str:
    """Columns from key to part on ``table``; gives the column of the parts. ``key`` may be a column that is there already.

    A key that adds up to nothing gives nothing; the sheet of checks says so.
    """
    to_divide = table.below((f"te verdelen: {part[0]}", f"to divide: {part[1]}"), "euro", amount)
    decimals = table.below(("decimalen waarop resten worden vergeleken", "decimals to compare fractions by"), "whole",
                           decimals_of(to_divide))  # fmt: skip
    column = {one: f"{name}_{one}" for one in ("key", "exact", "down", "rest", "order", "rank", "part")}
    if isinstance(key, str):
        column["key"] = key
    else:
        table.column(column["key"], key_title, "fte", key, total=True)
    total = table.total(column["key"])

    def at(of: str, i: int) -> Ref:
        return table.at(column[of], i)

    table.column(
        column["exact"], ("precies (cent)", "exact (cents)"), "cent",
        lambda i: f"IF({total}=0,0,ROUND(100*{to_divide}*{at('key', i)}/{total},{decimals}))",
    )  # fmt: skip
    table.column(column["down"], ("naar beneden (cent)", "rounded down (cents)"), "whole",
                 lambda i: f"INT({at('exact', i)})", total=True)  # fmt: skip
    table.column(column["rest"], ("rest (cent)", "fraction (cents)"), "cent",
                 lambda i: f"ROUND({at('exact', i)}-{at('down', i)},{decimals})")  # fmt: skip
    order = order_of(table.names, last)
    table.column(column["order"], ("volgorde op naam", "order by name"), "whole", lambda i: Plain(Fraction(order[i])))
    rests, orders = table.span(column["rest"]), table.span(column["order"])
    table.column(
        column["rank"], ("rang van de rest", "rank of the fraction"), "whole",
        lambda i: f"1+SUMPRODUCT(({rests}>{at('rest', i)})*1)"
        f"+SUMPRODUCT(({rests}={at('rest', i)})*({orders}<{at('order', i)}))",
    )  # fmt: skip
    left = table.below(("centen die overblijven", "cents left over"), "whole",
                       f"IF({total}=0,0,ROUND(100*{to_divide},0)-{table.total(column['down'])})")  # fmt: skip
    table.space()
    table.column(
        column["part"], part, "euro",
        lambda i: f"({at('down', i)}+IF({at('rank', i)}<={left},1,0))/100", total=True,
    )  # fmt: skip
    table.helpers(column["exact"], column["rank"])
    return column["part"]

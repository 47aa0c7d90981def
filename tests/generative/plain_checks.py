"""The checks said again in plain Python, row by row: what the columns must agree with."""

import re
from datetime import date

EARLIEST = date(2005, 1, 1)
# Of the small tables that are generated: 21 does not exist at psychiatry.
CARE_TYPES = {"11", "13", "21", "41", "51", "52"}


def trajectory_rows(delivery):
    """Check → column (or None) → row numbers, for every condition on one trajectory."""
    delivered = delivery.delivered
    rows = delivery.trajectories.to_dicts()

    def fine(*days):
        return all(day is not None and EARLIEST <= day <= delivered for day in days)

    def days_between(first, last):
        return (last - first).days if fine(first, last) else 0

    def form(pattern, text):
        return text is None or re.fullmatch(pattern, text) is not None

    def where(wrong):
        return [row["_rij"] for row in rows if wrong(row)]

    required = (
        "zorgtraject_id",
        "patient",
        "specialisme",
        "diagnose",
        "zorgtype",
        "openingsdatum",
        "geboortejaar",
        "geslacht",
    )
    day_columns = ("openingsdatum", "sluitdatum", "geregistreerd_op", "product_bekend_op")
    ids = [row["subtraject_id"] for row in rows]
    return {
        ("trajectory_id_missing", None): where(lambda r: r["subtraject_id"] is None),
        **{("trajectory_column_empty", name): where(lambda r, n=name: r[n] is None) for name in required},
        **{
            ("trajectory_date_implausible", name): where(lambda r, n=name: r[n] is not None and not fine(r[n]))
            for name in day_columns
        },
        ("closed_before_opened", None): where(
            lambda r: fine(r["openingsdatum"], r["sluitdatum"]) and r["sluitdatum"] < r["openingsdatum"]
        ),
        ("conservative_closed_late", None): where(
            lambda r: (
                (r["zorgtype"], r["afsluitreden"]) == ("11", "08")
                and days_between(r["openingsdatum"], r["sluitdatum"]) > 90
                and r["openingsdatum"].year >= 2015
            )
        ),
        ("specialism_form", None): where(lambda r: not form(r"[0-9]{4}", r["specialisme"])),
        ("diagnosis_form", None): where(lambda r: not form(r"[0-9A-Z]{3}[0-9]", r["diagnose"])),
        ("product_form", None): where(lambda r: not form(r"[0-9]{9}", r["zorgproduct"])),
        **{
            ("trajectory_code_form", name): where(lambda r, n=name, p=pattern: not form(p, r[n]))
            for name, pattern in (
                ("afsluitreden", r"[0-9]{2}"),
                ("declaratiecode", r"[0-9]{2}[0-9A-Z]{4}"),
                ("verzekeraar", r"[0-9A-Z]{1,4}"),
            )
        },
        ("care_type_unknown", None): where(lambda r: r["zorgtype"] is not None and r["zorgtype"] not in CARE_TYPES),
        ("closed_without_product", None): where(
            lambda r: fine(r["sluitdatum"]) and r["zorgproduct"] is None and (delivered - r["sluitdatum"]).days > 30
        ),
        ("product_while_open", None): where(lambda r: r["sluitdatum"] is None and r["zorgproduct"] is not None),
        ("sex_unknown", None): where(lambda r: r["geslacht"] not in ("M", "V", None)),
        ("birth_year_implausible", None): where(
            lambda r: (
                r["geboortejaar"] is not None
                and fine(r["openingsdatum"])
                and not 0 <= r["openingsdatum"].year - r["geboortejaar"] <= 120
            )
        ),
        ("trajectory_recorded_late", None): where(lambda r: days_between(r["openingsdatum"], r["geregistreerd_op"]) > 30),
        ("trajectory_recorded_early", None): where(lambda r: days_between(r["openingsdatum"], r["geregistreerd_op"]) < 0),
        ("trajectory_id_twice", None): [
            row["_rij"] for n, row in enumerate(rows) if ids[n] is not None and ids[n] in ids[:n]
        ],
        ("care_path_two_patients", None): mixed_paths(rows, "patient"),
        ("care_path_two_specialisms", None): mixed_paths(rows, "specialisme"),
        ("open_past_maximum", None): where(
            lambda r: (
                r["sluitdatum"] is None
                and fine(r["openingsdatum"])
                and (delivered - r["openingsdatum"]).days > (365 if r["openingsdatum"].year < 2015 else 120)
            )
        ),
        ("closed_after_maximum", None): where(
            lambda r: (
                r["afsluitreden"] != "22"
                and days_between(r["openingsdatum"], r["sluitdatum"])
                > (365 if r["openingsdatum"] and r["openingsdatum"].year < 2015 else 120)
            )
        ),
    }  # fmt: skip


def mixed_paths(rows, column):
    values = {}
    for row in rows:
        if row[column] is not None:
            values.setdefault(row["zorgtraject_id"], set()).add(row[column])
    return [r["_rij"] for r in rows if r["zorgtraject_id"] is not None and len(values.get(r["zorgtraject_id"], ())) > 1]


def activity_rows(delivery):
    delivered = delivery.delivered
    rows = delivery.activities.to_dicts()
    trajectories = {}
    for row in delivery.trajectories.to_dicts():
        if row["subtraject_id"] is not None:
            trajectories.setdefault(row["subtraject_id"], row)

    def fine(*days):
        return all(day is not None and EARLIEST <= day <= delivered for day in days)

    def recorded(row):
        return (row["geregistreerd_op"] - row["datum"]).days if fine(row["datum"], row["geregistreerd_op"]) else 0

    def outside(row):
        of = trajectories.get(row["subtraject_id"])
        if of is None or not fine(row["datum"]):
            return False
        opened, closed = of["openingsdatum"], of["sluitdatum"]
        if fine(opened) and row["datum"] < opened:
            return True
        return fine(closed) and opened is not None and opened <= closed and row["datum"] > closed

    def where(wrong):
        return [row["_rij"] for row in rows if wrong(row)]

    def quantity(wrong):
        return where(lambda r: r["aantal"] is not None and wrong(r["aantal"]))

    content = [tuple(value for name, value in row.items() if name != "_rij") for row in rows]
    return {
        **{
            ("activity_column_empty", name): where(lambda r, n=name: r[n] is None)
            for name in ("subtraject_id", "za_code", "datum", "aantal")
        },
        **{
            ("activity_date_implausible", name): where(lambda r, n=name: r[n] is not None and not fine(r[n]))
            for name in ("datum", "geregistreerd_op")
        },
        ("executor_missing", None): where(lambda r: r["specialisme_uitvoerder"] is None),
        ("activity_form", None): where(
            lambda r: r["za_code"] is not None and not re.fullmatch("[0-9]{6}", r["za_code"])
        ),
        **{
            ("activity_specialism_form", name): where(
                lambda r, n=name: r[n] is not None and not re.fullmatch("[0-9]{4}", r[n])
            )
            for name in ("specialisme_uitvoerder", "specialisme_aanvrager")
        },
        ("quantity_zero", None): quantity(lambda n: n == 0),
        ("quantity_negative", None): quantity(lambda n: n < 0),
        ("quantity_huge", None): quantity(lambda n: n > 9_999),
        ("activity_orphan", None): where(
            lambda r: r["subtraject_id"] is not None and r["subtraject_id"] not in trajectories
        ),
        ("activity_outside_trajectory", None): where(outside),
        ("activity_recorded_late", None): where(lambda r: recorded(r) > 30),
        ("activity_recorded_early", None): where(lambda r: recorded(r) < 0),
        ("activity_twice", None): [row["_rij"] for n, row in enumerate(rows) if content[n] in content[:n]],
    }

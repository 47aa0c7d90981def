"""The same fold in DuckDB SQL, straight from the Parquet files, hospital by hospital on all cores.

    python benchmarks/peers/fold_duckdb.py DATA OUT

Written to be fast: what several tables need is made once as a table in memory (trajectories in scope; activities joined to them),
cells are counted before they are spread over columns, and only the columns needed are read. It leaves out what the fold does
besides: the counts for the checks, refusing negative cells, the order of rows, and a sealed file.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parent.parent))
from national_fold import CONTRACTS, REST, YEAR, jobs
from national_pool import files
from puntlanding.fold.rules import FoldJob, age_bands, settings, supporting_specialisms, unit_codes

MONTHS, QUARTERS = range(1, 13), range(1, 5)
UNITS = ("fysiek", "teleconsult", "dagopname", "verpleegdag", "ic_dag", "diagnostiek")


def spread(value: str, by: str, name: str, steps: range) -> str:
    width = 2 if len(steps) > 9 else 1
    return ", ".join(
        f"coalesce(sum({value}) FILTER ({by} = {step}), 0)::BIGINT AS {name.format(f'{step:0{width}}')}"
        for step in steps
    )


def priced(prefix: str) -> str:
    return ", ".join(f"{prefix}_{m:02} * minuten AS {prefix}_min_{m:02}" for m in MONTHS)


def bands() -> str:
    whens = " ".join(f"WHEN {YEAR} - geboortejaar >= {first} THEN '{label}'" for first, label in reversed(age_bands()))
    return f"CASE {whens} ELSE 'onbekend' END"


TRAJECTORIES = f"""
CREATE OR REPLACE TEMP TABLE t AS
SELECT subtraject_id, patient, specialisme, diagnose, zorgproduct,
  coalesce(c.contract, '{REST}') AS contract,
  CASE WHEN year(openingsdatum) = {YEAR} THEN month(openingsdatum) ELSE 0 END::TINYINT AS opening,
  CASE WHEN year(sluitdatum) = {YEAR} THEN month(sluitdatum) ELSE 0 END::TINYINT AS sluiting,
  zorgproduct IS NOT NULL AND declaratiecode IS NOT NULL
    AND substr(zorgproduct, 1, 6) NOT IN ({", ".join(f"'{one}'" for one in settings()["declaratie"]["uitval"])})
    AND substr(declaratiecode, 1, 2) NOT IN ({", ".join(f"'{one}'" for one in settings()["declaratie"]["onverzekerd"])})
    AS met_output,
  coalesce(diagnose, 'onbekend') AS diagnosegroep,
  {bands()} AS leeftijd, coalesce(geslacht, 'O') AS geslacht
FROM read_parquet($files) LEFT JOIN contracten c ON c.verzekeraar = read_parquet.verzekeraar
WHERE year(openingsdatum) = {YEAR} OR sluitdatum IS NULL OR sluitdatum >= DATE '{YEAR}-01-01'
"""
CELLS = """
CREATE OR REPLACE TEMP TABLE cellen AS
SELECT row_number() OVER ()::INTEGER AS cel, * FROM
  (SELECT DISTINCT specialisme, diagnosegroep, leeftijd, geslacht FROM t WHERE sluiting > 0)
"""
PLACED = """
CREATE OR REPLACE TEMP TABLE geplaatst AS
SELECT t.*, cel, CASE WHEN sluiting > 0 THEN (sluiting + 2) // 3 END::TINYINT AS kwartaal
FROM t LEFT JOIN cellen USING (specialisme, diagnosegroep, leeftijd, geslacht)
"""
DONE = f"""
CREATE OR REPLACE TEMP TABLE a AS
SELECT a.za_code, a.datum, a.aantal, a.specialisme_uitvoerder AS uitvoerder,
  CASE WHEN year(a.datum) = {YEAR} THEN month(a.datum) ELSE 0 END::TINYINT AS maand,
  g.patient, g.specialisme, g.contract, g.cel, g.kwartaal
FROM read_parquet($files) a JOIN geplaatst g USING (subtraject_id)
"""
HELPED = """
CREATE OR REPLACE TEMP TABLE hulp AS
SELECT uitvoerder AS specialisme, za_code AS code, contract, maand, patient, aantal
FROM a WHERE maand > 0 AND uitvoerder IN (SELECT specialisme FROM ondersteuners) AND specialisme <> uitvoerder
"""
PRODUCTS = f"""
WITH cel AS (SELECT specialisme, zorgproduct AS code, contract, opening, sluiting, count(*) AS n FROM t
             WHERE met_output GROUP BY ALL),
breed AS (SELECT specialisme, code, contract, {spread("n", "opening", "open_{}", MONTHS)},
          {spread("n", "sluiting", "sluit_{}", MONTHS)}, sum(n) FILTER (opening > 0 OR sluiting > 0) AS iets
          FROM cel GROUP BY ALL),
mensen AS (SELECT specialisme, zorgproduct AS code, contract, count(DISTINCT patient) AS patienten FROM t
           WHERE met_output AND opening > 0 GROUP BY ALL)
SELECT breed.* EXCLUDE (iets), {priced("open")}, {priced("sluit")}, coalesce(patienten, 0) AS patienten,
  'poort' AS rol, 'zorgproduct' AS soort
FROM breed LEFT JOIN mensen USING (specialisme, code, contract)
LEFT JOIN normtijden n ON n.soort = 'zorgproduct' AND n.specialisme = breed.specialisme AND n.code = breed.code
WHERE iets > 0
"""
SUPPORTED = f"""
WITH cel AS (SELECT specialisme, code, contract, maand, sum(aantal) AS n FROM hulp GROUP BY ALL),
breed AS (SELECT specialisme, code, contract, {spread("n", "maand", "open_{}", MONTHS)},
          {spread("n", "maand", "sluit_{}", MONTHS)}, bool_or(n <> 0) AS iets FROM cel GROUP BY ALL),
mensen AS (SELECT specialisme, code, contract, count(DISTINCT patient) AS patienten FROM hulp GROUP BY ALL)
SELECT breed.* EXCLUDE (iets), {priced("open")}, {priced("sluit")}, patienten,
  'ondersteunend' AS rol, 'zorgactiviteit' AS soort
FROM breed JOIN mensen USING (specialisme, code, contract)
LEFT JOIN normtijden n ON n.soort = 'zorgactiviteit' AND n.specialisme = breed.specialisme AND n.code = breed.code
WHERE iets
"""
STRATA = f"""
WITH eerste AS (SELECT cel, patient, min(kwartaal) AS kwartaal FROM geplaatst WHERE kwartaal IS NOT NULL GROUP BY ALL),
mensen AS (SELECT cel, {spread("1", "kwartaal", "k{}_patienten", QUARTERS)} FROM eerste GROUP BY cel),
geteld AS (SELECT cel, kwartaal, eenheid, sum(aantal * gewicht) AS n
           FROM a JOIN eenheden USING (za_code) WHERE kwartaal IS NOT NULL AND datum BETWEEN van AND tot GROUP BY ALL),
gedaan AS (SELECT cel, {", ".join(spread("n", f"eenheid = '{u}' AND kwartaal", "k{}_" + u, QUARTERS) for u in UNITS)}
           FROM geteld GROUP BY cel)
SELECT specialisme, diagnosegroep, leeftijd, geslacht, mensen.* EXCLUDE (cel),
  {", ".join(f"coalesce(k{q}_{u}, 0) AS k{q}_{u}" for u in UNITS for q in QUARTERS)}
FROM cellen JOIN mensen USING (cel) LEFT JOIN gedaan USING (cel)
"""
INPUT = f"""
WITH helpers AS (SELECT specialisme, maand, sum(aantal) AS n FROM hulp GROUP BY ALL),
eigen AS (SELECT specialisme, maand, sum(n) AS n FROM (
            SELECT uitvoerder AS specialisme, maand, sum(aantal) AS n FROM a WHERE maand > 0 GROUP BY ALL
            UNION ALL SELECT specialisme, maand, -n FROM helpers) GROUP BY ALL),
gezien AS (SELECT specialisme, patient, min(opening) AS maand FROM t WHERE opening > 0 GROUP BY ALL),
geholpen AS (SELECT specialisme, patient, min(maand) AS maand FROM hulp GROUP BY ALL),
samen AS (
  SELECT 'poort' AS rol, specialisme, maand, n, 0 AS p FROM eigen
  UNION ALL SELECT 'poort', specialisme, maand, 0, count(*) FROM gezien GROUP BY ALL
  UNION ALL SELECT 'ondersteunend', specialisme, maand, n, 0 FROM helpers
  UNION ALL SELECT 'ondersteunend', specialisme, maand, 0, count(*) FROM geholpen GROUP BY ALL)
SELECT specialisme, rol, {spread("n", "maand", "activiteiten_{}", MONTHS)}, {spread("p", "maand", "patienten_{}", MONTHS)}
FROM samen GROUP BY specialisme, rol HAVING bool_or(n <> 0 OR p <> 0)
"""
DIAGNOSES = """
SELECT specialisme, diagnose, zorgproduct, count(*) AS aantal, count(DISTINCT patient) AS patienten
FROM t WHERE met_output AND opening > 0 GROUP BY ALL
"""
RESULTS = {
    "productie": f"SELECT * FROM ({PRODUCTS}) UNION ALL BY NAME SELECT * FROM ({SUPPORTED})",
    "strata": STRATA, "input": INPUT, "diagnoses": DIAGNOSES,
}  # fmt: skip


def rules_into(connection: duckdb.DuckDBPyConnection, job: FoldJob) -> None:
    norm_times, prices = job.rules.norm_times, job.rules.cost_prices
    if norm_times is None or prices is None:
        raise ValueError("the national year has norm times and prices")
    connection.execute("CREATE TABLE contracten (verzekeraar VARCHAR, contract VARCHAR)")
    connection.executemany("INSERT INTO contracten VALUES (?, ?)", list(CONTRACTS.items()))
    connection.execute("CREATE TABLE ondersteuners (specialisme VARCHAR)")
    connection.executemany("INSERT INTO ondersteuners VALUES (?)", [[one] for one in supporting_specialisms()])
    connection.execute("CREATE TABLE normtijden (specialisme VARCHAR, soort VARCHAR, code VARCHAR, minuten BIGINT)")
    _insert(connection, "normtijden", norm_times.of(YEAR).rows())
    connection.execute("CREATE TABLE eenheden (za_code VARCHAR, eenheid VARCHAR, van DATE, tot DATE, gewicht BIGINT)")
    units = [(*row, 1) for row in unit_codes().select("za_code", "eenheid", "van", "tot").rows()]
    always = (date(1900, 1, 1), date(9999, 12, 31))
    _insert(
        connection, "eenheden", [*units, *((c, "diagnostiek", *always, cents) for c, cents in prices.cents.items())]
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]) -> None:
    """One statement: row by row DuckDB takes seconds, and that is not what is measured."""
    places = ", ".join(["(" + ", ".join("?" * len(rows[0])) + ")"] * len(rows))
    connection.execute(f"INSERT INTO {table} VALUES {places}", [value for row in rows for value in row])


def main(data: Path, out: Path) -> None:
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    found = jobs(data)
    rules_into(connection, found[0])
    for job in found:
        sources = files(job.store, job.hospital, YEAR)
        connection.execute(TRAJECTORIES, {"files": sources["subtrajecten"]})
        connection.execute(CELLS)
        connection.execute(PLACED)
        connection.execute(DONE, {"files": sources["zorgactiviteiten"]})
        connection.execute(HELPED)
        for table, select in RESULTS.items():
            connection.execute(f"COPY ({select}) TO '{out / f'{job.hospital}-{table}.parquet'}' (COMPRESSION zstd)")


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    main(Path(sys.argv[1]), target)

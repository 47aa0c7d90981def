"""Results → table, JSON, CSV, workbook and explanation; one definition of each table serves them all."""

"""Forms of files: is this text, a workbook, Parquet; what cannot be what it is called is refused on its first bytes."""

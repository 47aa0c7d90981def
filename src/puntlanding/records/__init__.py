"""A hospital's records: canonical tables, pseudonyms, the catalogue of checks and the store."""

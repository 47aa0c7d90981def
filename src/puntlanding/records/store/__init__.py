"""The store: Parquet per hospital, delivery and year; a load is there as a whole or not at all. Layout: docs/reference/opslag.md."""

from puntlanding.records.store.store import Kept, Loaded, Records, Store

__all__ = ["Kept", "Loaded", "Records", "Store"]

"""The workbook that recalculates: inputs, agreement and every step with live formulas, by the rules of the program (methods §1-8)."""

from puntlanding.report.live_workbook.build import files, live_book, workbook_bytes

__all__ = ["files", "live_book", "workbook_bytes"]

"""Text that a spreadsheet would run: made harmless in what is handed out, and read as it was in what comes back."""

from __future__ import annotations

import re

# The last four are wide, as East Asian systems type them.
_START = "[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]"
_RUN = f"'*{_START}"  # text that was marked by somebody gets one more, so that one less is what was typed
_FIRST = re.compile(_RUN)
_CELL_START = re.compile(f'([;,\\t\\r\\n]"*)(?={_RUN})')
_MARKED = re.compile(f"((?:^|[;,\\t\\r\\n])\"*)'(?={_RUN})")


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, which shows it as text.

    Also after a comma or semicolon within it: a spreadsheet of another country takes the one or the other for the end of a cell.
    """
    text = _CELL_START.sub(r"\1'", text)
    return f"'{text}" if _FIRST.match(text) else text


def as_it_was(text: str) -> str:
    """What `harmless` was given."""
    return _MARKED.sub(r"\1", text)

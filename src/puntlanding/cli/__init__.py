"""The command line: a door. It reads options, calls `case` and `year`, and shows what comes back."""

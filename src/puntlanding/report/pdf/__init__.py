"""On paper: the statement of each group, which both parties sign, and the year for the board. Set by Typst, from data alone."""

"""What programs read: the same figures by the same rules as the pages, with a token in place of a log-in."""

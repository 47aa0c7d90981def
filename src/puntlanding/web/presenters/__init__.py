"""From results and decisions to what a page says: pure functions, no request, no database."""

"""The year as one HTML file that needs nothing else: tables, charts, explanations, and where it all came from."""
